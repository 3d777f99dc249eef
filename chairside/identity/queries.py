from uuid import UUID

from chairside.identity.rows import Factors, LiveSession, Name, OpenSession, Passkey, Person
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op, proved_lately
from chairside.kernel.refusals import NotSignedIn, SessionLocked, StepUpNeeded

FIND = """
    select id, principal_id, name, email, idle_ends_at, ends_at, step_up_at, mfa_at, locked_at, has_pin, enrolled_at
      from app.find_session(%(token)s, %(act)s)
"""
FIND_PERSON = "select id, name from app.find_person(%(email)s)"
NAME = "select name, email from app.find_name(%(principal_id)s)"
FACTORS = "select has_totp, has_password, codes_left, enrolled_at from app.find_factors(%(principal_id)s)"
PASSKEYS = "select id, credential_id, name, backed_up, created_at, last_used_at from app.list_passkeys(%(principal_id)s)"
SESSIONS = """
    select id, principal_id, ip, agent, proved_by, mfa_at, locked_at, created_at, seen_at, ends_at
      from app.list_sessions(%(principal_id)s)
"""
CLINIC_SESSIONS = """
    select id, principal_id, ip, agent, proved_by, mfa_at, locked_at, created_at, seen_at, ends_at
      from app.list_clinic_sessions()
"""

OF_CLINIC = "select app.find_clinic_session(%(session_id)s)"


@open_to_all("the token itself is the proof")
async def get_session(op: Op, *, token: bytes, act: bool = False, even_locked: bool = False) -> LiveSession:
    """The session whose token hashes to this; `act` says that a person is there. Refuses NotSignedIn, SessionLocked."""
    session = await op.db.one(LiveSession, FIND, token=token, act=act)
    if session is None:
        raise NotSignedIn()
    if session.locked_at and not even_locked:
        raise SessionLocked()
    return session


def check_proof(op: Op, session: LiveSession) -> None:
    """Refuses StepUpNeeded, as `op.require_proof` does inside a clinic."""
    if not proved_lately(session.step_up_at, op.now):
        raise StepUpNeeded()


@open_to_all("for doors where a link has proved the address, and for letters to it")
async def find_person(op: Op, *, email: str) -> Person | None:
    """Who signs in with this address, suspended or not."""
    return await op.db.one(Person, FIND_PERSON, email=email)


@open_to_all("for letters to a person, and doors where a link has proved who they are")
async def get_name(op: Op, *, principal_id: UUID) -> Name:
    """What somebody is called and signs in with."""
    name = await op.db.one(Name, NAME, principal_id=principal_id)
    assert name
    return name


@open_to_all("a person sees their own")
async def get_factors(op: Op, *, principal_id: UUID) -> Factors:
    factors = await op.db.one(Factors, FACTORS, principal_id=principal_id)
    assert factors
    return factors


@open_to_all("a person sees their own")
async def list_passkeys(op: Op, *, principal_id: UUID) -> list[Passkey]:
    return await op.db.all(Passkey, PASSKEYS, principal_id=principal_id)


@open_to_all("a person sees their own")
async def list_sessions(op: Op, *, principal_id: UUID) -> list[OpenSession]:
    """The one that was used last first."""
    return await op.db.all(OpenSession, SESSIONS, principal_id=principal_id)


@open_to_all("the door that calls it has looked who may see them")
async def list_clinic_sessions(op: Op) -> list[OpenSession]:
    """Of everybody who works in the clinic, the 1,000 used last."""
    return await op.db.all(OpenSession, CLINIC_SESSIONS)


@open_to_all("the door that calls it has looked who may know")
async def find_clinic_session(op: Op, *, session_id: UUID) -> UUID | None:
    """Whose session it is, if it is open and of somebody who works in the clinic."""
    principal_id: UUID | None = await op.db.value(OF_CLINIC, session_id=session_id)
    return principal_id
