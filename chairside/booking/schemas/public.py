from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chairside.kernel.http.shapes import Instant, MoneyShape, NewInstant, Strict, View
from chairside.kernel.refusals import Wrong


def _phone(text: str) -> str:
    if not 6 <= sum(letter.isdigit() for letter in text) <= 20:
        raise Wrong("not_a_phone", "Write a phone number, with its digits.")
    return text


Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Mobile = Annotated[str, StringConstraints(min_length=6, max_length=40), AfterValidator(_phone)]
Note = Annotated[str, StringConstraints(max_length=500)]
Token = Annotated[str, StringConstraints(min_length=20, max_length=100)]
Agreed = Literal[True]


class Who(Strict):
    first_name: Name
    last_name: Name
    mobile: Mobile
    consent: Agreed


class NewPublicHold(Strict):
    """`instead_of`: the token of the time chosen before, which is free again."""

    service_id: UUID
    provider_id: UUID | None = None
    starts_at: NewInstant
    instead_of: Token | None = None


class NewPublicBooking(Who):
    """`hold`: the token of the time that was kept."""

    hold: Token
    note: Note | None = None


class NewPublicWaiting(Who):
    service_id: UUID
    parts: Annotated[list[Literal["morning", "afternoon", "evening"]], Field(max_length=3)] = []
    weekdays: Annotated[list[Annotated[int, Field(strict=True, ge=1, le=7)]], Field(max_length=7)] = []


class PublicService(View):
    """`price` where the clinic shows it. No `provider_ids`: whoever works there."""

    id: UUID
    name: str
    duration_minutes: int
    price: MoneyShape | None
    provider_ids: list[UUID]


class PublicProvider(View):
    id: UUID
    name: str
    title: str | None


class Policy(View):
    url: str
    words: str | None


class PublicPage(View):
    name: str
    phone: str | None
    address: list[str]
    timezone: str
    locale: str
    needs_confirmation: bool
    change_hours: int
    days_ahead: int
    policy: Policy | None
    services: list[PublicService]
    providers: list[PublicProvider]


class PublicOpening(View):
    starts_at: Instant
    ends_at: Instant
    provider_id: UUID


class PublicOpenings(View):
    timezone: str
    slots: list[PublicOpening]
    next_from: Instant | None


class PublicHold(View):
    """`seconds_left` by the server's clock, for a countdown in a browser whose own is wrong."""

    starts_at: Instant
    ends_at: Instant
    provider_id: UUID
    expires_at: Instant
    seconds_left: int
    extended: bool


class NewPublicHoldView(PublicHold):
    token: str


class PublicConfirmation(View):
    """`answer_by`: until when the clinic answers a request. `link`: the token with which the visit is moved or cancelled."""

    status: Literal["booked", "requested"]
    starts_at: Instant
    ends_at: Instant
    provider_id: UUID
    service_id: UUID
    answer_by: Instant | None
    link: str | None


class PublicWaiting(View):
    status: Literal["waiting"]


class LinkView(View):
    """`acts`: what may still be done. `slug`: of the clinic's booking page, where it is open. `again`: a link in the place of one
    that was used."""

    purpose: Literal["confirm", "move", "cancel", "manage"]
    used_for: str | None
    clinic_name: str
    phone: str | None
    address: list[str]
    slug: str | None
    timezone: str
    locale: str
    status: str
    service_name: str | None
    provider_name: str
    starts_at: Instant
    ends_at: Instant
    changes_until: Instant
    acts: list[Literal["confirm", "move", "cancel"]]
    again: str | None


class Move(Strict):
    starts_at: NewInstant


def seconds(until: datetime, now: datetime) -> int:
    return max(0, int((until - now).total_seconds()))
