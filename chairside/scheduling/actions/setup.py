from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from psycopg.errors import ForeignKeyViolation, UniqueViolation

from chairside import tenancy
from chairside.kernel import vault
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale
from chairside.scheduling.events import OperatoryAdded, OperatoryChanged, ProviderAdded, ProviderChanged
from chairside.scheduling.queries.setup import NoSuchOperatory, get_operatory, get_provider, opened_dea
from chairside.scheduling.rows import OPERATORY, PROVIDER, Operatory, Provider

COLOURS = 8
ADD_PROVIDER = f"""
    insert into provider (id, name, title, member_id, npi, specialties, timezone, colour, operatory_id, assists, active,
                          dea_sealed)
    values (coalesce(%(id)s::uuid, uuidv7()), %(name)s, %(title)s, %(member_id)s, %(npi)s, %(specialties)s, %(timezone)s,
            coalesce(%(colour)s, (select mod(count(*), {COLOURS}) from provider)::int), %(operatory_id)s, %(assists)s,
            %(active)s, %(dea_sealed)s)
    returning {PROVIDER}
"""
CHANGE_PROVIDER = f"""
    update provider
       set name = %(name)s, title = %(title)s, member_id = %(member_id)s, npi = %(npi)s, specialties = %(specialties)s,
           timezone = %(timezone)s, colour = %(colour)s, operatory_id = %(operatory_id)s, assists = %(assists)s,
           active = %(active)s, dea_sealed = %(dea_sealed)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = provider.version + 1
     where provider.id = %(provider_id)s
       and provider.version = %(version)s
    returning {PROVIDER}
"""
ADD_OPERATORY = f"""
    insert into operatory (name, position, active)
    values (%(name)s, coalesce(%(position)s, (select coalesce(max(operatory.position), 0) + 1 from operatory)), %(active)s)
    returning {OPERATORY}
"""
CHANGE_OPERATORY = f"""
    update operatory
       set name = %(name)s, position = %(position)s, active = %(active)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = operatory.version + 1
     where operatory.id = %(operatory_id)s
       and operatory.version = %(version)s
    returning {OPERATORY}
"""
NEW_ID = "select uuidv7()"
OF_PROVIDER = ("name", "title", "member_id", "npi", "specialties", "timezone", "colour", "operatory_id", "assists", "active")
OF_OPERATORY = ("name", "position", "active")


class ProviderIsStale(Stale):
    """Somebody changed this provider while you were editing."""


class OperatoryIsStale(Stale):
    """Somebody changed this operatory while you were editing."""


class MemberIsAProvider(Conflict):
    """This member is another provider already."""


@needs("clinic.write")
async def add_provider(
    op: Op, *, name: str, title: str | None = None, member_id: UUID | None = None, npi: str | None = None,
    specialties: list[str] | None = None, timezone: str | None = None, colour: int | None = None,
    operatory_id: UUID | None = None, assists: bool = False, active: bool = True, dea: str | None = None,
) -> Provider:  # fmt: skip
    """Without a colour, the next one of the palette. Refuses NoSuchMember, MemberIsAProvider, NoSuchOperatory, vault.KeysAway."""
    id = await op.db.value(NEW_ID) if dea else None
    with _promises():
        provider = await op.db.one(
            Provider, ADD_PROVIDER, id=id, name=name, title=title, member_id=member_id, npi=npi, specialties=specialties or [],
            timezone=timezone, colour=colour, operatory_id=operatory_id, assists=assists,
            active=active, dea_sealed=await _sealed(op, id, dea),
        )  # fmt: skip
    assert provider
    await op.emit(ProviderAdded(provider.id))
    return await opened_dea(op, provider)


@needs("clinic.write")
async def change_provider(op: Op, *, provider_id: UUID, version: int, changes: dict[str, Any]) -> Provider:
    """Change the named fields, among OF_PROVIDER and `dea`; what is booked with one who becomes inactive stays booked.
    Refuses NoSuchProvider, ProviderIsStale, NoSuchMember, MemberIsAProvider, NoSuchOperatory, vault.KeysAway."""
    provider = await get_provider(op, provider_id=provider_id)
    values = {field: changes.get(field, getattr(provider, field)) for field in OF_PROVIDER}
    values["dea_sealed"] = await _sealed(op, provider_id, changes["dea"]) if "dea" in changes else provider.dea_sealed
    with _promises():
        changed = await op.db.one(Provider, CHANGE_PROVIDER, provider_id=provider_id, version=version, **values)
    if changed is None:
        raise ProviderIsStale(version=provider.version)
    await op.emit(ProviderChanged(provider_id))
    return await opened_dea(op, changed)


@needs("clinic.write")
async def add_operatory(op: Op, *, name: str, position: int | None = None, active: bool = True) -> Operatory:
    """Without a position, after the others."""
    operatory = await op.db.one(Operatory, ADD_OPERATORY, name=name, position=position, active=active)
    assert operatory
    await op.emit(OperatoryAdded(operatory.id))
    return operatory


@needs("clinic.write")
async def change_operatory(op: Op, *, operatory_id: UUID, version: int, changes: dict[str, Any]) -> Operatory:
    """Change the named fields, among OF_OPERATORY. Refuses NoSuchOperatory, OperatoryIsStale."""
    operatory = await get_operatory(op, operatory_id=operatory_id)
    values = {field: changes.get(field, getattr(operatory, field)) for field in OF_OPERATORY}
    changed = await op.db.one(Operatory, CHANGE_OPERATORY, operatory_id=operatory_id, version=version, **values)
    if changed is None:
        raise OperatoryIsStale(version=operatory.version)
    await op.emit(OperatoryChanged(operatory_id))
    return changed


async def _sealed(op: Op, provider_id: UUID | None, dea: str | None) -> bytes | None:
    if provider_id is None or not dea:
        return None
    return await vault.seal(op, table="provider", column="dea_sealed", row=provider_id, value=dea.encode())


@contextmanager
def _promises() -> Iterator[None]:
    try:
        yield
    except UniqueViolation as error:
        raise MemberIsAProvider() from error
    except ForeignKeyViolation as error:
        of_member = error.diag.constraint_name == "provider_member_is_known"
        raise (tenancy.NoSuchMember() if of_member else NoSuchOperatory()) from error
