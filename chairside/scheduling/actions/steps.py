from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from chairside.kernel.events import Event
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Missing
from chairside.scheduling import events
from chairside.scheduling.actions.claims import queue, reclaim, release, taken
from chairside.scheduling.actions.holding import hold
from chairside.scheduling.actions.sessions import give_up, seats_kept, take_again
from chairside.scheduling.rows import Appointment, Held, LastStep
from chairside.scheduling.rules import steps
from chairside.scheduling.rules.claims import claims_of, parts_of

TAKE = """
    with taken as (
        insert into appointment_step (appointment_id, patient_id, step, status_before, reason, at, act_id)
        select appointment.id, appointment.patient_id, %(step)s, appointment.status, %(reason)s::text, %(at)s, %(act_id)s::uuid
          from appointment
         where appointment.id = %(appointment_id)s
        returning appointment_step.id
    ), changed as (
        update appointment
           set status = %(status)s,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = appointment.version + 1
         where appointment.id = %(appointment_id)s
    )
    select taken.id from taken
"""
LAST_TWO = """
    select taken.id, taken.step, taken.status_before, taken.at, taken.by, taken.reason
      from appointment_step as taken
     where taken.appointment_id = %(appointment_id)s
       and taken.undone_at is null
     order by taken.id desc
     limit 2
"""
UNDO = """
    with undone as (
        update appointment_step
           set undone_at = %(at)s, undone_by = app.actor()
         where appointment_step.id = %(step_id)s
    )
    update appointment
       set status = %(status)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = appointment.version + 1
     where appointment.id = %(appointment_id)s
"""
UNDO_ITEMS = "update completed_item set undone_at = %(at)s where completed_item.step_id = %(step_id)s"

TAKEN: dict[str, Callable[[UUID, UUID], Event]] = {
    "confirmation": events.AppointmentConfirmed,
    "arrival": events.PatientArrived,
    "seating": events.PatientSeated,
    "cancellation": events.VisitCancelled,
    "no_show": events.VisitMissed,
}
UNDONE: dict[str, Callable[[UUID, UUID], Event]] = {
    "confirmation": events.ConfirmationUndone,
    "arrival": events.ArrivalUndone,
    "seating": events.SeatingUndone,
    "completion": events.CompletionUndone,
    "cancellation": events.CancellationUndone,
    "no_show": events.NoShowUndone,
}


class StepNotPossible(Conflict):
    """The visit is at a step that this one does not follow."""

    def __init__(self, sentence: str, **facts: object) -> None:
        super().__init__(**facts)
        self.args = (sentence,)


class NoSuchStep(Missing):
    """This visit has taken no such step, or it was undone."""


class NotTheLastStep(Conflict):
    """Only the last step of a visit can be undone."""


class TooLateToUndo(Conflict):
    """A step can be undone on the day it was taken only."""


@needs("scheduling.book", "scheduling.book_own")
async def confirm(op: Op, *, appointment_id: UUID, version: int | None = None, reason: str | None = None) -> Appointment:
    """The patient will come. Refuses NoSuchAppointment, AppointmentIsStale, NotOwnSchedule, StepNotPossible, as all steps do."""
    return await _take_and_tell(op, "confirmation", appointment_id, version, reason)


@needs("scheduling.book", "scheduling.book_own")
async def arrive(op: Op, *, appointment_id: UUID, version: int | None = None, reason: str | None = None) -> Appointment:
    """The patient is here."""
    return await _take_and_tell(op, "arrival", appointment_id, version, reason)


@needs("scheduling.book", "scheduling.book_own")
async def seat(op: Op, *, appointment_id: UUID, version: int | None = None, reason: str | None = None) -> Appointment:
    """The patient is in the chair."""
    return await _take_and_tell(op, "seating", appointment_id, version, reason)


@needs("scheduling.book", "scheduling.book_own")
async def cancel(op: Op, *, appointment_id: UUID, reason: str, version: int | None = None) -> Appointment:
    """It will not take place: its time is released."""
    return await _take_and_tell(op, "cancellation", appointment_id, version, reason)


@needs("scheduling.book", "scheduling.book_own")
async def miss(op: Op, *, appointment_id: UUID, version: int | None = None, reason: str | None = None) -> Appointment:
    """The patient did not come: its time is released."""
    return await _take_and_tell(op, "no_show", appointment_id, version, reason)


