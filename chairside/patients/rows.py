from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID


class Patient(NamedTuple):
    id: UUID
    register_number: str
    first_name: str
    middle_name: str | None
    last_name: str
    preferred_name: str | None
    birth_date: date | None
    sex: str
    address: dict[str, Any] | None
    note: str | None
    contacts: list[dict[str, Any]]
    guarantor_id: UUID | None
    archived_at: datetime | None
    created_at: datetime
    version: int


PATIENT = ", ".join(f"patient.{column}" for column in Patient._fields)


class Relative(NamedTuple):
    """Somebody of the same family: the one who answers for it, or one they answer for."""

    id: UUID
    register_number: str
    first_name: str
    last_name: str
    birth_date: date | None
    guarantor_id: UUID | None


class Guarantee(NamedTuple):
    """Whether the wanted guarantor is answered for by another, and whether the patient answers for others."""

    answered_for: bool | None
    answers: bool
