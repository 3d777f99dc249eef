"""Looking at the product as somebody with another role would: it can only take away, and nothing can be changed meanwhile."""

from dataclasses import replace

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.tenancy.queries.clinics import get_record_rules
from chairside.tenancy.queries.roles import get_role
from chairside.tenancy.rules.giving import narrowed

BEGIN = """
    insert into audit_event (action, entity, entity_id, context)
    values ('see_as', 'role', %(role_id)s, 'as ' || %(slug)s::text)
"""
MARK = "select set_config('app.context', 'as ' || %(slug)s::text, true)"


@needs("members.read")
async def begin_looking(op: Op, *, slug: str) -> None:
    """Leaves the record that they did. Refuses NoSuchRole."""
    role = await get_role(op, slug=slug)
    await op.db.run(BEGIN, role_id=role.id, slug=role.slug)


@needs("members.read")
async def see_as(op: Op, *, role: str) -> None:
    """From here on the operation permits what that role does and its actor too; what it reads is recorded as read so. The
    edge has refused whatever would change something. Refuses NoSuchRole."""
    seen = await get_role(op, slug=role)
    op.actor = replace(op.actor, grants=narrowed(op.actor.grants, seen.permissions), most=seen.permissions)
    op.db.with_next(MARK, slug=seen.slug)
    if not op.may("patients.every") and (await get_record_rules(op)).care_teams:
        op.restrict()
