"""A time kept for somebody who is about to book it: claims like a visit's, that expire."""

from datetime import datetime, timedelta
from uuid import UUID

from chairside import catalog, patients
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Missing, malformed
from chairside.scheduling.actions.assigning import Assigned, held_then
from chairside.scheduling.actions.bookings import OperatoryIsInactive, ProviderIsInactive, ServiceIsInactive
from chairside.scheduling.actions.claims import BUSY, LET_GO, constraint_kept, let_in, queue, spread, taken
from chairside.scheduling.actions.holding import check_own
from chairside.scheduling.events import HoldReleased, TimeHeld
from chairside.scheduling.queries.candidates import Wanted
from chairside.scheduling.queries.sessions import get_group_session
from chairside.scheduling.queries.setup import NoSuchOperatory, NoSuchProvider
from chairside.scheduling.rows import TIME_HOLD, Claim, Hold, Holding
from chairside.scheduling.rules.claims import claims_of

HOLD_TIME = f"""
    with visit as (
        select %(starts_at)s::timestamptz as starts_at,
               coalesce(%(minutes)s::int, service.duration_minutes) as minutes,
               coalesce(%(before)s::int, service.buffer_before_minutes, 0) as before,
               coalesce(%(after)s::int, service.buffer_after_minutes, 0) as after,
               %(service_id)s::uuid is null or service.id is not null as service_known, service.active as service_active,
               %(patient_id)s::uuid is null or patient.id is not null as patient_known,
               provider.active as provider_active, provider.member_id, operatory.active as operatory_active,
               (select count(*)::int
                  from hold as other
                 where other.created_by = app.actor()
                   and not other.awaiting
                   and other.expires_at > %(now)s) as held
          from (select 1) as one
          left join service on service.id = %(service_id)s
          left join patient on patient.id = %(patient_id)s and patient.deleted_at is null
          left join provider on provider.id = %(provider_id)s::uuid
          left join operatory on operatory.id = %(operatory_id)s::uuid
    ), wanted as materialized (
        select place.resource_id,
               visit.starts_at - make_interval(mins => place.buffered * visit.before) as starts_at,
               visit.starts_at + make_interval(mins => visit.minutes + place.buffered * visit.after) as ends_at,
               visit.starts_at - make_interval(mins => place.buffered * visit.before, hours => 24) as since
          from visit,
               (values (%(provider_id)s, 1), (%(operatory_id)s, 1), (%(patient_id)s, 0)) as place (resource_id, buffered)
         where place.resource_id is not null
           and visit.minutes is not null
           and (%(group_session_id)s::uuid is null or place.resource_id = %(patient_id)s)
         union all
        select also.resource_id, also.starts_at, also.ends_at, also.starts_at - interval '24 hours'
          from unnest(%(resources)s::uuid[], %(starts)s::timestamptz[], %(ends)s::timestamptz[])
               as also (resource_id, starts_at, ends_at)
    ), {BUSY}, owner as (
        insert into hold (provider_id, operatory_id, patient_id, service_id, starts_at, ends_at, buffer_before_minutes,
                          buffer_after_minutes, expires_at, group_session_id)
        select %(provider_id)s, %(operatory_id)s, %(patient_id)s, %(service_id)s, visit.starts_at,
               visit.starts_at + make_interval(mins => visit.minutes), visit.before, visit.after, %(expires_at)s,
               %(group_session_id)s::uuid
          from visit
         where visit.patient_known
           and visit.provider_active
           and (%(operatory_id)s is null or visit.operatory_active)
           and visit.service_known
           and visit.service_active is not false
           and visit.held < %(most)s
           and not exists (select from busy)
        returning hold.id, hold.ends_at
    ), claimed as (
        insert into claim (resource_id, hold_id, starts_at, ends_at, expires_at)
        select wanted.resource_id, owner.id, wanted.starts_at, wanted.ends_at, %(expires_at)s
          from owner, wanted
    )
    select visit.patient_known, visit.provider_active, visit.member_id, visit.operatory_active, visit.service_known,
           visit.service_active, visit.minutes, visit.held, array(select busy.resource_id from busy), owner.id, owner.ends_at
      from visit
      left join owner on true
"""
EXTEND = f"""
    with longer as (
        update hold
           set expires_at = %(expires_at)s, extended = true
         where hold.id = %(hold_id)s
           and hold.created_by = app.actor()
           and hold.expires_at > %(now)s
           and not hold.extended
        returning {TIME_HOLD}
    ), claimed as (
        update claim set expires_at = %(expires_at)s from longer where claim.hold_id = longer.id
    )
    select longer.* from longer
"""
OWN = f"""
    select {TIME_HOLD}
      from hold
     where hold.id = %(hold_id)s
       and hold.created_by = app.actor()
       and hold.expires_at > %(now)s
"""
AWAIT = """
    with kept as (
        update hold
           set expires_at = %(until)s, awaiting = true
         where hold.id = %(hold_id)s
           and hold.created_by = app.actor()
           and hold.expires_at > %(now)s
        returning hold.id
    ), claimed as (
        update claim set expires_at = %(until)s from kept where claim.hold_id = kept.id
    )
    select kept.id from kept
"""
ADOPT = """
    update hold
       set created_by = app.actor(), awaiting = false
     where hold.id = %(hold_id)s
       and hold.awaiting
    returning hold.expires_at > %(now)s
"""
CLAIMED = "select claim.resource_id from claim where claim.hold_id = %(hold_id)s"
MINUTES = 5
MOST = 50  # at once, of one person or program


