from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.errors import CheckViolation, ForeignKeyViolation

from chairside import catalog, patients, scheduling
from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale, malformed
from chairside.recalls.actions.following import follow_visits, queue_for
from chairside.recalls.events import WaitlistChanged
from chairside.recalls.queries.waiting import get_waiting
from chairside.recalls.rows import Waiting
from chairside.scheduling.rules.steps import LIVE

ADD = """
    insert into waitlist_entry (patient_id, service_id, duration_minutes, weekdays, parts, from_on, until_on, notice_hours,
                                urgent, appointment_id, earlier_than, expires_on, note)
    select patient.id, %(service_id)s, %(duration_minutes)s, %(weekdays)s::int[], %(parts)s::text[], %(from_on)s, %(until_on)s,
           %(notice_hours)s, %(urgent)s, %(appointment_id)s::uuid, %(earlier_than)s::timestamptz, %(expires_on)s, %(note)s
      from patient
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
    returning waitlist_entry.id
"""
CHANGE = """
    update waitlist_entry
       set service_id = %(service_id)s, duration_minutes = %(duration_minutes)s, weekdays = %(weekdays)s::int[],
           parts = %(parts)s::text[], from_on = %(from_on)s, until_on = %(until_on)s, notice_hours = %(notice_hours)s,
           urgent = %(urgent)s, expires_on = %(expires_on)s, note = %(note)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = waitlist_entry.version + 1
     where waitlist_entry.id = %(entry_id)s
       and waitlist_entry.version = %(version)s
    returning waitlist_entry.id
"""
FORGET_PROVIDERS = "delete from waitlist_provider where waitlist_provider.entry_id = %(entry_id)s"
NAME_PROVIDERS = """
    insert into waitlist_provider (entry_id, patient_id, provider_id)
    select %(entry_id)s, %(patient_id)s, named.provider_id
      from unnest(%(providers)s::uuid[]) as named (provider_id)
"""
CLOSE = """
    update waitlist_entry
       set closed_at = %(at)s, closed_by = app.actor(), closing_reason = %(reason)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = waitlist_entry.version + 1
     where waitlist_entry.id = %(entry_id)s
       and waitlist_entry.version = %(version)s
    returning waitlist_entry.id
"""
REOPEN = """
    update waitlist_entry
       set closed_at = null, closed_by = null, closing_reason = null,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = waitlist_entry.version + 1
     where waitlist_entry.id = %(entry_id)s
       and waitlist_entry.version = %(version)s
    returning waitlist_entry.id
"""
CHANGEABLE = (
    "service_id", "duration_minutes", "weekdays", "parts", "from_on", "until_on", "notice_hours", "urgent", "expires_on", "note",
)  # fmt: skip


class WaitingIsStale(Stale):
    """Somebody changed this entry of the waiting list while you were looking."""


class NotWaiting(Conflict):
    """This entry is closed; open it again first."""


class NotTheirVisit(Conflict):
    """This visit is another patient's, or it is over."""


@needs("recalls.write")
async def wait(
    op: Op, *, patient_id: UUID, service_id: UUID, duration_minutes: int | None = None, provider_ids: Sequence[UUID] = (),
    weekdays: Sequence[int] = (), parts: Sequence[str] = (), from_on: date | None = None, until_on: date | None = None,
    notice_hours: int = 0, urgent: bool = False, appointment_id: UUID | None = None, expires_on: date | None = None,
    note: str | None = None,
) -> Waiting:  # fmt: skip
    """Put somebody on the waiting list; `appointment_id` is a visit that they have and would like earlier.
    Refuses NoSuchPatient, NotOnCareTeam, NoSuchService, NoSuchProvider, NoSuchAppointment, NotTheirVisit."""
    await patients.check_record(op, patient_id=patient_id)
    visit = await scheduling.get_appointment(op, appointment_id=appointment_id) if appointment_id else None
    queue_for(op, patient_id)
    with _promises():
        entry_id: UUID | None = await op.db.value(
            ADD, patient_id=patient_id, service_id=service_id, duration_minutes=duration_minutes, weekdays=list(weekdays),
            parts=list(parts), from_on=from_on, until_on=until_on, notice_hours=notice_hours, urgent=urgent,
            appointment_id=appointment_id, earlier_than=visit and visit.starts_at, expires_on=expires_on, note=note,
        )  # fmt: skip
    if entry_id is None:
        raise patients.NoSuchPatient()
    if visit and (visit.patient_id != patient_id or visit.status not in LIVE):
        raise NotTheirVisit()
    await _name_providers(op, entry_id, patient_id, provider_ids)
    await op.emit(WaitlistChanged(entry_id, patient_id))
    return await get_waiting(op, entry_id=entry_id)


