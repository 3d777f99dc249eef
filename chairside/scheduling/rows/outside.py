"""Calendars that providers keep elsewhere."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside.scheduling.rows.columns import columns


class OutsideCalendar(NamedTuple):
    """`hint`: as much of its address as is shown. `failure`: why it fails or was revoked, in a code, since `failing_since`; what
    was read before is kept. `left_out`: how many entries nobody could read."""

    id: UUID
    provider_id: UUID
    kind: str
    name: str
    hint: str
    state: str
    failure: str | None
    failing_since: datetime | None
    left_out: int
    refreshed_at: datetime | None
    created_at: datetime


class AskedCalendar(NamedTuple):
    """One that is being asked, until `due_at`; then another may. `timezone`: the provider's, if it is not the clinic's."""

    id: UUID
    provider_id: UUID
    kind: str
    secret_sealed: bytes
    state: str
    failure: str | None
    failures: int
    refreshed_at: datetime | None
    read_at: datetime | None
    etag: str | None
    last_modified: str | None
    due_at: datetime
    timezone: str | None


class OutsideConsent(NamedTuple):
    """Somebody on their way to grant a look at a calendar; `back`: the page on which they began."""

    id: UUID
    provider_id: UUID
    kind: str
    name: str
    back: str
    salt: bytes


OUTSIDE_CALENDAR = columns("outside_calendar", OutsideCalendar)
OUTSIDE_CONSENT = columns("outside_consent", OutsideConsent)
