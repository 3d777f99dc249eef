from datetime import date
from typing import Any
from uuid import UUID

from psycopg.errors import ForeignKeyViolation, UniqueViolation

from chairside import patients
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale, malformed
from chairside.recalls import rules
from chairside.recalls.actions.following import follow_visits, queue_for
from chairside.recalls.events import RecallChanged
from chairside.recalls.queries.recalls import NoSuchRecall, get
from chairside.recalls.queries.types import NoSuchRecallType, get_type
from chairside.recalls.rows import HELD, HeldRecall, Recall
from chairside.recalls.rules import Interval

ADD = """
    insert into recall (patient_id, type_id, every, unit, begun_on, set_due_on, set_at, due_on, note)
    select patient.id, %(type_id)s, %(every)s, %(unit)s, %(today)s, %(set_due_on)s::date,
           case when %(set_due_on)s::date is not null then transaction_timestamp() end, %(due_on)s, %(note)s
      from patient
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
    returning recall.id
"""
HOLD = f"select {HELD} from recall where recall.id = %(recall_id)s for update"
CHANGE = """
    update recall
       set every = %(every)s, unit = %(unit)s, note = %(note)s, set_due_on = %(set_due_on)s::date,
           set_at = case when %(set_due_on)s::date is null then null
                         when %(sets)s then transaction_timestamp()
                         else recall.set_at end,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = recall.version + 1
     where recall.id = %(recall_id)s
"""
SNOOZE = """
    update recall
       set snoozed_until = %(until)s::date,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = recall.version + 1
     where recall.id = %(recall_id)s
"""
CLOSE = """
    update recall
       set closed_at = %(at)s, closed_by = app.actor(), closing_reason = %(reason)s, appointment_id = null,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = recall.version + 1
     where recall.id = %(recall_id)s
"""
REOPEN = """
    update recall
       set closed_at = null, closed_by = null, closing_reason = null,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = recall.version + 1
     where recall.id = %(recall_id)s
"""


class RecallIsStale(Stale):
    """Somebody changed this recall while you were looking."""


class RecallExists(Conflict):
    """This patient already has a recall of this type."""


class RecallIsClosed(Conflict):
    """This recall is closed; reopen it first."""


class RecallTypeIsInactive(Conflict):
    """This type of recall is not used any more."""


@needs("recalls.write")
async def add(
    op: Op, *, patient_id: UUID, type_id: UUID, interval: Interval | None = None, due_on: date | None = None,
    note: str | None = None,
) -> Recall:  # fmt: skip
    """Without `due_on`, counted from the last visit for it, or from today where there was none; without an interval, the type's.
    Refuses NoSuchPatient, NotOnCareTeam, NoSuchRecallType, RecallTypeIsInactive, RecallExists."""
    await patients.check_record(op, patient_id=patient_id)
    type = await get_type(op, type_id=type_id)
    if not type.active:
        raise RecallTypeIsInactive()
    first = due_on or rules.due_on(interval or Interval(type.every, type.unit), begun_on=op.today)
    queue_for(op, patient_id)
    try:
        recall_id: UUID | None = await op.db.value(
            ADD, patient_id=patient_id, type_id=type_id, every=interval and interval.every, unit=interval and interval.unit,
            today=op.today, set_due_on=due_on, due_on=first, note=note,
        )  # fmt: skip
    except UniqueViolation as error:
        raise RecallExists() from error
    except ForeignKeyViolation as error:
        raise NoSuchRecallType() from error
    if recall_id is None:
        raise patients.NoSuchPatient()
    return await _followed(op, recall_id, patient_id)


@needs("recalls.write")
async def change(op: Op, *, recall_id: UUID, version: int, changes: dict[str, Any]) -> Recall:
    """Its `interval` (None: the type's), `due_on` (None: counted from the last visit) and `note`.
    Refuses NoSuchRecall, RecallIsStale, RecallIsClosed."""
    held = await hold(op, recall_id, version)
    if held.closed_at:
        raise RecallIsClosed()
    own = Interval(held.every, held.unit) if held.every is not None and held.unit is not None else None
    interval: Interval | None = changes.get("interval", own)
    await op.db.run(
        CHANGE, recall_id=recall_id, every=interval and interval.every, unit=interval and interval.unit,
        note=changes.get("note", held.note), set_due_on=changes.get("due_on", held.set_due_on), sets="due_on" in changes,
    )  # fmt: skip
    return await _followed(op, recall_id, held.patient_id)


@needs("recalls.write")
async def snooze(op: Op, *, recall_id: UUID, until: date, version: int | None = None) -> Recall:
    """Off the call list until a day after today and after it is due. Refuses NoSuchRecall, RecallIsStale, RecallIsClosed."""
    held = await hold(op, recall_id, version)
    if held.closed_at:
        raise RecallIsClosed()
    if until <= op.today:
        raise malformed("/until", "not_in_the_future", "Choose a day after today.")
    if until <= held.due_on:
        raise malformed("/until", "before_due", "It is not due before that day; choose a later one.")
    await op.db.run(SNOOZE, recall_id=recall_id, until=until)
    return await _told(op, held)


@needs("recalls.write")
async def wake(op: Op, *, recall_id: UUID, version: int | None = None) -> Recall:
    """No longer snoozed. Refuses NoSuchRecall, RecallIsStale, RecallIsClosed."""
    held = await hold(op, recall_id, version)
    if held.closed_at:
        raise RecallIsClosed()
    if held.snoozed_until:
        await op.db.run(SNOOZE, recall_id=recall_id, until=None)
    return await _told(op, held)


@needs("recalls.write")
async def close(op: Op, *, recall_id: UUID, reason: str, version: int | None = None) -> Recall:
    """Nobody calls them in for this any more. Refuses NoSuchRecall, RecallIsStale, RecallIsClosed."""
    held = await hold(op, recall_id, version)
    if held.closed_at:
        raise RecallIsClosed()
    await op.db.run(CLOSE, recall_id=recall_id, reason=reason, at=op.now)
    return await _told(op, held)


@needs("recalls.write")
async def reopen(op: Op, *, recall_id: UUID, version: int | None = None) -> Recall:
    """As it was, and counted anew. Refuses NoSuchRecall, RecallIsStale; RecallExists where the patient has another meanwhile."""
    held = await hold(op, recall_id, version)
    if held.closed_at is None:
        return await get(op, recall_id=recall_id)
    try:
        await op.db.run(REOPEN, recall_id=recall_id)
    except UniqueViolation as error:
        raise RecallExists() from error
    return await _followed(op, recall_id, held.patient_id)


async def hold(op: Op, recall_id: UUID, version: int | None) -> HeldRecall:
    """Refuses NoSuchRecall, RecallIsStale."""
    seen = await get(op, recall_id=recall_id)
    queue_for(op, seen.patient_id)  # before the row: whoever follows a visit comes in this order, too
    held = await op.db.one(HeldRecall, HOLD, recall_id=recall_id)
    if held is None:
        raise NoSuchRecall()
    if version is not None and version != held.version:
        raise RecallIsStale(version=held.version)
    return held


async def _followed(op: Op, recall_id: UUID, patient_id: UUID) -> Recall:
    await follow_visits(op, patient_id=patient_id)
    await op.emit(RecallChanged(recall_id, patient_id))
    return await get(op, recall_id=recall_id)


async def _told(op: Op, held: HeldRecall) -> Recall:
    await op.emit(RecallChanged(held.id, held.patient_id))
    return await get(op, recall_id=held.id)
