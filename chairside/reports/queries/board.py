from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from chairside import billing, scheduling
from chairside.billing.queries.ledger import BALANCE_OF
from chairside.kernel.audit import shown
from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.reports.queries.glimpses import for_whoever_asks, with_alerts
from chairside.reports.rows import DayVisit, Taken, VisitCount
from chairside.scheduling.rows import APPOINTMENT, GROUP_SESSION

# Both ends of the index are bounded: the longest visit lasts twelve hours.
BETWEEN = f"""
    select {APPOINTMENT}, appointment.buffer_before_minutes, appointment.buffer_after_minutes,
           patient.first_name, patient.last_name, patient.birth_date, patient.register_number,
           calling.phone, calling.safe_for_voicemail,
           case when %(money)s then {BALANCE_OF.format(patient="appointment.patient_id")} end as balance
      from appointment
      join patient on patient.id = appointment.patient_id
      left join lateral (
           select contact ->> 'value' as phone, (contact ->> 'safe_for_voicemail')::boolean as safe_for_voicemail
             from jsonb_array_elements(patient.contacts) as contact
            where contact ->> 'type' <> 'email'
            order by (contact ->> 'is_primary')::boolean desc
            limit 1) as calling on true
     where appointment.starts_at > %(starts_at)s::timestamptz - interval '12 hours'
       and appointment.starts_at < %(ends_at)s
       and appointment.ends_at > %(starts_at)s
       and appointment.status <> 'cancelled'
"""
IN_ORDER = "order by appointment.starts_at, appointment.id"
VISITS = shown(f"{BETWEEN} {IN_ORDER}", entity="schedule", patient="patient_id")
# Only those named, and only on the days that are looked at: who stands elsewhere is neither shown nor noted.
CHANGED = f"""
    with shown as (
        {BETWEEN}
         and appointment.id = any(%(ids)s::uuid[])
    ), noted as (
        insert into audit_event (action, entity, patient_ids)
        select 'read', 'schedule', array_agg(shown.patient_id) from shown having count(*) > 0
    )
    select * from shown
"""
# Times alone, the minutes kept free around included, and of visits what they take besides their own column: nobody is shown.
KEPT = """
    select hold.provider_id, hold.operatory_id,
           hold.starts_at - hold.buffer_before_minutes * interval '1 minute' as starts_at,
           hold.ends_at + hold.buffer_after_minutes * interval '1 minute' as ends_at, hold.expires_at as held_until,
           null::uuid as blockout_id, null as reason, false as elsewhere
      from hold
     where hold.group_session_id is null -- a seat is no time of theirs
       and hold.starts_at > %(starts_at)s::timestamptz - interval '12 hours'
       and hold.starts_at < %(ends_at)s
       and hold.ends_at > %(starts_at)s
       and hold.expires_at > %(now)s
    union all
    select blockout.provider_id, blockout.operatory_id, blockout.starts_at, blockout.ends_at, null, blockout.id, blockout.reason,
           false
      from blockout
     where blockout.starts_at > %(starts_at)s::timestamptz - interval '24 hours'
       and blockout.starts_at < %(ends_at)s
       and blockout.ends_at > %(starts_at)s
    union all
    select case when operatory.id is null then part.resource_id end, operatory.id,
           appointment.starts_at + (case part."from" when 0 then -appointment.buffer_before_minutes else part."from" end)
                                   * interval '1 minute',
           case when part."to" is null then appointment.ends_at + appointment.buffer_after_minutes * interval '1 minute'
                else appointment.starts_at + part."to" * interval '1 minute' end,
           null, null, null, false
      from appointment
     cross join lateral jsonb_to_recordset(appointment.also) as part (resource_id uuid, "from" int, "to" int)
      left join operatory on operatory.id = part.resource_id
     where appointment.also <> '[]'
       and appointment.starts_at > %(starts_at)s::timestamptz - interval '12 hours'
       and appointment.starts_at < %(ends_at)s
       and appointment.ends_at > %(starts_at)s
       and appointment.status not in ('cancelled', 'no_show')
    union all
    select case when operatory.id is null then part.resource_id end, operatory.id,
           met.starts_at + (case part."from" when 0 then -met.buffer_before_minutes else part."from" end) * interval '1 minute',
           case when part."to" is null then met.ends_at + met.buffer_after_minutes * interval '1 minute'
                else met.starts_at + part."to" * interval '1 minute' end,
           null, null, null, false
      from group_session as met
     cross join lateral jsonb_to_recordset(met.also) as part (resource_id uuid, "from" int, "to" int)
      left join operatory on operatory.id = part.resource_id
     where met.also <> '[]'
       and met.starts_at > %(starts_at)s::timestamptz - interval '12 hours'
       and met.starts_at < %(ends_at)s
       and met.ends_at > %(starts_at)s
       and met.ended_at is null
    union all
    select claim.resource_id, null, claim.starts_at, claim.ends_at, null, null, null, true
      from outside_calendar
      join claim on claim.outside_calendar_id = outside_calendar.id
     where claim.starts_at > %(starts_at)s::timestamptz - interval '24 hours'
       and claim.starts_at < %(ends_at)s
       and claim.ends_at > %(starts_at)s
     order by starts_at
     limit 2000
"""
# Of groups, those without a seat too: nobody is shown.
SESSIONS = f"""
    select {GROUP_SESSION}
      from group_session
     where group_session.starts_at > %(starts_at)s::timestamptz - interval '12 hours'
       and group_session.starts_at < %(ends_at)s
       and group_session.ends_at > %(starts_at)s
       and group_session.ended_at is null
       and (%(of)s::uuid is null
            or %(of)s = case %(by)s::text when 'provider' then group_session.provider_id else group_session.operatory_id end)
     order by group_session.starts_at, group_session.id
"""
# Counted, and nobody shown.
COUNTS = """
    select appointment.status, count(*) as visits
      from appointment
     where appointment.starts_at >= %(starts_at)s
       and appointment.starts_at < %(ends_at)s
     group by appointment.status
"""
CAME = ("arrived", "in_chair", "completed")


