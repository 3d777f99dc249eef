"""What a visit without a time could be made of."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from chairside.scheduling.rows.calendars import Calendar
from chairside.scheduling.rows.sessions import SessionAt


class Candidate(NamedTuple):
    """A provider who may be asked for, with what their working time is made of. `last_booked`: their last visit of the calendar,
    or of all where there is none; ids are in order of time."""

    id: UUID
    name: str
    active: bool
    timezone: str | None
    operatory_id: UUID | None
    weekly: dict[str, Any] | None
    overrides: dict[str, Any]
    travel: list[list[str]]
    last_booked: str | None


class Place(NamedTuple):
    id: UUID
    name: str
    active: bool


class Candidates(NamedTuple):
    """Whom and what a visit without a time could be made of. `sessions` of the calendar that begin in the range, full ones too;
    the one in which the visit that is moved has its seat is none of them. `held`: whoever asks holds a time in the range."""

    patient_id: UUID | None
    patient_archived: bool
    service_id: UUID | None
    duration_minutes: int | None
    buffer_before_minutes: int | None
    buffer_after_minutes: int | None
    operatories: list[Place]
    holidays: frozenset[date]
    providers: list[Candidate]
    calendar: Calendar | None
    sessions: list[SessionAt]
    held: bool

    @classmethod
    def of(
        cls, patient_id: UUID | None, patient_archived: bool, service_id: UUID | None, minutes: int | None, before: int | None,
        after: int | None, operatories: list[Any], holidays: list[date], providers: list[Any],
        calendar: dict[str, Any] | None, sessions: list[Any], held: bool,
    ) -> "Candidates":  # fmt: skip
        """Of a row whose lists came as JSON."""
        return cls(
            patient_id, patient_archived, service_id, minutes, before, after,
            [Place(UUID(id), name, active) for id, name, active in operatories], frozenset(holidays),
            [Candidate(UUID(id), name, active, zone, place and UUID(place), weekly, overrides, travel, last)
             for id, name, active, zone, place, weekly, overrides, travel, last in providers],
            Calendar.of_json(calendar) if calendar else None, [SessionAt.of_json(one) for one in sessions], held,
        )  # fmt: skip


class TakenMinutes(NamedTuple):
    """Of one resource: when each claim begins and when it ends, in turns, as PostgreSQL sends instants."""

    resource_id: UUID
    edges: bytes


class CountedMinutes(NamedTuple):
    """The same, with the beginnings of those visits that count for a day's limit."""

    resource_id: UUID
    edges: bytes
    counted: bytes


class InTheWay(NamedTuple):
    """A claim, and from when to when its visit is without its buffers."""

    resource_id: UUID
    starts_at: datetime
    ends_at: datetime
    appointment_id: UUID | None
    hold_id: UUID | None
    group_session_id: UUID | None
    reason: str | None
    elsewhere: bool
    from_: datetime
    to: datetime
