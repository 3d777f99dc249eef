"""What times are looked for in: calendars, resources with their hours, and what keeps them busy."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from chairside.scheduling.rules.hours import Blocks

Grid = Literal["hours", "clock", "gap"]
Strategy = Literal["single", "round_robin", "priority", "collective"]


class Travel(NamedTuple):
    """Another zone for some local days, the last one included; without an end it stays."""

    first: date
    last: date | None
    timezone: str


class Hours(NamedTuple):
    """Local blocks of a week; `overrides` replace whole days, `holidays` are off unless they have one."""

    timezone: str
    weekly: Mapping[str, Blocks]
    overrides: Mapping[str, Blocks] = {}
    holidays: frozenset[date] = frozenset()
    travel: tuple[Travel, ...] = ()


class Busy(NamedTuple):
    """What takes somebody's time, with its own buffers in minutes. A session has `seats` that are taken; `counts` is a visit in
    the day's limit."""

    starts_at: datetime
    ends_at: datetime
    before: int = 0
    after: int = 0
    seats: int | None = None
    counts: bool = False


class Resource(NamedTuple):
    """A provider, a chair, an assistant. Without hours they are there whenever they are not busy. `taken` is what keeps them busy
    whatever is asked, their own buffers included, as a flat list of beginnings and ends (minutes since 1970, in order, merged);
    `busy` what must be looked at one by one, or was not merged. `last_booked` says when in words that sort by time, `booked` how
    often."""

    id: str
    timezone: str = "UTC"
    hours: Hours | None = None
    busy: Sequence[Busy] = ()
    priority: int = 0
    taken: Sequence[int] = ()
    last_booked: str = ""
    booked: int = 0


class Need(NamedTuple):
    """So many of these, for a part of the visit: minutes from its start; to its end where `end` is not said. The visit's buffers
    around it count unless it is not `buffered`: a patient may come from one chair to the next."""

    any_of: tuple[str, ...]
    many: int = 1
    start: int = 0
    end: int | None = None
    buffered: bool = True


class Calendar(NamedTuple):
    """How visits of a kind are offered. Minutes throughout. `window`: local days, both included."""

    duration: int
    increment: int = 15
    grid: Grid = "hours"
    before: int = 0
    after: int = 0
    buffers_inside_hours: bool = False
    notice: int = 0
    days_ahead: int | None = None
    window: tuple[date, date] | None = None
    per_day: int | None = None
    seats: int = 1
    strategy: Strategy = "single"
    needs: tuple[Need, ...] = ()
