from typing import Annotated
from uuid import UUID

from pydantic import Field

from chairside.kernel.http.shapes import Instant, Line, NewInstant, Strict, View
from chairside.scheduling.schemas.appointments import AlsoView, AppointmentView, Minutes

Seats = Annotated[int, Field(strict=True, ge=1, le=200)]


class NewGroupSession(Strict):
    """By a calendar with more than one seat, whose first service and whose number of seats it has unless others are named; with
    whoever's turn it is, or a `provider_id` of that calendar."""

    calendar_id: UUID
    starts_at: NewInstant
    service_id: UUID | None = None
    provider_id: UUID | None = None
    operatory_id: UUID | None = None
    duration_minutes: Minutes | None = None
    capacity: Seats | None = None


class GroupSessionPatch(Strict):
    capacity: Seats


class GroupSessionRescheduling(Strict):
    """What is not named stays; an operatory of null is whichever is free."""

    starts_at: NewInstant | None = None
    provider_id: UUID | None = None
    operatory_id: UUID | None = None


class GroupSessionCancellation(Strict):
    reason: Line


class GroupSessionView(View):
    """`name`: its calendar's. Of the `capacity` so many seats are `taken` by visits, and some more `held` by whoever is about to
    book. `by_hand`: it was opened empty, and stays when it is empty. `ended_at`: it does not take place; `cancelled` with
    everybody in it, or else as its last seat was given up."""

    id: UUID
    calendar_id: UUID
    name: str
    service_id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    starts_at: Instant
    ends_at: Instant
    duration_minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    also: list[AlsoView]
    capacity: int
    taken: int
    held: int
    left: int
    by_hand: bool
    ended_at: Instant | None
    cancelled: bool
    end_reason: str | None
    version: int


class GroupSessionPage(View):
    items: list[GroupSessionView]
    next_cursor: str | None = None


class SeatsView(View):
    """Everybody who has or had a seat, in the order in which they were booked."""

    items: list[AppointmentView]
    next_cursor: str | None = None


class CancelledSessionView(View):
    """`appointment_ids`: the visits that were cancelled with it."""

    session: GroupSessionView
    appointment_ids: list[UUID]
