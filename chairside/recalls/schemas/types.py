from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field

from chairside.kernel.http.shapes import Line, Strict, View
from chairside.recalls import rules
from chairside.recalls.rows import RecallType

Unit = Literal["months", "weeks"]
Minutes = Annotated[int, Field(strict=True, ge=5, le=720)]
Flag = Annotated[bool, Field(strict=True)]
ABSENT: Any = Field(default_factory=lambda: None)
"""A field of a merge patch that may be left out but is never null; a plain default would be published as one."""


class NewInterval(Strict):
    """Ten years at most."""

    every: Annotated[int, Field(strict=True, ge=1, le=520)]
    unit: Unit

    def interval(self) -> rules.Interval:
        return rules.Interval(self.every, self.unit)


class IntervalView(View):
    every: int
    unit: Unit


class NewRecallType(Strict):
    """`service_ids`: any of them counts as having come, the first is what is booked."""

    name: Line
    interval: NewInterval
    service_ids: Annotated[list[UUID], Field(max_length=20)] = []
    duration_minutes: Minutes | None = None
    active: Flag = True


class RecallTypePatch(Strict):
    name: Line = ABSENT
    interval: NewInterval = ABSENT
    service_ids: Annotated[list[UUID], Field(max_length=20)] = ABSENT
    duration_minutes: Minutes | None = None
    active: Flag = ABSENT


class RecallTypeView(View):
    id: UUID
    name: str
    interval: IntervalView
    service_ids: list[UUID]
    duration_minutes: int | None
    active: bool
    version: int

    @classmethod
    def of(cls, type: RecallType) -> Self:
        return cls.model_validate(type._asdict() | {"interval": {"every": type.every, "unit": type.unit}})


class RecallTypes(View):
    items: list[RecallTypeView]
    next_cursor: str | None = None
