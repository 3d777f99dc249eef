from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from chairside.kernel.http.shapes import Strict, View
from chairside.kernel.refusals import Wrong
from chairside.tenancy.schemas.clinics import ColleagueView


def _plain(text: str) -> str:
    if not text.isprintable():
        raise Wrong("not_plain", "Leave out line breaks and signs that cannot be seen.")
    return text


Name = Annotated[str, StringConstraints(min_length=2, max_length=60), AfterValidator(_plain)]
Description = Annotated[str, StringConstraints(max_length=300), AfterValidator(_plain)]
Slug = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Names = Annotated[list[Annotated[str, StringConstraints(max_length=60)]], Field(max_length=200)]


class RoleView(View):
    """`template` on the product's own roles, which stay as they are; `assignable`: the one who asks may give it to somebody;
    `people` have it."""

    slug: str
    name: str
    description: str | None
    template: str | None
    copied_from: str | None
    permissions: list[str]
    people: int
    assignable: bool
    version: int


class RoleList(View):
    items: list[RoleView]
    next_cursor: str | None = None


class NewRole(Strict):
    name: Name
    description: Description | None = None
    permissions: Names
    copied_from: Slug | None = None


class RolePatch(Strict):
    name: Name | None = None
    description: Description | None = None
    permissions: Names | None = None


class RoleDraft(Strict):
    """What the role would permit; or which role its people would get in its place."""

    permissions: Names | None = None
    replacement: Slug | None = None


class RoleChangeView(View):
    permission: str
    gained: list[ColleagueView]
    lost: list[ColleagueView]


class RoleChanges(View):
    items: list[RoleChangeView]
    next_cursor: str | None = None


class PermissionView(View):
    """`group` is what it belongs to; `yours`: the one who asks may put it into a role; `covers` is what it permits besides."""

    name: str
    sentence: str
    group: str
    yours: bool
    covers: list[str]


class Permissions(View):
    items: list[PermissionView]
    next_cursor: str | None = None
