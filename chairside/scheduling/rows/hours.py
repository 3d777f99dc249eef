"""When somebody works, and when not."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from chairside.scheduling.rows.columns import columns


class WeeklyHours(NamedTuple):
    """ISO weekday to local blocks; none: the provider follows the clinic."""

    weekly: dict[str, Any] | None
    version: int


class HoursOverride(NamedTuple):
    id: UUID
    provider_id: UUID
    date: date
    blocks: list[Any]
    reason: str | None


class Holiday(NamedTuple):
    id: UUID
    date: date
    name: str


class Vacation(NamedTuple):
    """Off on every day of it, the last one included, save those with hours of their own."""

    id: UUID
    provider_id: UUID
    first_on: date
    last_on: date
    reason: str | None


class Travel(NamedTuple):
    """The provider's hours are of another zone on these days, the last one included."""

    id: UUID
    provider_id: UUID
    first_on: date
    last_on: date
    timezone: str


class BookedVisit(NamedTuple):
    """A visit that still is to be, and whose."""

    id: UUID
    patient_id: UUID
    first_name: str
    last_name: str
    starts_at: datetime
    ends_at: datetime
    status: str


class Schedule(NamedTuple):
    """What a provider's working time over some days is made of. Days of a vacation are among the overrides; `travel` is
    [first, last, zone]."""

    provider_id: UUID
    operatory_id: UUID | None
    timezone: str | None
    weekly: dict[str, Any] | None
    overrides: dict[str, Any]
    holidays: list[date]
    travel: list[Any] = []


OVERRIDE = columns("hours_override", HoursOverride)
VACATION = columns("vacation", Vacation)
TRAVEL = columns("travel", Travel)
HOLIDAY = columns("holiday", Holiday)
