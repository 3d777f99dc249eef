from uuid import UUID

from chairside.kernel.http.shapes import Instant, View


class CalendarFeedView(View):
    """`member_id`: whose it is; it stops with them."""

    id: UUID
    provider_id: UUID
    member_id: UUID
    created_at: Instant
    last_fetched_at: Instant | None


class NewCalendarFeedView(CalendarFeedView):
    """`path`, on this origin, is shown this once."""

    path: str


class CalendarFeeds(View):
    items: list[CalendarFeedView]
    next_cursor: str | None = None
