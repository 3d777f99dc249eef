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
    last_used_at: datetime | None
    version: int

    @property
    def status(self) -> str:
        return "suspended" if self.suspended_at else "active"


class Colleague(NamedTuple):
    """What everybody who works in a clinic may know of the others."""

    id: UUID
    name: str


class SignedUp(NamedTuple):
    clinic_id: UUID
    principal_id: UUID


class Role(NamedTuple):
    slug: str
    name: str
    template: str | None
    grants: str


class Invitation(NamedTuple):
    """`state`: open, expired, accepted or revoked, at the instant it was asked for."""

    id: UUID
    email: str
    name: str | None
    roles: list[str]
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None
    created_at: datetime
    created_by: UUID
    salt: bytes
    version: int

    def state(self, now: datetime) -> str:
        if self.accepted_at or self.revoked_at:
            return "accepted" if self.accepted_at else "revoked"
        return "open" if now < self.expires_at else "expired"


INVITATION = ", ".join(f"invitation.{column}" for column in Invitation._fields)


class Linked(NamedTuple):
    """Where a token leads."""

    clinic_id: UUID
    id: UUID


class AskedToOpen(NamedTuple):
    """A clinic that will exist when its link is used."""

    id: UUID
    email: str
    owner: str
    password_hash: str
    name: str
    slug: str
    timezone: str
    locale: str
    currency: str
    salt: bytes
    expires_at: datetime
    used_at: datetime | None


ASKED_TO_OPEN = ", ".join(f"sign_up.{column}" for column in AskedToOpen._fields)
