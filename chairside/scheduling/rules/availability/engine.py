"""When a visit could be: by whom, and with what. Everything is a set of minutes in which it could start (`ticks`): those whose
minutes are all working time, without those that touch a busy one, on the grid, in range; providers and resources are united or
intersected as the calendar says."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from chairside.scheduling.rules.availability.days import Day, days_of, offsets_of
from chairside.scheduling.rules.availability.laid import laid
from chairside.scheduling.rules.availability.shapes import Busy, Calendar, Hours, Need, Resource
from chairside.scheduling.rules.availability.ticks import (
    MINUTE,
    Bits,
    Frame,
    at_least,
    every,
    frame,
    minutes_of,
    runs_of,
    starts_of,
    touching,
)

ROUNDINGS = (60, 30, 20, 15, 10, 5)
DAY_MINUTES = 24 * 60
AROUND = 3 * DAY_MINUTES
"""What is looked at before and after a range: an evening that spills over, and zones on the other side of the date line."""


class Offers:
    """Times that fit, in order; who could take each, and where."""

    def __init__(
        self, within: Frame, starts: Bits, providers: Mapping[str, Bits], seats: Mapping[int, int], places: Mapping[str, Bits]
    ) -> None:
        self._frame, self._starts, self._seats = within, starts, seats
        self._providers, self._places = self._bytes(providers), self._bytes(places)

    def __iter__(self) -> Iterator[datetime]:
        for minute in minutes_of(self._starts):
            yield self._frame.instant(minute)

    def who(self, at: datetime) -> list[str]:
        """In the order in which they were given."""
        byte, bit = divmod(self._frame.floor(at), 8)
        return [id for id, found in self._providers.items() if found[byte] >> bit & 1]

    def where(self, at: datetime, usual: str | None) -> str | None:
        """The usual place if it is free, else the first that is."""
        byte, bit = divmod(self._frame.floor(at), 8)
        if usual in self._places and self._places[usual][byte] >> bit & 1:
            return usual
        return next((id for id, found in self._places.items() if found[byte] >> bit & 1), None)

    def seats_left(self, at: datetime) -> int | None:
        """In the session that is at that very time; None where there is none."""
        return self._seats.get(self._frame.floor(at))

    def _bytes(self, found: Mapping[str, Bits]) -> dict[str, bytes]:
        return {id: bits.to_bytes(self._frame.size // 8 + 1, "little") for id, bits in found.items()}


class Asked(NamedTuple):
    calendar: Calendar
    frame: Frame
    now: datetime
    since: datetime
    until: datetime


def offers(
    calendar: Calendar, providers: Sequence[Resource], resources: Mapping[str, Resource] | None = None, *,
    places: Sequence[Resource] = (), now: datetime, since: datetime, until: datetime,
) -> Offers:  # fmt: skip
    """Starts from `since` until before `until`, not before `now` and the calendar's notice. What does not keep anybody busy is
    not among `busy` (`blocks`). `places` keep no visit away: it is only said which of them is free."""
    around = AROUND + calendar.duration + calendar.before + calendar.after
    asked = Asked(calendar, frame(since, until, before=around, after=around), now, since, until)
    seats: dict[int, int] = {}
    equipped = _needs(asked, resources or {}) & _in_range(asked)
    found = {one.id: _of_provider(asked, one, seats) & equipped for one in providers}
    starts = asked.frame.all if calendar.strategy == "collective" and found else 0
    for one in found.values():
        starts = starts & one if calendar.strategy == "collective" else starts | one
    whole = Need((), end=calendar.duration)
    return Offers(asked.frame, starts, found, seats, {one.id: _of_resource(asked, one, whole) for one in places})


def blocks(busy: Busy, *, now: datetime, status: str = "", expires_at: datetime | None = None, own: bool = False) -> bool:
    """Whether something that stands in a calendar keeps anybody busy. `own`: one's own hold, or the visit that is being moved."""
    gone = status in ("cancelled", "no_show") or own or (expires_at is not None and expires_at <= now)
    return not gone and busy.starts_at < busy.ends_at


def free_for(calendar: Calendar, need: Need, resources: Mapping[str, Resource], at: datetime) -> list[str]:
    """Those of a need who are free for their part of a visit that begins then, in their order."""
    around = AROUND + calendar.duration + calendar.before + calendar.after
    asked = Asked(calendar, frame(at, at + MINUTE, before=around, after=around), at, at, at + MINUTE)
    minute = asked.frame.floor(at)
    return [id for id in need.any_of if _of_resource(asked, resources[id], need) >> minute & 1]


def _in_range(asked: Asked) -> Bits:
    earliest = max(asked.since, asked.now + asked.calendar.notice * MINUTE)
    return asked.frame.span(asked.frame.ceil(earliest), asked.frame.ceil(asked.until))


def _of_provider(asked: Asked, one: Resource, seats: dict[int, int]) -> Bits:
    calendar, within = asked.calendar, asked.frame
    hours = one.hours or Hours(one.timezone, {str(weekday): [["00:00", "24:00"]] for weekday in range(1, 8)})
    days = days_of(hours, within.origin, within.instant(within.size))
    worked, from_hours = laid(hours, days, within, increment=calendar.increment if calendar.grid == "hours" else None)
    inside = calendar.buffers_inside_hours
    before, length = (calendar.before, calendar.before + calendar.duration + calendar.after) if inside else (0, calendar.duration)
    fits = starts_of(worked & within.all, length) << before
    allowed = fits & within.all & ~_taken(asked, one, 0, calendar.duration)
    allowed &= ~_full(asked, one.busy, seats)
    allowed &= _open_days(asked, days, one.busy)
    return allowed & (from_hours if calendar.grid == "hours" else _grid(asked, days, allowed))


