"""The local days of a resource in UTC, and when it works on them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from chairside.scheduling.rules.availability.shapes import Hours
from chairside.scheduling.rules.availability.ticks import MINUTE, Frame
from chairside.scheduling.rules.hours import DAY, Blocks, Span, instant, span_of

ONE = timedelta(days=1)
FURTHEST = timedelta(hours=15)  # of a zone from UTC, rounded up


class Day(NamedTuple):
    """`regular`: the clock does not change, so that each of its 1,440 minutes is one after the other."""

    date: date
    zone: ZoneInfo
    start: datetime
    end: datetime
    regular: bool


def days_of(hours: Hours, since: datetime, until: datetime) -> Sequence[Day]:
    """The local days that touch a time, and one before: its evening may spill over. A day that the zone skipped is none."""
    first, last = (since - FURTHEST).date() - ONE, (until + FURTHEST).date()
    usual = _days(hours.timezone, first, last)
    if not hours.travel:
        return usual
    found: list[Day] = []
    for number in range((last - first).days + 1):
        day = first + number * ONE
        found += _days(_zone_on(hours, day), day, day)
    return found


@lru_cache(256)
def _days(timezone: str, first: date, last: date) -> Sequence[Day]:
    zone = ZoneInfo(timezone)
    found = []
    for number in range((last - first).days + 1):
        day = first + number * ONE
        start, noon, end = (instant(day, minute, zone) for minute in (0, DAY // 2, DAY))
        if noon.astimezone(zone).date() == day:
            found.append(Day(day, zone, start, end, end - start == DAY * MINUTE and noon - start == DAY // 2 * MINUTE))
    return tuple(found)


def _zone_on(hours: Hours, day: date) -> str:
    for travel in hours.travel:
        if travel.first <= day and (travel.last is None or day <= travel.last):
            return travel.timezone
    return hours.timezone


def blocks_of(hours: Hours, days: Sequence[Day], frame: Frame) -> list[list[tuple[int, int]]]:
    """The working time of each day in minutes of the frame, what touches merged, in order. It ends at midnight where the next day
    has hours of its own."""
    return [list(on(day, spans, frame, clipped=clipped)) for day, spans, clipped in spans_of(hours, days)]


def spans_of(hours: Hours, days: Sequence[Day]) -> Iterator[tuple[Day, Sequence[Span], bool]]:
    """When it works on each day, in minutes of its clock; and whether the next one has hours of its own."""
    usual: dict[int, Sequence[Span]] = {}
    overrides = {date.fromisoformat(day): _merged(blocks) for day, blocks in hours.overrides.items()}
    for day in days:
        spans = overrides.get(day.date) if overrides else None
        if spans is None:
            weekday = day.date.isoweekday()
            if weekday not in usual:
                usual[weekday] = _merged(hours.weekly.get(str(weekday), ()))
            spans = () if day.date in hours.holidays else usual[weekday]
        yield day, spans, bool(overrides) and day.date + ONE in overrides


def on(day: Day, spans: Sequence[Span], frame: Frame, *, clipped: bool) -> Iterator[tuple[int, int]]:
    """The same in minutes of the frame."""
    midnight = frame.floor(day.start)
    for start, end in spans:
        to = min(end, DAY) if clipped else end
        if day.regular and to <= DAY:
            yield midnight + start, midnight + to
        else:
            first = frame.ceil(instant(day.date, start, day.zone))
            last = frame.floor(instant(day.date, to, day.zone))
            if first < last:
                yield first, last


def _merged(blocks: Blocks) -> Sequence[Span]:
    """What touches or overlaps made one, in order."""
    found: list[Span] = []
    for span in sorted(map(span_of, blocks)):
        if found and span.start <= found[-1].to:
            found[-1] = Span(found[-1].start, max(found[-1].to, span.to))
        else:
            found.append(span)
    return tuple(found)


def offsets_of(day: Day, frame: Frame) -> Iterator[tuple[int, int, int]]:
    """The pieces of a day between changes of the clock: (first minute, the one after the last, minutes from UTC)."""
    start, end = frame.floor(day.start), frame.floor(day.end)

    def offset(minute: int) -> int:
        found = frame.instant(minute).astimezone(day.zone).utcoffset()
        assert found is not None
        return found // MINUTE

    while start < end:
        same, other = start, end - 1
        here = offset(start)
        if offset(other) == here:
            other = end
        else:
            while other - same > 1:
                middle = (same + other) // 2
                same, other = (middle, other) if offset(middle) == here else (same, middle)
        yield start, other, here
        start = other
