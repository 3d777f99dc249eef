"""Why a time is not offered: every reason, of everybody whom a visit would need."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from chairside.scheduling.rules.availability.days import Day, blocks_of, days_of
from chairside.scheduling.rules.availability.engine import AROUND, offers
from chairside.scheduling.rules.availability.shapes import Busy, Calendar, Hours, Need, Resource
from chairside.scheduling.rules.availability.ticks import MINUTE, Frame, frame
from chairside.scheduling.rules.hours import Interval

Code = Literal[
    "in_the_past", "too_soon", "too_far_ahead", "outside_window", "holiday", "day_off", "not_a_working_day", "outside_hours",
    "day_is_full", "taken", "in_a_buffer", "off_grid",
]  # fmt: skip


class Reason(NamedTuple):
    """`busy`: what is in the way; `hours`: when they work on that day, where that is not then."""

    code: Code
    busy: Busy | None = None
    hours: tuple[Interval, ...] = ()


def of_the_time(calendar: Calendar, at: datetime, *, now: datetime) -> list[Reason]:
    """What stands against it whoever would be there."""
    if at < now:
        return [Reason("in_the_past")]
    return [Reason("too_soon")] if at < now + calendar.notice * MINUTE else []


def of_provider(calendar: Calendar, one: Resource, at: datetime, *, now: datetime) -> list[Reason]:
    """None at all where the time is offered."""
    found = [*_of_the_day(calendar, one, at, now), *_of_hours(calendar, one, at), *of_what_is_busy(calendar, one.busy, at)]
    if not found:
        alone = calendar._replace(notice=0, needs=())
        if at not in offers(alone, [one], now=min(now, at), since=at, until=at + MINUTE):
            found = [Reason("off_grid")]
    return found


def of_need(calendar: Calendar, need: Need, one: Resource, at: datetime) -> list[Reason]:
    """Of somebody or something that is needed for a part of the visit."""
    end = calendar.duration if need.end is None else need.end
    part = calendar._replace(
        duration=end - need.start, before=calendar.before if need.start == 0 else 0,
        after=calendar.after if end == calendar.duration else 0, buffers_inside_hours=False, seats=1,
    )  # fmt: skip
    begins = at + need.start * MINUTE
    return [*_of_hours(part, one, begins), *of_what_is_busy(part, one.busy, begins, buffered=need.buffered)]


def of_what_is_busy(calendar: Calendar, busy: Sequence[Busy], at: datetime, *, buffered: bool = True) -> list[Reason]:
    """What touches the visit itself, and what comes so near that only a buffer is touched. A session with seats left is neither
    at its very time."""
    end = at + calendar.duration * MINUTE
    first, last = (at - calendar.before * MINUTE, end + calendar.after * MINUTE) if buffered else (at, end)
    found = []
    for one in busy:
        if one.seats is not None and (one.starts_at, one.ends_at) == (at, end) and one.seats < calendar.seats:
            continue
        if one.starts_at < end and at < one.ends_at:
            found.append(Reason("taken", one))
        elif one.starts_at - one.before * MINUTE < last and first < one.ends_at + one.after * MINUTE:
            found.append(Reason("in_a_buffer", one))
    return found


def _of_the_day(calendar: Calendar, one: Resource, at: datetime, now: datetime) -> list[Reason]:
    days, _ = _around(calendar, one, at)
    day = next((day for day in days if day.start <= at < day.end), None)
    if day is None:
        return []
    found = []
    if calendar.days_ahead is not None and (day.date - now.astimezone(day.zone).date()).days > calendar.days_ahead:
        found.append(Reason("too_far_ahead"))
    if calendar.window and not calendar.window[0] <= day.date <= calendar.window[1]:
        found.append(Reason("outside_window"))
    if calendar.per_day is not None:
        visits = sum(1 for busy in one.busy if busy.counts and day.start <= busy.starts_at < day.end)
        if visits >= calendar.per_day:
            found.append(Reason("day_is_full"))
    return found


def _of_hours(calendar: Calendar, one: Resource, at: datetime) -> list[Reason]:
    if one.hours is None:
        return []
    days, within = _around(calendar, one, at)
    worked = blocks_of(one.hours, days, within)
    inside = calendar.buffers_inside_hours
    first = within.floor(at) - (calendar.before if inside else 0)
    last = within.floor(at) + calendar.duration + (calendar.after if inside else 0)
    needed = within.span(first, last)
    if needed & within.union(block for blocks in worked for block in blocks) == needed:
        return []
    day = next(((day, blocks) for day, blocks in zip(days, worked, strict=True) if day.start <= at < day.end), None)
    if day is None:
        return [Reason("not_a_working_day")]
    shown = tuple((within.instant(start), within.instant(end)) for start, end in day[1])
    return [Reason("outside_hours", hours=shown)] if shown else [Reason(_why_none(one.hours, day[0].date))]


def _why_none(hours: Hours, day: date) -> Code:
    if day.isoformat() in hours.overrides:
        return "day_off"
    return "holiday" if day in hours.holidays else "not_a_working_day"


def _around(calendar: Calendar, one: Resource, at: datetime) -> tuple[Sequence[Day], Frame]:
    within = frame(at, at + MINUTE, before=AROUND, after=AROUND + calendar.duration)
    hours = one.hours or Hours(one.timezone, {})
    return days_of(hours, within.origin, within.instant(within.size)), within
