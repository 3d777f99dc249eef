"""What bodies and answers are made of."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from chairside.kernel.money import MOST
from chairside.kernel.refusals import Wrong

__all__ = ["Instant", "Line", "LongText", "MoneyShape", "NewInstant", "Page", "Positive", "Strict", "View"]


class Strict(BaseModel):
    """A body: unknown properties are refused, and so is a string where a number belongs."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class View(BaseModel):
    """An answer, made from a row of the same field names."""

    model_config = ConfigDict(from_attributes=True)


def _sensible(instant: datetime) -> datetime:
    if not 1900 <= instant.year <= 2200:
        raise Wrong("out_of_range", "between the years 1900 and 2200")
    return instant.astimezone(UTC)


Instant = datetime
"""Shown as RFC 3339 ending in Z: the app's role speaks to the database in UTC, and Pydantic writes UTC as Z."""

NewInstant = Annotated[AwareDatetime, AfterValidator(_sensible)]
"""Accepted with any offset, never without one."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
LongText = Annotated[str, StringConstraints(max_length=10_000)]


class MoneyShape(BaseModel):
    """An amount in minor units of its currency."""

    model_config = ConfigDict(extra="forbid", from_attributes=True, strict=True)

    amount: Annotated[int, Field(ge=-MOST, le=MOST)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


def _above_zero(money: MoneyShape) -> MoneyShape:
    if money.amount <= 0:
        raise Wrong("not_above_zero", "more than zero")
    return money


Positive = Annotated[MoneyShape, AfterValidator(_above_zero)]


class Page(View):
    """Subclass with `items: list[…]`."""

    items: list[Any]
    next_cursor: str | None = None
