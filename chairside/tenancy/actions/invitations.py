from datetime import timedelta
from uuid import UUID, uuid4

from psycopg.errors import UniqueViolation

from chairside.kernel import links
from chairside.kernel.guard import needs, open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale
from chairside.tenancy.actions.members import check_giving
from chairside.tenancy.events import InvitationRevoked, MemberInvited
from chairside.tenancy.queries.invitations import INVITING, LinkUnknown, follow_invitation, get_invitation
from chairside.tenancy.rows import INVITATION, Invitation

LIFE = timedelta(hours=72)  # of a link, unless the operator says otherwise
# One statement: what ran out makes room, and who works here already is found.
INVITE = """
    with room as (
        update invitation
           set revoked_at = %(now)s,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = invitation.version + 1
         where invitation.email = %(email)s
           and invitation.accepted_at is null
           and invitation.revoked_at is null
           and invitation.expires_at <= %(now)s
    )
    select membership.principal_id from membership where lower(membership.email) = %(email)s
"""
ADD = f"""
    insert into invitation (id, email, name, roles, salt, token_hash, expires_at)
    values (%(id)s, %(email)s, %(name)s, %(roles)s, %(salt)s, %(token_hash)s, %(expires_at)s)
    returning {INVITATION}
"""
EXTEND = f"""
    update invitation
       set expires_at = %(expires_at)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = invitation.version + 1
     where invitation.id = %(invitation_id)s
       and invitation.accepted_at is null
       and invitation.revoked_at is null
    returning {INVITATION}
"""
REVOKE = f"""
    update invitation
       set revoked_at = %(now)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = invitation.version + 1
     where invitation.id = %(invitation_id)s
       and invitation.version = %(version)s
       and invitation.accepted_at is null
       and invitation.revoked_at is null
    returning {INVITATION}
"""


class AlreadyMember(Conflict):
    """Whoever has this address works here already."""


class AlreadyInvited(Conflict):
    """This address has an invitation that waits; send it again instead."""


class InvitationIsStale(Stale):
    """Somebody changed this invitation meanwhile."""


class InvitationUsed(Conflict):
    """This invitation was accepted already: sign in."""


class InvitationRevokedAlready(Conflict):
    """This invitation was taken back; ask whoever invited you."""


class InvitationExpired(Conflict):
    """This invitation has run out; ask whoever invited you to send it again."""


@needs("members.write")
async def invite(op: Op, *, email: str, roles: list[str], name: str | None = None, life: timedelta = LIFE) -> Invitation:
    """A letter with a link goes to the address; it is good for `life`.
    Refuses AlreadyMember, AlreadyInvited, OnlyAnOwner, MoreThanYours."""
    email = email.lower()
    await check_giving(op, roles)
    if member_id := await op.db.value(INVITE, email=email, now=op.now):
        raise AlreadyMember(member_id=member_id)
    id, salt = uuid4(), links.new_salt()
    try:
        invitation = await op.db.one(
            Invitation, ADD, id=id, email=email, name=name, roles=roles, salt=salt,
            token_hash=links.hashed(links.token(INVITING, id, salt)), expires_at=op.now + life,
        )  # fmt: skip
    except UniqueViolation as error:
        raise AlreadyInvited() from error
    assert invitation
    await op.emit(MemberInvited(id))
    return invitation


@needs("members.write")
async def send_invitation_again(op: Op, *, invitation_id: UUID, life: timedelta = LIFE) -> Invitation:
    """The same link, good for `life` from now. Refuses NoSuchInvitation, InvitationUsed, InvitationRevokedAlready, and whoever
    may not give its roles."""
    before = await get_invitation(op, invitation_id=invitation_id)
    await check_giving(op, before.roles)
    invitation = await op.db.one(Invitation, EXTEND, invitation_id=invitation_id, expires_at=op.now + life)
    if invitation is None:
        raise InvitationUsed() if before.accepted_at else InvitationRevokedAlready()
    await op.emit(MemberInvited(invitation_id))
    return invitation


@needs("members.write")
async def revoke_invitation(op: Op, *, invitation_id: UUID, version: int) -> None:
    """Its link is no longer good. Refuses NoSuchInvitation, InvitationIsStale, InvitationUsed."""
    before = await get_invitation(op, invitation_id=invitation_id)
    if await op.db.one(Invitation, REVOKE, invitation_id=invitation_id, version=version, now=op.now):
        await op.emit(InvitationRevoked(invitation_id))
    elif before.accepted_at:
        raise InvitationUsed()
    elif not before.revoked_at:
        raise InvitationIsStale(version=before.version)


@needs("members.write")
async def get_invitation_link(op: Op, *, invitation_id: UUID) -> str:
    """What its link ends in, for where no letter carries it. Refuses NoSuchInvitation, InvitationUsed, InvitationRevokedAlready,
    InvitationExpired, and whoever may not give its roles."""
    invitation = await get_invitation(op, invitation_id=invitation_id)
    await check_giving(op, invitation.roles)
    check_open(op, invitation)
    return links.token(INVITING, invitation.id, invitation.salt)


@open_to_all("the link itself is the proof")
async def read_invitation(op: Op, *, token: str) -> Invitation:
    """As whoever has the link sees it; reading changes nothing. The operation is in its clinic afterwards.
    Refuses LinkUnknown."""
    invitation = await follow_invitation(op, hash=links.hashed(token))
    check_good(op, invitation)
    return invitation


def check_good(op: Op, invitation: Invitation) -> None:
    """For whoever holds the link: what became of it is for those who invited to see. Refuses LinkUnknown."""
    if invitation.state(op.now) != "open":
        raise LinkUnknown()


def check_open(op: Op, invitation: Invitation) -> None:
    match invitation.state(op.now):
        case "accepted":
            raise InvitationUsed()
        case "revoked":
            raise InvitationRevokedAlready()
        case "expired":
            raise InvitationExpired()
