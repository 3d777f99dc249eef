from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field

from chairside.kernel.http.shapes import Line, NewInstant, Strict, View
from chairside.scheduling.rows import Asked, Calendar, Required
from chairside.scheduling.schemas.appointments import Minutes
from chairside.scheduling.schemas.setup import ABSENT, Day, Flag

Modality = Literal["in_person", "phone", "video"]
Strategy = Literal["single", "round_robin", "priority", "collective"]
Grid = Literal["hours", "clock", "gap"]
Increment = Annotated[int, Field(strict=True, ge=1, le=720)]
Buffer = Annotated[int, Field(strict=True, ge=0, le=240)]
Notice = Annotated[int, Field(strict=True, ge=0, le=525_600)]
DaysAhead = Annotated[int, Field(strict=True, ge=0, le=3650)]
Limit = Annotated[int, Field(strict=True, ge=1, le=1000)]
Capacity = Annotated[int, Field(strict=True, ge=1, le=200)]
Services = Annotated[list[UUID], Field(min_length=1, max_length=50)]


class CalendarProvider(Strict):
    """Of those who are free, the lowest priority takes the visit where the strategy is `priority`."""

    provider_id: UUID
    priority: Annotated[int, Field(strict=True, ge=1, le=1000)] = 1


class Requirement(Strict):
    """`need` of these operatories and providers, from minute `from` of the visit to minute `to`, or to its end."""

    any_of: Annotated[list[UUID], Field(min_length=1, max_length=50)]
    need: Annotated[int, Field(strict=True, ge=1, le=20)] = 1
    from_: Annotated[int, Field(strict=True, ge=0, le=719, alias="from")] = 0
    to: Annotated[int, Field(strict=True, ge=1, le=720)] | None = None


class Window(Strict):
    """Local days, both included."""

    start: Day
    end: Day


Providers = Annotated[list[CalendarProvider], Field(min_length=1, max_length=100)]
Requirements = Annotated[list[Requirement], Field(max_length=20)]


class NewCalendar(Strict):
    """Minutes throughout. The first of `service_ids` is meant where none is named. `grid`: starts are counted from the beginning
    of working time, of the clock, or of each gap. Without buffers the service's own. `max_days_ahead` and `per_day_limit` (visits
    of each provider) are of local days. `single`, `round_robin`, `priority`: one of the providers; `collective`: all of them."""

    name: Line
    service_ids: Services
    providers: Providers
    requires: Requirements = []
    modality: Modality = "in_person"
    strategy: Strategy = "single"
    increment: Increment = 15
    grid: Grid = "hours"
    buffer_before: Buffer | None = None
    buffer_after: Buffer | None = None
    buffers_inside_hours: Flag = False
    min_notice: Notice = 0
    max_days_ahead: DaysAhead | None = None
    window: Window | None = None
    per_day_limit: Limit | None = None
    capacity: Capacity = 1
    public: Flag = False
    active: Flag = True

    def calendar(self) -> Calendar:
        return Calendar(id=None, version=0, **read(self.model_dump()))


class CalendarPatch(Strict):
    name: Line = ABSENT
    service_ids: Services = ABSENT
    providers: Providers = ABSENT
    requires: Requirements = ABSENT
    modality: Modality = ABSENT
    strategy: Strategy = ABSENT
    increment: Increment = ABSENT
    grid: Grid = ABSENT
    buffer_before: Buffer | None = None
    buffer_after: Buffer | None = None
    buffers_inside_hours: Flag = ABSENT
    min_notice: Notice = ABSENT
    max_days_ahead: DaysAhead | None = None
    window: Window | None = None
    per_day_limit: Limit | None = None
    capacity: Capacity = ABSENT
    public: Flag = ABSENT
    active: Flag = ABSENT


class ProviderOfView(View):
    provider_id: UUID
    priority: int


class RequirementView(View):
    any_of: list[UUID]
    need: int
    from_: Annotated[int, Field(alias="from")]
    to: int | None


class WindowView(View):
    start: date
    end: date


class CalendarView(View):
    id: UUID
    name: str
    service_ids: list[UUID]
    providers: list[ProviderOfView]
    requires: list[RequirementView]
    modality: Modality
    strategy: Strategy
    increment: int
    grid: Grid
    buffer_before: int | None
    buffer_after: int | None
    buffers_inside_hours: bool
    min_notice: int
    max_days_ahead: int | None
    window: WindowView | None
    per_day_limit: int | None
    capacity: int
    public: bool
    active: bool
    version: int

    @classmethod
    def of(cls, calendar: Calendar) -> Self:
        requires = [
            {"any_of": one.any_of, "need": one.need, "from": one.from_minute, "to": one.to_minute} for one in calendar.requires
        ]
        window = {"start": calendar.window_start, "end": calendar.window_end} if calendar.window_start else None
        return cls.model_validate(
            calendar._asdict()
            | {"requires": requires, "window": window, "providers": [one._asdict() for one in calendar.providers]}
        )


class Calendars(View):
    items: list[CalendarView]
    next_cursor: str | None = None


class Preview(Strict):
    """The openings of a calendar that nobody saved yet: of `service_id`, or its first."""

    calendar: NewCalendar
    service_id: UUID | None = None
    duration_minutes: Minutes | None = None
    from_: Annotated[NewInstant | None, Field(alias="from")] = None


def read(given: dict[str, Any]) -> dict[str, Any]:
    """As a Calendar has it."""
    found = dict(given)
    if "providers" in given:
        found["providers"] = [Asked(**one) for one in given["providers"]]
    if "requires" in given:
        found["requires"] = [
            Required(tuple(dict.fromkeys(one["any_of"])), one["need"], one["from_"], one["to"]) for one in given["requires"]
        ]
    if "service_ids" in given:
        found["service_ids"] = list(dict.fromkeys(given["service_ids"]))
    if "window" in found:
        window = found.pop("window") or {"start": None, "end": None}
        found |= {"window_start": window["start"], "window_end": window["end"]}
    return found
