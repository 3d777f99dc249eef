from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from chairside.kernel import links
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs, open_to_all
from chairside.kernel.op import Op
from chairside.scheduling.queries.setup import get_provider
from chairside.scheduling.rows import CALENDAR_FEED, CalendarFeed, FeedVisit, FollowedFeed

PAST, AHEAD = timedelta(days=14), timedelta(days=366)
FIND = "select clinic_id, id, provider_id, member_id from app.find_calendar_feed(%(hash)s)"
LIST = f"""
    select {CALENDAR_FEED}
      from calendar_feed
     where calendar_feed.revoked_at is null
       and (%(provider_id)s::uuid is null or calendar_feed.provider_id = %(provider_id)s)
       and (%(member_id)s::uuid is null or calendar_feed.member_id = %(member_id)s)
     order by calendar_feed.created_at
     limit 400
"""
# No column of a patient's is read, so that there is nobody whom the read record could name. A session of a group is there once,
# however many come.
VISITS = """
    select appointment.id, appointment.starts_at, appointment.ends_at, appointment.status, operatory.name,
           case when clinic.feeds_name_services then service.name end,
           appointment.created_at, appointment.updated_at, appointment.version
      from appointment
      join clinic on clinic.id = appointment.clinic_id
      left join operatory on operatory.id = appointment.operatory_id
      left join service on service.id = appointment.service_id
     where appointment.provider_id = %(provider_id)s
       and appointment.group_session_id is null
       and appointment.starts_at >= %(since)s
       and appointment.starts_at < %(until)s
     union all
    select met.id, met.starts_at, met.ends_at, case when met.ended_at is null then 'confirmed' else 'cancelled' end,
    operatory.name,
           case when clinic.feeds_name_services then service.name end, met.created_at, met.updated_at, met.version
      from group_session as met
      join clinic on clinic.id = met.clinic_id
      left join operatory on operatory.id = met.operatory_id
      left join service on service.id = met.service_id
     where met.provider_id = %(provider_id)s
       and met.starts_at >= %(since)s
       and met.starts_at < %(until)s
     order by starts_at, id
     limit 2000
"""


OUT = (
    "provider.name", "appointment.id", "appointment.starts_at", "appointment.ends_at", "appointment.status", "operatory.name",
    "service.name", "appointment.created_at", "appointment.updated_at", "appointment.version", "group_session.id",
    "group_session.starts_at", "group_session.ends_at", "group_session.ended_at", "group_session.created_at",
    "group_session.updated_at", "group_session.version",
)  # fmt: skip


class ProviderCalendar(NamedTuple):
    """What a feed holds, and what it is called."""

    name: str
    locale: str
    visits: list[FeedVisit]


@needs("scheduling.read")
async def list_feeds(op: Op, *, provider_id: UUID | None = None) -> list[CalendarFeed]:
    """Those that have not been revoked: one's own, and everybody's for whoever runs the practice."""
    member_id = None if op.may("clinic.write") else op.actor.id
    return await op.db.all(CalendarFeed, LIST, provider_id=provider_id, member_id=member_id)


@open_to_all("the token in the address is the proof")
async def follow_feed(op: Op, *, token: str) -> FollowedFeed | None:
    """Where it leads; none for what was revoked, or whose member may not see that schedule any more."""
    return await op.db.one(FollowedFeed, FIND, hash=links.hashed(token))


@needs("scheduling.read")
@way_out("calendar_feed", *OUT)
async def get_calendar(op: Op, *, provider_id: UUID) -> ProviderCalendar:
    """From two weeks ago to a year ahead, cancelled visits too, by time; at most 2,000. Refuses NoSuchProvider, MayNotLeave."""
    provider = await get_provider(op, provider_id=provider_id)
    visits = await op.db.all(FeedVisit, VISITS, provider_id=provider_id, since=op.now - PAST, until=op.now + AHEAD)
    return ProviderCalendar(provider.name, op.clinic.locale, visits)
