"""The time that a session of a group takes, and its seats: what everybody else does here, who stands in the queue of its
calendar."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from psycopg.errors import CheckViolation

from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict
from chairside.scheduling.actions.assigning import Assigned, SessionIsFull
from chairside.scheduling.actions.claims import (
    BUSY,
    GIVEN,
    LEAVES,
    TimeTaken,
    constraint_kept,
    let_in,
    queue,
    reclaim,
    release,
    spread,
    taken,
)
from chairside.scheduling.events import GroupSessionChanged, GroupSessionOpened
from chairside.scheduling.queries.sessions import get_group_session
from chairside.scheduling.rows import Claim, GroupSession, Held, SessionOpened
from chairside.scheduling.rules.claims import claims_of, parts_of
from chairside.scheduling.rules.sessions import has_room

CLAIM_FOR_SESSION = """
        insert into claim (resource_id, group_session_id, starts_at, ends_at)
        select wanted.resource_id, owner.id, wanted.starts_at, wanted.ends_at
          from owner, wanted"""
OPEN = f"""
    with {GIVEN}, {BUSY}, owner as (
        insert into group_session (calendar_id, service_id, provider_id, operatory_id, starts_at, ends_at, buffer_before_minutes,
                                   buffer_after_minutes, also, capacity, by_hand)
        select %(calendar_id)s, %(service_id)s, %(provider_id)s, %(operatory_id)s, %(starts_at)s, %(ends_at)s, %(before)s,
        %(after)s,
               %(also)s::jsonb, coalesce(%(capacity)s::int, calendar.capacity), %(by_hand)s
          from calendar
         where calendar.id = %(calendar_id)s
           and not exists (select from busy)
        returning group_session.id
    ), claimed as (
        {CLAIM_FOR_SESSION}
    )
    select array(select busy.resource_id from busy), (select owner.id from owner)
"""
# It takes place again: with the time that it had, if nobody else has it.
REOPEN = f"""
    with {GIVEN}, {BUSY}, owner as (
        update group_session
           set ended_at = null, ended_by_act = null, end_reason = null,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = group_session.version + 1
         where group_session.id = %(session_id)s
           and not exists (select from busy)
        returning group_session.id
    ), claimed as (
        {CLAIM_FOR_SESSION}
    )
    select array(select busy.resource_id from busy), (select owner.id from owner)
"""
END = """
    with ended as (
        update group_session
           set ended_at = %(now)s, ended_by_act = %(act_id)s::uuid, end_reason = %(reason)s::text,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = group_session.version + 1
         where group_session.id = %(session_id)s
           and group_session.ended_at is null
           and (%(act_id)s::uuid is not null
                or not group_session.by_hand
                   and not exists (select
                                     from appointment as seat
                                    where seat.group_session_id = group_session.id
                                      and seat.status not in ('cancelled', 'no_show')))
        returning group_session.id
    ), freed as (
        delete from claim using ended where claim.group_session_id = ended.id returning claim.resource_id
    )
    select freed.resource_id from freed
"""


def _sit(leaves: str = "") -> str:
    """A seat is where its session is."""
    return f"""
    update appointment
       set group_session_id = met.id, provider_id = met.provider_id, operatory_id = met.operatory_id,
           starts_at = met.starts_at, ends_at = met.ends_at,
           buffer_before_minutes = met.buffer_before_minutes, buffer_after_minutes = met.buffer_after_minutes,{leaves}
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = appointment.version + %(step)s
      from group_session as met
     where met.id = %(session_id)s
       and appointment.id = %(appointment_id)s
    returning appointment.version
