from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from chairside.kernel.http.shapes import Strict, View
from chairside.scheduling.schemas.setup import ABSENT

Name = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Shown = Literal["day", "week", "agenda"]
Span = Literal["day", "week"]
By = Literal["operatory", "provider"]
Columns = Annotated[list[UUID], Field(max_length=200)]


class NewScheduleView(Strict):
    """`columns`: of a day, which operatories or providers; all when there are none. `of`: of a week, whose. `span`: of an agenda,
    how much of it. `shared`: for everybody here."""

    name: Name
    view: Shown
    span: Span = "day"
    by: By = "operatory"
    of: UUID | None = None
    columns: Columns = []
    shared: bool = False


class ScheduleViewPatch(Strict):
    name: Name = ABSENT
    view: Shown = ABSENT
    span: Span = ABSENT
    by: By = ABSENT
    of: UUID | None = None
    columns: Columns = ABSENT
    shared: bool = ABSENT


class SavedView(View):
    """`member_id`: whose it is; nobody else changes it."""

    id: UUID
    member_id: UUID
    name: str
    view: Shown
    span: Span
    by: By
    of: UUID | None
    columns: list[UUID]
    shared: bool
    version: int


class SavedViews(View):
    items: list[SavedView]
    next_cursor: str | None = None
