"""A session of a group moved with everybody in it, and a single seat moved to another session."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict
from chairside.scheduling.actions.assigning import Assigned, NobodyIsFree, assigned, at_any_time, chosen_of
from chairside.scheduling.actions.claims import (
    BUSY,
    GIVEN,
    TimeTaken,
    constraint_kept,
    let_in,
    queue,
    reclaim,
    release,
    spread,
    taken,
)
from chairside.scheduling.actions.session_acts import check_whose, held_session, hold_seats
from chairside.scheduling.actions.sessions import CLAIM_FOR_SESSION, SIT_ELSEWHERE, end, open_session, resources_of, seats_kept
from chairside.scheduling.events import AppointmentMoved, GroupSessionChanged
from chairside.scheduling.queries.candidates import Wanted, calendar_of, find
from chairside.scheduling.queries.sessions import get_group_session
from chairside.scheduling.rows import Appointment, Claim, GroupSession, Held, SessionOpened
from chairside.scheduling.rules.availability import MINUTE
from chairside.scheduling.rules.claims import claims_of

LEAVE = "delete from claim where claim.group_session_id = %(session_id)s"
MOVE_SESSION = f"""
    with {GIVEN}, {BUSY}, owner as (
        update group_session
           set provider_id = %(provider_id)s, operatory_id = %(operatory_id)s, starts_at = %(starts_at)s, ends_at = %(ends_at)s,
               also = %(also)s::jsonb,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = group_session.version + 1
         where group_session.id = %(session_id)s
           and not exists (select from busy)
        returning group_session.id
    ), claimed as (
        {CLAIM_FOR_SESSION}
    )
    select array(select busy.resource_id from busy), (select owner.id from owner)
