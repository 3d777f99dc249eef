"""Working time: local blocks of a week, days that differ, and what they are in UTC.

`24:00` ends the day; an end at or before its start crosses midnight. A block that spills over midnight into a day with an
override is clipped there. Local times become instants here and nowhere else: a time that a clock change skips moves forward
by the gap, one that comes twice is the earlier of the two (PostgreSQL would take the later).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from chairside.kernel.refusals import FieldError, malformed
from chairside.scheduling.rows import Schedule

Interval = tuple[datetime, datetime]
Blocks = Sequence[Sequence[str]]

DAY = 24 * 60
MOST_BLOCKS = 12
WEEKDAYS = ("1", "2", "3", "4", "5", "6", "7")
LOCAL_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
USUAL_WEEK = {weekday: [["09:00", "17:00"]] for weekday in WEEKDAYS[:5]}
"""Until a clinic says when it is open."""


class Span(NamedTuple):
    """Minutes of the local day from its midnight; `to` may lie in the next day."""

    start: int
    to: int


def is_timezone(name: str) -> bool:
    return name in _timezones()


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def check_weekly(weekly: Mapping[str, Blocks]) -> list[FieldError]:
    """What is wrong with a week, by JSON pointer."""
    errors: list[FieldError] = []
    for weekday, blocks in weekly.items():
        if weekday in WEEKDAYS:
            errors += check_blocks(blocks, f"/weekly/{weekday}")
        else:
            errors.append((f"/weekly/{weekday}"[:50], "not_a_weekday", "A weekday is 1 (Monday) to 7 (Sunday)."))
    return errors or _check_spills(weekly)


def check_blocks(blocks: Blocks, pointer: str) -> list[FieldError]:
    """What is wrong with the blocks of one day."""
    errors: list[FieldError] = []
    seen: list[Span] = []
    if len(blocks) > MOST_BLOCKS:
        return [(pointer, "too_long", f"A day has at most {MOST_BLOCKS} blocks.")]
    for index, block in enumerate(blocks):
        here = f"{pointer}/{index}"
        if len(block) != 2 or not all(map(LOCAL_TIME.fullmatch, block)) or block[0] == "24:00":
            errors.append((here, "not_a_block", "A block is two local times such as 09:00 and 17:00; 24:00 ends the day."))
            continue
        span = span_of(block)
        if any(span.start < other.to and other.start < span.to for other in seen):
            errors.append((here, "overlaps", "This block overlaps another one of the day."))
        seen.append(span)
    return errors


def _check_spills(weekly: Mapping[str, Blocks]) -> list[FieldError]:
    """A block that crosses midnight must leave the next morning alone."""
    for weekday, blocks in weekly.items():
        spilled = max((span_of(block).to - DAY for block in blocks), default=0)
        following = WEEKDAYS[int(weekday) % 7]
        for index, block in enumerate(weekly.get(following, ())):
            if span_of(block).start < spilled:
                sentence = "This block overlaps one that began the day before."
                return [(f"/weekly/{following}/{index}", "overlaps", sentence)]
    return []


def span_of(block: Sequence[str]) -> Span:
    """An end at or before the start is of the next day."""
    start, to = (int(clock[:2]) * 60 + int(clock[3:]) for clock in block)
    return Span(start, to if to > start else to + DAY)


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The minute of a local day, counted from its midnight, in UTC."""
    local = datetime.combine(day, time()) + timedelta(minutes=minute)
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def day_interval(day: date, zone: ZoneInfo) -> Interval:
    """From a local midnight to the next: 23 hours long, or 25, when the clocks change. Refuses Malformed a day at the end of
    time, where no instant is left to say when it begins."""
    if not 1900 <= day.year <= 2200:
        raise malformed("/date", "out_of_range", "Choose a day between the years 1900 and 2200.")
    return instant(day, 0, zone), instant(day, DAY, zone)


def working_time(schedule: Schedule, *, first: date, last: date, zone: ZoneInfo) -> list[Interval]:
    """When the provider works during the local days from `first` to `last`, in UTC, in order, merged; what spills into
    `first` from the evening before is there too. The schedule must know its overrides from a day earlier to a day later. On days
    of travel `zone` is the other one."""
    weekly = schedule.weekly if schedule.weekly is not None else USUAL_WEEK
    days = [first + timedelta(days=n) for n in range(-1, (last - first).days + 1)]
    found = [interval for day in days for interval in _of_day(day, weekly, schedule, zone_on(day, schedule.travel, zone))]
    start, end = (instant(day, minute, zone_on(day, schedule.travel, zone)) for day, minute in ((first, 0), (last, DAY)))
    return clip(merge(found), start, end)


def zone_on(day: date, travel: Iterable[Sequence[str]], usual: ZoneInfo) -> ZoneInfo:
    """The zone of a provider's local day: another than usual while they travel, each [first, last, zone]."""
    for first, last, name in travel:
        if first <= day.isoformat() <= last:
            return ZoneInfo(name)
    return usual


def _of_day(day: date, weekly: Mapping[str, Any], schedule: Schedule, zone: ZoneInfo) -> Iterable[Interval]:
    if instant(day, DAY // 2, zone).astimezone(zone).date() != day:
        return  # a day that the zone skipped, going round the date line
    blocks = schedule.overrides.get(day.isoformat())
    if blocks is None:
        blocks = () if day in schedule.holidays else weekly.get(str(day.isoweekday()), ())
    clipped = (day + timedelta(days=1)).isoformat() in schedule.overrides
    for span in map(span_of, blocks):
        starts_at = instant(day, span.start, zone)
        ends_at = instant(day, min(span.to, DAY) if clipped else span.to, zone)
        if starts_at < ends_at:
            yield starts_at, ends_at


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """In order, and what touches or overlaps made one."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def clip(intervals: Iterable[Interval], start: datetime, end: datetime) -> list[Interval]:
    return [(max(a, start), min(b, end)) for a, b in intervals if a < end and b > start]


def opening(intervals: Iterable[Interval], *, day: date, zone: ZoneInfo) -> Interval:
    """The part of a local day worth showing: every shift and visit, in whole hours; 8 to 18 on an empty day."""
    shown = clip(intervals, *day_interval(day, zone))
    if not shown:
        return instant(day, 8 * 60, zone), instant(day, 18 * 60, zone)
    first, last = min(a for a, _ in shown), max(b for _, b in shown)
    return _whole_hour(first, zone), _whole_hour(last + timedelta(hours=1, microseconds=-1), zone)


def _whole_hour(at: datetime, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    return at - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
