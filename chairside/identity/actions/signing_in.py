"""How one becomes somebody: by a password and what goes with it. By a passkey: see `passkeys`."""

import asyncio
import hashlib
import secrets
from datetime import datetime
from uuid import UUID
from weakref import WeakKeyDictionary

from chairside.identity import passwords
from chairside.identity.actions.factors import take_code
from chairside.identity.rows import Credentials, LiveSession, NewSession, Opened, Proof
from chairside.identity.rules import MINUTES, Guessing, Life, account_key, network_key
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import TooMany, Unauthenticated

FIND_CREDENTIALS = "select principal_id, password_hash, has_totp, has_passkey from app.find_credentials(%(email)s)"
COUNT = """
    select app.count_guess(%(account)s, %(network)s, %(at)s, %(per_account)s, %(per_network)s, %(everywhere)s, %(minutes)s)
"""
FORGET = "select app.forget_guess(%(account)s, %(network)s, %(at)s)"
OPEN = """
    select id, idle_ends_at, ends_at
      from app.open_session(%(principal_id)s, %(token_hash)s, %(idle_minutes)s, %(hours)s, %(address)s, %(agent)s,
                            %(by)s, %(mfa)s, %(proved_at)s)
"""
COUNTING = 2  # connections of a process
_TURNS: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
NOTE = "select app.note_sign_in(%(principal_id)s, %(session_id)s, %(action)s, %(outcome)s, %(request)s, %(address)s)"


class WrongCredentials(Unauthenticated):
    """The e-mail address or the password is wrong."""


class WrongCode(Unauthenticated):
    """This code is not right, or was used already."""


class SecondFactorNeeded(Unauthenticated):
    """The password is right; now the second step, please."""


class TooManyGuesses(TooMany):
    """Too many tries; please wait {seconds} seconds, or use a passkey."""


@open_to_all("signing in is how one becomes somebody")
async def prove(op: Op, *, email: str, password: str, guessing: Guessing, code: str | None = None, second: bool = True) -> Proof:
    """Who this is. The same answer, after the same work, whether or not the account exists. `second`: whoever has a second factor
    must show it. Refuses TooManyGuesses, WrongCredentials, SecondFactorNeeded, WrongCode."""
    await count_guess(op, email=email, guessing=guessing)
    known = await op.db.one(Credentials, FIND_CREDENTIALS, email=email)
    assert known
    async with op.apart():
        right = await passwords.matches(known.password_hash, password)
    if not right or known.principal_id is None:
        await _refused(op, known.principal_id)
        raise WrongCredentials()
    enrolled = bool(known.has_totp or known.has_passkey)
    if enrolled and second:
        if not code:
            await forget_guess(op, email=email, guessing=guessing)
            await op.db.commit()
            raise SecondFactorNeeded(ways=[way for way, has in (("code", known.has_totp), ("passkey", known.has_passkey)) if has])
        if not await take_code(op, principal_id=known.principal_id, code=code):
            await _refused(op, known.principal_id)
            raise WrongCode()
    await forget_guess(op, email=email, guessing=guessing)
    return Proof(known.principal_id, "password", enrolled and second)


@open_to_all("a person proves once more who they are")
async def prove_by_code(op: Op, *, session: LiveSession, code: str, guessing: Guessing) -> None:
    """An authenticator's or a recovery code, once. Refuses TooManyGuesses, WrongCode."""
    await count_guess(op, email=session.email, guessing=guessing)
    if not await take_code(op, principal_id=session.principal_id, code=code):
        await note_refused(op, principal_id=session.principal_id, session_id=session.id, action="step_up")
        raise WrongCode()
    await forget_guess(op, email=session.email, guessing=guessing)


@open_to_all("a person proves once more who they are")
async def prove_by_password(op: Op, *, session: LiveSession, password: str, guessing: Guessing) -> None:
    """Of somebody who has nothing else. Refuses TooManyGuesses, WrongCredentials, SecondFactorNeeded."""
    proof = await prove(op, email=session.email, password=password, guessing=guessing)
    assert proof.principal_id == session.principal_id


@open_to_all("counting comes before anything is compared")
async def count_guess(op: Op, *, email: str, guessing: Guessing) -> None:
    """Committed at once: however many try at the same moment, no more than so many are compared. Refuses TooManyGuesses."""
    _, *most = guessing
    per_account, per_network, everywhere = most
    async with _turn():
        waits = await op.db.value(
            COUNT, account=account_key(email), network=network_key(guessing.network), at=op.now, minutes=MINUTES,
            per_account=per_account, per_network=per_network, everywhere=everywhere,
        )  # fmt: skip
        await op.db.commit()
    if waits:
        raise TooManyGuesses(seconds=waits)


def _turn() -> asyncio.Semaphore:
    """All count in the same rows, one after the other: who waits for that must not hold the connections that others need."""
    loop = asyncio.get_running_loop()
    if loop not in _TURNS:
        _TURNS[loop] = asyncio.Semaphore(COUNTING)
    return _TURNS[loop]


@open_to_all("it was no guess: it was right")
async def forget_guess(op: Op, *, email: str, guessing: Guessing) -> None:
    await op.db.run(FORGET, account=account_key(email), network=network_key(guessing.network), at=op.now)


async def _refused(op: Op, principal_id: UUID | None) -> None:
    """The same statement where there is nobody."""
    await note_refused(op, principal_id=principal_id, session_id=None, action="sign_in")


async def note_refused(op: Op, *, principal_id: UUID | None, session_id: UUID | None, action: str) -> None:
    """The clinics that somebody works in know that it was tried. Committed, as what follows is a refusal."""
    await op.db.run(
        NOTE, principal_id=principal_id, session_id=session_id, action=action, outcome="refused", request=op.request_id,
        address=None,
    )  # fmt: skip
    await op.db.commit()


@open_to_all("the caller has just proved who they are")
async def open_session(
    op: Op,
    *,
    principal_id: UUID,
    life: Life,
    address: str | None,
    agent: str,
    by: str = "password",
    mfa: bool = False,
    proved_at: datetime | None = None,
) -> NewSession:
    """As short as the strictest of the person's clinics asks for. `proved_at`: if it was not now."""
    token = secrets.token_urlsafe(32)
    opened = await op.db.one(
        Opened, OPEN, principal_id=principal_id, token_hash=hashlib.sha256(token.encode()).digest(),
        idle_minutes=life.idle_minutes, hours=life.hours, address=address, agent=agent[:400], by=by, mfa=mfa,
        proved_at=proved_at,
    )  # fmt: skip
    assert opened
    await note(op, principal_id=principal_id, session_id=opened.id, action="sign_in", address=address)
    return NewSession(principal_id, token, opened.idle_ends_at, opened.ends_at)


async def note(op: Op, *, principal_id: UUID, session_id: UUID | None, action: str, address: str | None = None) -> None:
    """In the audit of every clinic that the person works in."""
    op.db.with_next(
        NOTE,
        principal_id=principal_id,
        session_id=session_id,
        action=action,
        outcome="done",
        request=op.request_id,
        address=address,
    )