class NoSuchHold(Missing):
    """There is no such hold, or its time is over: choose the time again."""


class HoldWasExtended(Conflict):
    """A hold is extended once only."""


class TooManyHolds(Conflict):
    """You hold as many times as one may at once; book or release some first."""


@needs("scheduling.book", "scheduling.book_own")
async def hold_time(
    op: Op, *, provider_id: UUID, starts_at: datetime, operatory_id: UUID | None = None, patient_id: UUID | None = None,
    service_id: UUID | None = None, duration_minutes: int | None = None, calendar_id: UUID | None = None,
) -> Hold:  # fmt: skip
    """For five minutes nobody else is given this time; by a calendar with all that a visit of it needs, or a seat of the session
    that is open then. Refuses TimeTaken, NobodyIsFree, SessionIsFull, TooManyHolds, NotOwnSchedule, NoSuchProvider,
    NoSuchOperatory, NoSuchPatient, NoSuchService, ProviderIsInactive, OperatoryIsInactive, ServiceIsInactive."""
    if duration_minutes is None and service_id is None:
        raise malformed("/duration_minutes", "required", "Say how long the visit takes, or for which service it is.")
    expires_at = op.now + timedelta(minutes=MINUTES)
    found = Assigned(provider_id, operatory_id, service_id, [], duration_minutes)
    if calendar_id:
        wanted = Wanted(service_id, duration_minutes, (provider_id,), operatory_id, patient_id, calendar_id=calendar_id)
        found = await held_then(op, wanted, starts_at)
        provider_id, operatory_id = found.provider_id, found.operatory_id
    session_id = found.session_id
    others = _also_of(found, starts_at)
    if session_id is None:
        queue(op, (provider_id, operatory_id, patient_id, *(one.resource_id for one in others)))
    with constraint_kept():
        tried = await op.db.one(
            Holding, HOLD_TIME, provider_id=provider_id, operatory_id=operatory_id, patient_id=patient_id, service_id=service_id,
            starts_at=starts_at, minutes=found.minutes, expires_at=expires_at, now=op.now, most=MOST, group_session_id=session_id,
            before=found.before, after=found.after, **spread(others),
        )  # fmt: skip
    assert tried
    _check(op, tried, operatory_id=operatory_id)
    if tried.id is None or tried.ends_at is None:
        also = {one.resource_id for one in others}
        raise taken(tried.busy, provider_id=provider_id, operatory_id=operatory_id, others=also)
    await op.emit(TimeHeld(tried.id))
    return Hold(
        tried.id, provider_id, operatory_id, patient_id, service_id, starts_at, tried.ends_at, expires_at, False,
        session_id,
    )  # fmt: skip


