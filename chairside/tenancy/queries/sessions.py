from chairside import identity
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.tenancy.queries.members import list_members


@needs("members.read")
async def list_sessions(op: Op) -> list[tuple[identity.OpenSession, str]]:
    """Of everybody who works here, with their names; the one used last first. A session is a person's: the same one may be at
    work in another clinic, of which nothing is said here."""
    names = {member.id: member.name for member in await list_members(op)}
    return [(session, names[session.principal_id]) for session in await identity.list_clinic_sessions(op)]
