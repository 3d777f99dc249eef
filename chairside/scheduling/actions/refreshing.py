"""Calendars kept elsewhere are asked, each in transactions of its own and none held open meanwhile. Whoever takes one says until
when nobody else may; what comes later than that is of no use."""

import asyncio
import random
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from chairside.kernel import vault
from chairside.kernel.db import Source
from chairside.kernel.log import say, scrubbed
from chairside.kernel.op import EVERYTHING, SYSTEM, Op, begin
from chairside.scheduling import outside
from chairside.scheduling.events import OutsideCalendarChanged, OutsideTimeChanged
from chairside.scheduling.outside import Asked, NotRefreshed, Revoked, Told
from chairside.scheduling.rows import AskedCalendar
from chairside.scheduling.rules import outside as rules

AT_ONCE, MOST = 4, 20  # of a clinic at a time; the next look goes on
SECONDS = 60  # of one, at the most: all that were taken are done before another may take them
LEASE = timedelta(minutes=10)
CLINICS = "select clinic_id from app.clinics_with_outside_calendars(%(at)s) as clinic_id"
TAKE = """
    update outside_calendar
       set due_at = %(until)s, tried_at = %(now)s
      from provider
     where provider.id = outside_calendar.provider_id
       and outside_calendar.id in (select due.id
                                     from outside_calendar as due
                                    where due.due_at <= %(now)s
                                      and due.removed_at is null
                                    order by due.due_at, due.id
                                    limit %(most)s
                                      for update skip locked)
    returning outside_calendar.id, outside_calendar.provider_id, outside_calendar.kind, outside_calendar.secret_sealed,
              outside_calendar.state, outside_calendar.failure, outside_calendar.failures, outside_calendar.refreshed_at,
              outside_calendar.read_at, outside_calendar.etag, outside_calendar.last_modified, outside_calendar.due_at,
              provider.timezone
"""
WENT_WELL = """
    update outside_calendar
       set state = 'ok', failure = null, failing_since = null, failures = 0, refreshed_at = %(now)s, due_at = %(due_at)s,
           read_at = case when %(read)s then %(now)s else outside_calendar.read_at end,
           left_out = case when %(read)s then %(left_out)s else outside_calendar.left_out end,
           etag = %(etag)s, last_modified = %(last_modified)s
     where outside_calendar.id = %(id)s
       and outside_calendar.due_at = %(lease)s
       and outside_calendar.removed_at is null
    returning true
"""
WENT_WRONG = """
    update outside_calendar
       set state = %(state)s, failure = %(failure)s, failing_since = coalesce(outside_calendar.failing_since, %(now)s),
           failures = outside_calendar.failures + 1, due_at = %(due_at)s
     where outside_calendar.id = %(id)s
       and outside_calendar.due_at = %(lease)s
       and outside_calendar.removed_at is null
    returning true
"""
RESEAL = "update outside_calendar set secret_sealed = %(sealed)s where outside_calendar.id = %(id)s"
# What stays as it was is not touched, so that nothing is written where nothing changed.
REPLACE = """
    with wanted as materialized (
        select busy.starts_at, busy.ends_at
          from unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) as busy (starts_at, ends_at)
    ), gone as (
        delete from claim
         where claim.outside_calendar_id = %(id)s
           and (claim.starts_at, claim.ends_at) not in (select wanted.starts_at, wanted.ends_at from wanted)
        returning claim.id
    ), came as (
        insert into claim (resource_id, outside_calendar_id, starts_at, ends_at, active)
        select %(provider_id)s, %(id)s, wanted.starts_at, wanted.ends_at, false
          from wanted
         where (wanted.starts_at, wanted.ends_at) not in (select claim.starts_at, claim.ends_at
                                                            from claim
                                                           where claim.outside_calendar_id = %(id)s)
        returning claim.id
    )
    select (select count(*) from gone) + (select count(*) from came) > 0
"""


async def refresh_due(source: Source, *, now: datetime) -> int:
    """Of every clinic; how many were asked. One that fails is shown to whoever keeps it, and keeps nobody waiting."""
    async with begin(source, now, "outside calendars") as op:
        clinics = await op.db.all(_id, CLINICS, at=now)
    return sum([await refresh(source, clinic_id=clinic_id, now=now) for clinic_id in clinics])


