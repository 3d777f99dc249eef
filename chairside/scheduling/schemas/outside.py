from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from chairside.kernel.http.shapes import Instant, Line, Strict, View

Kind = Literal["google", "microsoft"]
Address = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class NewOutsideCalendar(Strict):
    """`address`: of an ICS calendar, which begins with https:// or webcal://."""

    name: Line
    address: Address


class OutsideCalendarView(View):
    """`hint`: its host and the last of its address, which is never shown whole. `failing` since `failing_since`
    for `failure`: what was read at `refreshed_at` is kept. `left_out`: entries of it that could not be read."""

    id: UUID
    provider_id: UUID
    kind: Literal["ics", "google", "microsoft"]
    name: str
    hint: str
    state: Literal["new", "ok", "failing", "revoked"]
    failure: Literal[
        "not_allowed", "unknown", "away", "slow", "large", "moved", "refused", "not_there", "no_calendar", "unreadable",
        "too_many", "too_much", "not_configured", "revoked",
    ] | None  # fmt: skip
    failing_since: Instant | None
    left_out: int
    refreshed_at: Instant | None
    created_at: Instant


class NewConsent(Strict):
    """`back`: the page to which the browser comes back."""

    name: Line
    back: Literal["providers", "account"]


class ConsentView(View):
    """`address`: where the browser goes now."""

    address: str


class OutsideCalendars(View):
    """`kinds`: what can be connected here besides an address."""

    kinds: list[Kind]
    items: list[OutsideCalendarView]
    next_cursor: str | None = None
