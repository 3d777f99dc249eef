"""Visits that repeat."""

from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

from chairside.scheduling.rows.columns import columns


class VisitSeries(NamedTuple):
    """The rule by which its visits were booked. Either `times` or `until_on`."""

    id: UUID
    patient_id: UUID
    unit: str
    every: int
    weekdays: list[int]
    month_day: int | None
    first_on: date
    local_time: time
    times: int | None
    until_on: date | None
    created_at: datetime
    created_by: UUID


class SeriesVisit(NamedTuple):
    """`number`: which of them it was when they were booked."""

    id: UUID
    number: int
    starts_at: datetime
    ends_at: datetime
    status: str
    version: int


VISIT_SERIES = columns("visit_series", VisitSeries)