async def refresh(source: Source, *, clinic_id: UUID, now: datetime) -> int:
    """Those of a clinic that are due, and that nobody else is asking."""
    async with begin(source, now, "outside calendars") as op:
        await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
        taken = await op.db.all(AskedCalendar, TAKE, now=now, until=now + LEASE, most=MOST)
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(calendar: AskedCalendar) -> None:
        async with turns:
            try:
                await _refresh_one(source, clinic_id, calendar, now)
            except Exception as error:  # the database, or the keys, may be away; its turn comes again
                say().error("outside_calendar", clinic_id=str(clinic_id), **scrubbed(error))

    await asyncio.gather(*map(one, taken))
    return len(taken)


async def _refresh_one(source: Source, clinic_id: UUID, calendar: AskedCalendar, now: datetime) -> None:
    async with begin(source, now, "outside calendars") as op:
        await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
        secret = await _opened(op, calendar)
        zone = calendar.timezone or op.clinic.timezone
    told = await _told(calendar.kind, secret, _asked(calendar, zone, now))
    async with begin(source, now, "outside calendars") as op:
        await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
        if isinstance(told, NotRefreshed):
            kept, is_new = await _went_wrong(op, calendar, told), (calendar.failure != told.reason)
        else:
            kept, is_new = await _went_well(op, calendar, told), calendar.state != "ok"
        if kept and is_new:
            await op.emit(OutsideCalendarChanged(calendar.id))


async def _told(kind: str, secret: str, asked: Asked) -> Told | NotRefreshed:
    try:
        async with asyncio.timeout(SECONDS):
            return await outside.of_kind(kind).ask(secret, asked)
    except NotRefreshed as error:
        return error
    except TimeoutError:
        return NotRefreshed("slow")


def _asked(calendar: AskedCalendar, zone: str, now: datetime) -> Asked:
    since, until = rules.window(now, ZoneInfo(zone))
    if calendar.read_at is None or calendar.read_at < max(now - rules.WHOLE, since + rules.PAST):
        return Asked(zone, since, until)
    return Asked(zone, since, until, calendar.etag, calendar.last_modified)


async def _went_well(op: Op, calendar: AskedCalendar, told: Told) -> bool:
    kept = await op.db.value(
        WENT_WELL, id=calendar.id, lease=calendar.due_at, now=op.now, due_at=op.now + rules.wait(0, random.random()),
        read=told.spans is not None, left_out=told.left_out, etag=told.etag, last_modified=told.last_modified,
    )  # fmt: skip
    if not kept:
        return False
    if told.secret:
        op.db.with_next(RESEAL, id=calendar.id, sealed=await sealed(op, calendar.id, told.secret))
    if told.spans is not None:
        spans = rules.pieces(told.spans)
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        if await op.db.value(REPLACE, id=calendar.id, provider_id=calendar.provider_id, starts=starts, ends=ends):
            await op.emit(OutsideTimeChanged(calendar.provider_id))
    return True


async def _went_wrong(op: Op, calendar: AskedCalendar, why: NotRefreshed) -> bool:
    """What was read before stays."""
    say().info("outside_calendar", code=why.reason, clinic_id=str(op.clinic.id))
    revoked = isinstance(why, Revoked)
    return bool(await op.db.value(
        WENT_WRONG, id=calendar.id, lease=calendar.due_at, now=op.now, state="revoked" if revoked else "failing",
        failure=why.reason, due_at=None if revoked else op.now + rules.wait(calendar.failures + 1, random.random()),
    ))  # fmt: skip


async def sealed(op: Op, id: UUID, secret: str) -> bytes:
    return await vault.seal(op, table="outside_calendar", column="secret_sealed", row=id, value=secret.encode())


async def _opened(op: Op, calendar: AskedCalendar) -> str:
    sealed = calendar.secret_sealed
    return (await vault.open_(op, table="outside_calendar", column="secret_sealed", row=calendar.id, sealed=sealed)).decode()


def _id(id: UUID) -> UUID:
    return id
