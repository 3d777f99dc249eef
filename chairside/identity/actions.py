import hashlib
import secrets
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside.identity import passwords
from chairside.identity.rows import Credentials, LiveSession, NewSession, Opened
from chairside.identity.rules import Life
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Unauthenticated

ADD = "select app.add_principal(%(email)s, %(name)s, %(password_hash)s)"
FIND_CREDENTIALS = "select principal_id, password_hash from app.find_credentials(%(email)s)"
OPEN = """
    select id, idle_ends_at, ends_at
      from app.open_session(%(principal_id)s, %(token_hash)s, %(idle_minutes)s, %(hours)s, %(address)s, %(agent)s)
"""
CLOSE = "select app.close_session(%(token)s)"
CLOSE_ALL = "select app.close_sessions(%(principal_id)s, %(spared)s, %(reason)s)"
CHANGE_PASSWORD = "select app.change_password(%(principal_id)s, %(password_hash)s)"
RENAME = "select app.rename_person(%(principal_id)s, %(name)s)"


class EmailTaken(Conflict):
    """Somebody already signs in with this e-mail address."""


class WrongCredentials(Unauthenticated):
    """The e-mail address or the password is wrong."""


class WrongPassword(Conflict):
    """That is not your present password."""


@open_to_all("a new clinic has nobody yet; an invitation is checked by its own door")
async def add_person(op: Op, *, email: str, name: str, password_hash: str) -> UUID:
    """Refuses EmailTaken."""
    try:
        principal_id: UUID = await op.db.value(ADD, email=email, name=name, password_hash=password_hash)
    except UniqueViolation as error:
        raise EmailTaken() from error
    return principal_id


@open_to_all("a computation; it reads and writes nothing")
async def hash_password(op: Op, *, password: str) -> str:
    """Argon2id. What was written so far is committed: no connection is held meanwhile."""
    async with op.apart():
        return await passwords.hashed(password)


@open_to_all("signing in is how one becomes somebody")
async def prove(op: Op, *, email: str, password: str) -> UUID:
    """Who this is. The same answer, after the same work, whether or not the account exists. Refuses WrongCredentials."""
    known = await op.db.one(Credentials, FIND_CREDENTIALS, email=email)
    async with op.apart():
        right = await passwords.matches(known.password_hash if known else None, password)
    if not right or known is None or known.principal_id is None:
        raise WrongCredentials()
    return known.principal_id


@open_to_all("signing in is how one becomes somebody")
async def sign_in(op: Op, *, email: str, password: str, life: Life, address: str | None, agent: str) -> NewSession:
    """Refuses WrongCredentials."""
    principal_id = await prove(op, email=email, password=password)
    return await open_session(op, principal_id=principal_id, life=life, address=address, agent=agent)


@open_to_all("the caller has just proved who they are")
async def open_session(op: Op, *, principal_id: UUID, life: Life, address: str | None, agent: str) -> NewSession:
    token = secrets.token_urlsafe(32)
    opened = await op.db.one(
        Opened, OPEN, principal_id=principal_id, token_hash=hashlib.sha256(token.encode()).digest(),
        idle_minutes=life.idle_minutes, hours=life.hours, address=address, agent=agent[:400],
    )  # fmt: skip
    assert opened
    return NewSession(principal_id, token, opened.idle_ends_at, opened.ends_at)


@open_to_all("the token itself is the proof")
async def sign_out(op: Op, *, token: bytes) -> None:
    """Ends the session; without one it does nothing."""
    await op.db.run(CLOSE, token=token)


@open_to_all("the door that calls it has looked whose sessions they are")
async def end_sessions(op: Op, *, principal_id: UUID, reason: str, spared: UUID | None = None) -> None:
    """All of a person but the one that is spared, from their next request on."""
    await op.db.run(CLOSE_ALL, principal_id=principal_id, spared=spared, reason=reason)


@open_to_all("a person changes their own")
async def change_password(op: Op, *, session: LiveSession, old: str, new: str) -> None:
    """Every session of the person ends, this one too: whoever holds a copy of its token holds nothing any more. The caller opens
    another. Refuses WrongPassword."""
    try:
        principal_id = await prove(op, email=session.email, password=old)
    except WrongCredentials as error:
        raise WrongPassword() from error
    password_hash = await hash_password(op, password=new)
    await op.db.run(CHANGE_PASSWORD, principal_id=principal_id, password_hash=password_hash)
    await end_sessions(op, principal_id=principal_id, reason="password changed")


@open_to_all("a person changes their own")
async def rename(op: Op, *, principal_id: UUID, name: str) -> None:
    await op.db.run(RENAME, principal_id=principal_id, name=name)
