"""Times that the page offers: those of the schedule, within what the clinic gives away there."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from chairside import catalog, scheduling
from chairside.booking.queries.entering import enter_page
from chairside.booking.queries.pages import find_offered, get_shopfront
from chairside.booking.rows import BookingPage
from chairside.booking.rules import PATIENCE, first_and_last, local_midnight
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed

# A service is booked by the calendar that the clinic made public for it, where somebody of it may be booked.
PUBLIC = """
    select calendar.id,
           array(select named.provider_id
                   from calendar_provider as named
                  where named.calendar_id = calendar.id
                  order by named.position)
      from calendar
     where calendar.active
       and calendar.public
       and exists (select
                     from calendar_service as named
                    where named.calendar_id = calendar.id
                      and named.service_id = %(service_id)s)
     order by calendar.id
"""
BY_PHONE_OR_VIDEO = "select calendar.modality <> 'in_person' from calendar where calendar.id = %(calendar_id)s"
MOST_DAYS = 31
MOST = 400
A_MINUTE = timedelta(minutes=1)


@open_to_all("when a clinic has time is what its booking page is for; nobody is named but who works there")
async def list_times(
    op: Op, *, slug: str, service_id: UUID, provider_id: UUID | None = None, from_on: date | None = None, days: int = 7
) -> scheduling.Openings:
    """At each time of one of those who could take it. Refuses NoSuchThing, NoSuchService, NoSuchProvider, more than MOST_DAYS."""
    if not 1 <= days <= MOST_DAYS:
        raise malformed("/days", "too_far", f"Look at no more than {MOST_DAYS} days at once.")
    page = await enter_page(op, slug)
    wanted = await wanted_of(op, service_id, provider_id)
    since = local_midnight(max(from_on or op.today, op.today), op.clinic.zone)
    until = local_midnight(max(from_on or op.today, op.today) + timedelta(days=days), op.clinic.zone)
    return await within(op, page, wanted, since, until)


async def wanted_of(op: Op, service_id: UUID, provider_id: UUID | None) -> scheduling.Wanted:
    """Refuses what is not offered. Not a door."""
    service = await find_offered(op, service_id)
    if service is None:
        raise catalog.NoSuchService()
    if provider_id and service.provider_ids and provider_id not in service.provider_ids:
        raise scheduling.NoSuchProvider()
    asked = [provider_id] if provider_id else service.provider_ids
    for calendar in await op.db.all(_Public, PUBLIC, service_id=service_id):
        who = [id for id in asked if id in calendar.provider_ids] if asked else []
        if who or not asked:
            return scheduling.Wanted(service_id, provider_ids=who, calendar_id=calendar.calendar_id)
    return scheduling.Wanted(service_id, provider_ids=asked)


class _Public(NamedTuple):
    calendar_id: UUID
    provider_ids: list[UUID]


async def within(
    op: Op, page: BookingPage, wanted: scheduling.Wanted, since: datetime, until: datetime, limit: int = MOST
) -> scheduling.Openings:
    """Not a door."""
    leeway = wanted.leeway * A_MINUTE
    first, last = first_and_last(
        now=op.now, zone=op.clinic.zone, notice=page.notice_hours, days=page.days_ahead, leeway=leeway
    )  # fmt: skip
    since, until = max(since, first), min(until, last)
    if until <= since:
        return scheduling.Openings([], None)
    found = await scheduling.list_openings(op, wanted=wanted, since=since, until=until, each=False, limit=limit)
    if not (await get_shopfront(op)).has_rooms or await is_apart(op, wanted.calendar_id):
        return found
    roomy = [one for one in found.slots if one.operatory_id or one.group_session_id]
    return scheduling.Openings(roomy, found.next_from)


async def is_apart(op: Op, calendar_id: UUID | None) -> bool:
    """Its visits take no operatory. Not a door."""
    return bool(calendar_id and await op.db.value(BY_PHONE_OR_VIDEO, calendar_id=calendar_id))


async def opening_at(
    op: Op, page: BookingPage, wanted: scheduling.Wanted, at: datetime, leeway: timedelta = PATIENCE
) -> scheduling.Opening | None:
    """Not a door: what is held, booked or moved to has been looked up again, and was offered `leeway` ago at most."""
    found = await within(op, page, wanted._replace(leeway=leeway // A_MINUTE), at, at + A_MINUTE, limit=1)
    return next((one for one in found.slots if one.starts_at == at), None)