@needs("scheduling.book", "scheduling.book_own")
async def get_hold(op: Op, *, hold_id: UUID) -> Hold:
    """One's own. Refuses NoSuchHold."""
    found = await op.db.one(Hold, OWN, hold_id=hold_id, now=op.now)
    if found is None:
        raise NoSuchHold()
    return found


@needs("scheduling.book", "scheduling.book_own")
async def extend_hold(op: Op, *, hold_id: UUID) -> Hold:
    """Five minutes from now, once. Refuses NoSuchHold, HoldWasExtended."""
    held = await get_hold(op, hold_id=hold_id)
    if held.group_session_id:  # whoever counts its seats counts this one, or has forgotten it
        queue(op, ((await get_group_session(op, session_id=held.group_session_id)).calendar_id,))
        queue(op, (held.patient_id,))
    else:
        queue(op, await op.db.all(_one_id, CLAIMED, hold_id=hold_id))
    longer = await op.db.one(Hold, EXTEND, hold_id=hold_id, expires_at=op.now + timedelta(minutes=MINUTES), now=op.now)
    if longer is None:
        if (await get_hold(op, hold_id=hold_id)).extended:
            raise HoldWasExtended()
        raise NoSuchHold()
    return longer


@needs("scheduling.book", "scheduling.book_own")
async def release_hold(op: Op, *, hold_id: UUID) -> None:
    """One's own; whoever was booked over it has their time. Refuses NoSuchHold."""
    held = await get_hold(op, hold_id=hold_id)
    resources = (held.patient_id,) if held.group_session_id else await op.db.all(_one_id, CLAIMED, hold_id=hold_id)
    queue(op, resources)
    if not await op.db.value(LET_GO, hold_id=hold_id, now=op.now):
        raise NoSuchHold()
    let_in(op, resources)
    await op.emit(HoldReleased(hold_id))


@needs("scheduling.book")
async def await_answer(op: Op, *, hold_id: UUID, until: datetime) -> None:
    """One's own becomes one that waits for the clinic's answer: it lasts until then, and is none of the few that one may have at
    once. Refuses NoSuchHold."""
    if await op.db.value(AWAIT, hold_id=hold_id, until=until, now=op.now) is None:
        raise NoSuchHold()


@needs("scheduling.book")
async def adopt_hold(op: Op, *, hold_id: UUID) -> bool:
    """One that waits for an answer becomes one's own, so that a visit takes its place or it is released; false when it has run
    out."""
    return bool(await op.db.value(ADOPT, hold_id=hold_id, now=op.now))


def _also_of(found: Assigned, starts_at: datetime) -> list[Claim]:
    """The time that it takes of whoever and whatever is needed besides provider and operatory."""
    if not found.also:
        return []
    assert found.minutes is not None
    before, after = (timedelta(minutes=one or 0) for one in (found.before, found.after))
    claims = claims_of(
        provider_id=found.provider_id, operatory_id=found.operatory_id, patient_id=None, starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=found.minutes), before=before, after=after, also=found.also,
    )  # fmt: skip
    return [one for one in claims if one.resource_id not in (found.provider_id, found.operatory_id)]


def _one_id(id: UUID) -> UUID:
    return id


def _check(op: Op, tried: Holding, *, operatory_id: UUID | None) -> None:
    if tried.provider_active is None:
        raise NoSuchProvider()
    check_own(op, tried.member_id)
    if not tried.patient_known:
        raise patients.NoSuchPatient()
    if operatory_id and tried.operatory_active is None:
        raise NoSuchOperatory()
    if not tried.service_known:
        raise catalog.NoSuchService()
    if not tried.provider_active:
        raise ProviderIsInactive()
    if operatory_id and not tried.operatory_active:
        raise OperatoryIsInactive()
    if tried.service_active is False:
        raise ServiceIsInactive()
    if tried.held >= MOST:
        raise TooManyHolds(most=MOST)
