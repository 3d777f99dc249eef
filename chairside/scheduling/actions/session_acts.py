"""What is done with a session of a group as a whole: it is opened empty, given more seats or fewer, cancelled, and had again."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Missing, Stale, malformed
from chairside.scheduling.actions.assigning import NobodyIsFree, SessionIsFull, at_any_time, chosen_of
from chairside.scheduling.actions.claims import queue, release
from chairside.scheduling.actions.holding import check_own, hold
from chairside.scheduling.actions.sessions import (
    SessionHasEnded,
    end,
    open_session,
    reopen,
    resources_of,
    seats_kept,
)
from chairside.scheduling.actions.steps import TooLateToUndo, take, take_back
from chairside.scheduling.events import GroupSessionChanged, VisitCancelled
from chairside.scheduling.queries.candidates import Wanted, calendar_of, find
from chairside.scheduling.queries.sessions import get_group_session
from chairside.scheduling.rows import GroupSession, Held
from chairside.scheduling.rules import steps
from chairside.scheduling.rules.availability import MINUTE

SEAT_IDS = """
    select appointment.id
      from appointment
     where appointment.group_session_id = %(session_id)s
       and appointment.status not in ('cancelled', 'no_show')
     order by appointment.id
"""
SEATS_OF_THE_ACT = """
    select distinct taken.appointment_id
      from appointment_step as taken
      join appointment on appointment.id = taken.appointment_id
     where taken.act_id = %(act_id)s
       and taken.undone_at is null
       and appointment.group_session_id = %(session_id)s
     order by taken.appointment_id
"""
WHOSE = "select provider.member_id from provider where provider.id = %(provider_id)s"
CHANGE = """
    update group_session
       set capacity = %(capacity)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = group_session.version + 1
     where group_session.id = %(session_id)s
