from typing import Literal
from uuid import UUID

from chairside.kernel.http.shapes import Instant, Line, NewInstant, Strict, View
from chairside.scheduling.schemas.appointments import Minutes


class OpeningView(View):
    """`provider_id`: who would take it; `provider_ids`: who could, or of a collective calendar everybody it takes.
    `group_session_id`: a seat in a session that is open, of whose `capacity` so many `seats_left`."""

    starts_at: Instant
    ends_at: Instant
    provider_id: UUID
    operatory_id: UUID | None
    provider_ids: list[UUID]
    group_session_id: UUID | None
    seats_left: int | None
    capacity: int | None


class Availability(View):
    """`next_from`: where to go on looking, when there are more times than were asked for."""

    timezone: str
    slots: list[OpeningView]
    next_from: Instant | None


class Stretch(View):
    starts_at: Instant
    ends_at: Instant


class BecauseView(View):
    """`starts_at` and `ends_at` of what is in the way, `appointment_id` where it is a visit; `hours` of that day where it lies
    outside of them. `full`: of the session of a group that is open then, so many `seats` of its `capacity` are taken."""

    code: Literal[
        "in_the_past", "too_soon", "too_far_ahead", "outside_window", "holiday", "day_off", "not_a_working_day", "outside_hours",
        "day_is_full", "taken", "in_a_buffer", "off_grid", "held", "blocked", "busy_elsewhere", "inactive", "archived", "full",
    ]  # fmt: skip
    starts_at: Instant | None
    ends_at: Instant | None
    appointment_id: UUID | None
    hours: list[Stretch]
    reason: str | None
    group_session_id: UUID | None
    seats: int | None
    capacity: int | None


class ExplainedView(View):
    kind: Literal["provider", "operatory", "patient"]
    id: UUID
    name: str | None
    reasons: list[BecauseView]


class ExplanationView(View):
    """`reasons` stand whoever would be there; a time is offered where a provider has none, and nobody else has any."""

    timezone: str
    starts_at: Instant
    ends_at: Instant
    offered: bool
    reasons: list[BecauseView]
    resources: list[ExplainedView]


class NewHold(Strict):
    """`service_id`, or `duration_minutes`, or both. With a `calendar_id` it is a seat, where a session of a group is open
    then."""

    provider_id: UUID
    operatory_id: UUID | None = None
    patient_id: UUID | None = None
    service_id: UUID | None = None
    calendar_id: UUID | None = None
    starts_at: NewInstant
    duration_minutes: Minutes | None = None


class HoldView(View):
    id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    patient_id: UUID | None
    service_id: UUID | None
    starts_at: Instant
    ends_at: Instant
    expires_at: Instant
    extended: bool
    group_session_id: UUID | None


class NewBlockout(Strict):
    """Of a provider, an operatory or both; at most a day long."""

    provider_id: UUID | None = None
    operatory_id: UUID | None = None
    starts_at: NewInstant
    ends_at: NewInstant
    reason: Line


class BlockoutView(View):
    """`visits`: how many stand there already, and stay."""

    id: UUID
    provider_id: UUID | None
    operatory_id: UUID | None
    starts_at: Instant
    ends_at: Instant
    reason: str
    visits: int
