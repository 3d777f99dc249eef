from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.scheduling.queries.setup import get_provider
from chairside.scheduling.rows import Claim, Schedule, WeeklyHours
from chairside.scheduling.rules import free, hours

HOURS = """
    select weekly_hours.weekly, weekly_hours.version
      from weekly_hours
     where weekly_hours.provider_id is not distinct from %(provider_id)s::uuid
"""
SCHEDULES = """
    select provider.id, provider.operatory_id, provider.timezone, coalesce(own.weekly, usual.weekly),
           (select coalesce(jsonb_object_agg(other.date, other.blocks), '{}')
              from hours_override as other
             where other.provider_id = provider.id
               and other.date between %(first)s and %(last)s),
           array(select holiday.date from holiday where holiday.date between %(first)s and %(last)s)
      from provider
      left join weekly_hours as own on own.provider_id = provider.id
      left join weekly_hours as usual on usual.provider_id is null
     where provider.active
       and (%(provider_id)s::uuid is null or provider.id = %(provider_id)s)
     order by lower(provider.name), provider.id
"""
CLAIMED = """
    select claim.resource_id, claim.starts_at, claim.ends_at
      from claim
     where claim.resource_id = any(%(resources)s)
       and claim.starts_at > %(since)s
       and claim.starts_at < %(until)s
       and (claim.expires_at is null or claim.expires_at > %(now)s)
"""
SEARCHED_DAYS = 28
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


@needs("scheduling.read")
async def list_next_free(
    op: Op, *, provider_id: UUID, operatory_id: UUID | None, patient_id: UUID, length: timedelta,
    before: timedelta = timedelta(0), after: timedelta = timedelta(0), earliest: datetime, most: int = 3,
) -> list[hours.Interval]:  # fmt: skip
    """The next times, never in the past, at which all three are free for so long within the provider's hours: two queries,
    four weeks ahead. None for an unknown or inactive provider."""
    earliest = max(earliest, op.now)
    until = earliest + SEARCHED_DAYS * A_DAY
    first, last = earliest.date() - 2 * A_DAY, until.date() + 2 * A_DAY
    schedule = await op.db.one(Schedule, SCHEDULES, provider_id=provider_id, first=first, last=last)
    if schedule is None:
        return []
    resources = [id for id in (provider_id, operatory_id, patient_id) if id]
    claims = await op.db.all(
        Claim, CLAIMED, resources=resources, since=earliest - free.LONGEST, until=until + free.LONGEST, now=op.now
    )
    working: Iterable[hours.Interval] = _working(op, schedule, first + A_DAY, last - A_DAY)
    wanted = free.Wanted(length, before, after, patient_id)
    return free.next_free(wanted, working=list(working), claims=claims, earliest=earliest, most=most)


def _working(op: Op, schedule: Schedule, first: date, last: date) -> list[hours.Interval]:
    zone = ZoneInfo(schedule.timezone) if schedule.timezone else op.clinic.zone
    return hours.working_time(schedule, first=first, last=last, zone=zone)
