from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID


class PatientMerge(NamedTuple):
    """`before` and `after` are fields of the one that stays, as far as the merge changed them."""

    id: UUID
    patient_id: UUID
    duplicate_id: UUID
    before: dict[str, Any]
    after: dict[str, Any]
    undone_at: datetime | None


class Merged(NamedTuple):
    """A merge that stands, with whom it took in and who did it."""

    id: UUID
    duplicate_id: UUID
    register_number: str
    first_name: str
    last_name: str
    birth_date: date | None
    merged_at: datetime
    merged_by: str | None


class Moving(NamedTuple):
    """How much of the duplicate's goes along."""

    visits: int
    charges: int
    invoices: int
    payments: int
    letters: int
    recalls: int
    findings: int
    perio_exams: int
    notes: int
    prescriptions: int
    lab_cases: int
    treatment_plans: int
    images: int
    waiting: int
    team_members: int
    dependents: int


class Clash(NamedTuple):
    """Two visits that one person cannot both keep."""

    appointment_id: UUID
    duplicate_appointment_id: UUID
    starts_at: datetime


class Ties(NamedTuple):
    """Whether the one that stays, and the duplicate, answer for anybody but each other."""

    patient_answers: bool
    duplicate_answers: bool