@needs("recalls.write")
async def change_waiting(op: Op, *, entry_id: UUID, version: int, changes: dict[str, Any]) -> Waiting:
    """Change the named fields, among CHANGEABLE, and `provider_ids`.
    Refuses NoSuchWaiting, WaitingIsStale, NotWaiting, NoSuchService, NoSuchProvider."""
    before = await get_waiting(op, entry_id=entry_id)
    if before.closed_at:
        raise NotWaiting()
    queue_for(op, before.patient_id)
    values = {field: changes.get(field, getattr(before, field)) for field in CHANGEABLE}
    with _promises():
        changed = await op.db.value(CHANGE, entry_id=entry_id, version=version, **values)
    if changed is None:
        raise WaitingIsStale(version=before.version)
    if "provider_ids" in changes and changes["provider_ids"] != before.provider_ids:
        await op.db.run(FORGET_PROVIDERS, entry_id=entry_id)
        await _name_providers(op, entry_id, before.patient_id, changes["provider_ids"])
    return await _followed(op, before)


@needs("recalls.write")
async def stop_waiting(op: Op, *, entry_id: UUID, reason: str, version: int | None = None) -> Waiting:
    """They wait no longer. Refuses NoSuchWaiting, WaitingIsStale, NotWaiting."""
    before = await get_waiting(op, entry_id=entry_id)
    if before.closed_at:
        raise NotWaiting()
    seen = before.version if version is None else version
    if await op.db.value(CLOSE, entry_id=entry_id, version=seen, reason=reason, at=op.now) is None:
        raise WaitingIsStale(version=before.version)
    await op.emit(WaitlistChanged(entry_id, before.patient_id))
    return await get_waiting(op, entry_id=entry_id)


@needs("recalls.write")
async def wait_again(op: Op, *, entry_id: UUID, version: int | None = None) -> Waiting:
    """As they did. Refuses NoSuchWaiting, WaitingIsStale."""
    before = await get_waiting(op, entry_id=entry_id)
    if before.closed_at is None:
        return before
    queue_for(op, before.patient_id)
    seen = before.version if version is None else version
    if await op.db.value(REOPEN, entry_id=entry_id, version=seen) is None:
        raise WaitingIsStale(version=before.version)
    return await _followed(op, before)


async def _name_providers(op: Op, entry_id: UUID, patient_id: UUID, providers: Sequence[UUID]) -> None:
    if providers:
        with _promises():
            named = array(dict.fromkeys(providers))
            await op.db.run(NAME_PROVIDERS, entry_id=entry_id, patient_id=patient_id, providers=named)


async def _followed(op: Op, entry: Waiting) -> Waiting:
    await follow_visits(op, patient_id=entry.patient_id)
    await op.emit(WaitlistChanged(entry.id, entry.patient_id))
    return await get_waiting(op, entry_id=entry.id)


@contextmanager
def _promises() -> Iterator[None]:
    try:
        yield
    except CheckViolation as error:
        raise malformed("/until_on", "runs_backward", "The last day is before the first.") from error
    except ForeignKeyViolation as error:
        of_provider = error.diag.constraint_name == "waitlist_provider_is_known"
        raise (scheduling.NoSuchProvider() if of_provider else catalog.NoSuchService()) from error
