"""Signing in by somebody else's word (OpenID Connect): a trip to a provider and back, whom it vouches for, and the accounts there
that a person has linked. Nobody is ever found by an e-mail address."""

import hashlib
import secrets
from datetime import timedelta
from typing import Literal
from uuid import UUID

from chairside.identity.actions.factors import check_way_in, take_code
from chairside.identity.actions.signing_in import SecondFactorNeeded, WrongCode, count_guess, forget_guess, note
from chairside.identity.outside import Asking, ProviderAway, Vouched, VouchedWrongly, asked_since
from chairside.identity.rows import KnownOutside, LiveSession, OutsideIdentity, Proof, SecondStep, Trip
from chairside.identity.rules import Guessing
from chairside.kernel.guard import open_to_all
from chairside.kernel.log import say
from chairside.kernel.op import Op
from chairside.kernel.refusals import Busy, Conflict, Missing, Unauthenticated

LIFE = timedelta(minutes=10)  # of a trip: a person signs in elsewhere meanwhile
STEP_LIFE = timedelta(minutes=5)
BEGIN = """
    select app.begin_outside(%(state)s, %(browser)s, %(provider)s, %(purpose)s, %(principal_id)s, %(session_id)s, %(back)s,
                             %(expires_at)s, %(invitation)s)
"""
TAKE = """
    select purpose, principal_id, session_id, back, expires_at, invitation_hash
      from app.take_outside(%(state)s, %(browser)s, %(provider)s, %(at)s)
"""
FIND = "select id, principal_id, has_totp, has_passkey from app.find_outside_identity(%(issuer)s, %(subject)s)"
USE = "select app.use_outside_identity(%(id)s, %(email)s)"
FIND_STEP = "select state_hash, provider, principal_id, email from app.find_second_step(%(browser)s, %(at)s)"
TAKE_STEP = "select app.take_second_step(%(state)s)"
LINK = "select app.link_outside_identity(%(principal_id)s, %(issuer)s, %(subject)s, %(email)s)"
UNLINK = "select app.unlink_outside_identity(%(principal_id)s, %(identity_id)s)"
LIST = "select id, issuer, email, linked_at, last_used_at from app.list_outside_identities(%(principal_id)s)"


class OutsideDenied(Unauthenticated):
    """The sign-in at the provider was not completed."""


class OutsideExpired(Unauthenticated):
    """This sign-in took too long, was used already, or began in another browser; please start again."""


class OutsideNotAccepted(Unauthenticated):
    """What the provider answered could not be verified; please start again."""


class OutsideAway(Busy):
    """The provider cannot be reached at the moment; please try again, or sign in another way."""


class OutsideUnknown(Unauthenticated):
    """Nobody is linked with this account yet: sign in with your password once, and link it in your account."""


class OutsideTaken(Conflict):
    """This account is linked with somebody already."""


class OutsideNotYours(Conflict):
    """This account is not linked with yours; confirm with the one that is."""


class OutsideNotAnew(Conflict):
    """The provider did not ask anew who you are, so this confirms nothing; sign out and in again instead."""


class OutsideNotEnough(Conflict):
    """You have a second factor here: confirm with that."""


class NoSuchWayIn(Missing):
    """There is no such way to sign in here."""


class NoSuchOutsideIdentity(Missing):
    """There is no such linked account."""


@open_to_all("signing in is how one becomes somebody")
async def begin_trip(
    op: Op,
    *,
    asking: Asking | None,
    redirect_uri: str,
    browser: str,
    purpose: Literal["sign_in", "link", "invitation", "proof"],
    back: str | None = None,
    session: LiveSession | None = None,
    invitation: bytes | None = None,
    hint: str | None = None,
) -> str:
    """Where the browser is to go: to sign in or accept an invitation; of a session's person to link an account or prove who they
    are. `browser` is a secret that the browser alone keeps, `invitation` the hash of its link's token. Refuses NoSuchWayIn,
    OutsideAway."""
    if asking is None:
        raise NoSuchWayIn()
    state = secrets.token_urlsafe(32)
    async with op.apart():
        try:
            address = await asking.address(
                redirect_uri=redirect_uri, state=state, browser=browser, anew=purpose == "proof", hint=hint
            )
        except ProviderAway as error:
            raise OutsideAway() from error
    await op.db.run(
        BEGIN, state=_hashed(state), browser=_hashed(browser), provider=asking.provider.key,
        purpose=purpose, principal_id=session.principal_id if session else None, session_id=session.id if session else None,
        back=back, expires_at=op.now + LIFE, invitation=invitation,
    )  # fmt: skip
    return address


