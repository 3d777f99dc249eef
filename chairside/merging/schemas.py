from datetime import date
from typing import Any, Literal
from uuid import UUID

from chairside.kernel.http.shapes import Instant, Strict, View
from chairside.merging.rules import Field, Side
from chairside.patients import Patient

One = Literal["patient", "duplicate"] | None


class Keep(Strict):
    """Whose value a field has in the end; of contacts and the note both can be kept. What is not named is as the preview says."""

    first_name: One = None
    middle_name: One = None
    last_name: One = None
    preferred_name: One = None
    birth_date: One = None
    sex: One = None
    address: One = None
    guarantor_id: One = None
    contacts: Side | None = None
    note: Side | None = None


class NewMerge(Strict):
    duplicate_id: UUID
    keep: Keep = Keep()


class ComparedField(View):
    """`kept`: whose value the record has in the end, unless somebody chooses."""

    field: Field
    differs: bool
    kept: Side


class MovingView(View):
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


class Obstacle(View):
    """As the refusal of the merge would say it."""

    code: str
    detail: str
    facts: dict[str, Any]


class PreviewView(View):
    patient: Patient
    duplicate: Patient
    fields: list[ComparedField]
    moving: MovingView
    obstacles: list[Obstacle]


class MergeView(View):
    id: UUID
    patient_id: UUID
    duplicate_id: UUID


class MergedView(View):
    """Who was merged into the patient, when and by whom."""

    id: UUID
    duplicate_id: UUID
    register_number: str
    first_name: str
    last_name: str
    birth_date: date | None
    merged_at: Instant
    merged_by: str | None


class Merges(View):
    items: list[MergedView]
    next_cursor: str | None = None
