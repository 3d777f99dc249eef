from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.errors import ForeignKeyViolation

from chairside import catalog
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict
from chairside.scheduling.actions.assigning import anew
from chairside.scheduling.actions.bookings import Item, OperatoryIsInactive, ProviderIsInactive, suggested
from chairside.scheduling.actions.claims import BUSY, CLAIM, GIVEN, LEAVES, constraint_kept, queue, release, spread, taken
from chairside.scheduling.actions.holding import check_own, hold
from chairside.scheduling.actions.session_moves import move_seat
from chairside.scheduling.events import AppointmentChanged, AppointmentMoved
from chairside.scheduling.queries.candidates import Wanted
from chairside.scheduling.queries.setup import NoSuchOperatory, NoSuchProvider
from chairside.scheduling.rows import Appointment, Held, Moved, Places
from chairside.scheduling.rules import steps
from chairside.scheduling.rules.claims import claims_of, parts_of, said

PLACES = """
    select provider.active, provider.member_id, operatory.active
      from (values (1)) as once
      left join provider on provider.id = %(provider_id)s
      left join operatory on operatory.id = %(operatory_id)s::uuid
"""
MOVE = f"""
    with {GIVEN}, {BUSY}, owner as (
        update appointment
           set provider_id = %(provider_id)s, operatory_id = %(operatory_id)s, starts_at = %(starts_at)s, ends_at = %(ends_at)s,
               also = %(also)s::jsonb,
               overbooking_reason = case when exists (select from busy) then %(overbooking_reason)s end,{LEAVES},
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = appointment.version + 1
         where appointment.id = %(appointment_id)s
           and (%(overbooking_reason)s::text is not null or not exists (select from busy))
        returning appointment.id, appointment.overbooking_reason, appointment.version
    ), claimed as (
        {CLAIM}
    )
    select array(select busy.resource_id from busy), owner.overbooking_reason, owner.version
      from (values (1)) as once
      left join owner on true
"""
CHANGE = """
    update appointment
       set notes = %(notes)s, service_id = %(service_id)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = appointment.version + 1
     where appointment.id = %(appointment_id)s
"""
REPLAN = """
    with before as (
        delete from appointment_item where appointment_item.appointment_id = %(appointment_id)s
    )
    insert into appointment_item (appointment_id, patient_id, position, service_id, quantity, tooth, surfaces)
    select %(appointment_id)s, %(patient_id)s, item.place, item.service_id, item.quantity, item.tooth, item.surfaces
      from unnest(%(services)s::uuid[], %(quantities)s::int[], %(teeth)s::int[], %(surfaces)s::text[])
           with ordinality as item (service_id, quantity, tooth, surfaces, place)
"""
MOVABLE = ("starts_at", "provider_id", "operatory_id", "duration_minutes")


class VisitIsOver(Conflict):
    """This visit is over; undo its last step before changing it."""


@needs("scheduling.book", "scheduling.book_own")
async def reschedule(
    op: Op, *, appointment_id: UUID, changes: dict[str, Any], version: int | None = None,
    overbooking_reason: str | None = None, suggest: bool = False,
) -> Appointment:  # fmt: skip
    """Another time, provider, operatory (None: none) or length, among MOVABLE; what is not named stays.
    A seat of a group moves to the session of its calendar at that time, or to one that is opened for it.
    Refuses NoSuchAppointment, AppointmentIsStale, NotOwnSchedule, VisitIsOver, NoSuchProvider, NoSuchOperatory,
    ProviderIsInactive, OperatoryIsInactive, TimeTaken; of a seat SeatKeepsItsSession, NobodyIsFree, SessionIsFull."""
    held = await hold(op, appointment_id, version=version)
    if held.status not in steps.LIVE:
        raise VisitIsOver()
    if held.group_session_id:
        return await move_seat(op, held, changes)
    moved = _moved(held, changes)
    await _check_places(op, held, moved)
    also = parts_of(held.also)
    concerned = {held.provider_id, held.operatory_id, moved.provider_id, moved.operatory_id, held.patient_id}
    concerned |= {part.resource_id for part in also}
    if held.calendar_id and also and not overbooking_reason:
        also = await anew(op, _wanted(held, moved), moved.starts_at, also, concerned)
    others = {part.resource_id for part in also}
    queue(op, concerned | others)
    await release(op, held.id)
    before, after = timedelta(minutes=held.buffer_before_minutes), timedelta(minutes=held.buffer_after_minutes)
    claims = claims_of(
        provider_id=moved.provider_id, operatory_id=moved.operatory_id, patient_id=held.patient_id,
        starts_at=moved.starts_at, ends_at=moved.ends_at, before=before, after=after,
        also=also,
    )  # fmt: skip
    with constraint_kept():
        done = await op.db.one(
            Moved, MOVE, appointment_id=held.id, provider_id=moved.provider_id, operatory_id=moved.operatory_id,
            starts_at=moved.starts_at, ends_at=moved.ends_at, overbooking_reason=overbooking_reason, now=op.now,
            also=said(also), **spread(claims),
        )  # fmt: skip
    assert done
    if done.version is None:
        facts = {}
        if suggest:
            facts["next_free"] = await suggested(
                op, provider_id=moved.provider_id, operatory_id=moved.operatory_id, patient_id=held.patient_id,
                starts_at=moved.starts_at, length=moved.ends_at - moved.starts_at,
                before=held.buffer_before_minutes, after=held.buffer_after_minutes,
            )  # fmt: skip
        raise taken(done.busy, provider_id=moved.provider_id, operatory_id=moved.operatory_id, others=others, **facts)
    await op.emit(AppointmentMoved(held.id, held.patient_id))
    return moved.appointment._replace(
        overbooking_reason=done.overbooking_reason, also=[part.said() for part in also], version=done.version
    )  # fmt: skip


