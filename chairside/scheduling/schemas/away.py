from datetime import date
from typing import Literal
from uuid import UUID

from chairside.kernel.http.shapes import Instant, Line, Strict, View
from chairside.scheduling.schemas.setup import Day, Timezone


class NewVacation(Strict):
    """Both days are included."""

    first_on: Day
    last_on: Day
    reason: Line | None = None


class VacationView(View):
    id: UUID
    provider_id: UUID
    first_on: date
    last_on: date
    reason: str | None


class Vacations(View):
    items: list[VacationView]
    next_cursor: str | None = None


class NewTravel(Strict):
    """Both days are included."""

    first_on: Day
    last_on: Day
    timezone: Timezone


class TravelView(View):
    id: UUID
    provider_id: UUID
    first_on: date
    last_on: date
    timezone: str


class Travels(View):
    items: list[TravelView]
    next_cursor: str | None = None


class BookedPatientView(View):
    id: UUID
    name: str


class BookedVisitView(View):
    id: UUID
    starts_at: Instant
    ends_at: Instant
    status: Literal["requested", "scheduled", "confirmed", "arrived", "in_chair"]
    patient: BookedPatientView


class BookedVisits(View):
    items: list[BookedVisitView]
    next_cursor: str | None = None
