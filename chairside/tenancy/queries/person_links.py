from uuid import UUID

from chairside.kernel import links
from chairside.kernel.guard import needs, open_to_all
from chairside.kernel.op import Op
from chairside.tenancy.rows import PERSON_LINK, LinkedPerson, PersonLink

RESETTING, CHANGING = "password_reset", "email_change"
FIND = "select clinic_id, id, principal_id, email from app.find_person_link(%(hash)s, %(kind)s, %(now)s)"
ONE = f"select {PERSON_LINK} from person_link where person_link.id = %(link_id)s"


@open_to_all("the link itself is the proof")
async def follow_person_link(op: Op, *, token: str, kind: str) -> LinkedPerson | None:
    """Where it leads, while it is good."""
    return await op.db.one(LinkedPerson, FIND, hash=links.hashed(token), kind=kind, now=op.now)


@needs("members.read")
async def get_person_link(op: Op, *, link_id: UUID) -> PersonLink:
    """For the letter that carries it."""
    link = await op.db.one(PersonLink, ONE, link_id=link_id)
    assert link
    return link
