from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from chairside.history import Alert
from chairside.scheduling.rows import without_reason


class DayVisit(NamedTuple):
    """An appointment with the little that a schedule shows of its patient; `balance` only where it may be seen. The buffers
    are the minutes that its provider and operatory are kept free around it."""

    id: UUID
    patient_id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    service_id: UUID | None
    items: list[dict[str, Any]]
    starts_at: datetime
    ends_at: datetime
    status: str
    overbooking_reason: str | None
    notes: str | None
    last_step: dict[str, Any] | None
    calendar_id: UUID | None
    also: list[dict[str, Any]]
    series_id: UUID | None
    series_number: int | None
    group_session_id: UUID | None
    version: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    first_name: str
    last_name: str
    birth_date: date | None
    register_number: str
    phone: str | None
    safe_for_voicemail: bool | None
    balance: int | None
    restricted: bool = False
    """Not for whoever asks, beyond the patient's name and date of birth."""
    alerts: Sequence[Alert] = ()

    @property
    def duration_minutes(self) -> int:
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    def glimpse(self) -> "DayVisit":
        """What whoever is not on the patient's care team sees of it."""
        return self._replace(
            items=[], overbooking_reason=None, notes=None, last_step=without_reason(self.last_step), register_number="",
            phone=None, safe_for_voicemail=None, balance=None, restricted=True,
        )  # fmt: skip


class Taken(NamedTuple):
    """When a provider and an operatory are not to be had, with the minutes kept free around; for whom is not said. `held_until`:
    nobody has it yet, somebody is booking it. `blockout_id` and `reason`: blocked for something else than a visit. `elsewhere`:
    busy by a calendar of their own, for what is not known."""

    provider_id: UUID | None
    operatory_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    held_until: datetime | None
    blockout_id: UUID | None
    reason: str | None
    elsewhere: bool


class VisitCount(NamedTuple):
    status: str
    visits: int


class Figure(NamedTuple):
    """One number of a day: how many lines stand behind it, and what they come to (minor units) where that is money."""

    figure: str
    many: int
    amount: int | None


class Line(NamedTuple):
    """One of what a figure counts. `opens` is what a click on it leads to: an appointment, a payment, or the patient."""

    figure: str
    id: UUID
    at: datetime | None
    on_day: date | None
    patient_id: UUID
    patient_name: str
    register_number: str
    description: str
    method: str | None
    amount: int | None
    phone: str | None
    safe_for_voicemail: bool | None
    opens: str
    opens_id: UUID


class SheetVisit(NamedTuple):
    """A visit as the day sheet prints it; `balance` only where it may be seen."""

    id: UUID
    patient_id: UUID
    starts_at: datetime
    status: str
    provider: str
    operatory: str | None
    patient_name: str
    birth_date: date | None
    reason: str | None
    phone: str | None
    safe_for_voicemail: bool | None
    balance: int | None
    notes: str | None

    def glimpse(self) -> "SheetVisit":
        return self._replace(reason=None, phone=None, safe_for_voicemail=None, balance=None, notes=None)


class SlipVisit(NamedTuple):
    """A visit as its route slip prints it. `planned` are {name, quantity, tooth, surfaces}, `due` are [recall, day], `later` are
    [instant, provider] of what is booked after it. `balance` and `due` only where they may be seen."""

    id: UUID
    patient_id: UUID
    starts_at: datetime
    ends_at: datetime
    status: str
    provider: str
    operatory: str | None
    patient_name: str
    preferred_name: str | None
    birth_date: date | None
    register_number: str
    phone: str | None
    patient_note: str | None
    guarantor: str | None
    planned: list[dict[str, Any]]
    balance: int | None
    notes: str | None
    due: list[tuple[str, str]]
    later: list[tuple[str, str]]

    def glimpse(self) -> "SlipVisit":
        return self._replace(
            preferred_name=None, register_number="", phone=None, patient_note=None, guarantor=None, planned=[], balance=None,
            notes=None, due=[], later=[],
        )  # fmt: skip
