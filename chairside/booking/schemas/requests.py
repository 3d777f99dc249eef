from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from chairside.kernel.http.shapes import Instant, Line, Strict, View

Words = Annotated[str, StringConstraints(max_length=1000)]


class BookingRequestView(View):
    """Who asks, and for which child, is said until it is answered. `lapsed`: its time is kept no longer."""

    id: UUID
    status: Literal["requested", "accepted", "declined", "withdrawn"]
    lapsed: bool
    first_name: str | None
    last_name: str | None
    mobile: str | None
    child_first_name: str | None
    child_last_name: str | None
    child_birth_date: date | None
    note: str | None
    service_id: UUID
    service_name: str
    provider_id: UUID
    provider_name: str
    operatory_id: UUID | None
    starts_at: Instant
    ends_at: Instant
    expires_at: Instant
    created_at: Instant
    appointment_id: UUID | None
    version: int


class BookingRequests(View):
    items: list[BookingRequestView]


class Acceptance(Strict):
    """Without a patient: whoever is known by that name and number, or a new one; `as_new`: a new one in any case."""

    patient_id: UUID | None = None
    as_new: Annotated[bool, Field(strict=True)] = False


class Refusal(Strict):
    """`words` are said to whoever asked, `reason` is not."""

    reason: Line | None = None
    words: Words | None = None


class NewcomerView(View):
    patient_id: UUID
    first_name: str
    last_name: str
    appointment_id: UUID
    starts_at: Instant


class Newcomers(View):
    items: list[NewcomerView]
