"""An invitation is accepted: by a password that proves who somebody is or is chosen, by the session that they have, or by a
provider."""

from uuid import UUID

from psycopg.errors import ForeignKeyViolation

from chairside import identity
from chairside.kernel import links
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import EVERYTHING, Op
from chairside.kernel.refusals import Conflict, malformed
from chairside.tenancy.actions.invitations import check_good, read_invitation
from chairside.tenancy.actions.members import GIVE_ROLES
from chairside.tenancy.events import MemberJoined
from chairside.tenancy.queries.invitations import follow_invitation
from chairside.tenancy.rows import Invitation

JOIN = """
    insert into membership (principal_id, name, email) values (%(principal_id)s, %(name)s, %(email)s)
    on conflict do nothing
"""
ACCEPTED = """
    update invitation
       set accepted_at = %(now)s, accepted_by = %(principal_id)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = invitation.version + 1
     where invitation.id = %(invitation_id)s
"""


class InvitationOutdated(Conflict):
    """A role of this invitation is no longer there; ask whoever invited you for another one."""


class InvitedAtAnotherAddress(Conflict):
    """That account has another address than the one that was invited, or its provider has not verified it; choose the account
    with the invited address."""


class InvitedHasAccount(Conflict):
    """Somebody signs in with the invited address here already, and has not linked that account: join with your password, and link
    it in your account afterwards."""


@open_to_all("the link proves the address, the password the person")
async def accept_invitation(
    op: Op, *, token: str, guessing: identity.Guessing, name: str | None = None, password: str = "", code: str | None = None,
    session_of: UUID | None = None,
) -> identity.Proof:  # fmt: skip
    """Who it was meant for now works there; answers who that is. Somebody who signs in with the address already proves it with
    their password (and code), or with the session that they have (`session_of`); somebody new chooses both.
    Refuses what `read_invitation` does, a name that is missing, what identity.prove does."""
    seen = await read_invitation(op, token=token)
    person = await identity.find_person(op, email=seen.email)
    proof, password_hash = None, None
    if person and person.id != session_of:
        proof = await identity.prove(op, email=seen.email, password=password, guessing=guessing, code=code)
    elif person:
        proof = identity.Proof(person.id, "session", False)
    else:
        if not (name or seen.name):
            raise malformed("/name", "required", "This is needed.")
        password_hash = await identity.hash_password(op, password=password, about=(seen.email, name or seen.name or ""))
    invitation = await _held(op, links.hashed(token))
    called = person.name if person else name or invitation.name or ""
    principal_id = person.id if person else None
    if principal_id is None:
        assert password_hash
        principal_id = await identity.add_person(op, email=invitation.email, name=called, password_hash=password_hash)
    await _join(op, invitation, principal_id=principal_id, name=called)
    return proof or identity.Proof(principal_id, "password", False)


@open_to_all("the link proves the address, and so does the provider, which vouches for the person")
async def accept_by_provider(
    op: Op, *, hash: bytes, asking: identity.Asking, vouched: identity.Vouched, browser: str
) -> identity.Proof:
    """The same by an account elsewhere, which is linked with somebody new. Of somebody who signs in with the invited address
    already it must be linked: a provider's word for an address opens no account. `hash`: of the link's token.
    Refuses what `read_invitation` does, InvitedAtAnotherAddress, InvitedHasAccount, what identity.prove_by_provider does."""
    seen = await follow_invitation(op, hash=hash)
    check_good(op, seen)
    person = await identity.find_person(op, email=seen.email)
    linked = await identity.find_linked(op, asking=asking, vouched=vouched)
    theirs = person.id if person else None
    if (linked != theirs) if linked else (vouched.email != seen.email):
        raise InvitedAtAnotherAddress()
    if person and not linked:
        raise InvitedHasAccount()
    proof = await identity.prove_by_provider(op, asking=asking, vouched=vouched, browser=browser) if person else None
    invitation = await _held(op, hash)
    if person and proof:
        await _join(op, invitation, principal_id=person.id, name=person.name)
        return proof
    called = vouched.name or invitation.name or invitation.email.partition("@")[0]
    principal_id = await identity.add_person(op, email=invitation.email, name=called, password_hash=None)
    await _join(op, invitation, principal_id=principal_id, name=called)
    await identity.link_person(op, asking=asking, principal_id=principal_id, vouched=vouched)
    return identity.Proof(principal_id, asking.provider.key, vouched.second_factor, vouched.signed_in_at)


async def _held(op: Op, hash: bytes) -> Invitation:
    """Nobody else accepts it meanwhile."""
    invitation = await follow_invitation(op, hash=hash, hold=True)
    check_good(op, invitation)
    return invitation


async def _join(op: Op, invitation: Invitation, *, principal_id: UUID, name: str) -> None:
    await op.act_for(op.clinic.id, actor_id=principal_id, grants=EVERYTHING)
    await op.db.run(JOIN, principal_id=principal_id, name=name, email=invitation.email)
    try:
        await op.db.run(GIVE_ROLES, member_id=principal_id, roles=invitation.roles)
    except ForeignKeyViolation as error:
        raise InvitationOutdated() from error
    await op.db.run(ACCEPTED, invitation_id=invitation.id, principal_id=principal_id, now=op.now)
    await op.emit(MemberJoined(principal_id))