"""


class CalendarIsForOne(Conflict):
    """This calendar has one seat: give it more before opening sessions of a group by it."""


class SeatsAreTaken(Conflict):
    """More seats than that are taken; cancel or move some first."""


class SessionHasBegun(Conflict):
    """Somebody of this session has arrived or is done; move or cancel the others one by one."""


class GroupSessionIsStale(Stale):
    """Somebody changed this session while you were looking."""


class NoSuchSessionCancellation(Missing):
    """This session was not cancelled, or it was taken back already."""


class CancelledSession(NamedTuple):
    session: GroupSession
    appointment_ids: list[UUID]


@needs("scheduling.book", "scheduling.book_own")
async def open_group_session(
    op: Op, *, calendar_id: UUID, starts_at: datetime, service_id: UUID | None = None, provider_id: UUID | None = None,
    operatory_id: UUID | None = None, duration_minutes: int | None = None, capacity: int | None = None,
) -> GroupSession:  # fmt: skip
    """Empty, to be filled: it stays when its last seat is given up. At any time at which one of the calendar's providers works
    and is free, with what it requires, however near and whatever its grid; `capacity` where it is not the calendar's.
    Refuses NobodyIsFree, TimeTaken, CalendarIsForOne, NotOwnSchedule, NoSuchCalendar, CalendarIsArchived, ServiceNotInCalendar,
    NoSuchProvider, NoSuchOperatory."""
    queue(op, (calendar_id,))
    wanted = Wanted(
        service_id, duration_minutes, (provider_id,) if provider_id else (), operatory_id, calendar_id=calendar_id
    )  # fmt: skip
    found = await find(op, wanted, starts_at, starts_at + MINUTE)
    assert found.calendar
    if max(capacity or 0, found.calendar.capacity) <= 1:
        raise CalendarIsForOne()
    if starts_at < op.now:
        raise malformed("/starts_at", "out_of_range", "Open a session at a time to come.")
    chosen = await chosen_of(op, wanted, found, at_any_time(calendar_of(wanted, found)), starts_at)
    if chosen is None:
        raise NobodyIsFree()
    await check_whose(op, chosen.provider_id)
    id = await open_session(op, chosen, calendar_id=calendar_id, starts_at=starts_at, capacity=capacity, by_hand=True)
    return await get_group_session(op, session_id=id)


@needs("scheduling.book", "scheduling.book_own")
async def change_group_session(op: Op, *, session_id: UUID, capacity: int, version: int) -> GroupSession:
    """Its seats. Refuses NoSuchGroupSession, GroupSessionIsStale, SessionHasEnded, NotOwnSchedule, SeatsAreTaken."""
    session = await held_session(op, session_id, version=version)
    if capacity < session.taken + session.held:
        raise SeatsAreTaken(taken=session.taken + session.held)
    try:
        with seats_kept():
            await op.db.run(CHANGE, session_id=session.id, capacity=capacity)
    except SessionIsFull as error:
        raise SeatsAreTaken() from error
    await op.emit(GroupSessionChanged(session.id))
    return await get_group_session(op, session_id=session.id)


@needs("scheduling.book", "scheduling.book_own")
async def cancel_group_session(op: Op, *, session_id: UUID, reason: str, version: int | None = None) -> CancelledSession:
    """It does not take place: every seat is cancelled as a single visit is, in one act by which all of it is had again.
    Refuses NoSuchGroupSession, GroupSessionIsStale, SessionHasEnded, SessionHasBegun, NotOwnSchedule, NotOnCareTeam."""
    session = await held_session(op, session_id, version=version)
    held = await hold_seats(op, session)
    act_id = uuid4()
    queue(op, {one.patient_id for one in held} | resources_of(session))
    for one in held:
        await take(op, one, "cancellation", reason, act_id=act_id)
        await release(op, one.id)
    await end(op, session.id, act_id=act_id, reason=reason)
    for one in held:
        await op.emit(VisitCancelled(one.id, one.patient_id))
    return CancelledSession(await get_group_session(op, session_id=session.id), [one.id for one in held])


@needs("scheduling.book", "scheduling.book_own")
async def undo_session_cancellation(op: Op, *, session_id: UUID) -> GroupSession:
    """It takes place again with everybody who was cancelled with it, on the same day of the clinic and if all their times are
    still free; who was had again by themselves stays as they are. Refuses NoSuchGroupSession, NoSuchSessionCancellation,
    TooLateToUndo, NotOwnSchedule, NotOnCareTeam, NotTheLastStep, TimeTaken."""
    session = await held_session(op, session_id, version=None, ended=True)
    if session.ended_by_act is None or session.ended_at is None:
        raise NoSuchSessionCancellation()
    if session.ended_at.astimezone(op.clinic.zone).date() != op.today:
        raise TooLateToUndo()
    ids: list[UUID] = await op.db.all(_one_id, SEATS_OF_THE_ACT, session_id=session.id, act_id=session.ended_by_act)
    held = [one for one in [await hold(op, id, version=None) for id in ids] if one.status == "cancelled"]
    queue(op, {one.patient_id for one in held} | resources_of(session))
    await reopen(op, session)
    for one in held:
        await take_back(op, one, "cancellation")
    return await get_group_session(op, session_id=session.id)


async def held_session(op: Op, session_id: UUID, *, version: int | None, ended: bool = False) -> GroupSession:
    """In the queue of its calendar nobody takes a seat of it, or gives one up. Not a door."""
    calendar_id = (await get_group_session(op, session_id=session_id)).calendar_id
    queue(op, (calendar_id,))
    session = await get_group_session(op, session_id=session_id)
    await check_whose(op, session.provider_id)
    if version is not None and version != session.version:
        raise GroupSessionIsStale(version=session.version)
    if session.ended_at and not ended:
        raise SessionHasEnded()
    return session


async def check_whose(op: Op, provider_id: UUID) -> None:
    """Not a door. Refuses NotOwnSchedule."""
    check_own(op, await op.db.value(WHOSE, provider_id=provider_id))


async def hold_seats(op: Op, session: GroupSession) -> list[Held]:
    """Everybody in it, in the order of their ids; all of them are still to come. Not a door. Refuses SessionHasBegun."""
    ids: list[UUID] = await op.db.all(_one_id, SEAT_IDS, session_id=session.id)
    held = [await hold(op, id, version=None) for id in ids]
    if any(one.status not in steps.WAITING for one in held):
        raise SessionHasBegun()
    return held


def _one_id(id: UUID) -> UUID:
    return id
