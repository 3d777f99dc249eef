from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chairside.kernel.http.shapes import Instant, Line, Strict, View
from chairside.tenancy.schemas.clinics import Email, Password

Slug = Annotated[str, StringConstraints(min_length=1, max_length=40)]
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
    version: int


class Members(View):
    items: list[MemberView]
    next_cursor: str | None = None


class MemberPatch(Strict):
    roles: Roles


class RoleView(View):
    """`assignable`: the one who asks may give it to somebody."""

    slug: str
    name: str
    template: str | None
    permissions: list[str]
    assignable: bool


class RoleList(View):
    items: list[RoleView]
    next_cursor: str | None = None


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


class PersonPatch(Strict):
    name: Line


class NewPassword(Strict):
    old: Annotated[str, StringConstraints(strip_whitespace=False, max_length=200)]
    new: Password
