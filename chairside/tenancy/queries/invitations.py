from datetime import timedelta
from uuid import UUID

from chairside.kernel import links
from chairside.kernel.guard import needs, open_to_all
from chairside.kernel.op import EVERYTHING, SYSTEM, Op
from chairside.kernel.refusals import Missing
from chairside.tenancy.rows import ASKED_TO_OPEN, INVITATION, AskedToOpen, Invitation, Linked

# What is over for a week is history: the audit has it.
INVITATIONS = f"""
    select {INVITATION}
      from invitation
     where invitation.accepted_at is null
       and (invitation.revoked_at is null or invitation.revoked_at > %(since)s)
     order by invitation.created_at desc, invitation.id
"""
ONE = f"select {INVITATION} from invitation where invitation.id = %(invitation_id)s"
LOCKED = f"select {INVITATION} from invitation where invitation.id = %(invitation_id)s for update"
LINKED = "select clinic_id, id from app.find_invitation(%(hash)s)"
SIGN_UP = f"select {ASKED_TO_OPEN} from sign_up where sign_up.id = %(sign_up_id)s"
LOCKED_SIGN_UP = f"select {ASKED_TO_OPEN} from sign_up where sign_up.id = %(sign_up_id)s for update"
LINKED_SIGN_UP = "select clinic_id, id from app.find_sign_up_link(%(hash)s)"
INVITING, OPENING = "invitation", "sign-up"


class NoSuchInvitation(Missing):
    """There is no such invitation here."""


class LinkUnknown(Missing):
    """This link is not good, or not any more: ask for a new one, or sign in if you have used it already."""


@needs("members.read")
async def list_invitations(op: Op) -> list[Invitation]:
    """Those that wait or have run out, and those revoked in the last week, the newest first; whoever accepted is a member."""
    return await op.db.all(Invitation, INVITATIONS, since=op.now - timedelta(days=7))


@needs("members.read")
async def get_invitation(op: Op, *, invitation_id: UUID) -> Invitation:
    """Refuses NoSuchInvitation."""
    invitation = await op.db.one(Invitation, ONE, invitation_id=invitation_id)
    if invitation is None:
        raise NoSuchInvitation()
    return invitation


@needs("members.read")
async def get_sign_up(op: Op, *, sign_up_id: UUID) -> AskedToOpen:
    asked = await op.db.one(AskedToOpen, SIGN_UP, sign_up_id=sign_up_id)
    assert asked
    return asked


@open_to_all("the link itself is the proof")
async def follow_invitation(op: Op, *, hash: bytes, hold: bool = False) -> Invitation:
    """The invitation behind a link, by its token's hash; the operation is in its clinic afterwards. `hold` keeps it still until
    the end. Refuses LinkUnknown."""
    linked = await op.db.one(Linked, LINKED, hash=hash)
    if linked is None:
        raise LinkUnknown()
    await op.act_for(linked.clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
    found = (
        await op.db.one(Invitation, LOCKED, invitation_id=linked.id)
        if hold
        else await op.db.one(Invitation, ONE, invitation_id=linked.id)
    )
    assert found
    return found


async def follow_sign_up(op: Op, token: str) -> AskedToOpen:
    """The same for a sign-up, kept still. Refuses LinkUnknown."""
    linked = await op.db.one(Linked, LINKED_SIGN_UP, hash=links.hashed(token))
    if linked is None:
        raise LinkUnknown()
    await op.act_for(linked.clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
    found = await op.db.one(AskedToOpen, LOCKED_SIGN_UP, sign_up_id=linked.id)
    assert found
    return found
