from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chairside.kernel.http.shapes import Instant, Line, Strict, View
from chairside.tenancy.schemas.clinics import Email, Password

Slug = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Language = Annotated[str, StringConstraints(max_length=16, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""Of a letter; one that is not spoken here is English."""
Token = Annotated[str, StringConstraints(max_length=200)]


def _once(roles: list[str]) -> list[str]:
    return list(dict.fromkeys(roles))


Roles = Annotated[list[Slug], Field(min_length=1, max_length=20), AfterValidator(_once)]


class MemberView(View):
    id: UUID
    name: str
    email: str
    roles: list[str]
    status: str
    last_used_at: Instant | None
    second_factor: bool
    employee_id: str | None
    job_title: str | None
    version: int


class Members(View):
    items: list[MemberView]
    next_cursor: str | None = None


class MemberPatch(Strict):
    """`employee_id`: the number by which the payroll knows them, one of the clinic's own."""

    roles: Roles = []
    employee_id: Annotated[str, StringConstraints(min_length=1, max_length=40)] | None = None
    job_title: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None


class NewInvitation(Strict):
    email: Email
    roles: Roles
    name: Line | None = None


class InvitationView(View):
    """`state`: open, expired, accepted or revoked."""

    id: UUID
    email: str
    name: str | None
    roles: list[str]
    state: str
    expires_at: Instant
    created_at: Instant
    created_by: UUID
    version: int


class Invitations(View):
    items: list[InvitationView]
    next_cursor: str | None = None


class Link(Strict):
    token: Token


class Invited(View):
    """What whoever holds the link sees. `known`: somebody signs in with this address already."""

    clinic: str
    slug: str
    email: str
    name: str | None
    roles: list[str]
    known: bool
    expires_at: Instant


class Acceptance(Strict):
    token: Token
    name: Line | None = None
    password: Password | None = None
    code: Annotated[str, StringConstraints(max_length=20)] | None = None


class PersonPatch(Strict):
    name: Line


class NewPassword(Strict):
    old: Annotated[str, StringConstraints(strip_whitespace=False, max_length=200)]
    new: Password


class ForgottenPassword(Strict):
    """`locale`: in which the letter is written."""

    email: Email
    locale: Language = "en"


class ResetPassword(Strict):
    token: Token
    password: Password


class NewEmail(Strict):
    email: Email
    locale: Language = "en"


class EmailMoved(View):
    """`email`: what the person signs in with now, or, when a letter goes there first, will."""

    email: str
    mailed: bool
