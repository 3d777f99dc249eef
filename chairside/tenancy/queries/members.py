from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.tenancy.rows import Member

MEMBER = """
    membership.principal_id, membership.name, membership.email,
           array(select membership_role.role_slug
                   from membership_role
                  where membership_role.principal_id = membership.principal_id
                  order by 1) as roles,
           membership.suspended_at, membership.last_used_at,
           membership.principal_id in (select enrolled.principal_id from app.enrolled_members() as enrolled) as second_factor,
           membership.employee_id, membership.job_title, membership.version
"""
MEMBERS = f"""
    select {MEMBER}
      from membership
     order by membership.suspended_at is not null, lower(membership.name), membership.principal_id
"""
ONE = f"select {MEMBER} from membership where membership.principal_id = %(member_id)s"
WITHOUT_FACTOR = """
    select count(*)
      from membership
     where membership.suspended_at is null
       and membership.principal_id not in (select enrolled.principal_id from app.enrolled_members() as enrolled)
"""
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


@needs("members.read", "security.write")
async def count_without_factor(op: Op) -> int:
    """How many of those at work here have nothing but a password."""
    number: int = await op.db.value(WITHOUT_FACTOR)
    return number


async def is_owner(op: Op) -> bool:
    """Whoever may everything, the operator's commands, counts as one."""
    return "*" in op.actor.grants or bool(await op.db.value(HOLDS))
