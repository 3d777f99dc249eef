from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.scheduling.queries.setup import get_provider
from chairside.scheduling.rows import Schedule, WeeklyHours
from chairside.scheduling.rules import hours

HOURS = """
    select weekly_hours.weekly, weekly_hours.version
      from weekly_hours
     where weekly_hours.provider_id is not distinct from %(provider_id)s::uuid
"""
# Of a provider, between %(first)s and %(last)s: a day with hours of its own wins over a vacation.
DAYS_THAT_DIFFER = """
           (select coalesce(jsonb_object_agg(greatest(vacation.first_on, %(first)s::date) + past.days, '[]'::jsonb), '{}')
              from vacation,
                   generate_series(0, least(vacation.last_on, %(last)s::date) - greatest(vacation.first_on, %(first)s::date))
                       as past (days)
             where vacation.provider_id = provider.id
               and vacation.first_on <= %(last)s
               and vacation.last_on >= %(first)s)
           || (select coalesce(jsonb_object_agg(other.date, other.blocks), '{}')
                 from hours_override as other
                where other.provider_id = provider.id
                  and other.date between %(first)s and %(last)s)"""
ELSEWHERE = """
           (select coalesce(jsonb_agg(jsonb_build_array(travel.first_on, travel.last_on, travel.timezone)), '[]')
              from travel
             where travel.provider_id = provider.id
               and travel.first_on <= %(last)s
               and travel.last_on >= %(first)s)"""
SCHEDULES = f"""
    select provider.id, provider.operatory_id, provider.timezone, coalesce(own.weekly, usual.weekly),
           {DAYS_THAT_DIFFER},
           array(select holiday.date from holiday where holiday.date between %(first)s and %(last)s),
           {ELSEWHERE}
      from provider
      left join weekly_hours as own on own.provider_id = provider.id
      left join weekly_hours as usual on usual.provider_id is null
     where provider.active
       and (%(provider_id)s::uuid is null or provider.id = %(provider_id)s)
     order by lower(provider.name), provider.id
"""
A_DAY = timedelta(days=1)


class Hours(NamedTuple):
    """`is_default`: nobody has set them; a provider's are then the clinic's, the clinic's Monday to Friday, 9 to 17."""

    weekly: dict[str, list[list[str]]]
    is_default: bool
    version: int


class Shift(NamedTuple):
    """Working time of a provider, in UTC; `operatory_id` is where they usually work."""

    provider_id: UUID
    operatory_id: UUID | None
    starts_at: datetime
    ends_at: datetime


@needs("clinic.read")
async def get_hours(op: Op) -> Hours:
    """When the clinic is usually open."""
    found = await op.db.one(WeeklyHours, HOURS, provider_id=None)
    if found is None or found.weekly is None:
        return Hours(hours.USUAL_WEEK, True, found.version if found else 0)
    return Hours(found.weekly, False, found.version)


@needs("clinic.read")
async def get_provider_hours(op: Op, *, provider_id: UUID) -> Hours:
    """When the provider usually works; the clinic's hours where they keep no others. Refuses NoSuchProvider."""
    await get_provider(op, provider_id=provider_id)
    found = await op.db.one(WeeklyHours, HOURS, provider_id=provider_id)
    if found is None or found.weekly is None:
        usual = await get_hours(op)
        return Hours(usual.weekly, True, found.version if found else 0)
    return Hours(found.weekly, False, found.version)


@needs("scheduling.read")
async def list_shifts(op: Op, *, date: date, until: date | None = None) -> list[Shift]:
    """The working time of every active provider within a day of the clinic, or from one `until` the end of another, by
    provider and time."""
    last = until or date
    (starts_at, _), (_, ends_at) = hours.day_interval(date, op.clinic.zone), hours.day_interval(last, op.clinic.zone)
    around = {"first": date - 2 * A_DAY, "last": last + 2 * A_DAY}
    schedules = await op.db.all(Schedule, SCHEDULES, provider_id=None, **around)
    return [
        Shift(schedule.provider_id, schedule.operatory_id, *interval)
        for schedule in schedules
        for interval in hours.clip(_working(op, schedule, date - A_DAY, last + A_DAY), starts_at, ends_at)
    ]


def _working(op: Op, schedule: Schedule, first: date, last: date) -> list[hours.Interval]:
    zone = ZoneInfo(schedule.timezone) if schedule.timezone else op.clinic.zone
    return hours.working_time(schedule, first=first, last=last, zone=zone)