@open_to_all("signing in is how one becomes somebody")
async def end_trip(op: Op, *, asking: Asking | None, state: str, browser: str) -> Trip:
    """Committed at once: a trip has one return, whatever comes of it. Refuses NoSuchWayIn, OutsideExpired."""
    if asking is None:
        raise NoSuchWayIn()
    trip = await op.db.one(Trip, TAKE, state=_hashed(state), browser=_hashed(browser), provider=asking.provider.key, at=op.now)
    await op.db.commit()
    if trip is None:
        raise OutsideExpired()
    return trip


@open_to_all("signing in is how one becomes somebody")
async def hear(
    op: Op, *, asking: Asking, code: str, error: str, issuer: str | None, redirect_uri: str, state: str, browser: str
) -> Vouched:
    """Whom the provider vouches for: it is asked with no connection held.
    Refuses OutsideDenied, OutsideAway, OutsideNotAccepted."""
    if error in ("server_error", "temporarily_unavailable"):
        raise OutsideAway()
    if error or not code:
        raise OutsideDenied()
    async with op.apart():
        try:
            return await asking.exchange(
                code=code, issuer=issuer, redirect_uri=redirect_uri, state=state, browser=browser, now=op.now
            )
        except ProviderAway as away:
            raise OutsideAway() from away
        except VouchedWrongly as wrong:
            say().warning("provider_not_believed", name=asking.provider.key, code=wrong.reason)
            raise OutsideNotAccepted() from wrong


@open_to_all("a provider has vouched for somebody")
async def prove_by_provider(op: Op, *, asking: Asking, vouched: Vouched, browser: str) -> Proof:
    """Who has linked this account. Whoever has a second factor here must show it, unless the operator trusts the provider's word
    for one: the same browser may then do so for five minutes. Refuses OutsideUnknown, SecondFactorNeeded."""
    known = await op.db.one(KnownOutside, FIND, issuer=asking.provider.issuer, subject=vouched.subject)
    if known is None:
        raise OutsideUnknown()
    if (known.has_totp or known.has_passkey) and not vouched.second_factor:
        await op.db.run(
            BEGIN, state=_hashed(secrets.token_urlsafe(32)), browser=_hashed(browser), provider=asking.provider.key,
            purpose="second_step", principal_id=known.principal_id, session_id=None, back=None, expires_at=op.now + STEP_LIFE,
            invitation=None,
        )  # fmt: skip
        await op.db.commit()
        raise SecondFactorNeeded(ways=[way for way, has in (("code", known.has_totp), ("passkey", known.has_passkey)) if has])
    op.db.with_next(USE, id=known.id, email=vouched.email)
    return Proof(known.principal_id, asking.provider.key, vouched.second_factor, vouched.signed_in_at)


@open_to_all("a person proves once more who they are")
async def prove_again_by_provider(op: Op, *, asking: Asking, trip: Trip, session: LiveSession, vouched: Vouched) -> Proof:
    """In the session in which the trip began, with an account that its person has linked, for which the provider has just asked
    them; whoever has a second factor shows that instead. Refuses OutsideExpired, OutsideNotYours, OutsideNotAnew,
    OutsideNotEnough."""
    _check_begun_in(session, trip)
    known = await op.db.one(KnownOutside, FIND, issuer=asking.provider.issuer, subject=vouched.subject)
    if known is None or known.principal_id != session.principal_id:
        raise OutsideNotYours()
    if (known.has_totp or known.has_passkey) and not vouched.second_factor:
        raise OutsideNotEnough()
    if not asked_since(vouched, trip.expires_at - LIFE):
        raise OutsideNotAnew()
    op.db.with_next(USE, id=known.id, email=vouched.email)
    return Proof(known.principal_id, asking.provider.key, vouched.second_factor, vouched.signed_in_at)


