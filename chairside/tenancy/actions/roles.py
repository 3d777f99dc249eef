import secrets
from collections.abc import Collection
from typing import Any

from psycopg.errors import UniqueViolation

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Forbidden, Stale, malformed
from chairside.tenancy.actions.members import QUEUE, check_giving
from chairside.tenancy.events import RoleChanged
from chairside.tenancy.permissions import CATALOGUE
from chairside.tenancy.queries.roles import ROLE, check_known, check_there, get_role
from chairside.tenancy.rows import Role
from chairside.tenancy.rules import giving
from chairside.tenancy.rules import roles as rules

COUNT = "select count(*) from role where role.template is null"
ADD = f"""
    insert into role (slug, name, description, copied_from, grants)
    values (%(slug)s, %(name)s, %(description)s, %(copied_from)s, %(grants)s)
    returning {ROLE}
"""
CHANGE = f"""
    update role
       set name = %(name)s, description = %(description)s, grants = %(grants)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = role.version + 1
     where role.slug = %(slug)s
       and role.version = %(version)s
       and role.template is null
    returning {ROLE}
"""
# Nobody is given it from here on: whoever tries waits for us.
HOLD = "select role.version from role where role.slug = %(slug)s for update"
INVITED = """
    select count(*)
      from invitation
     where %(slug)s = any(invitation.roles)
       and invitation.accepted_at is null
       and invitation.revoked_at is null
       and invitation.expires_at > %(now)s
"""
REPLACE_HELD = """
    insert into membership_role (principal_id, role_slug)
    select membership_role.principal_id, %(replacement)s from membership_role where membership_role.role_slug = %(slug)s
    on conflict do nothing
"""
TAKE = "delete from membership_role where membership_role.role_slug = %(slug)s"
SEEN_CHANGED = """
    update membership
       set updated_at = transaction_timestamp(), updated_by = app.actor(), version = membership.version + 1
     where membership.principal_id in (select membership_role.principal_id
                                         from membership_role
                                        where membership_role.role_slug = %(slug)s)
"""
REPLACE_INVITED = """
    update invitation
       set roles = case when %(replacement)s = any(invitation.roles) then array_remove(invitation.roles, %(slug)s)
                        else array_replace(invitation.roles, %(slug)s, %(replacement)s) end,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = invitation.version + 1
     where %(slug)s = any(invitation.roles)
       and invitation.accepted_at is null
       and invitation.revoked_at is null
"""
REMOVE = "delete from role where role.slug = %(slug)s and role.template is null"


class RoleIsStale(Stale):
    """Somebody changed this role while you were editing."""


class RoleNameTaken(Conflict):
    """Another role here is called so already."""


class RoleIsTheProducts(Conflict):
    """This role comes with the product and stays as it is; copy it and change the copy."""


class RoleInUse(Conflict):
    """Somebody has this role or is invited as it: say which role they get instead."""


class TooManyRoles(Conflict):
    """A clinic may have {most} roles of its own."""


class BeyondYours(Forbidden):
    """You cannot put into a role what you may not do yourself."""


@needs("roles.write")
async def add_role(
    op: Op, *, name: str, permissions: Collection[str], description: str | None = None, copied_from: str | None = None
) -> Role:
    """A role of the clinic's own; `copied_from` remembers where it began. Refuses BeyondYours, RoleNameTaken, TooManyRoles, an
    unknown permission, and a role to copy that is none."""
    _check(op, permissions, before=frozenset())
    await op.db.run(QUEUE)
    if await op.db.value(COUNT) >= rules.MOST_ROLES:
        raise TooManyRoles(most=rules.MOST_ROLES)
    if copied_from is not None:
        await check_there(op, copied_from, pointer="/copied_from")
    slug = rules.slug_for(name, tail=secrets.token_hex(3))
    try:
        role = await op.db.one(
            Role, ADD, slug=slug, name=name, description=description, copied_from=copied_from, grants=_words(permissions)
        )
    except UniqueViolation as error:
        raise RoleNameTaken() from error
    assert role
    await op.emit(RoleChanged(role.id))
    return role


@needs("roles.write")
async def change_role(op: Op, *, slug: str, version: int, changes: dict[str, Any]) -> Role:
    """Its name, description and permissions, for everybody who has it from their next request on. What it permitted before may
    stay, whoever edits; what is new in it the editor must hold now. Refuses NoSuchRole, RoleIsTheProducts, RoleIsStale,
    BeyondYours, RoleNameTaken, an unknown permission."""
    role = await get_role(op, slug=slug)
    if role.template:
        raise RoleIsTheProducts()
    if role.version != version:
        raise RoleIsStale(version=role.version)
    permissions = changes.get("permissions", role.permissions)
    _check(op, permissions, before=role.permissions)
    values = {field: changes.get(field, getattr(role, field)) for field in ("name", "description")}
    try:
        changed = await op.db.one(Role, CHANGE, slug=slug, version=version, grants=_words(permissions), **values)
    except UniqueViolation as error:
        raise RoleNameTaken() from error
    if changed is None:
        raise RoleIsStale(version=role.version)
    await op.emit(RoleChanged(role.id))
    return changed


@needs("roles.write")
async def remove_role(op: Op, *, slug: str, version: int, replacement: str | None = None) -> None:
    """Whoever has it, or is invited as it, gets the replacement, which the one who removes must be permitted to give.
    Refuses NoSuchRole, RoleIsTheProducts, RoleIsStale, RoleInUse, MoreThanYours, OnlyAnOwner, a replacement that is none."""
    await op.db.run(QUEUE)
    await op.db.run(HOLD, slug=slug)
    role = await get_role(op, slug=slug)
    if role.template:
        raise RoleIsTheProducts()
    if role.version != version:
        raise RoleIsStale(version=role.version)
    invited = await op.db.value(INVITED, slug=slug, now=op.now)
    if replacement is not None:
        if replacement == slug:
            raise malformed("/replacement", "self", "Choose another role than the one that is removed.")
        await check_giving(op, [replacement], pointer="/replacement")
        await op.db.run(SEEN_CHANGED, slug=slug)
        await op.db.run(REPLACE_HELD, slug=slug, replacement=replacement)
        await op.db.run(TAKE, slug=slug)
        await op.db.run(REPLACE_INVITED, slug=slug, replacement=replacement)
    elif role.people or invited:
        raise RoleInUse(people=role.people, invited=invited)
    await op.db.run(REMOVE, slug=slug)
    await op.emit(RoleChanged(role.id))


def _check(op: Op, permissions: Collection[str], *, before: frozenset[str]) -> None:
    """Refuses Malformed for what is no permission, BeyondYours for what is new and not the editor's to give."""
    check_known(permissions)
    too_much = sorted(giving.beyond(set(permissions) - before, op.actor.grants))
    if too_much:
        raise BeyondYours(permission=too_much[0], permissions=too_much)


def _words(permissions: Collection[str]) -> str:
    """As the row keeps them, in the catalogue's order; what an older release knew stays."""
    known = [one for one in CATALOGUE if one in permissions]
    return " ".join([*known, *sorted(set(permissions) - set(known))])
