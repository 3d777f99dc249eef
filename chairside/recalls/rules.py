"""When a recall is due."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import NamedTuple


class Interval(NamedTuple):
    """So many `months` or `weeks`."""

    every: int
    unit: str

    def after(self, day: date) -> date:
        """The same day of a later month, or the last one of a month that is too short for it."""
        if self.unit == "weeks":
            return day + timedelta(weeks=self.every)
        year, month = divmod(day.year * 12 + day.month - 1 + self.every, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Visit(NamedTuple):
    """The last one for which a patient came: its day in the clinic, and when it was said to be over."""

    on: date
    over_at: datetime


class Choice(NamedTuple):
    """A day that somebody set by hand, and when they did."""

    on: date
    at: datetime


def due_on(interval: Interval, *, begun_on: date, last: Visit | None = None, choice: Choice | None = None) -> date:
    """Counted from the last visit, or from the day the recall began while there was none; a day that was set since counts
    more. `FOLLOW` says the same in SQL, and a test that they never differ."""
    if choice and (last is None or choice.at >= last.over_at):
        return choice.on
    return interval.after(last.on if last else begun_on)
