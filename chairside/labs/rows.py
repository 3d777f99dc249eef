from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID


class Laboratory(NamedTuple):
    """`usual_days`: from sending to coming back."""

    id: UUID
    name: str
    phone: str | None
    email: str | None
    usual_days: int
    active: bool
    version: int


class LabCase(NamedTuple):
    """`visit_at`: the visit for which it must be back, and `visit_status` how that stands. `steps` are {step, at, by,
    reason}, the earliest first, without those that were taken back."""

    id: UUID
    patient_id: UUID
    first_name: str
    last_name: str
    laboratory_id: UUID
    laboratory_name: str
    provider_id: UUID
    provider_name: str
    appointment_id: UUID | None
    visit_at: datetime | None
    visit_status: str | None
    work: str
    teeth: list[str]
    shade: str | None
    material: str | None
    instructions: str | None
    due_on: date
    status: str
    steps: list[dict[str, Any]]
    created_at: datetime
    version: int


class HeldCase(NamedTuple):
    """One that nobody else changes until this transaction ends."""

    id: UUID
    patient_id: UUID
    laboratory_id: UUID
    provider_id: UUID
    appointment_id: UUID | None
    work: str
    teeth: list[str]
    shade: str | None
    material: str | None
    instructions: str | None
    due_on: date
    status: str
    version: int


class LastStep(NamedTuple):
    """What became of a case last, and how it stood before."""

    id: UUID
    step: str
    before: str


LABORATORY = ", ".join(f"laboratory.{column}" for column in Laboratory._fields)
