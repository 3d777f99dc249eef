from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chairside.catalog.rows.services import Service
from chairside.catalog.rules import codes
from chairside.kernel.http.shapes import Line, MoneyShape, Strict, View
from chairside.kernel.refusals import Wrong


def _ours(code: str) -> str:
    if codes.is_licensed(code):
        raise Wrong("licensed_code", "Codes of the letter D and four digits are licensed; use a code of your own.")
    return code


def _not_negative(price: MoneyShape) -> MoneyShape:
    if price.amount < 0:
        raise Wrong("below_zero", "A price is zero or more.")
    return price


Code = Annotated[str, StringConstraints(min_length=1, max_length=30), AfterValidator(_ours)]
Price = Annotated[MoneyShape, AfterValidator(_not_negative)]
Length = Annotated[int, Field(strict=True, ge=5, le=720)]
Buffer = Annotated[int, Field(strict=True, ge=0, le=240)]
Flag = Annotated[bool, Field(strict=True)]
ABSENT: Any = Field(default_factory=lambda: None)
"""A field of a merge patch that may be left out but is never null; a plain default would be published as one."""


class NewService(Strict):
    name: Line
    code: Code | None = None
    duration_minutes: Length
    price: Price
    buffer_before_minutes: Buffer = 0
    buffer_after_minutes: Buffer = 0
    active: Flag = True


class ServicePatch(Strict):
    """Every field may be absent, none may be null."""

    name: Line = ABSENT
    code: Code = ABSENT
    duration_minutes: Length = ABSENT
    price: Price = ABSENT
    buffer_before_minutes: Buffer = ABSENT
    buffer_after_minutes: Buffer = ABSENT
    active: Flag = ABSENT


class ServiceView(View):
    id: UUID
    code: str
    name: str
    duration_minutes: int
    price: MoneyShape
    buffer_before_minutes: int
    buffer_after_minutes: int
    active: bool
    version: int

    @classmethod
    def of(cls, service: Service) -> Self:
        return cls.model_validate(service._asdict() | {"price": service.list_price})


class ServicePage(View):
    items: list[ServiceView]
    next_cursor: str | None = None
