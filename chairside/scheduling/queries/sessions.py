"""Sessions of groups, and who has a seat in them."""

from datetime import datetime
from uuid import UUID

from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.scheduling.queries.appointments import BEGINNING, EARLIEST, LATEST, closed_to
from chairside.scheduling.rows import APPOINTMENT, GROUP_SESSION, Appointment, GroupSession

GET = f"select {GROUP_SESSION} from group_session where group_session.id = %(session_id)s"
LIST = f"""
    select {GROUP_SESSION}
      from group_session
     where group_session.starts_at >= %(since)s
       and group_session.starts_at < %(until)s
       and (group_session.starts_at, group_session.id) > (%(starts_at)s, %(id)s::uuid)
       and (%(calendar_id)s::uuid is null or group_session.calendar_id = %(calendar_id)s)
       and (%(ended)s or group_session.ended_at is null)
     order by group_session.starts_at, group_session.id
     limit %(limit)s
"""
AT = f"""
    select {GROUP_SESSION}
      from group_session
     where group_session.provider_id = %(provider_id)s
       and group_session.starts_at = %(starts_at)s
       and group_session.ends_at = %(ends_at)s
       and group_session.ended_at is null
"""
SEATS = shown(
    f"""
    select {APPOINTMENT}
      from appointment
     where appointment.group_session_id = %(session_id)s
     order by appointment.id
""",
    entity="appointment",
    patient="patient_id",
)


class NoSuchGroupSession(Missing):
    """There is no such session of a group in this clinic."""


@needs("scheduling.read")
async def get_group_session(op: Op, *, session_id: UUID) -> GroupSession:
    """Refuses NoSuchGroupSession."""
    found = await op.db.one(GroupSession, GET, session_id=session_id, now=op.now, held=None)
    if found is None:
        raise NoSuchGroupSession()
    return found


@needs("scheduling.read")
async def find_group_session(op: Op, *, provider_id: UUID, starts_at: datetime, ends_at: datetime) -> GroupSession | None:
    """The one that this provider gives from the one instant to the other, if there is one."""
    return await op.db.one(
        GroupSession, AT, provider_id=provider_id, starts_at=starts_at, ends_at=ends_at, now=op.now, held=None
    )  # fmt: skip


async def held_beside(op: Op, session_id: UUID, hold_id: UUID | None) -> GroupSession:
    """As it is for whoever holds a seat of it themselves. Not a door."""
    found = await op.db.one(GroupSession, GET, session_id=session_id, now=op.now, held=hold_id)
    if found is None:
        raise NoSuchGroupSession()
    return found


@needs("scheduling.read")
async def list_group_sessions(
    op: Op, *, since: datetime = EARLIEST, until: datetime = LATEST, calendar_id: UUID | None = None, ended: bool = False,
    after: tuple[datetime, UUID] | None = None, limit: int = 50,
) -> list[GroupSession]:  # fmt: skip
    """Those that start from `since` until before `until`, going on after a (starts_at, id); of those that do not take place only
    where they are asked for."""
    starts_at, id = after or BEGINNING
    return await op.db.all(
        GroupSession, LIST, since=since, until=until, starts_at=starts_at, id=id, calendar_id=calendar_id, ended=ended,
        limit=limit, now=op.now, held=None,
    )  # fmt: skip


@needs("scheduling.read")
async def list_seats(op: Op, *, session_id: UUID) -> list[Appointment]:
    """Everybody who has or had a seat, in the order in which they were booked. Refuses NoSuchGroupSession."""
    await get_group_session(op, session_id=session_id)
    return await closed_to(op, await op.db.all(Appointment, SEATS, session_id=session_id))