@needs("scheduling.book", "scheduling.book_own")
async def change_appointment(
    op: Op, *, appointment_id: UUID, version: int, changes: dict[str, Any], items: list[Item] | None = None
) -> Appointment:
    """Its `notes`, and what is planned (`items`; the first becomes the main reason); place, time and length stay.
    Refuses NoSuchAppointment, AppointmentIsStale, NotOwnSchedule, VisitIsOver (items only), NoSuchService."""
    held = await hold(op, appointment_id, version=version)
    changed = held.appointment._replace(notes=changes.get("notes", held.notes), version=held.version + 1)
    if items is not None:
        if held.status not in steps.LIVE:
            raise VisitIsOver()
        service_id = items[0].service_id if items else None
        changed = changed._replace(items=[item._asdict() for item in items], service_id=service_id)
    try:
        await op.db.run(CHANGE, appointment_id=held.id, notes=changed.notes, service_id=changed.service_id)
        if items is not None:
            await op.db.run(
                REPLAN, appointment_id=held.id, patient_id=held.patient_id, services=[item.service_id for item in items],
                quantities=[item.quantity for item in items], teeth=[item.tooth for item in items],
                surfaces=[item.surfaces for item in items],
            )  # fmt: skip
    except ForeignKeyViolation as error:
        raise catalog.NoSuchService() from error
    await op.emit(AppointmentChanged(held.id, held.patient_id))
    return changed


def _moved(held: Held, changes: dict[str, Any]) -> Held:
    starts_at: datetime = changes.get("starts_at") or held.starts_at
    minutes = changes.get("duration_minutes") or held.appointment.duration_minutes
    return held._replace(
        provider_id=changes.get("provider_id") or held.provider_id,
        operatory_id=changes.get("operatory_id", held.operatory_id),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
    )


def _wanted(held: Held, moved: Held) -> Wanted:
    return Wanted(
        held.service_id, moved.appointment.duration_minutes, (moved.provider_id,), moved.operatory_id, held.patient_id, held.id,
        buffers=(held.buffer_before_minutes, held.buffer_after_minutes), calendar_id=held.calendar_id,
        has=frozenset(part.resource_id for part in parts_of(held.also)),
    )  # fmt: skip


async def _check_places(op: Op, held: Held, moved: Held) -> None:
    """The provider and operatory that it is moved to; where it stays, it may stay."""
    places = await op.db.one(Places, PLACES, provider_id=moved.provider_id, operatory_id=moved.operatory_id)
    assert places
    if places.provider_active is None:
        raise NoSuchProvider()
    check_own(op, places.member_id)
    if moved.operatory_id and places.operatory_active is None:
        raise NoSuchOperatory()
    if moved.provider_id != held.provider_id and not places.provider_active:
        raise ProviderIsInactive()
    if moved.operatory_id and moved.operatory_id != held.operatory_id and not places.operatory_active:
        raise OperatoryIsInactive()
