"""What calendar programs fetch."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside.scheduling.rows.columns import columns


class CalendarFeed(NamedTuple):
    """An address at which a calendar program fetches when a provider is taken."""

    id: UUID
    provider_id: UUID
    member_id: UUID
    last_fetched_at: datetime | None
    created_at: datetime


class FollowedFeed(NamedTuple):
    """Where such an address leads."""

    clinic_id: UUID
    id: UUID
    provider_id: UUID
    member_id: UUID


class FeedVisit(NamedTuple):
    """A visit as far as it may leave the clinic: nobody's. `service` where the clinic lets feeds say it."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    status: str
    operatory: str | None
    service: str | None
    created_at: datetime
    updated_at: datetime
    version: int


CALENDAR_FEED = columns("calendar_feed", CalendarFeed)
