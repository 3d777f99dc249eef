"""Calendars for programs elsewhere: who has an address, and the address itself, which is its own key."""

import asyncio
import hashlib
from email.utils import format_datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from chairside import scheduling
from chairside.kernel import links
from chairside.kernel.http import InOp, Route
from chairside.kernel.http.limits import count, count_address
from chairside.kernel.refusals import NoSuchThing
from chairside.scheduling.schemas.feeds import CalendarFeeds, NewCalendarFeedView

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["scheduling"], route_class=Route)
public = APIRouter(prefix="/api/v1/feeds", tags=["public"], route_class=Route)
FETCHES, MINUTES = 60, 10
TOLD: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/calendar": {}}},
    304: {"description": "It is what was fetched before."},
}


@router.get("/calendar-feeds", response_model=CalendarFeeds)
async def list_calendar_feeds(op: InOp, provider_id: UUID | None = None) -> Any:
    """One's own; everybody's for whoever runs the practice."""
    return {"items": await scheduling.list_feeds(op, provider_id=provider_id)}


@router.post(
    "/providers/{provider_id}/calendar-feeds",
    status_code=201,
    response_model=NewCalendarFeedView,
    openapi_extra={"x-kept": False},
)
async def make_calendar_feed(op: InOp, provider_id: UUID) -> Any:
    """The address in the answer is shown this once; one that the asker had for this provider is good no more."""
    feed, token = await scheduling.make_feed(op, provider_id=provider_id)
    return feed._asdict() | {"path": f"/api/v1/feeds/{token}.ics"}


@router.delete("/calendar-feeds/{feed_id}", status_code=204)
async def revoke_calendar_feed(op: InOp, feed_id: UUID) -> None:
    await scheduling.revoke_feed(op, feed_id=feed_id)


@public.get("/{token}.ics", response_class=Response, responses=TOLD)
async def fetch_calendar(op: InOp, token: str, request: Request) -> Response:
    """When a provider is taken, as iCalendar: no patient is named. 404 for an address that was revoked or never was."""
    await count_address(request, "calendars", most=request.app.state.settings.requests_per_address, window=10)
    await count(request, "calendar", links.hashed(token), most=FETCHES, window=MINUTES * 60)
    feed = await scheduling.follow_feed(op, token=token)
    if feed is None:
        raise NoSuchThing()
    await op.act_for(feed.clinic_id, actor_id=feed.member_id, grants=frozenset({"clinic.read", "scheduling.read"}))
    calendar = await scheduling.get_calendar(op, provider_id=feed.provider_id)
    await scheduling.note_fetch(op, feed_id=feed.id)
    headers = _headers(calendar)
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    # A third of a millisecond for each visit: meanwhile others are answered.
    body = await asyncio.to_thread(scheduling.write_calendar, calendar.visits, name=calendar.name, locale=calendar.locale)
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


def _headers(calendar: scheduling.ProviderCalendar) -> dict[str, str]:
    """The tag follows from what is written, so that a name or a room that changed counts, too; the day of the last change is only
    said, and not asked for."""
    digest = hashlib.sha256(repr(calendar).encode()).hexdigest()[:32]
    headers = {"etag": f'"{digest}"', "cache-control": "private, max-age=300"}
    if changed := max((visit.updated_at for visit in calendar.visits), default=None):
        headers["last-modified"] = format_datetime(changed, usegmt=True)
    return headers
