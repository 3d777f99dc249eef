"""What several of the bodies and answers are made of."""

from typing import Literal
from uuid import UUID

from chairside.kernel.http.shapes import Line, MoneyShape, Strict, View
from chairside.kernel.money import Money

Method = Literal["cash", "card", "check", "transfer"]
Kind = Literal["service", "opening_balance", "adjustment"]


def money(shape: MoneyShape) -> Money:
    return Money(shape.amount, shape.currency)


class Reason(Strict):
    reason: Line


class Amount(View):
    """Minor units of the currency."""

    amount: int
    currency: str


class Person(View):
    id: UUID
    name: str
