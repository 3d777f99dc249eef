from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID


class Clinic(NamedTuple):
    id: UUID
    slug: str
    name: str
    timezone: str
    locale: str
    currency: str
    address: dict[str, Any] | None
    phone: str | None
    email: str | None
    tax_id: str | None
    logo_file_id: UUID | None
    version: int


CLINIC = ", ".join(f"clinic.{column}" for column in Clinic._fields)


class Workplace(NamedTuple):
    """A clinic in which a person works, as their session names it."""

    id: UUID
    slug: str
    name: str
    roles: list[str]


class Member(NamedTuple):
    id: UUID
    name: str
    email: str
    roles: list[str]
    suspended_at: datetime | None
    version: int


class SignedUp(NamedTuple):
    clinic_id: UUID
    principal_id: UUID