@open_to_all("a provider has vouched for somebody")
async def find_linked(op: Op, *, asking: Asking, vouched: Vouched) -> UUID | None:
    """Who has linked this account."""
    known = await op.db.one(KnownOutside, FIND, issuer=asking.provider.issuer, subject=vouched.subject)
    return known.principal_id if known else None


@open_to_all("a provider has vouched for somebody, in this browser and a moment ago")
async def prove_second_step(op: Op, *, browser: str, code: str, guessing: Guessing) -> Proof:
    """By an authenticator's or a recovery code. Refuses OutsideExpired, TooManyGuesses, WrongCode."""
    step = await op.db.one(SecondStep, FIND_STEP, browser=_hashed(browser), at=op.now)
    if step is None:
        raise OutsideExpired()
    await count_guess(op, email=step.email, guessing=guessing)
    if not await take_code(op, principal_id=step.principal_id, code=code):
        raise WrongCode()
    if not await op.db.value(TAKE_STEP, state=step.state_hash):
        raise OutsideExpired()
    await forget_guess(op, email=step.email, guessing=guessing)
    return Proof(step.principal_id, step.provider, True)


@open_to_all("a person's own")
async def link_outside_identity(op: Op, *, asking: Asking, trip: Trip, session: LiveSession, vouched: Vouched) -> None:
    """The trip began in this very session, whose person had just proved who they are. Refuses OutsideExpired, OutsideTaken."""
    _check_begun_in(session, trip)
    await link_person(op, asking=asking, principal_id=session.principal_id, vouched=vouched, session_id=session.id)


@open_to_all("the door that calls it has looked whose the account is")
async def link_person(op: Op, *, asking: Asking, principal_id: UUID, vouched: Vouched, session_id: UUID | None = None) -> None:
    """From now on this account signs them in. Refuses OutsideTaken."""
    provider = asking.provider
    if not await op.db.value(
        LINK, principal_id=principal_id, issuer=provider.issuer, subject=vouched.subject, email=vouched.email
    ):
        raise OutsideTaken()
    await note(op, principal_id=principal_id, session_id=session_id, action="link_outside_identity")


@open_to_all("a person's own")
async def unlink_outside_identity(op: Op, *, session: LiveSession, identity_id: UUID) -> None:
    """Refuses NoSuchOutsideIdentity, OnlyWayIn."""
    if not await op.db.value(UNLINK, principal_id=session.principal_id, identity_id=identity_id):
        raise NoSuchOutsideIdentity()
    await check_way_in(op, principal_id=session.principal_id)
    await note(op, principal_id=session.principal_id, session_id=session.id, action="unlink_outside_identity")


@open_to_all("a person sees their own")
async def list_outside_identities(op: Op, *, principal_id: UUID) -> list[OutsideIdentity]:
    return await op.db.all(OutsideIdentity, LIST, principal_id=principal_id)


@open_to_all("a person's own")
async def email_at(op: Op, *, asking: Asking | None, principal_id: UUID) -> str | None:
    """The address of the account that a person has linked with this provider, the one used last first."""
    linked = await list_outside_identities(op, principal_id=principal_id)
    theirs = [one for one in linked if asking and one.issuer == asking.provider.issuer and one.email]
    return max(theirs, key=lambda one: one.last_used_at or one.linked_at).email if theirs else None


def _check_begun_in(session: LiveSession, trip: Trip) -> None:
    if (trip.principal_id, trip.session_id) != (session.principal_id, session.id):
        raise OutsideExpired()


def _hashed(secret: str) -> bytes:
    return hashlib.sha256(b"outside\0" + secret.encode()).digest()
