from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Malformed, Missing, malformed
from chairside.tenancy.permissions import CATALOGUE, TEMPLATES, group_of
from chairside.tenancy.queries.members import is_owner
from chairside.tenancy.rows import Colleague, Holder, Permission, Role, RoleChange
from chairside.tenancy.rules import giving
from chairside.tenancy.rules.roles import differences

ROLE = """
    role.id, role.slug, role.name, role.description, role.template, role.copied_from, role.grants,
           (select count(*) from membership_role where membership_role.role_slug = role.slug) as people,
           role.version
"""
ROLES = f"select {ROLE} from role order by role.created_at, role.slug"
ONE = f"select {ROLE} from role where role.slug = %(slug)s"
HOLDERS = """
    select membership.principal_id, membership.name, membership_role.role_slug, role.grants
      from membership
      join membership_role on membership_role.principal_id = membership.principal_id
      join role on role.slug = membership_role.role_slug
     where membership.suspended_at is null
     order by lower(membership.name), membership.principal_id
"""
# `grants` are words with spaces between.
RESTRICTED = """
    with may as (
        select membership.principal_id as id, membership.name, false as program,
               (select string_agg(role.grants, ' ')
                  from membership_role
                  join role on role.slug = membership_role.role_slug
                 where membership_role.principal_id = membership.principal_id) as grants
          from membership
         where membership.suspended_at is null
        union all
        select account.id, account.name, true, account.grants
          from service_account as account
         where account.revoked_at is null
    )
    select may.id, may.name
      from may
     where string_to_array(may.grants, ' ') @> array['patients.read']
       and not string_to_array(may.grants, ' ') @> array['patients.every']
     order by may.program, lower(may.name), may.id
"""


class NoSuchRole(Missing):
    """There is no such role in this clinic."""


@needs("members.read")
async def list_roles(op: Op) -> list[tuple[Role, bool]]:
    """The product's roles in the usual order, then the clinic's own; and whether the one who asks may give each."""
    owner = await is_owner(op)
    usual = {slug: place for place, slug in enumerate(TEMPLATES)}
    roles = sorted(await op.db.all(Role, ROLES), key=lambda role: usual.get(role.slug, len(usual)))
    return [(role, op.may("members.write") and _may_give(op, role, owner=owner)) for role in roles]


@needs("members.read")
async def get_role(op: Op, *, slug: str) -> Role:
    """Refuses NoSuchRole."""
    role = await op.db.one(Role, ONE, slug=slug)
    if role is None:
        raise NoSuchRole()
    return role


@needs("roles.write")
async def compare_role(
    op: Op, *, slug: str, permissions: Collection[str] | None = None, replacement: str | None = None
) -> list[RoleChange]:
    """Who would gain and lose what if the role permitted this, or went and its people got the replacement; nobody, if neither is
    said. Whatever else they work as is counted. Refuses NoSuchRole, an unknown permission, a replacement that is none."""
    role = await get_role(op, slug=slug)
    then = role.permissions
    if replacement is not None:
        then = (await check_there(op, replacement, pointer="/replacement")).permissions
    elif permissions is not None:
        check_known(permissions)
        then = frozenset(permissions)
    names: dict[str, str] = {}
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for one in await op.db.all(Holder, HOLDERS):
        person = str(one.id)
        names[person] = one.name
        before[person] |= set(one.grants.split())
        after[person] |= then if one.role == slug else set(one.grants.split())

    def people(those: list[str]) -> list[Colleague]:
        return [Colleague(UUID(person), names[person]) for person in those]

    found = {one.permission: one for one in differences(before, after)}
    return [RoleChange(name, people(found[name].gained), people(found[name].lost)) for name in CATALOGUE if name in found]


@needs("members.read", "security.write")
async def list_restricted(op: Op) -> list[Colleague]:
    """Who opens only some patients' records where the clinic keeps them to care teams, programs after people."""
    return await op.db.all(Colleague, RESTRICTED)


async def check_there(op: Op, slug: str, *, pointer: str) -> Role:
    """Refuses, as a field, a role that is none."""
    role = await op.db.one(Role, ONE, slug=slug)
    if role is None:
        raise malformed(pointer, "not_found", "There is no such role here.")
    return role


def check_known(permissions: Collection[str]) -> None:
    """Refuses Malformed, naming each permission that there is none of."""
    wrong = [place for place, one in enumerate(permissions) if one not in CATALOGUE]
    if wrong:
        raise Malformed(errors=tuple((f"/permissions/{place}", "not_found", "There is no such permission.") for place in wrong))


@needs("members.read", "service_accounts.read")
async def list_permissions(op: Op) -> list[Permission]:
    """The catalogue, as the one who asks may give of it: to people by their roles, or to programs."""
    held = giving.covered(CATALOGUE if "*" in op.actor.grants else op.actor.grants)
    return [
        Permission(name, sentence, group_of(name), name in held, [giving.COVERS[name]] if name in giving.COVERS else [])
        for name, sentence in CATALOGUE.items()
    ]


@needs("members.read")
async def may_give(op: Op, *, role: Role) -> bool:
    """Whether the one who asks may give it to somebody."""
    return op.may("members.write") and _may_give(op, role, owner=await is_owner(op))


async def given_by(op: Op, slugs: list[str]) -> tuple[set[str], set[str]]:
    """Of these, the roles that do not exist and those that the actor may not give."""
    owner = await is_owner(op)
    known = {role.slug: role for role in await op.db.all(Role, ROLES)}
    unknown = {slug for slug in slugs if slug not in known}
    refused = {slug for slug in slugs if slug in known and not _may_give(op, known[slug], owner=owner)}
    return unknown, refused


def _may_give(op: Op, role: Role, *, owner: bool) -> bool:
    return giving.may_give(role.slug, template=role.template, grants=role.permissions, held=op.actor.grants, giver_is_owner=owner)
