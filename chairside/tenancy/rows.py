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
    """Lies sealed beside it, unless it was kept before it was."""
    logo_file_id: UUID | None
    feeds_name_services: bool
    """Calendar feeds say for which service a provider is taken."""
    majority_age: int
    fills_freed_times: bool
    """The time of a visit that is cancelled is offered to whoever could come."""
    tooth_notation: str | None
    history_review_months: int | None
    """After so many, medical histories are looked through anew; never when none."""
    holiday_region: str | None
    """Whose public holidays are suggested besides the country's: DE-BY."""
    prints_prescriptions: bool
    """Off where the law asks for electronic prescribing."""
    treatment_charging: str
    """When work of several visits is charged: at_start, at_end, by_share."""
    version: int
    tax_id_sealed: bytes | None


CLINIC = ", ".join(f"clinic.{column}" for column in Clinic._fields)


class Workplace(NamedTuple):
    """A clinic in which a person works, as their session names it."""

    id: UUID
    slug: str
    name: str
    roles: list[str]
    second_factor_from: datetime | None


class Member(NamedTuple):
    id: UUID
    name: str
    email: str
    roles: list[str]
    suspended_at: datetime | None
    last_used_at: datetime | None
    second_factor: bool
    employee_id: str | None
    job_title: str | None
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
    """`template` on the product's own; `people` have it, the suspended among them."""

    id: UUID
    slug: str
    name: str
    description: str | None
    template: str | None
    copied_from: str | None
    grants: str
    people: int
    version: int

    @property
    def permissions(self) -> frozenset[str]:
        return frozenset(self.grants.split())


class Permission(NamedTuple):
    """A line of the catalogue; `yours`: the one who asks may put it into a role; `covers` is what it permits besides."""

    name: str
    sentence: str
    group: str
    yours: bool
    covers: list[str]


class Holder(NamedTuple):
    """Somebody who works here and what their roles permit, one by one."""

    id: UUID
    name: str
    role: str
    grants: str


class RoleChange(NamedTuple):
    """What becomes different for whom: of one permission, those who gain and those who lose it."""

    permission: str
    gained: list[Colleague]
    lost: list[Colleague]


class SignInRules(NamedTuple):
    """What a clinic asks of those who work in it; null: what the deployment asks. `version` is the clinic's."""

    mfa_from: datetime | None
    mfa_grace_days: int
    idle_minutes: int | None
    session_hours: int | None
    version: int


class RecordRules(NamedTuple):
    """Whether only its care team opens a patient's record, besides those who may open every one. `version` is the clinic's."""

    care_teams: bool
    version: int


class ServiceAccount(NamedTuple):
    """A program that works in a clinic."""

    id: UUID
    name: str
    grants: str
    revoked_at: datetime | None
    created_at: datetime
    created_by: UUID
    version: int


SERVICE_ACCOUNT = ", ".join(f"service_account.{column}" for column in ServiceAccount._fields)


class ServiceKey(NamedTuple):
    """What a program shows. The key itself is shown once and kept nowhere; `hint` are its last characters."""

    id: UUID
    account_id: UUID
    hint: str
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    created_at: datetime
    created_by: UUID


SERVICE_KEY = ", ".join(f"service_key.{column}" for column in ServiceKey._fields)


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


class PersonLink(NamedTuple):
    """A link about a person's own account; of nobody's, when nobody signs in with the address."""

    id: UUID
    kind: str
    principal_id: UUID | None
    email: str
    former_email: str | None
    locale: str
    salt: bytes
    expires_at: datetime
    used_at: datetime | None


PERSON_LINK = ", ".join(f"person_link.{column}" for column in PersonLink._fields)


class LinkedPerson(NamedTuple):
    """Where a link about an account leads."""

    clinic_id: UUID
    id: UUID
    principal_id: UUID
    email: str


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