@needs("scheduling.book", "scheduling.book_own")
async def undo(op: Op, *, appointment_id: UUID, step: str, version: int | None = None) -> Appointment:
    """Take back the last step, on the day of the clinic on which it was taken: the status before it is restored, and after a
    cancellation or a no-show the time, if it is still free. Reactions to a completion may refuse.
    Refuses NoSuchStep, NotTheLastStep, TooLateToUndo, TimeTaken, SessionIsFull, SessionHasEnded."""
    held = await hold(op, appointment_id, version=version)
    return await take_back(op, held, step)


async def take_back(op: Op, held: Held, step: str) -> Appointment:
    """Of a visit that is held. Refuses as `undo` does."""
    last, earlier = ([*await op.db.all(LastStep, LAST_TWO, appointment_id=held.id), None, None])[:2]
    if last is None:
        raise NoSuchStep()
    if last.step != step:
        raise NotTheLastStep(last=last.step)
    if last.at.astimezone(op.clinic.zone).date() != op.today:
        raise TooLateToUndo()
    with seats_kept():
        await op.db.run(UNDO, appointment_id=held.id, step_id=last.id, status=last.status_before, at=op.now)
    if held.status in steps.RELEASED and last.status_before not in steps.RELEASED:
        held = await _claim_again(op, held)
    if step == "completion":
        await op.db.run(UNDO_ITEMS, step_id=last.id, at=op.now)
    await op.emit(UNDONE[step](held.id, held.patient_id))
    shown = earlier and {"step": earlier.step, "at": earlier.at, "by": earlier.by, "reason": earlier.reason}
    return held.appointment._replace(status=last.status_before, last_step=shown, version=held.version + 1)


async def take(
    op: Op, held: Held, step: str, reason: str | None, *, act_id: UUID | None = None
) -> tuple[UUID, Appointment]:  # fmt: skip
    """The step's row and the new status; answers the step's id and the appointment after it. `act_id` where it is taken of
    several visits at once. Refuses StepNotPossible."""
    if sentence := steps.why_not(step, status=held.status):
        raise StepNotPossible(sentence, step=step, status=held.status)
    status = steps.STEPS[step].status
    id: UUID = await op.db.value(TAKE, appointment_id=held.id, step=step, status=status, reason=reason, at=op.now, act_id=act_id)
    shown: dict[str, Any] = {"step": step, "at": op.now, "by": op.actor.id, "reason": reason}
    return id, held.appointment._replace(status=status, last_step=shown, version=held.version + 1)


async def _take_and_tell(op: Op, step: str, appointment_id: UUID, version: int | None, reason: str | None) -> Appointment:
    held = await hold(op, appointment_id, version=version)
    return await take_and_tell(op, held, step, reason)


async def take_and_tell(op: Op, held: Held, step: str, reason: str | None, *, act_id: UUID | None = None) -> Appointment:
    """Of a visit that is held; its time is released where that ends it. Refuses StepNotPossible."""
    _, appointment = await take(op, held, step, reason, act_id=act_id)
    if appointment.status in steps.RELEASED and held.group_session_id:
        await give_up(op, held)
    elif appointment.status in steps.RELEASED:
        others = (part.resource_id for part in parts_of(held.also))
        queue(op, (held.provider_id, held.operatory_id, held.patient_id, *others))
        await release(op, held.id)
    await op.emit(TAKEN[step](held.id, held.patient_id))
    return appointment


async def _claim_again(op: Op, held: Held) -> Held:
    """Where and when it takes place now: a session may have been moved."""
    if held.group_session_id:
        met = await take_again(op, held)
        return held._replace(
            provider_id=met.provider_id, operatory_id=met.operatory_id, starts_at=met.starts_at, ends_at=met.ends_at
        )  # fmt: skip
    also = parts_of(held.also)
    others = {part.resource_id for part in also}
    queue(op, (held.provider_id, held.operatory_id, held.patient_id, *others))
    claims = claims_of(
        provider_id=held.provider_id, operatory_id=held.operatory_id, patient_id=held.patient_id,
        starts_at=held.starts_at, ends_at=held.ends_at, before=timedelta(minutes=held.buffer_before_minutes),
        after=timedelta(minutes=held.buffer_after_minutes), also=also,
    )  # fmt: skip
    busy = await reclaim(op, held.id, claims, overbooked=held.overbooking_reason is not None)
    if busy and held.overbooking_reason is None:
        raise taken(busy, provider_id=held.provider_id, operatory_id=held.operatory_id, others=others)
    return held
