from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chairside.catalog.actions.procedure_imports import Outcome
from chairside.catalog.rows.procedures import Procedure, ProcedureVersion
from chairside.catalog.schemas.services import ABSENT, Code, Flag, Length, Price
from chairside.kernel.http.shapes import Instant, Line, MoneyShape, Strict, View
from chairside.kernel.money import Money
from chairside.kernel.refusals import Wrong

Area = Literal["mouth", "arch", "quadrant", "tooth", "surfaces", "tooth_range"]
Category = Annotated[str, StringConstraints(max_length=60)]
Count = Annotated[int, Field(strict=True, ge=1, le=5)]


def _sensible(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise Wrong("out_of_range", "between the years 1900 and 2200")
    return day


Day = Annotated[date, AfterValidator(_sensible)]


class NewProcedure(Strict):
    """`area`: what has to be said of where it is done; `min_surfaces` and `max_surfaces` where that is surfaces. Holds from
    `effective_on`, or today."""

    code: Code
    name: Line
    category: Category = ""
    price: Price
    duration_minutes: Length
    area: Area
    min_surfaces: Count | None = None
    max_surfaces: Count | None = None
    permanent_teeth: Flag = True
    primary_teeth: Flag = True
    effective_on: Day | None = None


class ProcedurePatch(Strict):
    """Holds from `effective_on`, or today; what held before stays readable, and what was planned keeps it."""

    code: Code = ABSENT
    name: Line = ABSENT
    category: Category = ABSENT
    price: Price = ABSENT
    duration_minutes: Length = ABSENT
    area: Area = ABSENT
    min_surfaces: Count | None = None
    max_surfaces: Count | None = None
    permanent_teeth: Flag = ABSENT
    primary_teeth: Flag = ABSENT
    effective_on: Day | None = None


class ProcedureView(View):
    """As it holds today, or first will. `version_id`: what a plan keeps. `next_on`: the day of its next change."""

    id: UUID
    code: str
    version_id: UUID
    effective_on: date
    next_on: date | None
    name: str
    category: str
    price: MoneyShape
    duration_minutes: int
    area: Area
    min_surfaces: int | None
    max_surfaces: int | None
    permanent_teeth: bool
    primary_teeth: bool
    archived_at: Instant | None
    version: int

    @classmethod
    def of(cls, procedure: Procedure) -> Self:
        return cls.model_validate(procedure._asdict() | {"price": procedure.list_price})


class ProcedurePage(View):
    items: list[ProcedureView]
    next_cursor: str | None = None


class ProcedureVersionView(View):
    id: UUID
    effective_on: date
    name: str
    category: str
    price: MoneyShape
    duration_minutes: int
    area: Area
    min_surfaces: int | None
    max_surfaces: int | None
    permanent_teeth: bool
    primary_teeth: bool
    created_at: Instant

    @classmethod
    def of(cls, version: ProcedureVersion) -> Self:
        return cls.model_validate(version._asdict() | {"price": Money(version.price, version.currency)})


class ProcedureVersions(View):
    items: list[ProcedureVersionView]
    next_cursor: str | None = None


class Added(View):
    added: int


class ProcedureImport(Strict):
    """`text`: the file, with a row of names first. `mapping`: of fields (code, name, category, price, duration_minutes, area,
    min_surfaces, max_surfaces, teeth) the column; guessed where it is not given. `dry_run` writes nothing."""

    text: Annotated[str, Field(min_length=1, max_length=800_000)]
    mapping: Annotated[dict[str, Annotated[str, Field(max_length=200)]], Field(max_length=20)] | None = None
    effective_on: Day | None = None
    dry_run: Flag = True


class RowProblem(View):
    """`text`: what stands there."""

    line: int
    field: str
    code: str
    text: str


class ProcedureImportOutcome(View):
    """How it would be, or was; `problems` (500 at most) are of rows that are left out."""

    columns: list[str]
    mapping: dict[str, str]
    rows: int
    new: list[str]
    changed: list[str]
    same: int
    problems: list[RowProblem]
    done: bool

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        reading = outcome.reading
        return cls(
            columns=reading.columns, mapping=reading.mapping, rows=reading.rows, new=outcome.new, changed=outcome.changed,
            same=len(outcome.same), problems=[RowProblem.model_validate(one) for one in reading.problems], done=outcome.done,
        )  # fmt: skip
