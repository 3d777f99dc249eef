from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from chairside.kernel.http.shapes import Instant, Line, LongText, NewInstant, Strict, View
from chairside.scheduling.rules.series import MOST, Rule
from chairside.scheduling.schemas.appointments import Flag, Minutes, Status
from chairside.scheduling.schemas.availability import BecauseView
from chairside.scheduling.schemas.setup import Day

Unit = Literal["day", "week", "month"]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Number = Annotated[int, Field(strict=True, ge=1, le=MOST)]
Weekdays = Annotated[list[Annotated[int, Field(strict=True, ge=1, le=7)]], Field(max_length=7)]


class Repeat(Strict):
    """Every so many days, weeks or months from `starts_on` on, at a `time` of the clinic's clock; so many `times`, or until a
    day. `weekdays` (1 to 7) of weeks, `month_day` of months: those of the first day unless they are said. A month without that
    day has it on its last."""

    unit: Unit
    every: Number = 1
    weekdays: Weekdays = []
    month_day: Annotated[int, Field(strict=True, ge=1, le=31)] | None = None
    starts_on: Day
    time: Clock
    times: Number | None = None
    until: Day | None = None

    def rule(self) -> Rule:
        minute = int(self.time[:2]) * 60 + int(self.time[3:])
        return Rule(
            self.unit, self.every, self.starts_on, minute, frozenset(self.weekdays), self.month_day, self.times, self.until
        )  # fmt: skip


class AskedSeries(Strict):
    """`service_id`, or `duration_minutes`, or both. `hold_id`, one's own, is in nobody's way."""

    repeat: Repeat
    provider_id: UUID
    operatory_id: UUID | None = None
    patient_id: UUID | None = None
    service_id: UUID | None = None
    duration_minutes: Minutes | None = None
    hold_id: UUID | None = None


class Instead(Strict):
    """Another time for a day of the series."""

    on: Day
    starts_at: NewInstant


class NewSeries(AskedSeries):
    """`skip`: days that are left out. `clashes`: whether times that cannot be had refuse all, or are left out."""

    patient_id: UUID
    notes: LongText | None = None
    skip: Annotated[list[Day], Field(max_length=MOST)] = []
    instead: Annotated[list[Instead], Field(max_length=MOST)] = []
    clashes: Literal["refuse", "leave_out"] = "refuse"


class ObstacleView(View):
    """`kind`: whose time it is; none: it stands whoever would be there."""

    kind: Literal["provider", "operatory", "patient"] | None
    because: BecauseView


class OccurrenceView(View):
    """`instead`: the nearest free time of that day, else of that week."""

    on: date
    starts_at: Instant
    ends_at: Instant
    free: Flag
    reasons: list[ObstacleView]
    instead: Instant | None


class SeriesPreview(View):
    timezone: str
    items: list[OccurrenceView]


class SeriesVisitView(View):
    id: UUID
    number: int
    starts_at: Instant
    ends_at: Instant
    status: Status
    version: int


class SeriesView(View):
    id: UUID
    patient_id: UUID
    unit: Unit
    every: int
    weekdays: list[int]
    month_day: int | None
    first_on: date
    time: str
    times: int | None
    until_on: date | None
    created_at: Instant
    created_by: UUID
    visits: list[SeriesVisitView]


class BookedSeriesView(View):
    """`left_out`: what could not be had."""

    series: SeriesView
    left_out: list[OccurrenceView]


class SeriesRescheduling(Strict):
    """When the visit with that number begins; those that follow keep their distance."""

    number: Number
    starts_at: NewInstant


class MovedSeriesView(View):
    """`outside`: on which of their new days nobody works then."""

    series: SeriesView
    outside: list[date]


class SeriesCancellation(Strict):
    """Of the visit with that number and all that follow."""

    number: Number
    reason: Line


class CancelledSeriesView(View):
    """`id`: by which all of it is taken back."""

    id: UUID
    series_id: UUID
    appointment_ids: list[UUID]
