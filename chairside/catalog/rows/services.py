from typing import NamedTuple
from uuid import UUID

from chairside.kernel.money import Money


class Service(NamedTuple):
    """`price` is in minor units of `currency`."""

    id: UUID
    code: str
    name: str
    duration_minutes: int
    price: int
    currency: str
    buffer_before_minutes: int
    buffer_after_minutes: int
    active: bool
    version: int

    @property
    def list_price(self) -> Money:
        return Money(self.price, self.currency)


SERVICE = ", ".join(f"service.{column}" for column in Service._fields)
