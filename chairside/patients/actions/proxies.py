from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.errors import CheckViolation, ForeignKeyViolation, UniqueViolation

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale, malformed
from chairside.patients.events import ProxiesChanged
from chairside.patients.queries.patients import get
from chairside.patients.queries.proxies import get_proxy
from chairside.patients.rows import Proxy

ADD = """
    insert into proxy (patient_id, holder_id, name, phone, email, relationship, scopes, proof, starts_on, ends_on,
                       ends_at_majority)
    select %(patient_id)s, %(holder_id)s, %(name)s, %(phone)s, %(email)s, %(relationship)s, %(scopes)s::text[], %(proof)s,
           %(starts_on)s, %(ends_on)s, %(ends_at_majority)s
     where %(holder_id)s::uuid is null
        or exists (select from patient where patient.id = %(holder_id)s and patient.deleted_at is null)
    returning proxy.id
"""
CHANGE = """
    update proxy
       set name = %(name)s, phone = %(phone)s, email = %(email)s, relationship = %(relationship)s, scopes = %(scopes)s::text[],
           proof = %(proof)s, starts_on = %(starts_on)s, ends_on = %(ends_on)s, ends_at_majority = %(ends_at_majority)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = proxy.version + 1
     where proxy.id = %(proxy_id)s
       and proxy.version = %(version)s
    returning proxy.id
"""
SET_REVOKED = """
    update proxy
       set revoked_at = %(at)s, revoked_by = case when %(at)s::timestamptz is not null then app.actor() end,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = proxy.version + 1
     where proxy.id = %(proxy_id)s
       and proxy.version = %(version)s
    returning proxy.id
"""
CHANGEABLE = ("name", "phone", "email", "relationship", "scopes", "proof", "starts_on", "ends_on", "ends_at_majority")


class AlreadyProxy(Conflict):
    """This person acts for the patient already; change what is there."""


class ProxyIsStale(Stale):
    """Somebody changed this proxy while you were editing."""


@needs("patients.write")
async def add_proxy(
    op: Op, *, patient_id: UUID, relationship: str, scopes: list[str], holder_id: UUID | None = None, name: str | None = None,
    phone: str | None = None, email: str | None = None, proof: str | None = None, starts_on: date | None = None,
    ends_on: date | None = None, ends_at_majority: bool = False,
) -> Proxy:  # fmt: skip
    """Somebody acts for the patient, from today unless said otherwise: a patient of the clinic, or somebody with a name.
    Refuses NoSuchPatient, NotOnCareTeam, AlreadyProxy, and a holder who is not there or the patient."""
    await get(op, patient_id=patient_id)
    if holder_id == patient_id:
        raise malformed("/holder_id", "self", "A patient acts for themselves in any case; name somebody else.")
    with _promises():
        proxy_id = await op.db.value(
            ADD, patient_id=patient_id, holder_id=holder_id, name=name, phone=phone, email=email, relationship=relationship,
            scopes=array(scopes), proof=proof, starts_on=starts_on or op.today, ends_on=ends_on,
            ends_at_majority=ends_at_majority,
        )  # fmt: skip
    if proxy_id is None:
        raise malformed("/holder_id", "not_found", "There is no such patient in this clinic.")
    await op.emit(ProxiesChanged(patient_id))
    return await get_proxy(op, patient_id=patient_id, proxy_id=proxy_id)


@needs("patients.write")
async def change_proxy(op: Op, *, patient_id: UUID, proxy_id: UUID, version: int, changes: dict[str, Any]) -> Proxy:
    """Who it is stays. Refuses NoSuchPatient, NotOnCareTeam, NoSuchProxy, ProxyIsStale."""
    before = await get_proxy(op, patient_id=patient_id, proxy_id=proxy_id)
    values = {field: changes.get(field, getattr(before, field)) for field in CHANGEABLE}
    if before.holder_id:
        for field in ("name", "phone", "email"):
            if changes.get(field):
                raise malformed(f"/{field}", "not_found", "They are a patient here: change it in their own record.")
            values[field] = None
    with _promises():
        changed = await op.db.value(CHANGE, **values | {"scopes": array(values["scopes"])}, proxy_id=proxy_id, version=version)
    if changed is None:
        raise ProxyIsStale(version=before.version)
    await op.emit(ProxiesChanged(patient_id))
    return await get_proxy(op, patient_id=patient_id, proxy_id=proxy_id)


@needs("patients.write")
async def revoke_proxy(op: Op, *, patient_id: UUID, proxy_id: UUID, version: int | None = None) -> Proxy:
    """From now on they act for the patient no more; it stays on record. Refuses NoSuchPatient, NoSuchProxy, ProxyIsStale."""
    return await _set_revoked(op, patient_id, proxy_id, version, revoked=True)


@needs("patients.write")
async def restore_proxy(op: Op, *, patient_id: UUID, proxy_id: UUID, version: int | None = None) -> Proxy:
    """As it was. Refuses NoSuchPatient, NoSuchProxy, ProxyIsStale, AlreadyProxy."""
    return await _set_revoked(op, patient_id, proxy_id, version, revoked=False)


async def _set_revoked(op: Op, patient_id: UUID, proxy_id: UUID, version: int | None, *, revoked: bool) -> Proxy:
    before = await get_proxy(op, patient_id=patient_id, proxy_id=proxy_id)
    if version not in (None, before.version):
        raise ProxyIsStale(version=before.version)
    if (before.revoked_at is not None) == revoked:
        return before
    with _promises():
        done = await op.db.value(SET_REVOKED, proxy_id=proxy_id, version=before.version, at=op.now if revoked else None)
    if done is None:
        raise ProxyIsStale(version=before.version)
    await op.emit(ProxiesChanged(patient_id))
    return await get_proxy(op, patient_id=patient_id, proxy_id=proxy_id)


def array(scopes: list[str]) -> str:
    """Each once."""
    return "{" + ",".join(dict.fromkeys(scopes)) + "}"


@contextmanager
def _promises() -> Iterator[None]:
    try:
        yield
    except UniqueViolation as error:
        if error.diag.constraint_name != "proxy_is_one":
            raise
        raise AlreadyProxy() from error
    except ForeignKeyViolation as error:
        raise malformed("/holder_id", "not_found", "There is no such patient in this clinic.") from error
    except CheckViolation as error:
        raise malformed("/ends_on", "runs_backward", "The last day is before the first.") from error
