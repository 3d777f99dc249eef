"""Sessions: ended, locked and unlocked, and proof given once more."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from chairside.identity import passwords
from chairside.identity.actions.signing_in import note, note_refused
from chairside.identity.queries import FIND
from chairside.identity.rows import LiveSession, Tried
from chairside.identity.rules import PIN_TRIES
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Missing, NotSignedIn, Unauthenticated

CLOSE = "select app.close_session(%(token)s)"
CLOSE_ALL = "select app.close_sessions(%(principal_id)s, %(spared)s, %(reason)s)"
REVOKE = "select app.revoke_session(%(principal_id)s, %(session_id)s, %(reason)s)"
RENEW = "select app.renew_session(%(session_id)s, %(token_hash)s, %(mfa)s, %(proved_at)s)"
SET_PIN = "select app.set_pin(%(session_id)s, %(pin_hash)s)"
LOCK = "select app.lock_session(%(session_id)s)"
TRY_PIN = "select pin_hash, tries from app.try_pin(%(session_id)s, %(most)s)"
UNLOCK = "select app.unlock_session(%(session_id)s)"


class NoSuchSession(Missing):
    """There is no such session, or it has ended already."""


class WrongPin(Unauthenticated):
    """That is not the PIN; {left} tries are left."""


class NoPin(Conflict):
    """This session has no PIN: sign in again to unlock it."""


@open_to_all("the token itself is the proof")
async def sign_out(op: Op, *, token: bytes) -> None:
    """Ends the session; without one it does nothing."""
    session = await op.db.one(LiveSession, FIND, token=token, act=False)
    if session:
        await note(op, principal_id=session.principal_id, session_id=session.id, action="sign_out")
    await op.db.run(CLOSE, token=token)


@open_to_all("the door that calls it has looked whose sessions they are")
async def end_sessions(op: Op, *, principal_id: UUID, reason: str, spared: UUID | None = None) -> None:
    """All of a person but the one that is spared, from their next request on."""
    await op.db.run(CLOSE_ALL, principal_id=principal_id, spared=spared, reason=reason)


@open_to_all("the door that calls it has looked whose session it is")
async def end_session(op: Op, *, principal_id: UUID, session_id: UUID, reason: str) -> None:
    """From its next request on. Refuses NoSuchSession."""
    if not await op.db.value(REVOKE, principal_id=principal_id, session_id=session_id, reason=reason):
        raise NoSuchSession()


@open_to_all("a person's own session")
async def end_own_session(op: Op, *, session: LiveSession, session_id: UUID) -> None:
    """One of one's own, here or elsewhere. Refuses NoSuchSession."""
    await end_session(op, principal_id=session.principal_id, session_id=session_id, reason="ended by the person")
    await note(op, principal_id=session.principal_id, session_id=session_id, action="end_session")


@open_to_all("a person's own sessions")
async def end_other_sessions(op: Op, *, session: LiveSession) -> None:
    """Wherever else one is signed in."""
    await end_sessions(op, principal_id=session.principal_id, reason="ended by the person", spared=session.id)
    await note(op, principal_id=session.principal_id, session_id=session.id, action="end_sessions")


@open_to_all("the caller has just proved who they are once more")
async def renew_session(op: Op, *, session: LiveSession, mfa: bool, proved_at: datetime | None = None) -> str:
    """The session's new token; whoever holds a copy of the old one holds nothing any more. It is unlocked with it.
    `proved_at`: if that was not now."""
    token = secrets.token_urlsafe(32)
    await note(op, principal_id=session.principal_id, session_id=session.id, action="step_up")
    await op.db.run(
        RENEW, session_id=session.id, token_hash=hashlib.sha256(token.encode()).digest(), mfa=mfa, proved_at=proved_at
    )
    return token


@open_to_all("a person's own screen")
async def set_pin(op: Op, *, session: LiveSession, pin: str) -> None:
    """Six digits that unlock this session, in this browser, until it ends."""
    async with op.apart():
        pin_hash = await passwords.hashed(pin)
    await note(op, principal_id=session.principal_id, session_id=session.id, action="choose_pin")
    await op.db.run(SET_PIN, session_id=session.id, pin_hash=pin_hash)


@open_to_all("a person's own screen")
async def lock(op: Op, *, session: LiveSession) -> None:
    """Nothing is answered to it, nor told it live, until it is unlocked."""
    if session.locked_at is None:  # every tab asks for it
        await note(op, principal_id=session.principal_id, session_id=session.id, action="lock")
    await op.db.run(LOCK, session_id=session.id)


@open_to_all("a person's own screen")
async def unlock(op: Op, *, session: LiveSession, pin: str) -> None:
    """Five wrong PINs end the session. Refuses NoPin, WrongPin, NotSignedIn."""
    if not session.has_pin:
        raise NoPin()
    tried = await op.db.one(Tried, TRY_PIN, session_id=session.id, most=PIN_TRIES)
    async with op.apart():
        right = tried is not None and tried.tries is not None and await passwords.matches(tried.pin_hash, pin)
    if tried is None or tried.tries is None or tried.tries > PIN_TRIES:
        raise NotSignedIn()
    if not right:
        await note_refused(op, principal_id=session.principal_id, session_id=session.id, action="unlock")
        if tried.tries == PIN_TRIES:
            await end_session(op, principal_id=session.principal_id, session_id=session.id, reason="wrong PIN")
            await op.db.commit()
            raise NotSignedIn()
        raise WrongPin(left=PIN_TRIES - tried.tries)
    await note(op, principal_id=session.principal_id, session_id=session.id, action="unlock")
    await op.db.run(UNLOCK, session_id=session.id)
