from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside.identity import passwords
from chairside.identity.actions.sessions import end_sessions
from chairside.identity.actions.signing_in import WrongCredentials, note, prove
from chairside.identity.breached import breaches
from chairside.identity.common import is_common
from chairside.identity.rows import LiveSession
from chairside.identity.rules import Guessing, account_key
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, malformed

ADD = "select app.add_principal(%(email)s, %(name)s, %(password_hash)s)"
CHANGE_EMAIL = "select app.change_email(%(principal_id)s, %(email)s)"
FORGET_GUESSES_AT = "select app.forget_guesses_at(%(account)s)"
ADD_PROGRAM = "select app.add_program(%(name)s)"
CHANGE_PASSWORD = "select app.change_password(%(principal_id)s, %(password_hash)s)"
RENAME = "select app.rename_person(%(principal_id)s, %(name)s)"


class EmailTaken(Conflict):
    """Somebody already signs in with this e-mail address."""


class WrongPassword(Conflict):
    """That is not your present password."""


@open_to_all("a new clinic has nobody yet; an invitation is checked by its own door")
async def add_person(op: Op, *, email: str, name: str, password_hash: str | None) -> UUID:
    """Without a password: the caller links the account that they sign in with. Refuses EmailTaken."""
    try:
        principal_id: UUID = await op.db.value(ADD, email=email, name=name, password_hash=password_hash)
    except UniqueViolation as error:
        raise EmailTaken() from error
    return principal_id


@open_to_all("the door that calls it has looked who may let programs in")
async def add_program(op: Op, *, name: str) -> UUID:
    """A principal that is no person; it signs in with no password."""
    principal_id: UUID = await op.db.value(ADD_PROGRAM, name=name)
    return principal_id


@open_to_all("a computation; it reads and writes nothing")
async def hash_password(op: Op, *, password: str, at: str = "/password", about: tuple[str, ...] = ()) -> str:
    """Argon2id. What was written so far is committed: no connection is held meanwhile. Refuses, at its field, a password that is
    among the first to be tried, of anybody or of whoever it is `about`, or known from a breach."""
    if is_common(password, about=about):
        raise malformed(at, "too_common", "This password is too easy to guess: it is known, or says who you are. Choose another.")
    async with op.apart():
        if await breaches().has(password):
            raise malformed(at, "breached", "This password is known from a breach of another service. Choose another.")
        return await passwords.hashed(password)


@open_to_all("a person changes their own")
async def change_password(op: Op, *, session: LiveSession, old: str, new: str, guessing: Guessing) -> None:
    """Every session of the person ends, this one too: whoever holds a copy of its token holds nothing any more. The caller opens
    another. Refuses WrongPassword, TooManyGuesses."""
    try:
        proof = await prove(op, email=session.email, password=old, guessing=guessing, second=False)
    except WrongCredentials as error:
        raise WrongPassword() from error
    await set_password(op, principal_id=proof.principal_id, password=new, at="/new", about=(session.email, session.name))


@open_to_all("the door that calls it has looked whose it is")
async def set_password(op: Op, *, principal_id: UUID, password: str, at: str = "/password", about: tuple[str, ...] = ()) -> None:
    """And every session of the person ends."""
    password_hash = await hash_password(op, password=password, at=at, about=about)
    await put_password(op, principal_id=principal_id, password_hash=password_hash)


@open_to_all("the door that calls it has looked whose it is")
async def put_password(op: Op, *, principal_id: UUID, password_hash: str) -> None:
    """The same, hashed before."""
    await op.db.run(CHANGE_PASSWORD, principal_id=principal_id, password_hash=password_hash)
    await end_sessions(op, principal_id=principal_id, reason="password changed")
    await note(op, principal_id=principal_id, session_id=None, action="change_password")


@open_to_all("a person changes their own")
async def rename(op: Op, *, principal_id: UUID, name: str) -> None:
    await op.db.run(RENAME, principal_id=principal_id, name=name)


@open_to_all("the door that calls it has looked that the address is theirs")
async def change_email(op: Op, *, principal_id: UUID, email: str) -> None:
    """What they sign in with from now on. Refuses EmailTaken."""
    try:
        await op.db.run(CHANGE_EMAIL, principal_id=principal_id, email=email)
    except UniqueViolation as error:
        raise EmailTaken() from error
    await note(op, principal_id=principal_id, session_id=None, action="change_email")


@open_to_all("the door that calls it has looked that they read the mailbox")
async def forget_guesses_at(op: Op, *, email: str) -> None:
    """Whoever guessed was somebody else."""
    await op.db.run(FORGET_GUESSES_AT, account=account_key(email))
