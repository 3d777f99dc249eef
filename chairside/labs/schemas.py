from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chairside.charting import check_tooth
from chairside.kernel.http.shapes import Instant, Line, Strict, View
from chairside.kernel.op import Op
from chairside.labs import LabCase, is_overdue, trouble_of

Work = Literal[
    "crown", "bridge", "denture", "partial_denture", "inlay", "veneer", "implant", "aligner", "night_guard", "retainer", "model",
    "other",
]  # fmt: skip
Status = Literal["planned", "sent", "received", "checked", "returned", "cancelled"]
Step = Literal["sent", "received", "checked", "returned", "cancelled"]
Short = Annotated[str, StringConstraints(max_length=100)]
Phone = Annotated[str, StringConstraints(max_length=40)]
Email = Annotated[str, StringConstraints(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Instructions = Annotated[str, StringConstraints(max_length=2000)]
UsualDays = Annotated[int, Field(strict=True, ge=1, le=120)]
Flag = Annotated[bool, Field(strict=True)]
ABSENT: Any = Field(default_factory=lambda: None)


def _tooth(text: str) -> str:
    return check_tooth(text).id


def _once(teeth: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(teeth))


Tooth = Annotated[str, StringConstraints(max_length=8), AfterValidator(_tooth)]
Teeth = Annotated[list[Tooth], Field(max_length=32), AfterValidator(_once)]


class NewLaboratory(Strict):
    """`usual_days`: from sending to coming back."""

    name: Line
    phone: Phone | None = None
    email: Email | None = None
    usual_days: UsualDays = 10


class LaboratoryPatch(Strict):
    """Not `active`: nothing new goes there."""

    name: Line = ABSENT
    phone: Phone | None = None
    email: Email | None = None
    usual_days: UsualDays = ABSENT
    active: Flag = ABSENT


class LaboratoryView(View):
    id: UUID
    name: str
    phone: str | None
    email: str | None
    usual_days: int
    active: bool
    version: int


class Laboratories(View):
    items: list[LaboratoryView]


class NewLabCase(Strict):
    """`teeth` by their FDI numbers; `appointment_id`: the visit for which it must be back; without `due_on`, after the
    laboratory's usual days."""

    laboratory_id: UUID
    provider_id: UUID
    appointment_id: UUID | None = None
    work: Work
    teeth: Teeth = []
    shade: Short | None = None
    material: Short | None = None
    instructions: Instructions | None = None
    due_on: date | None = None


class LabCasePatch(Strict):
    """What is left out stays."""

    laboratory_id: UUID = ABSENT
    provider_id: UUID = ABSENT
    appointment_id: UUID | None = None
    work: Work = ABSENT
    teeth: Teeth = ABSENT
    shade: Short | None = None
    material: Short | None = None
    instructions: Instructions | None = None
    due_on: date = ABSENT


class NewLabStep(Strict):
    """`returned`: to the laboratory, once more."""

    step: Step
    reason: Line | None = None


class LabStepView(View):
    step: Step
    at: Instant
    by: str | None
    reason: str | None


class LabCaseView(View):
    """`trouble`: why it will not be there for its visit. `shade`, `material`, `instructions` and reasons are null for
    whoever only follows cases."""

    id: UUID
    patient_id: UUID
    first_name: str
    last_name: str
    laboratory_id: UUID
    laboratory_name: str
    provider_id: UUID
    provider_name: str
    appointment_id: UUID | None
    visit_at: Instant | None
    work: Work
    teeth: list[str]
    shade: str | None
    material: str | None
    instructions: str | None
    due_on: date
    status: Status
    overdue: bool
    trouble: Literal["visit_cancelled", "due_after_visit", "not_back"] | None
    steps: list[LabStepView]
    created_at: Instant
    version: int

    @classmethod
    def of(cls, op: Op, case: LabCase) -> Self:
        more = {"overdue": is_overdue(case.status, case.due_on, op.today), "trouble": trouble_of(op, case)}
        return cls.model_validate(case._asdict() | more)


class LabCases(View):
    items: list[LabCaseView]
    next_cursor: str | None = None