"""


SIT, SIT_ELSEWHERE = _sit(), _sit(f"{LEAVES},")


class SessionHasEnded(Conflict):
    """This session does not take place any more; take its cancellation back, or choose another."""


@contextmanager
def seats_kept() -> Iterator[None]:
    """The promise behind the count: no more seats than there are."""
    try:
        yield
    except CheckViolation as error:
        if error.diag.constraint_name in ("group_session_has_seats", "group_session_seats_stay"):
            raise SessionIsFull() from error
        raise


def full(capacity: int) -> SessionIsFull:
    return SessionIsFull(capacity=capacity)


def claims_of_session(session: GroupSession) -> list[Claim]:
    """The time of whoever gives it, of its room, and of what it takes besides; of no patient."""
    return claims_of(
        provider_id=session.provider_id, operatory_id=session.operatory_id, patient_id=None, starts_at=session.starts_at,
        ends_at=session.ends_at, before=timedelta(minutes=session.buffer_before_minutes),
        after=timedelta(minutes=session.buffer_after_minutes), also=parts_of(session.also),
    )  # fmt: skip


def resources_of(session: GroupSession) -> set[UUID | None]:
    return {session.provider_id, session.operatory_id, *(part.resource_id for part in parts_of(session.also))}


async def open_session(
    op: Op, found: Assigned, *, calendar_id: UUID, starts_at: datetime, capacity: int | None = None, by_hand: bool = False
) -> UUID:
    """Where a calendar found that it could be, in whose queues one stands. Refuses TimeTaken."""
    assert found.service_id
    assert found.minutes is not None
    ends_at = starts_at + timedelta(minutes=found.minutes)
    before, after = found.before or 0, found.after or 0
    claims = claims_of(
        provider_id=found.provider_id, operatory_id=found.operatory_id, patient_id=None, starts_at=starts_at, ends_at=ends_at,
        before=timedelta(minutes=before), after=timedelta(minutes=after), also=found.also,
    )  # fmt: skip
    with constraint_kept():
        opened = await op.db.one(
            SessionOpened, OPEN, calendar_id=calendar_id, service_id=found.service_id, provider_id=found.provider_id,
            operatory_id=found.operatory_id, starts_at=starts_at, ends_at=ends_at, before=before, after=after,
            also=found.also_said(), capacity=capacity, by_hand=by_hand, **spread(claims),
        )  # fmt: skip
    assert opened
    if opened.id is None:
        others = {part.resource_id for part in found.also}
        raise taken(opened.busy, provider_id=found.provider_id, operatory_id=found.operatory_id, others=others)
    await op.emit(GroupSessionOpened(opened.id))
    return opened.id


async def reopen(op: Op, session: GroupSession) -> None:
    """Refuses TimeTaken."""
    with constraint_kept():
        opened = await op.db.one(SessionOpened, REOPEN, session_id=session.id, **spread(claims_of_session(session)))
    assert opened
    if opened.id is None:
        others = {part.resource_id for part in parts_of(session.also)}
        raise taken(opened.busy, provider_id=session.provider_id, operatory_id=session.operatory_id, others=others)
    await op.emit(GroupSessionChanged(session.id))


async def give_up(op: Op, held: Held) -> None:
    """A seat: its patient has their time back, and with the last one those who give the session have theirs, unless somebody
    opened it by hand."""
    assert held.group_session_id
    session = await get_group_session(op, session_id=held.group_session_id)
    queue(op, {held.patient_id, *resources_of(session)})
    await release(op, held.id)
    await end(op, session.id)


async def end(op: Op, session_id: UUID, *, act_id: UUID | None = None, reason: str | None = None) -> None:
    """By an act whatever is in it; without one if nobody is. One stands in the queues of all that it takes."""
    freed = await op.db.all(_one_id, END, session_id=session_id, act_id=act_id, reason=reason, now=op.now)
    if freed:
        let_in(op, freed)
        await op.emit(GroupSessionChanged(session_id))


async def take_again(op: Op, held: Held) -> GroupSession:
    """A seat that was given up, in its session wherever that is now; the session takes place again where this was its last.
    Refuses SessionHasEnded, SessionIsFull, TimeTaken."""
    assert held.group_session_id
    session = await get_group_session(op, session_id=held.group_session_id)
    if session.ended_by_act:
        raise SessionHasEnded()
    queue(op, {held.patient_id, *resources_of(session)})
    if session.ended_at:
        await reopen(op, session)
        session = session._replace(ended_at=None)
    if not has_room(session):  # the seat itself is counted already
        raise full(session.capacity)
    await op.db.run(SIT, session_id=session.id, appointment_id=held.id, step=0)
    if await reclaim(op, held.id, [Claim(held.patient_id, session.starts_at, session.ends_at)], overbooked=False):
        raise TimeTaken(resource="patient")
    return session


def _one_id(id: UUID) -> UUID:
    return id