"""
MOVABLE = ("starts_at", "provider_id", "operatory_id")


class SeatKeepsItsSession(Conflict):
    """A seat is where its session is, and as long; move the whole session to change that."""


@needs("scheduling.book", "scheduling.book_own")
async def reschedule_group_session(
    op: Op, *, session_id: UUID, changes: dict[str, Any], version: int | None = None
) -> GroupSession:  # fmt: skip
    """Another time, provider or operatory, among MOVABLE, for everybody in it: each of them is told as of a visit of their own.
    As when it is opened by hand, at any time at which whoever gives it works and is free; what else it requires is chosen anew.
    Refuses NoSuchGroupSession, GroupSessionIsStale, SessionHasEnded, SessionHasBegun, NotOwnSchedule, NotOnCareTeam,
    NobodyIsFree, NoSuchProvider, NoSuchOperatory, TimeTaken (its facts name the visits of those who are elsewhere then)."""
    session = await held_session(op, session_id, version=version)
    return await _move(op, session, changes)


async def move_seat(op: Op, held: Held, changes: dict[str, Any]) -> Appointment:
    """To the session of its calendar that is open then, or one that is opened for it; the only seat takes its session along. Of a
    visit that is held. Refuses SeatKeepsItsSession, NobodyIsFree, SessionIsFull, TimeTaken."""
    assert held.group_session_id
    session = await get_group_session(op, session_id=held.group_session_id)
    at: datetime = changes.get("starts_at") or held.starts_at
    provider_id = changes.get("provider_id") or held.provider_id
    minutes = changes.get("duration_minutes") or session.duration_minutes
    if minutes != session.duration_minutes or (at, provider_id) == (held.starts_at, held.provider_id):
        raise SeatKeepsItsSession()
    wanted = Wanted(
        session.service_id, minutes, (provider_id,) if "provider_id" in changes else (), None, held.patient_id, held.id,
        calendar_id=session.calendar_id,
    )  # fmt: skip
    alone = session.taken == 1 and not session.by_hand
    try:
        found = await assigned(op, wanted, at)
    except NobodyIsFree:
        if not alone:
            raise
        await _move(op, session, {name: value for name, value in changes.items() if name in MOVABLE})
        moved = await get_group_session(op, session_id=session.id)
        return _there(held, moved)
    return await _sit_in(op, held, session, found, at)


async def _sit_in(op: Op, held: Held, left: GroupSession, found: Assigned, at: datetime) -> Appointment:
    await check_whose(op, found.provider_id)
    queue(op, {held.patient_id, *resources_of(left)})
    await release(op, held.id)
    session_id = found.session_id or await open_session(op, found, calendar_id=left.calendar_id, starts_at=at)
    with seats_kept():
        await op.db.run(SIT_ELSEWHERE, session_id=session_id, appointment_id=held.id, step=1, now=op.now)
    session = await get_group_session(op, session_id=session_id)
    await _claim_for(op, [held], session)
    await end(op, left.id)
    await op.emit(AppointmentMoved(held.id, held.patient_id))
    return _there(held, session)


async def _move(op: Op, session: GroupSession, changes: dict[str, Any]) -> GroupSession:
    held = await hold_seats(op, session)
    at: datetime = changes.get("starts_at") or session.starts_at
    provider_id = changes.get("provider_id") or session.provider_id
    wanted = Wanted(
        session.service_id, session.duration_minutes, (provider_id,), changes.get("operatory_id", session.operatory_id),
        buffers=(session.buffer_before_minutes, session.buffer_after_minutes), calendar_id=session.calendar_id,
        moving_session=session.id,
    )  # fmt: skip
    found = await find(op, wanted, at, at + MINUTE)
    queue(op, {one.patient_id for one in held} | resources_of(session))
    chosen = await chosen_of(op, wanted, found, at_any_time(calendar_of(wanted, found)), at)
    if chosen is None:
        raise NobodyIsFree()
    await check_whose(op, chosen.provider_id)
    ends_at = at + timedelta(minutes=session.duration_minutes)
    claims = claims_of(
        provider_id=chosen.provider_id, operatory_id=chosen.operatory_id, patient_id=None, starts_at=at, ends_at=ends_at,
        before=timedelta(minutes=session.buffer_before_minutes), after=timedelta(minutes=session.buffer_after_minutes),
        also=chosen.also,
    )  # fmt: skip
    await op.db.run(LEAVE, session_id=session.id)
    for one in held:
        await release(op, one.id)
    with constraint_kept():
        done = await op.db.one(
            SessionOpened, MOVE_SESSION, session_id=session.id, provider_id=chosen.provider_id, operatory_id=chosen.operatory_id,
            starts_at=at, ends_at=ends_at, also=chosen.also_said(), **spread(claims),
        )  # fmt: skip
    assert done
    if done.id is None:
        others = {part.resource_id for part in chosen.also}
        raise taken(done.busy, provider_id=chosen.provider_id, operatory_id=chosen.operatory_id, others=others)
    moved = await get_group_session(op, session_id=session.id)
    for one in held:
        await op.db.run(SIT_ELSEWHERE, session_id=session.id, appointment_id=one.id, step=1, now=op.now)
    await _claim_for(op, held, moved)
    let_in(op, resources_of(session))
    for one in held:
        await op.emit(AppointmentMoved(one.id, one.patient_id))
    await op.emit(GroupSessionChanged(session.id))
    return moved


async def _claim_for(op: Op, held: list[Held], session: GroupSession) -> None:
    """Each patient's own time. Refuses TimeTaken, naming the visits of those who are elsewhere."""
    elsewhere = [
        one.id
        for one in held
        if await reclaim(op, one.id, [Claim(one.patient_id, session.starts_at, session.ends_at)], overbooked=False)
    ]
    if elsewhere:
        raise TimeTaken(resource="patient", appointment_ids=[str(id) for id in elsewhere])


def _there(held: Held, session: GroupSession) -> Appointment:
    return held.appointment._replace(
        provider_id=session.provider_id, operatory_id=session.operatory_id, starts_at=session.starts_at, ends_at=session.ends_at,
        group_session_id=session.id, version=held.version + 1,
    )  # fmt: skip
