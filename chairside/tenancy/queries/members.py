from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.tenancy.permissions import TEMPLATES
from chairside.tenancy.rows import Member, Role
from chairside.tenancy.rules import giving

MEMBER = """
    membership.principal_id, membership.name, membership.email,
           array(select membership_role.role_slug
                   from membership_role
                  where membership_role.principal_id = membership.principal_id
                  order by 1) as roles,
           membership.suspended_at, membership.last_used_at, membership.version
"""
MEMBERS = f"""
    select {MEMBER}
      from membership
     order by membership.suspended_at is not null, lower(membership.name), membership.principal_id
"""
ONE = f"select {MEMBER} from membership where membership.principal_id = %(member_id)s"
ROLES = "select role.slug, role.name, role.template, role.grants from role order by role.created_at, role.slug"
HOLDS = """
    select exists (select from membership_role
                    where membership_role.principal_id = app.actor()
                      and membership_role.role_slug = 'owner')
"""


class NoSuchMember(Missing):
    """There is no such member in this clinic."""


@needs("members.read")
async def list_members(op: Op) -> list[Member]:
    """Those who work here first, then the suspended; each group by name."""
    return await op.db.all(Member, MEMBERS)


@needs("members.read")
async def get_member(op: Op, *, member_id: UUID) -> Member:
    """Refuses NoSuchMember."""
    member = await op.db.one(Member, ONE, member_id=member_id)
    if member is None:
        raise NoSuchMember()
    return member


@needs("members.read")
async def list_roles(op: Op) -> list[tuple[Role, bool]]:
    """The clinic's roles in the usual order, its own last; and whether the one who asks may give each."""
    owner = await is_owner(op)
    roles = await op.db.all(Role, ROLES)
    usual = list(TEMPLATES)
    roles.sort(key=lambda role: usual.index(role.slug) if role.slug in usual else len(usual))
    return [(role, op.may("members.write") and _may_give(op, role, owner=owner)) for role in roles]


async def given_by(op: Op, slugs: list[str]) -> tuple[set[str], set[str]]:
    """Of these, the roles that do not exist and those that the actor may not give."""
    owner = await is_owner(op)
    known = {role.slug: role for role in await op.db.all(Role, ROLES)}
    unknown = {slug for slug in slugs if slug not in known}
    refused = {slug for slug in slugs if slug in known and not _may_give(op, known[slug], owner=owner)}
    return unknown, refused


async def is_owner(op: Op) -> bool:
    """Whoever may everything, the operator's commands, counts as one."""
    return "*" in op.actor.grants or bool(await op.db.value(HOLDS))


def _may_give(op: Op, role: Role, *, owner: bool) -> bool:
    return giving.may_give(
        role.slug, template=role.template, grants=role.grants.split(), held=op.actor.grants, giver_is_owner=owner
    )
