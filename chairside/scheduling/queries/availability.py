"""When a visit could be, of those who could take it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import merge
from typing import NamedTuple
from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed
from chairside.scheduling.queries.candidates import (
    Taken,
    Wanted,
    calendar_of,
    find,
    joinable,
    others_of,
    place_of,
    places_of,
    providers_of,
    resource_of,
    take_in,
)
from chairside.scheduling.rows import Calendar, Candidates, SessionAt
from chairside.scheduling.rules import calendars
from chairside.scheduling.rules.availability import MINUTE, in_turn, offers
from chairside.scheduling.rules.sessions import is_free

MOST_DAYS = 186
FIRST_LOOK = timedelta(days=8)
"""Who wants the first few times is seldom kept waiting longer: what comes after is looked at only where they are not enough."""


class Opening(NamedTuple):
    """`provider_id`: who would take it; `provider_ids`: everybody who could, or of a collective calendar everybody it takes.
    `operatory_id`: the one asked for; else the provider's usual one if it is free then, or another that is. `group_session_id`:
    it is a seat in a session that is open, of whose `capacity` so many `seats_left`."""

    starts_at: datetime
    ends_at: datetime
    provider_id: UUID
    operatory_id: UUID | None
    provider_ids: list[UUID]
    group_session_id: UUID | None = None
    seats_left: int | None = None
    capacity: int | None = None


class Openings(NamedTuple):
    """`next_from`: where to go on looking, when there are more than were asked for."""

    slots: list[Opening]
    next_from: datetime | None


@needs("scheduling.read")
async def list_openings(
    op: Op, *, wanted: Wanted, since: datetime, until: datetime, each: bool = True, limit: int = 500
) -> Openings:
    """The times from `since` until before `until`, none in the past, in order; of each provider who could take it, or with
    `each` false of the first of them. By a calendar each time is there once, with whoever would be assigned. Refuses
    NoSuchCalendar, CalendarIsArchived, ServiceNotInCalendar, NoSuchProvider, NoSuchOperatory, NoSuchService, NoSuchPatient."""
    _check_range(since, until)
    since, until = max(since, op.now), max(until, op.now)
    found = await find(op, wanted, since, until)
    taken = await take_in(op, wanted, found, since, until)
    calendar = calendar_of(wanted, found)
    could = providers_of(wanted, found)
    joined = _joined(op, wanted, found, taken)
    providers = in_turn(calendar.strategy, [resource_of(op, one, found, taken) for one in could if one.active])
    if not providers or (calendar.strategy == "collective" and len(providers) < len(could)):
        providers = []
    named = {str(one.id): one.id for one in could}
    usual = {str(one.id): str(one.operatory_id) for one in could}
    others = others_of(op, wanted, found, taken)
    places = [place_of(id, taken) for id in places_of(wanted, found)]
    slots: list[Opening] = []
    length = calendar.duration * MINUTE
    for first, last in _looks(since, until):
        offered = offers(calendar, providers, others, places=places, now=op.now, since=first, until=last) if providers else None
        open_then = {one.starts_at: one for one in joined if first <= one.starts_at < last}
        for at in merge(offered or (), sorted(open_then)):
            if not wanted.suits(at, op.clinic.zone) or (slots and slots[-1].starts_at == at and found.calendar):
                continue
            if len(slots) >= limit:
                return Openings(slots, at)
            if session := open_then.get(at):
                slots.append(session)
                continue
            assert offered
            who = offered.who(at)
            each_of = [[id] for id in who] if each and not found.calendar else [who]
            slots += [
                Opening(
                    at, at + length, named[ids[0]], wanted.operatory_id or _uuid(offered.where(at, usual[ids[0]])),
                    [named[id] for id in ids],
                )
                for ids in each_of
            ]  # fmt: skip
    return Openings(slots, None)


def _joined(op: Op, wanted: Wanted, found: Candidates, taken: Taken) -> list[Opening]:
    """A seat in each session that is open, the first of those at the same time; not where the patient is elsewhere."""
    busy = taken.minutes.get(wanted.patient_id, ()) if wanted.patient_id else ()
    return [_seat_in(one) for one in reversed(joinable(op, wanted, found)) if is_free(busy, one.starts_at, one.ends_at)]


def _seat_in(one: SessionAt) -> Opening:
    return Opening(
        one.starts_at, one.ends_at, one.provider_id, one.operatory_id, [one.provider_id], one.id, one.left, one.capacity
    )


@needs("clinic.write")
async def preview_openings(
    op: Op, *, calendar: Calendar, since: datetime, until: datetime, service_id: UUID | None = None,
    duration_minutes: int | None = None, limit: int = 500,
) -> Openings:  # fmt: skip
    """What a calendar that nobody saved would offer. Refuses as list_openings and add_booking_calendar do."""
    calendars.check(calendar)
    wanted = Wanted(service_id, duration_minutes, calendar=calendar._replace(active=True))
    return await list_openings(op, wanted=wanted, since=since, until=until, limit=limit)


def _looks(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    step = FIRST_LOOK
    while since < until:
        last = min(since + step, until)
        yield since, last
        since, step = last, step * 4


def _check_range(since: datetime, until: datetime) -> None:
    if until <= since:
        raise malformed("/to", "runs_backward", "Look until after the time from which you look.")
    if until - since > timedelta(days=MOST_DAYS):
        raise malformed("/to", "too_far", f"Look at no more than {MOST_DAYS} days at once.")


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
