from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID


class BookingPage(NamedTuple):
    """Of hours: `notice` before a visit, `change` until when its patient moves or cancels it, `answer` until a request lapses.
    `asks_birth_date`: of a child; `asks_code`: whoever books proves that the number is theirs."""

    open: bool
    needs_confirmation: bool
    asks_birth_date: bool
    asks_code: bool
    shows_prices: bool
    notice_hours: int
    days_ahead: int
    change_hours: int
    answer_hours: int
    policy_url: str | None
    policy_words: str | None
    embedders: list[str]
    version: int


BOOKING_PAGE = ", ".join(f"booking_page.{column}" for column in BookingPage._fields)


class OfferedService(NamedTuple):
    """`price` in minor units. No `provider_ids`: whoever works here."""

    id: UUID
    name: str
    duration_minutes: int
    price: int
    currency: str
    provider_ids: list[UUID]


class OfferedProvider(NamedTuple):
    id: UUID
    name: str
    title: str | None


class Shopfront(NamedTuple):
    """What of a clinic its page says, and nothing else of it."""

    name: str
    phone: str | None
    address: dict[str, Any] | None
    has_rooms: bool


class PublicBooking(NamedTuple):
    id: UUID
    status: str
    service_id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    hold_id: UUID | None
    expires_at: datetime
    extended: bool
    appointment_id: UUID | None
    calendar_id: UUID | None
    link_salt: bytes | None


PUBLIC_BOOKING = ", ".join(f"public_booking.{column}" for column in PublicBooking._fields)


class BookingRequest(NamedTuple):
    """Somebody who asked for a time, with the names of what they asked for. `child`: for whom, where it is not for themselves."""

    id: UUID
    status: str
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
    starts_at: datetime
    ends_at: datetime
    hold_id: UUID | None
    expires_at: datetime
    created_at: datetime
    appointment_id: UUID | None
    calendar_id: UUID | None
    version: int


class BookingCode(NamedTuple):
    id: UUID
    salt: bytes
    mobile: str
    locale: str
    tries: int
    expires_at: datetime
    proved_at: datetime | None


BOOKING_CODE = ", ".join(f"booking_code.{column}" for column in BookingCode._fields)


class LinkedRequest(NamedTuple):
    """What whoever asked for a time sees of it: nobody's name but the provider's."""

    id: UUID
    status: str
    hold_id: UUID | None
    expires_at: datetime
    appointment_id: UUID | None
    answer_words: str | None
    clinic_name: str
    clinic_slug: str
    phone: str | None
    address: dict[str, Any] | None
    page_open: bool
    service_name: str
    provider_name: str
    starts_at: datetime
    ends_at: datetime


class AskedVisit(NamedTuple):
    status: str
    starts_at: datetime
    ends_at: datetime
    patient_id: UUID
    id: UUID


class Newcomer(NamedTuple):
    """Whose record was made by the page and wants completing."""

    patient_id: UUID
    first_name: str
    last_name: str
    appointment_id: UUID
    starts_at: datetime


class PatientLink(NamedTuple):
    id: UUID
    appointment_id: UUID
    purpose: str
    salt: bytes
    expires_at: datetime
    used_at: datetime | None
    used_for: str | None


PATIENT_LINK = ", ".join(f"patient_link.{column}" for column in PatientLink._fields)


class FollowedLink(NamedTuple):
    """Where a link leads."""

    clinic_id: UUID
    id: UUID


class LinkedVisit(NamedTuple):
    """What somebody who holds a link sees of the visit: nobody's name but the provider's."""

    clinic_name: str
    clinic_slug: str
    phone: str | None
    address: dict[str, Any] | None
    status: str
    service_name: str | None
    provider_id: UUID
    provider_name: str
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    updated_at: datetime
    version: int
    change_hours: int
    days_ahead: int
    notice_hours: int
    page_open: bool
    patient_id: UUID
    id: UUID
    calendar_id: UUID | None
    group_session_id: UUID | None
    service_id: UUID | None