def _taken(asked: Asked, one: Resource, start: int, end: int, *, buffered: bool = True) -> Bits:
    """Starts for which somebody who is needed from minute `start` to `end` would be busy, or in a buffer of theirs or of ours. A
    session with seats left is looked at by itself."""
    calendar, within = asked.calendar, asked.frame
    taken = within.between(one.taken) if one.taken else 0
    if one.busy:
        taken |= within.union(_widened(within, busy) for busy in one.busy if not _has_seats(calendar, busy))
    low = start - (calendar.before if buffered and start == 0 else 0)
    high = end + (calendar.after if buffered and end == calendar.duration else 0)
    return touching(taken, low, high)


def _full(asked: Asked, busy: Sequence[Busy], seats: dict[int, int]) -> Bits:
    """Starts that touch a session with seats left without being that session."""
    calendar, within = asked.calendar, asked.frame
    full = 0
    for one in busy if calendar.seats > 1 else ():
        if _has_seats(calendar, one):
            near = touching(within.span(*_widened(within, one)), -calendar.before, calendar.duration + calendar.after)
            start = within.floor(one.starts_at)
            if 0 <= start < within.size:
                near &= ~(1 << start)
                seats[start] = calendar.seats - (one.seats or 0)
            full |= near
    return full


def _has_seats(calendar: Calendar, one: Busy) -> bool:
    is_session = one.seats is not None and one.ends_at - one.starts_at == calendar.duration * MINUTE
    return is_session and (one.seats or 0) < calendar.seats


def _widened(within: Frame, one: Busy) -> tuple[int, int]:
    """Whole minutes: one that begins within a minute takes all of it."""
    return within.floor(one.starts_at) - one.before, within.ceil(one.ends_at) + one.after


def _needs(asked: Asked, resources: Mapping[str, Resource]) -> Bits:
    equipped = asked.frame.all
    for need in asked.calendar.needs:
        equipped &= at_least((_of_resource(asked, resources[id], need) for id in need.any_of), need.many)
    return equipped


def _of_resource(asked: Asked, one: Resource, need: Need) -> Bits:
    calendar, within = asked.calendar, asked.frame
    end = calendar.duration if need.end is None else need.end
    free = within.all & ~_taken(asked, one, need.start, end, buffered=need.buffered)
    if one.hours is None:
        return free
    days = days_of(one.hours, within.origin, within.instant(within.size))
    worked, _ = laid(one.hours, days, within)
    return free & (starts_of(worked & within.all, end - need.start) >> need.start)


def _open_days(asked: Asked, days: Sequence[Day], busy: Sequence[Busy]) -> Bits:
    """The local days on which it may be booked: near enough, in the window, and not full."""
    calendar, within = asked.calendar, asked.frame
    if calendar.days_ahead is None and calendar.window is None and calendar.per_day is None:
        return within.all
    visits = Counter(next((day.date for day in days if day.start <= one.starts_at < day.end), None) for one in busy if one.counts)
    today = next((day.date for day in days if day.start <= asked.now < day.end), None)
    found = 0
    for day in days:
        if calendar.days_ahead is not None:
            since = today or asked.now.astimezone(day.zone).date()
            if (day.date - since).days > calendar.days_ahead:
                continue
        if calendar.window and not calendar.window[0] <= day.date <= calendar.window[1]:
            continue
        if calendar.per_day is not None and visits[day.date] >= calendar.per_day:
            continue
        found |= within.span(within.floor(day.start), within.floor(day.end))
    return found


def _grid(asked: Asked, days: Sequence[Day], allowed: Bits) -> Bits:
    """By the clock, or from the beginning of each gap, and anew at midnight: of somebody who is always there a gap would begin
    wherever one begins to look. That of the hours is laid with them."""
    calendar, within = asked.calendar, asked.frame
    found = 0
    pieces = [piece for day in days for piece in offsets_of(day, within)]
    if calendar.grid == "clock":
        for start, end, offset in pieces:
            found |= every(
                calendar.increment, start=_rounded(within, start, offset, calendar.increment), end=min(end, within.size)
            )
        return found
    rounding = next((one for one in ROUNDINGS if calendar.increment % one == 0), 1)
    midnights = [within.floor(day.start) for day in days]
    for first, end in runs_of(allowed):
        begins = [first, *(minute for minute in midnights if first < minute < end)]
        for start, until in zip(begins, [*begins[1:], end], strict=True):
            offset = next((offset for since, to, offset in pieces if since <= start < to), 0)
            found |= every(calendar.increment, start=_rounded(within, start, offset, rounding), end=until)
    return found


def _rounded(within: Frame, minute: int, offset: int, to: int) -> int:
    """Up to where the local clock shows a multiple, counted from its midnight."""
    origin = within.origin
    shown = (origin.hour * 60 + origin.minute + minute + offset) % DAY_MINUTES
    return minute + -shown % to
