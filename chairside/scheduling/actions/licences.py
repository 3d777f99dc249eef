"""What the state lets somebody do, and until when. A provider without one is no less a provider: who must have which is the
clinic's to know; we say when one runs out."""

from datetime import date
from typing import Any
from uuid import UUID

from chairside.kernel import vault
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Stale
from chairside.scheduling.events import ProviderChanged
from chairside.scheduling.queries.licences import get_licence, unsealed
from chairside.scheduling.queries.setup import get_provider
from chairside.scheduling.rows import LICENCE, Licence

NEW_ID = "select uuidv7()"
ADD = f"""
    insert into licence (id, provider_id, authority, number_sealed, expires_on)
    values (%(id)s, %(provider_id)s, %(authority)s, %(number_sealed)s, %(expires_on)s)
    returning {LICENCE}
"""
CHANGE = f"""
    update licence
       set authority = %(authority)s, number_sealed = %(number_sealed)s, expires_on = %(expires_on)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = licence.version + 1
     where licence.id = %(licence_id)s
       and licence.version = %(version)s
    returning {LICENCE}
"""
REMOVE = """
    delete from licence
     where licence.id = %(licence_id)s
       and licence.version = %(version)s
    returning licence.id
"""


class LicenceIsStale(Stale):
    """Somebody changed this licence while you were editing."""


@needs("clinic.write")
async def add_licence(op: Op, *, provider_id: UUID, authority: str, number: str, expires_on: date | None = None) -> Licence:
    """Good on the day on which it expires; without one it does not. Refuses NoSuchProvider, vault.KeysAway."""
    await get_provider(op, provider_id=provider_id)
    id = await op.db.value(NEW_ID)
    licence = await op.db.one(
        Licence, ADD, id=id, provider_id=provider_id, authority=authority, number_sealed=await _sealed(op, id, number),
        expires_on=expires_on,
    )  # fmt: skip
    assert licence
    await op.emit(ProviderChanged(provider_id))
    return await unsealed(op, licence)


@needs("clinic.write")
async def change_licence(op: Op, *, licence_id: UUID, version: int, changes: dict[str, Any]) -> Licence:
    """Change `authority`, `number`, `expires_on`. Refuses NoSuchLicence, LicenceIsStale, vault.KeysAway."""
    licence = await get_licence(op, licence_id=licence_id)
    number_sealed = await _sealed(op, licence_id, changes["number"]) if "number" in changes else licence.number_sealed
    changed = await op.db.one(
        Licence, CHANGE, licence_id=licence_id, version=version, number_sealed=number_sealed,
        authority=changes.get("authority", licence.authority), expires_on=changes.get("expires_on", licence.expires_on),
    )  # fmt: skip
    if changed is None:
        raise LicenceIsStale(version=licence.version)
    await op.emit(ProviderChanged(licence.provider_id))
    return await unsealed(op, changed)


@needs("clinic.write")
async def remove_licence(op: Op, *, licence_id: UUID, version: int) -> None:
    """It was somebody else's, or none. Refuses NoSuchLicence, LicenceIsStale."""
    licence = await get_licence(op, licence_id=licence_id)
    if await op.db.value(REMOVE, licence_id=licence_id, version=version) is None:
        raise LicenceIsStale(version=licence.version)
    await op.emit(ProviderChanged(licence.provider_id))


async def _sealed(op: Op, licence_id: UUID, number: str) -> bytes:
    return await vault.seal(op, table="licence", column="number_sealed", row=licence_id, value=number.encode())
