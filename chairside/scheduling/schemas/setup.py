from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chairside.kernel.http.shapes import Line, Strict, View
from chairside.kernel.refusals import Wrong
from chairside.scheduling.rules import hours, identifiers

ABSENT: Any = Field(default_factory=lambda: None)
"""A field of a merge patch that may be left out but is never null; a plain default would be published as one."""


def _sensible(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise Wrong("out_of_range", "between the years 1900 and 2200")
    return day


def _timezone(name: str) -> str:
    if not hours.is_timezone(name):
        raise Wrong("not_a_time_zone", "Choose a time zone such as Europe/Bucharest.")
    return name


def _npi(text: str) -> str:
    if not identifiers.is_npi(text):
        raise Wrong("not_an_npi", "An NPI has ten digits, the last of which checks the others.")
    return text


def _dea(text: str) -> str:
    if not identifiers.is_dea(text):
        raise Wrong("not_a_dea", "A DEA number has two letters and seven digits, the last of which checks the others.")
    return text


Day = Annotated[date, AfterValidator(_sensible)]
Timezone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_timezone)]
Npi = Annotated[str, StringConstraints(max_length=20), AfterValidator(_npi)]
Dea = Annotated[str, StringConstraints(max_length=20, to_upper=True), AfterValidator(_dea)]
Title = Annotated[str, StringConstraints(max_length=60)]
Specialties = Annotated[list[Line], Field(max_length=20)]
Colour = Annotated[int, Field(strict=True, ge=0, le=99)]
Position = Annotated[int, Field(strict=True, ge=1, le=10_000)]
Flag = Annotated[bool, Field(strict=True)]
Block = Annotated[list[Annotated[str, StringConstraints(max_length=10)]], Field(max_length=2)]
Blocks = Annotated[list[Block], Field(max_length=50)]
Weekly = Annotated[dict[Annotated[str, StringConstraints(max_length=10)], Blocks], Field(max_length=20)]


class NewProvider(Strict):
    name: Line
    title: Title | None = None
    member_id: UUID | None = None
    npi: Npi | None = None
    dea: Dea | None = None
    specialties: Specialties = []
    timezone: Timezone | None = None
    colour: Colour | None = None
    operatory_id: UUID | None = None
    assists: Flag = False
    active: Flag = True


class ProviderPatch(Strict):
    name: Line = ABSENT
    title: Title | None = None
    member_id: UUID | None = None
    npi: Npi | None = None
    dea: Dea | None = None
    specialties: Specialties = ABSENT
    timezone: Timezone | None = None
    colour: Colour = ABSENT
    operatory_id: UUID | None = None
    assists: Flag = ABSENT
    active: Flag = ABSENT


class ProviderView(View):
    id: UUID
    name: str
    title: str | None
    member_id: UUID | None
    npi: str | None
    specialties: list[str]
    timezone: str | None
    colour: int
    operatory_id: UUID | None
    assists: bool
    active: bool
    version: int


class WholeProviderView(ProviderView):
    """`dea` is shown to whoever may change it, and is null for everybody else."""

    dea: str | None


class ProviderPage(View):
    items: list[ProviderView]
    next_cursor: str | None = None


class NewOperatory(Strict):
    name: Line
    position: Position | None = None
    active: Flag = True


class OperatoryPatch(Strict):
    name: Line = ABSENT
    position: Position = ABSENT
    active: Flag = ABSENT


class OperatoryView(View):
    id: UUID
    name: str
    position: int
    active: bool
    version: int


class OperatoryPage(View):
    items: list[OperatoryView]
    next_cursor: str | None = None


class NewHours(Strict):
    """ISO weekday (1 is Monday) to blocks of local times; 24:00 ends the day, an end at or before its start crosses midnight."""

    weekly: Weekly


class NewProviderHours(Strict):
    """Null: the provider follows the clinic's hours."""

    weekly: Weekly | None


class HoursView(View):
    """`is_default`: nobody has set them, so they are the clinic's, or Monday to Friday from 9 to 17."""

    weekly: dict[str, list[list[str]]]
    timezone: str
    is_default: bool
    version: int


class NewOverride(Strict):
    date: Day
    blocks: Blocks
    reason: Line | None = None


class OverrideView(View):
    id: UUID
    provider_id: UUID
    date: date
    blocks: list[list[str]]
    reason: str | None


class Overrides(View):
    items: list[OverrideView]
    next_cursor: str | None = None


class NewHoliday(Strict):
    date: Day
    name: Line


class ChosenHolidays(Strict):
    holidays: Annotated[list[NewHoliday], Field(min_length=1, max_length=100)]


class SuggestedHolidayView(View):
    """`closed`: the day is one of the clinic's already."""

    date: date
    name: str
    closed: bool


class RegionView(View):
    """A part of a country with holidays of its own, as it is called there."""

    code: str
    name: str


class HolidaySuggestions(View):
    """`country`: that was asked for, or in which the clinic seems to be; null: nobody knows, ask with one of `countries`
    (ISO 3166-1)."""

    country: str | None
    region: str | None
    year: int
    countries: list[str]
    regions: list[RegionView]
    items: list[SuggestedHolidayView]
    next_cursor: str | None = None


class HolidayView(View):
    id: UUID
    date: date
    name: str


class Holidays(View):
    items: list[HolidayView]
    next_cursor: str | None = None
