from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID


class RecallType(NamedTuple):
    """What patients are called in for. `service_ids`: any of them counts as having come, the first is what is booked; the
    length in minutes is the service's own when none."""

    id: UUID
    name: str
    every: int
    unit: str
    service_ids: list[UUID]
    duration_minutes: int | None
    active: bool
    version: int


class Recall(NamedTuple):
    """With what whoever calls the patient wants to see: who, on which number, for what, and what came of the last attempt
    ({id, kind, outcome, note, at, by}). `every` and `unit` are the patient's own (`own_interval`) or the type's."""

    id: UUID
    patient_id: UUID
    first_name: str
    last_name: str
    birth_date: date | None
    phone: str | None
    safe_for_voicemail: bool | None
    type_id: UUID
    type_name: str
    service_id: UUID | None
    every: int
    unit: str
    own_interval: bool
    due_on: date
    set_due_on: date | None
    previous_on: date | None
    note: str | None
    status: str
    snoozed_until: date | None
    appointment_id: UUID | None
    appointment_at: datetime | None
    closed_at: datetime | None
    closing_reason: str | None
    attempts: int
    last_attempt: dict[str, Any] | None
    version: int


class RecallAttempt(NamedTuple):
    id: UUID
    kind: str
    outcome: str
    note: str | None
    at: datetime
    by: UUID


class HeldRecall(NamedTuple):
    """One that nobody else changes until this transaction ends."""

    id: UUID
    patient_id: UUID
    type_id: UUID
    due_on: date
    every: int | None
    unit: str | None
    set_due_on: date | None
    set_at: datetime | None
    snoozed_until: date | None
    note: str | None
    closed_at: datetime | None
    version: int


class Waiting(NamedTuple):
    """Somebody on the waiting list, with the little that a desk wants to see: who, on which number, for what. `provider_ids`,
    `weekdays` (of ISO) and `parts` (of the day): any of them, and any at all when none is named. `notice_hours` they need before
    they can be here. `earlier_than`: when the visit that they would like earlier was to begin."""

    id: UUID
    patient_id: UUID
    first_name: str
    last_name: str
    birth_date: date | None
    phone: str | None
    safe_for_voicemail: bool | None
    service_id: UUID
    service_name: str
    duration_minutes: int | None
    provider_ids: list[UUID]
    weekdays: list[int]
    parts: list[str]
    from_on: date | None
    until_on: date | None
    notice_hours: int
    urgent: bool
    appointment_id: UUID | None
    appointment_at: datetime | None
    earlier_than: datetime | None
    expires_on: date | None
    status: str
    booked_id: UUID | None
    booked_at: datetime | None
    closed_at: datetime | None
    closing_reason: str | None
    note: str | None
    created_at: datetime
    version: int


ATTEMPT = ", ".join(f"attempt.{column}" for column in RecallAttempt._fields)
HELD = ", ".join(f"recall.{column}" for column in HeldRecall._fields)
TYPE = """
           type.id, type.name, type.every, type.unit,
           array(select answering.service_id
                   from recall_type_service as answering
                  where answering.type_id = type.id
                  order by answering.position) as service_ids,
           type.duration_minutes, type.active, type.version"""
