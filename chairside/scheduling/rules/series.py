"""The days on which a visit repeats, and when that is.

What is kept is the time on the clinic's clock: a visit at nine is at nine in March and in April, whatever the clocks do between
(`rules.hours.instant`). The 31st is the last day of a month that has no 31st, and is the 31st again of the next that has one.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from chairside.kernel.refusals import malformed
from chairside.scheduling.rules import hours

Unit = Literal["day", "week", "month"]
MOST = 52
YEARS_AHEAD = 2
A_DAY = timedelta(days=1)


class Rule(NamedTuple):
    """Every so many days, weeks (on these ISO weekdays) or months (on that day of them) from `first` on, so many `times` or as
    long as `until` (that day too). `minute`: of the local day."""

    unit: Unit
    every: int
    first: date
    minute: int
    weekdays: frozenset[int] = frozenset()
    month_day: int | None = None
    times: int | None = None
    until: date | None = None

    def settled(self) -> "Rule":
        """With the weekday or the day of the month of its first day, where none is said."""
        weekdays = (self.weekdays or frozenset({self.first.isoweekday()})) if self.unit == "week" else frozenset[int]()
        month_day = (self.month_day or self.first.day) if self.unit == "month" else None
        return self._replace(weekdays=weekdays, month_day=month_day)


class Turn(NamedTuple):
    """One time of it: the day by the rule, and the instant."""

    on: date
    starts_at: datetime


def turns_of(rule: Rule, *, today: date, zone: ZoneInfo) -> list[Turn]:
    """All of it, in order. Refuses Malformed what has no day at all, more than 52, or one more than two years ahead."""
    rule = rule.settled()
    last = _years_after(today, YEARS_AHEAD)
    end = "/repeat/until" if rule.times is None else "/repeat/times"
    if (rule.times is None) == (rule.until is None):
        raise malformed("/repeat/until", "one_of", "Say how many times, or until which day.")
    if rule.until and rule.until < rule.first:
        raise malformed("/repeat/until", "runs_backward", "It ends after it begins.")
    found: list[Turn] = []
    for day in _days(rule):
        if (rule.until and day > rule.until) or len(found) == rule.times:
            break
        if day > last:
            raise malformed(end, "two_years_ahead", f"A series ends within {YEARS_AHEAD} years from today.")
        if len(found) == MOST:
            raise malformed(end, "too_many_visits", f"A series has at most {MOST} visits.")
        if hours.instant(day, hours.DAY // 2, zone).astimezone(zone).date() == day:  # not one that the zone skipped
            found.append(Turn(day, hours.instant(day, rule.minute, zone)))
    if not found:
        raise malformed("/repeat/until", "runs_backward", "No day of it comes before its end.")
    return found


def shifted(at: datetime, *, was: datetime, becomes: datetime, zone: ZoneInfo) -> datetime:
    """Later or earlier by what lies between the two on the clinic's calendar and clock."""
    own, before, after = (one.astimezone(zone) for one in (at, was, becomes))
    days = after.date() - before.date()
    return hours.instant(own.date() + days, _minute(own) + _minute(after) - _minute(before), zone)


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute


def _days(rule: Rule) -> Iterator[date]:
    if rule.unit == "day":
        yield from (rule.first + step * rule.every * A_DAY for step in count())
    elif rule.unit == "week":
        monday = rule.first - (rule.first.isoweekday() - 1) * A_DAY
        for step in count():
            week = monday + step * rule.every * 7 * A_DAY
            yield from (day for day in (week + (weekday - 1) * A_DAY for weekday in sorted(rule.weekdays)) if day >= rule.first)
    else:
        for step in count():
            months = rule.first.year * 12 + rule.first.month - 1 + step * rule.every
            year, month = divmod(months, 12)
            day = date(year, month + 1, min(rule.month_day or 1, monthrange(year, month + 1)[1]))
            if day >= rule.first:
                yield day


def _years_after(day: date, years: int) -> date:
    """The 29th of February is the 28th of a year that has none."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))