class Column(NamedTuple):
    id: UUID
    name: str
    shifts: list[scheduling.Interval]


@dataclass(frozen=True, slots=True)
class Board:
    """A day of the clinic as its schedule shows it: `open` is when anybody works, `opens_at` and `closes_at` the part of the
    day worth drawing, in whole hours."""

    date: date
    timezone: str
    opens_at: datetime
    closes_at: datetime
    holiday: str | None
    open: list[scheduling.Interval]
    columns: list[Column]
    shifts: list[scheduling.Shift]
    appointments: list[DayVisit]
    group_sessions: list[scheduling.GroupSession]
    taken: list[Taken]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Visits by what became of them; money in minor units, and only where it may be seen."""

    date: date
    booked: int
    arrived: int
    completed: int
    no_show: int
    cancelled: int
    produced: int | None
    collected: int | None


@needs("scheduling.read")
async def get_board(op: Op, *, date: date, by: str = "operatory") -> Board:
    """The schedule of a day, in columns by `operatory` or `provider`. Everyone on it is named in the audit."""
    zone = op.clinic.zone
    starts_at, ends_at = scheduling.day_interval(date, zone)
    shifts = await scheduling.list_shifts(op, date=date)
    found = await op.db.all(DayVisit, VISITS, starts_at=starts_at, ends_at=ends_at, money=op.may("billing.read"))
    visits = await with_alerts(op, await for_whoever_asks(op, found))
    sessions = await list_sessions(op, starts_at=starts_at, ends_at=ends_at)
    holidays = await scheduling.list_holidays(op, first=date, last=date)
    worked = [(shift.starts_at, shift.ends_at) for shift in shifts]
    times = [*worked, *((v.starts_at, v.ends_at) for v in visits), *((s.starts_at, s.ends_at) for s in sessions)]
    opens_at, closes_at = scheduling.opening(times, day=date, zone=zone)
    return Board(
        date=date,
        timezone=op.clinic.timezone,
        opens_at=opens_at,
        closes_at=closes_at,
        holiday=holidays[0].name if holidays else None,
        open=scheduling.merge(worked),
        columns=await _columns(op, by, shifts, [*visits, *sessions]),
        shifts=shifts,
        appointments=visits,
        group_sessions=sessions,
        taken=await list_kept(op, starts_at=starts_at, ends_at=ends_at),
    )


async def list_sessions(
    op: Op, *, starts_at: datetime, ends_at: datetime, by: str = "provider", of: UUID | None = None
) -> list[scheduling.GroupSession]:
    """Of groups, of all or of one provider or operatory."""
    asked = {"starts_at": starts_at, "ends_at": ends_at, "by": by, "of": of, "now": op.now, "held": None}
    return await op.db.all(scheduling.GroupSession, SESSIONS, **asked)


async def list_kept(op: Op, *, starts_at: datetime, ends_at: datetime) -> list[Taken]:
    """What somebody is about to book, what is blocked, and when providers are busy elsewhere."""
    return await op.db.all(Taken, KEPT, starts_at=starts_at, ends_at=ends_at, now=op.now)


@needs("scheduling.read")
async def list_changed(op: Op, *, first: date, last: date, ids: Sequence[UUID]) -> list[DayVisit]:
    """Those of the named visits that stand on the schedule of these days, both included: what a board that is looked at reads
    again when somebody else changed them. It reads nobody else, and the audit calls it a refresh."""
    op.refreshes()
    (starts_at, _), (_, ends_at) = (scheduling.day_interval(day, op.clinic.zone) for day in (first, last))
    money = op.may("billing.read")
    found = await op.db.all(DayVisit, CHANGED, starts_at=starts_at, ends_at=ends_at, money=money, ids=array(ids))
    return await with_alerts(op, await for_whoever_asks(op, found))


async def _columns(
    op: Op, by: str, shifts: list[scheduling.Shift], visits: Sequence[DayVisit | scheduling.GroupSession]
) -> list[Column]:
    """The active ones, and those no longer active that somebody is still booked with."""
    if by == "provider":
        busy = {visit.provider_id for visit in visits}
        providers = await scheduling.list_providers(op, limit=200)
        return [
            Column(one.id, one.name, [(s.starts_at, s.ends_at) for s in shifts if s.provider_id == one.id])
            for one in providers
            if one.active or one.id in busy
        ]
    taken = {visit.operatory_id for visit in visits}
    operatories = await scheduling.list_operatories(op, limit=200)
    return [Column(one.id, one.name, _of_operatory(one.id, shifts)) for one in operatories if one.active or one.id in taken]


def _of_operatory(operatory_id: UUID, shifts: list[scheduling.Shift]) -> list[scheduling.Interval]:
    """When those work who usually work there; a room that is nobody's is open whenever anybody works."""
    own = [(s.starts_at, s.ends_at) for s in shifts if s.operatory_id == operatory_id]
    return scheduling.merge(own or [(s.starts_at, s.ends_at) for s in shifts])


@needs("scheduling.read")
async def get_numbers(op: Op, *, date: date) -> Numbers:
    """What a day came to so far. Money is left out for those who may not see it."""
    starts_at, ends_at = scheduling.day_interval(date, op.clinic.zone)
    counted = await op.db.all(VisitCount, COUNTS, starts_at=starts_at, ends_at=ends_at)
    counts = {row.status: row.visits for row in counted}
    money = await billing.get_day_figures(op, day=date) if op.may("reports.day") else None
    return Numbers(
        date=date,
        booked=sum(count for status, count in counts.items() if status != "cancelled"),
        arrived=sum(counts.get(status, 0) for status in CAME),
        completed=counts.get("completed", 0),
        no_show=counts.get("no_show", 0),
        cancelled=counts.get("cancelled", 0),
        produced=money.produced if money else None,
        collected=money.collected if money else None,
    )
