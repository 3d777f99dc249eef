"""Addresses of calendars: made, made anew and revoked. The token is shown once and kept as its hash."""

import secrets
from typing import NamedTuple
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside.kernel import links
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Forbidden, Missing
from chairside.scheduling.queries.setup import get_provider
from chairside.scheduling.rows import CALENDAR_FEED, CalendarFeed

REVOKE_FORMER = """
    update calendar_feed
       set revoked_at = %(now)s
     where calendar_feed.provider_id = %(provider_id)s
       and calendar_feed.member_id = app.actor()
       and calendar_feed.revoked_at is null
"""
MAKE = f"""
    insert into calendar_feed (provider_id, token_hash)
    values (%(provider_id)s, %(token_hash)s)
    returning {CALENDAR_FEED}
"""
REVOKE = """
    update calendar_feed
       set revoked_at = %(now)s
     where calendar_feed.id = %(feed_id)s
       and calendar_feed.revoked_at is null
    returning calendar_feed.member_id
"""
FETCHED = """
    update calendar_feed
       set last_fetched_at = %(now)s
     where calendar_feed.id = %(feed_id)s
       and (calendar_feed.last_fetched_at is null or calendar_feed.last_fetched_at < %(now)s::timestamptz - interval '1 minute')
"""


class NotYourCalendar(Forbidden):
    """Your role lets you take along your own calendar only."""


class CalendarIsAPersons(Forbidden):
    """A calendar feed belongs to somebody who works here; a program reads the schedule itself."""


class FeedJustMade(Conflict):
    """Another address for this calendar was made at the same moment; look at the list again."""


class NoSuchFeed(Missing):
    """There is no such calendar feed."""


class NewFeed(NamedTuple):
    feed: CalendarFeed
    token: str


@needs("scheduling.read")
async def make_feed(op: Op, *, provider_id: UUID) -> NewFeed:
    """An address for this provider's calendar in the place of the one that the actor had. It stops when they are suspended or may
    not see that schedule any more. Refuses NoSuchProvider, NotYourCalendar, CalendarIsAPersons, FeedJustMade."""
    if op.actor.program:
        raise CalendarIsAPersons()
    provider = await get_provider(op, provider_id=provider_id)
    if provider.member_id != op.actor.id and not op.may("clinic.write"):
        raise NotYourCalendar(permission="clinic.write")
    token = secrets.token_urlsafe(32)
    await op.db.run(REVOKE_FORMER, provider_id=provider_id, now=op.now)
    try:
        feed = await op.db.one(CalendarFeed, MAKE, provider_id=provider_id, token_hash=links.hashed(token))
    except UniqueViolation as error:
        raise FeedJustMade() from error
    assert feed
    return NewFeed(feed, token)


@needs("scheduling.read")
async def revoke_feed(op: Op, *, feed_id: UUID) -> None:
    """From its next request on there is nothing at that address. One's own, or anybody's for whoever runs the practice. Refuses
    NoSuchFeed, NotYourCalendar."""
    member_id = await op.db.value(REVOKE, feed_id=feed_id, now=op.now)
    if member_id is None:
        raise NoSuchFeed()
    if member_id != op.actor.id and not op.may("clinic.write"):
        raise NotYourCalendar(permission="clinic.write")


@needs("scheduling.read")
async def note_fetch(op: Op, *, feed_id: UUID) -> None:
    """So that its owner sees that somebody still reads it; to the minute."""
    await op.db.run(FETCHED, feed_id=feed_id, now=op.now)
