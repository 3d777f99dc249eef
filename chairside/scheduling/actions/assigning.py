"""Who takes a visit that is booked by a calendar, where, and with whom and what else."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict
from chairside.scheduling.actions.claims import queue
from chairside.scheduling.actions.holding import check_own
from chairside.scheduling.queries.candidates import (
    CalendarIsArchived,
    ServiceNotInCalendar,
    Wanted,
    calendar_of,
    find,
    joinable,
    of_what_is_wanted,
    others_of,
    place_of,
    places_of,
    providers_of,
    resource_of,
    take_in,
)
from chairside.scheduling.queries.setup import NoSuchProvider
from chairside.scheduling.rows import Candidates, SessionAt
from chairside.scheduling.rules.availability import MINUTE, Calendar, Resource, free_for, in_turn, offers
from chairside.scheduling.rules.claims import Part, said

# Whoever held a seat too long holds it no more.
FORGET_HELD = """
    delete from hold
     where hold.id = any(array(select late.id
                                 from hold as late
                                where late.group_session_id = %(session_id)s
                                  and late.expires_at <= %(now)s
                                order by late.id
                                  for update))
"""


class NobodyIsFree(Conflict):
    """Nobody of this calendar can take that time; choose one that it offers."""


class SessionIsFull(Conflict):
    """Every seat of this session is taken; choose another time, or give the session more seats."""


class Assigned(NamedTuple):
    """`also`: what it takes besides. `minutes` and the buffers where the calendar says them. `session_id`: it is a seat in a
    session that is open; `opens`: in one that is to be opened for it."""

    provider_id: UUID
    operatory_id: UUID | None
    service_id: UUID | None
    also: list[Part]
    minutes: int | None = None
    before: int | None = None
    after: int | None = None
    session_id: UUID | None = None
    opens: bool = False

    def also_said(self) -> str:
        return said(self.also)


async def assigned(op: Op, wanted: Wanted, at: datetime) -> Assigned:
    """Stands in the queue of the calendar, so that turns and seats are taken one after the other; of a session that is open then
    a seat is all that is needed, and the patient's queue. Else in that of everybody and everything among which it chooses: what
    is free when it looks is free until the visit is there.
    Refuses NobodyIsFree, SessionIsFull, NotOwnSchedule, and as list_openings does."""
    queue(op, (wanted.calendar_id,))
    found = await find(op, wanted, at, at + MINUTE)
    assert found.calendar
    if joined := next(iter(joinable(op, wanted, found)), None):
        return await joining(op, wanted, joined)
    chosen = await chosen_of(op, wanted, found, calendar_of(wanted, found), at)
    if chosen is None and (full := next(iter(of_what_is_wanted(wanted, found)), None)):
        raise SessionIsFull(capacity=full.capacity)
    if chosen is None:
        raise NobodyIsFree()
    return chosen._replace(opens=found.calendar.capacity > 1)


async def held_then(op: Op, wanted: Wanted, at: datetime) -> Assigned:
    """What is kept of a calendar until it is booked, at any minute: a seat of the session that is open then, or whoever would
    take the visit with all that it needs. Stands in their queues. Refuses NobodyIsFree, SessionIsFull, and as list_openings
    does."""
    queue(op, (wanted.calendar_id,))
    found = await find(op, wanted, at, at + MINUTE)
    if joined := next(iter(joinable(op, wanted, found)), None):
        return await joining(op, wanted, joined)
    for full in of_what_is_wanted(wanted, found):
        raise SessionIsFull(capacity=full.capacity)
    chosen = await chosen_of(op, wanted, found, at_any_time(calendar_of(wanted, found)), at)
    if chosen is None:
        raise NobodyIsFree()
    return chosen


async def anew(op: Op, wanted: Wanted, at: datetime, parts: list[Part], concerned: Iterable[UUID | None]) -> list[Part]:
    """What a visit of a calendar takes besides when it is moved: what it has as far as that is free then, else others of their
    kind; as it is where the calendar has nothing to say of that time. Stands in the queues of all of them, and of those that are
    `concerned`."""
    try:
        found = await find(op, wanted, at, at + MINUTE)
    except (NoSuchProvider, CalendarIsArchived, ServiceNotInCalendar):
        return parts
    chosen = await chosen_of(op, wanted, found, at_any_time(calendar_of(wanted, found)), at, concerned)
    return chosen.also if chosen else parts


async def joining(op: Op, wanted: Wanted, session: SessionAt) -> Assigned:
    """A seat of it, with whoever held one too long counted no more."""
    op.db.with_next(FORGET_HELD, session_id=session.id, now=op.now)
    queue(op, (wanted.patient_id,))
    return Assigned(
        session.provider_id, session.operatory_id, session.service_id, [], session.minutes, session.before, session.after,
        session.id,
    )  # fmt: skip


async def chosen_of(
    op: Op, wanted: Wanted, found: Candidates, calendar: Calendar, at: datetime, concerned: Iterable[UUID | None] = ()
) -> Assigned | None:
    """Whose turn it is among those who are free, with what the calendar requires; nobody where it does not offer that time.
    Enters the queues of all of them, and of those who are `concerned`. Refuses NotOwnSchedule."""
    assert found.calendar
    could, spots = providers_of(wanted, found), places_of(wanted, found)
    needed = (wanted.operatory_id, wanted.patient_id, *found.calendar.resources)
    queue(op, (*(one.id for one in could), *spots, *needed, *concerned))
    taken = await take_in(op, wanted, found, at, at + MINUTE)
    providers = in_turn(calendar.strategy, [resource_of(op, one, found, taken) for one in could if one.active])
    together = calendar.strategy == "collective"
    if together:
        check_own(op, None)  # it takes the time of others, too
    others = others_of(op, wanted, found, taken)
    places = [place_of(id, taken) for id in spots]
    offered = offers(calendar, providers, others, places=places, now=op.now, since=at, until=at + MINUTE)
    if not providers or at not in offered or (together and len(providers) < len(could)):
        return None
    first, *rest = [UUID(id) for id in offered.who(at)]
    usual = next((one.operatory_id for one in could if one.id == first), None)
    people = {one.id for one in found.providers}
    operatory_id, also = _needed(calendar, others, at, wanted, usual, people)
    if operatory_id is None and (place := offered.where(at, str(usual))) and not found.calendar.resources & set(spots):
        operatory_id = UUID(place)
    return Assigned(
        first, operatory_id, found.service_id, [*(Part(id) for id in rest if together), *also], calendar.duration,
        calendar.before, calendar.after,
    )  # fmt: skip


def at_any_time(calendar: Calendar) -> Calendar:
    """As somebody who works here may have it: every minute of working time that is free."""
    return calendar._replace(increment=1, grid="clock", notice=0, days_ahead=None, window=None, per_day=None)


def _needed(
    calendar: Calendar, others: Mapping[str, Resource], at: datetime, wanted: Wanted, usual: UUID | None, people: set[UUID]
) -> tuple[UUID | None, list[Part]]:
    """Of each group as many as it takes: the operatory asked for, what it has or the usual one before the others. The first that
    is needed from beginning to end is where the visit takes place."""
    operatory_id, also = wanted.operatory_id, list[Part]()
    for need in calendar.needs:
        free = [UUID(id) for id in free_for(calendar, need, others, at)]
        free.sort(key=lambda id: (id != wanted.operatory_id, id not in wanted.has, id != usual))
        for id in free[: need.many]:
            if id in (operatory_id, wanted.patient_id):
                continue
            if operatory_id is None and id not in people and (need.start, need.end) == (0, None):
                operatory_id = id
            else:
                also.append(Part(id, need.start, need.end))
    return operatory_id, also
