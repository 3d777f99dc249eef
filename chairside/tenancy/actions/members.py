from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside import identity
from chairside.kernel.guard import needs, open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Forbidden, Stale, malformed
from chairside.tenancy.events import MemberChanged
from chairside.tenancy.queries.clinics import list_workplaces
from chairside.tenancy.queries.members import get_member, is_owner
from chairside.tenancy.queries.roles import given_by
from chairside.tenancy.rows import Member
from chairside.tenancy.rules.giving import OWNER

# Two people who each take the other's role away must not leave a clinic without an owner: one after the other.
QUEUE = "select clinic.version from clinic for no key update"
CHANGE = """
    update membership
       set employee_id = %(employee_id)s, job_title = %(job_title)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = membership.version + 1
     where membership.principal_id = %(member_id)s
       and membership.version = coalesce(%(version)s::int, membership.version)
    returning membership.version
"""
SUSPEND = """
    update membership
       set suspended_at = %(at)s, updated_at = transaction_timestamp(), updated_by = app.actor(), version = membership.version + 1
     where membership.principal_id = %(member_id)s
       and membership.version = coalesce(%(version)s::int, membership.version)
    returning membership.version
"""
TAKE_ROLES = (
    "delete from membership_role where membership_role.principal_id = %(member_id)s and role_slug <> all(%(roles)s::text[])"
)
GIVE_ROLES = """
    insert into membership_role (principal_id, role_slug)
    select %(member_id)s, slug from unnest(%(roles)s::text[]) as slug
    on conflict do nothing
"""
OWNERS = """
    select count(*)
      from membership
      join membership_role on membership_role.principal_id = membership.principal_id
     where membership.suspended_at is null
       and membership_role.role_slug = 'owner'
"""
ENDED = "insert into audit_event (action, entity, entity_id) values (%(action)s, %(entity)s, %(id)s)"
RENAME = """
    update membership
       set name = %(name)s, updated_at = transaction_timestamp(), updated_by = app.actor(), version = membership.version + 1
     where membership.principal_id = app.actor()
"""


class MemberIsStale(Stale):
    """Somebody changed this member while you were editing."""


class EmployeeIdTaken(Conflict):
    """Somebody else here has this employee number."""


class LastOwner(Conflict):
    """A clinic must keep an owner who can sign in; make somebody else an owner first."""


class OnlyAnOwner(Forbidden):
    """Only an owner may make owners, change them or suspend them."""


class MoreThanYours(Forbidden):
    """You cannot give a role that permits more than your own."""


class NotYourself(Conflict):
    """Nobody suspends themselves; ask a colleague."""


async def check_giving(op: Op, roles: list[str], *, pointer: str = "/roles") -> None:
    """Refuses OnlyAnOwner, MoreThanYours, and field by field a role that is none."""
    unknown, refused = await given_by(op, roles)
    if unknown:
        raise malformed(pointer, "not_found", "There is no such role here.")
    if OWNER in refused:
        raise OnlyAnOwner(permission="members.write")
    if refused:
        raise MoreThanYours(permission="members.write")


@needs("members.write")
async def change_member(op: Op, *, member_id: UUID, changes: dict[str, Any], version: int | None = None) -> Member:
    """Their `roles`, from the next request on, `employee_id` and `job_title`. Refuses NoSuchMember, MemberIsStale, OnlyAnOwner,
    MoreThanYours, LastOwner, EmployeeIdTaken."""
    await op.db.run(QUEUE)
    member = await get_member(op, member_id=member_id)
    roles: list[str] = changes.get("roles", member.roles)
    await check_giving(op, [slug for slug in roles if slug not in member.roles])
    await _check_over(op, member)
    record = {name: changes.get(name, getattr(member, name)) for name in ("employee_id", "job_title")}
    try:
        changed = await op.db.value(CHANGE, member_id=member_id, version=version, **record)
    except UniqueViolation as error:
        raise EmployeeIdTaken() from error
    _check_seen(member, changed)
    if "roles" in changes:
        await op.db.run(TAKE_ROLES, member_id=member_id, roles=roles)
        await op.db.run(GIVE_ROLES, member_id=member_id, roles=roles)
    return await _told(op, member_id)


@needs("members.write")
async def suspend(op: Op, *, member_id: UUID, version: int | None = None) -> Member:
    """From their next request on they are outside. Refuses NoSuchMember, MemberIsStale, NotYourself, OnlyAnOwner, LastOwner."""
    await op.db.run(QUEUE)
    member = await get_member(op, member_id=member_id)
    if member_id == op.actor.id:
        raise NotYourself()
    await _check_over(op, member)
    if not member.suspended_at:
        _check_seen(member, await op.db.value(SUSPEND, member_id=member_id, version=version, at=op.now))
    return await _told(op, member_id)


@needs("members.write")
async def restore(op: Op, *, member_id: UUID, version: int | None = None) -> Member:
    """Refuses NoSuchMember, MemberIsStale, OnlyAnOwner."""
    member = await get_member(op, member_id=member_id)
    await _check_over(op, member)
    if member.suspended_at:
        _check_seen(member, await op.db.value(SUSPEND, member_id=member_id, version=version, at=None))
    return await _told(op, member_id)


@needs("members.write")
async def end_sessions(op: Op, *, member_id: UUID) -> None:
    """They sign in again wherever they were, in other clinics too: a session is a person's. Refuses NoSuchMember, OnlyAnOwner."""
    member = await get_member(op, member_id=member_id)
    await _check_over(op, member)
    await identity.end_sessions(op, principal_id=member_id, reason="revoked by a clinic")
    await op.db.run(ENDED, action="end_sessions_of", entity="membership", id=member_id)
    await op.emit(MemberChanged(member_id))


@needs("security.write")
async def end_session(op: Op, *, session_id: UUID) -> None:
    """One of somebody's who works here, from its next request on. Refuses identity.NoSuchSession, OnlyAnOwner."""
    member_id = await identity.find_clinic_session(op, session_id=session_id)
    if member_id is None:
        raise identity.NoSuchSession()
    await _check_over(op, await get_member(op, member_id=member_id))
    await identity.end_session(op, principal_id=member_id, session_id=session_id, reason="revoked by a clinic")
    await op.db.run(ENDED, action="end_session_of", entity="session", id=session_id)
    await op.emit(MemberChanged(member_id))


@open_to_all("a person changes their own name")
async def rename(op: Op, *, principal_id: UUID, name: str) -> None:
    """Wherever they work."""
    await identity.rename(op, principal_id=principal_id, name=name)
    for place in await list_workplaces(op, principal_id=principal_id):
        await op.act_for(place.id, actor_id=principal_id, grants=frozenset())
        await op.db.run(RENAME, name=name)
        await op.emit(MemberChanged(principal_id))


async def _check_over(op: Op, member: Member) -> None:
    """Owners answer to owners."""
    if OWNER in member.roles and not await is_owner(op):
        raise OnlyAnOwner(permission="members.write")


def _check_seen(member: Member, version: int | None) -> None:
    """What a change of the version that was seen gave back."""
    if version is None:
        raise MemberIsStale(version=member.version)


async def _told(op: Op, member_id: UUID) -> Member:
    """Counted after the change and under the lock, so that nobody's change is overlooked."""
    if await op.db.value(OWNERS) == 0:
        raise LastOwner()
    await op.emit(MemberChanged(member_id))
    return await get_member(op, member_id=member_id)
