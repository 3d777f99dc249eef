from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chairside.charting.rows import Chart, Finding
from chairside.charting.rules.dentition import Stage, stage_at
from chairside.charting.rules.teeth import check_tooth
from chairside.kernel.http.shapes import Instant, Line, Strict, View
from chairside.kernel.refusals import Wrong

Layer = Literal["condition", "existing", "existing_other", "planned", "done", "referred"]
Condition = Literal[
    "caries", "fracture", "wear", "watch", "failing", "periapical", "rotation", "drift", "restoration", "inlay", "sealant",
    "veneer", "crown", "root_canal", "post", "implant", "extraction", "bridge", "splint", "denture", "missing", "unerupted",
    "impacted", "erupted", "root_remnant",
]  # fmt: skip
Material = Literal["composite", "amalgam", "glass_ionomer", "gold", "ceramic", "zirconia", "metal_ceramic", "metal", "temporary"]
Detail = Literal[
    "enamel", "dentine", "pulp", "crown", "root", "attrition", "abrasion", "erosion", "mesial", "distal", "buccal", "lingual",
    "partial", "full",
]  # fmt: skip


def _tooth(text: str) -> str:
    return check_tooth(text).id


def _sensible(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise Wrong("out_of_range", "between the years 1900 and 2200")
    return day


ToothId = Annotated[str, StringConstraints(min_length=1, max_length=4), AfterValidator(_tooth)]
Surface = Annotated[str, StringConstraints(min_length=1, max_length=2)]
Note = Annotated[str, StringConstraints(max_length=2_000)]
Day = Annotated[date, AfterValidator(_sensible)]
Flag = Annotated[bool, Field(strict=True)]


def _each_once(teeth: list[str]) -> list[str]:
    if len(set(teeth)) < len(teeth):
        raise Wrong("twice", "Name each tooth once.")
    return teeth


Teeth = Annotated[list[ToothId], Field(min_length=1, max_length=52), AfterValidator(_each_once)]


class NewPlan(Strict):
    """What is planned for it at once, on the same teeth and surfaces."""

    condition: Condition
    material: Material | None = None


class NewFinding(Strict):
    """`teeth` are FDI numbers, an extra tooth as `11+1`; each is a finding of its own, save for what spans them (bridge, splint,
    denture). `surfaces`: M D L, O and B of back teeth, I and F of front teeth, B5 F5 L5; B, F, V and P say their like.
    `even_if_absent` answers ToothIsAbsent."""

    teeth: Teeth
    surfaces: Annotated[list[Surface], Field(max_length=9)] = []
    condition: Condition
    layer: Layer = "condition"
    material: Material | None = None
    detail: Detail | None = None
    pontics: Annotated[list[ToothId], Field(max_length=51)] = []
    note: Note | None = None
    noted_on: Day | None = None
    provider_id: UUID | None = None
    plan: NewPlan | None = None
    even_if_absent: Flag = False


class Correction(NewFinding):
    reason: Line


class Strike(Strict):
    reason: Line


class Fulfilment(Strict):
    done_on: Day | None = None
    note: Note | None = None
    provider_id: UUID | None = None


class NewStage(Strict):
    """`by_age`: nobody says otherwise."""

    stage: Literal["by_age", "primary", "mixed", "permanent"]


class FindingView(View):
    id: UUID
    act_id: UUID
    teeth: list[str]
    surfaces: list[str]
    condition: Condition
    layer: Layer
    material: Material | None
    detail: Detail | None
    pontics: list[str]
    note: str | None
    noted_on: date
    provider_id: UUID | None
    fulfils_id: UUID | None
    replaces_id: UUID | None
    struck_at: Instant | None
    struck_by: UUID | None
    strike_reason: str | None
    created_at: Instant
    created_by: UUID
    version: int


class Notice(View):
    """`retained`: these primary teeth stand beside their successors."""

    code: Literal["retained"]
    teeth: list[str]


class RecordedView(View):
    findings: list[FindingView]
    notices: list[Notice]

    @classmethod
    def of(cls, findings: list[Finding], retained: list[str]) -> Self:
        notices = [Notice(code="retained", teeth=retained)] if retained else []
        return cls(findings=[FindingView.model_validate(each) for each in findings], notices=notices)


class ToothChart(View):
    """`stage` is what the teeth are drawn as, `stage_set` what somebody said of it. `findings` by the day they were noted, those
    struck through too."""

    patient_id: UUID
    stage: Stage
    stage_set: Literal["by_age", "primary", "mixed", "permanent"]
    findings: list[FindingView]

    @classmethod
    def of(cls, chart: Chart, today: date) -> dict[str, object]:
        stage = stage_at(chart.birth_date, today) if chart.stage == "by_age" else chart.stage
        return {"patient_id": chart.id, "stage": stage, "stage_set": chart.stage, "findings": chart.findings}
