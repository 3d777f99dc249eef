from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID


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
    version: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    first_name: str
    last_name: str
    birth_date: date | None
    register_number: str
    phone: str | None
    balance: int | None

    @property
    def duration_minutes(self) -> int:
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)


class VisitCount(NamedTuple):
    status: str
    visits: int
