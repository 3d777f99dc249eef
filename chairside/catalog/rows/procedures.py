from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from chairside.kernel.money import Money


class Procedure(NamedTuple):
    """As it holds on a day, or first will. `version_id`: what a plan keeps. `price` in minor units of `currency`.
    `next_on`: when it changes next. `min_surfaces` and `max_surfaces` where `area` is surfaces."""

    id: UUID
    code: str
    version_id: UUID
    effective_on: date
    next_on: date | None
    name: str
    category: str
    price: int
    currency: str
    duration_minutes: int
    area: str
    min_surfaces: int | None
    max_surfaces: int | None
    permanent_teeth: bool
    primary_teeth: bool
    archived_at: datetime | None
    version: int

    @property
    def list_price(self) -> Money:
        return Money(self.price, self.currency)


class ProcedureVersion(NamedTuple):
    """What held, holds or will hold from a day on."""

    id: UUID
    procedure_id: UUID
    effective_on: date
    name: str
    category: str
    price: int
    currency: str
    duration_minutes: int
    area: str
    min_surfaces: int | None
    max_surfaces: int | None
    permanent_teeth: bool
    primary_teeth: bool
    created_at: datetime


VERSION = ", ".join(f"version.{column}" for column in ProcedureVersion._fields)
