from datetime import date, datetime
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


def _a_childs(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise Wrong("not_a_birth_date", "Enter a date of birth between 1900 and today.")
    return day


BirthDate = Annotated[date, AfterValidator(_a_childs)]


class ChildShape(Strict):
    """For whom somebody books who is their parent or guardian. `birth_date` where the page asks for it."""

    first_name: Name
    last_name: Name
    birth_date: BirthDate | None = None


class Who(Strict):
    """Who books, and for which child of theirs, if it is not for themselves. `proof`: where the page asks for a code, the
    token with which the number was proved."""

    first_name: Name
    last_name: Name
    mobile: Mobile
    child: ChildShape | None = None
    proof: Token | None = None
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


class NewPublicCode(Strict):
    """`hold`: the token of the time that was kept, which waits for the code. `locale`: in which the text is written, where the
    clinic's own is not theirs."""

    mobile: Mobile
    hold: Token | None = None
    locale: Literal["en", "ro", "ar", "he"] | None = None


class PublicCode(View):
    """`token`: half of the proof. `kept_seconds`: how long the time is kept now, by the server's clock."""

    token: str
    expires_at: Instant
    kept_until: Instant | None
    kept_seconds: int | None


class SaidCode(Strict):
    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class PublicProof(View):
    """`proved`: from now on the code's token is the proof."""

    proved: bool
    tries_left: int


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
    asks_birth_date: bool
    asks_code: bool
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
    """`answer_by`: until when the clinic answers a request. `link`: the token with which the visit is moved or cancelled.
    `request_link`: the one that shows how a request stands."""

    status: Literal["booked", "requested"]
    starts_at: Instant
    ends_at: Instant
    provider_id: UUID
    service_id: UUID
    answer_by: Instant | None
    link: str | None
    request_link: str | None


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


class RequestLinkView(View):
    """`state`: what came of it. `words`: what the clinic says with a no. `slug`: of the clinic's booking page, where it is
    open."""

    state: Literal["waiting", "lapsed", "accepted", "cancelled", "declined", "withdrawn"]
    clinic_name: str
    phone: str | None
    address: list[str]
    slug: str | None
    timezone: str
    locale: str
    service_name: str
    provider_name: str
    starts_at: Instant
    ends_at: Instant
    answer_by: Instant | None
    words: str | None


class VisitLink(View):
    link: str


class Move(Strict):
    starts_at: NewInstant


def seconds(until: datetime, now: datetime) -> int:
    return max(0, int((until - now).total_seconds()))
