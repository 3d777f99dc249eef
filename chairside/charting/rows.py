from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID


class Finding(NamedTuple):
    """`teeth` and `pontics` are FDI numbers, `surfaces` in the order in which they are kept. Struck: it was wrong, and stays
    to be read."""

    id: UUID
    patient_id: UUID
    act_id: UUID
    teeth: list[str]
    surfaces: list[str]
    condition: str
    layer: str
    material: str | None
    detail: str | None
    pontics: list[str]
    note: str | None
    noted_on: date
    provider_id: UUID | None
    fulfils_id: UUID | None
    replaces_id: UUID | None
    struck_at: datetime | None
    struck_by: UUID | None
    strike_reason: str | None
    created_at: datetime
    created_by: UUID
    version: int


FINDING = ", ".join(f"finding.{column}" for column in Finding._fields)


class Chart(NamedTuple):
    """A patient's teeth. `findings` are what `Finding` says, as JSON, by the day they were noted, then as written."""

    id: UUID
    birth_date: date | None
    stage: str
    findings: list[dict[str, Any]]


class PerioExam(NamedTuple):
    """`provider_id`: under whose name it was written down, where that is another. `merged_from`: begun in a record that was
    merged into this one. `teeth` are their cells, as JSON, by FDI number."""

    id: UUID
    patient_id: UUID
    examined_on: date
    provider_id: UUID | None
    note: str | None
    merged_from: UUID | None
    signed_at: datetime | None
    signed_by: UUID | None
    struck_at: datetime | None
    struck_by: UUID | None
    strike_reason: str | None
    status: str
    created_at: datetime
    created_by: UUID
    version: int
    teeth: list[dict[str, Any]]


EXAM = ", ".join(f"exam.{column}" for column in PerioExam._fields[:-1])
CELLS = (
    "depth", "margin", "keratinised", "bleeding", "suppuration", "plaque", "calculus", "furcations", "mobility", "skipped",
)  # fmt: skip
_TOOTH = ", ".join(f"'{one}', tooth.{one}" for one in ("tooth", *CELLS))
TEETH = f"""coalesce((select jsonb_agg(jsonb_build_object({_TOOTH}) order by tooth.tooth)
                       from perio_tooth as tooth
                      where tooth.exam_id = exam.id), '[]') as teeth"""


class Bearing(NamedTuple):
    """What of a finding bears on whether its teeth are there."""

    condition: str
    layer: str
    teeth: list[str]
    pontics: list[str]
