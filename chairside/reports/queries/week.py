"""Several days of the schedule at once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from chairside import scheduling
from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed
from chairside.reports.queries.board import BETWEEN, IN_ORDER, list_kept, list_sessions
from chairside.reports.queries.glimpses import for_whoever_asks, with_alerts
from chairside.reports.rows import DayVisit, Taken

MOST_DAYS = 14
OF_PROVIDER = shown(f"{BETWEEN} and appointment.provider_id = %(of)s {IN_ORDER}", entity="schedule", patient="patient_id")
OF_OPERATORY = shown(f"{BETWEEN} and appointment.operatory_id = %(of)s {IN_ORDER}", entity="schedule", patient="patient_id")
OF_ALL = shown(f"{BETWEEN} {IN_ORDER}", entity="schedule", patient="patient_id")
# Times alone: nobody is shown.
TAKEN = """
    select appointment.provider_id, appointment.operatory_id,
           appointment.starts_at - appointment.buffer_before_minutes * interval '1 minute' as starts_at,
           appointment.ends_at + appointment.buffer_after_minutes * interval '1 minute' as ends_at,
           null::timestamptz as held_until, null::uuid as blockout_id, null as reason,
           false as elsewhere
      from appointment
     where appointment.starts_at > %(starts_at)s::timestamptz - interval '12 hours'
       and appointment.starts_at < %(ends_at)s
       and appointment.ends_at > %(starts_at)s
       and appointment.status not in ('cancelled', 'no_show')
       and appointment.group_session_id is null
       and case %(by)s::text when 'provider' then appointment.provider_id else appointment.operatory_id end
           is distinct from %(of)s::uuid
     union all
    select met.provider_id, met.operatory_id, met.starts_at - met.buffer_before_minutes * interval '1 minute',
           met.ends_at + met.buffer_after_minutes * interval '1 minute', null, null, null, false
      from group_session as met
     where met.starts_at > %(starts_at)s::timestamptz - interval '12 hours'
       and met.starts_at < %(ends_at)s
       and met.ends_at > %(starts_at)s
       and met.ended_at is null
       and case %(by)s::text when 'provider' then met.provider_id else met.operatory_id end is distinct from %(of)s::uuid
     order by starts_at
"""


@dataclass(frozen=True, slots=True)
class WeekDay:
    """`open` is when anybody works, `opens_at` and `closes_at` what is worth drawing of the day, in whole hours."""

    date: date
    opens_at: datetime
    closes_at: datetime
    holiday: str | None
    open: list[scheduling.Interval]


@dataclass(frozen=True, slots=True)
class Week:
    """The schedule of one provider or one operatory over some days, or of all: their visits, and when others are `taken`."""

    days: list[WeekDay]
    shifts: list[scheduling.Shift]
    appointments: list[DayVisit]
    group_sessions: list[scheduling.GroupSession]
    taken: list[Taken]


@needs("scheduling.read")
async def get_week(op: Op, *, first: date, last: date, by: str = "provider", of: UUID | None = None) -> Week:
    """Of the provider or operatory `of`, or of all: at most a fortnight, both days included, in eight statements at most.
    Everyone on it is named in the audit. Refuses Malformed a longer time, or one that ends before it begins."""
    if not timedelta(0) <= last - first < timedelta(MOST_DAYS):
        raise malformed("/to", "out_of_range", f"Ask for one day to {MOST_DAYS}.")
    zone = op.clinic.zone
    (starts_at, _), (_, ends_at) = scheduling.day_interval(first, zone), scheduling.day_interval(last, zone)
    around = {"starts_at": starts_at, "ends_at": ends_at}
    shifts = await scheduling.list_shifts(op, date=first, until=last)
    money = op.may("billing.read")
    if of is None:
        visits = await op.db.all(DayVisit, OF_ALL, **around, money=money)
    elif by == "provider":
        await scheduling.get_provider(op, provider_id=of)
        visits = await op.db.all(DayVisit, OF_PROVIDER, **around, of=of, money=money)
    else:
        await scheduling.get_operatory(op, operatory_id=of)
        visits = await op.db.all(DayVisit, OF_OPERATORY, **around, of=of, money=money)
    visits = await with_alerts(op, await for_whoever_asks(op, visits))
    sessions = await list_sessions(op, **around, by=by, of=of)
    taken = await op.db.all(Taken, TAKEN, **around, by=by, of=of) if of else []
    taken += await list_kept(op, **around)
    holidays = {one.date: one.name for one in await scheduling.list_holidays(op, first=first, last=last)}
    worked = scheduling.merge((shift.starts_at, shift.ends_at) for shift in shifts)
    shown_times = [*worked, *((v.starts_at, v.ends_at) for v in visits), *((s.starts_at, s.ends_at) for s in sessions)]
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return Week([_day(op, day, worked, shown_times, holidays.get(day)) for day in days], shifts, visits, sessions, taken)


def _day(op: Op, day: date, worked: list[scheduling.Interval], times: list[scheduling.Interval], holiday: str | None) -> WeekDay:
    zone = op.clinic.zone
    opens_at, closes_at = scheduling.opening(times, day=day, zone=zone)
    return WeekDay(day, opens_at, closes_at, holiday, scheduling.clip(worked, *scheduling.day_interval(day, zone)))
