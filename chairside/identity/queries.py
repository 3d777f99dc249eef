from chairside.identity.rows import LiveSession, Person
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import NotSignedIn

FIND = "select id, principal_id, name, email, idle_ends_at, ends_at from app.find_session(%(token)s, %(act)s)"
FIND_PERSON = "select id, name from app.find_person(%(email)s)"


@open_to_all("the token itself is the proof")
async def get_session(op: Op, *, token: bytes, act: bool = False) -> LiveSession:
    """The session whose token hashes to this; `act` says that a person is there. Refuses NotSignedIn."""
    session = await op.db.one(LiveSession, FIND, token=token, act=act)
    if session is None:
        raise NotSignedIn()
    return session


@open_to_all("for doors where a link has proved the address, and for letters to it")
async def find_person(op: Op, *, email: str) -> Person | None:
    """Who signs in with this address, suspended or not."""
    return await op.db.one(Person, FIND_PERSON, email=email)
