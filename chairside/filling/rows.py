from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID


class Candidate(NamedTuple):
    """Somebody whom the time suits. `entry_id` of the waiting list or `recall_id` says for what; `since` they wait, or are due;
    `asked_for` the provider by name; `later_visit_id` is the visit that they would rather have now. `price` in minor units of
    the clinic's currency; `kept` and `missed` visits of theirs."""

    entry_id: UUID | None
    recall_id: UUID | None
    patient_id: UUID
    first_name: str
    last_name: str
    birth_date: date | None
    phone: str | None
    safe_for_voicemail: bool | None
    do_not_contact: bool
    service_id: UUID
    service_name: str
    minutes: int
    price: int
    urgent: bool
    since: date
    asked_for: bool
    later_visit_id: UUID | None
    kept: int
    missed: int
    tried_on: date | None
    notice_hours: int


class OpeningFill(NamedTuple):
    """A free time that is offered in waves of `wave_size`, `wave_minutes` apart: to nobody from `closes_at` on. `wave`: the last
    one that went; `next_at`: when the next does, none while nobody is left to ask."""

    id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    wave_size: int
    wave_minutes: int
    closes_at: datetime
    next_at: datetime | None
    wave: int
    status: str
    ended_at: datetime | None
    created_at: datetime
    created_by: UUID


OPENING_FILL = ", ".join(f"opening_fill.{column}" for column in OpeningFill._fields)


class OfferInTurn(NamedTuple):
    """To one patient, in the place of `rank`: of the waiting list or of those who are due; `moving_id` is the later visit that
    would be moved. `still`: they wait, or are due, as they did; `reason` why they were not asked, as a code."""

    id: UUID
    patient_id: UUID
    rank: int
    waitlist_entry_id: UUID | None
    recall_id: UUID | None
    service_id: UUID
    duration_minutes: int
    moving_id: UUID | None
    expires_at: datetime
    status: str
    channel: str | None
    appointment_id: UUID | None
    provider_name: str
    still: bool


class PatientOffer(NamedTuple):
    """What a desk sees of somebody to whom the time is offered, or will be."""

    id: UUID
    fill_id: UUID
    patient_id: UUID
    first_name: str
    last_name: str
    rank: int
    recall_id: UUID | None
    status: str
    reason: str | None
    wave: int | None
    channel: str | None
    sent_at: datetime | None
    answered_at: datetime | None
    appointment_id: UUID | None


class FollowedOffer(NamedTuple):
    """Where the link of an offer leads."""

    clinic_id: UUID
    id: UUID


class OfferedTime(NamedTuple):
    """What whoever holds the link of an offer sees: nobody's name but the provider's. `moving_at`: when the visit is that would
    be moved."""

    id: UUID
    patient_id: UUID
    fill_id: UUID
    clinic_name: str
    phone: str | None
    address: dict[str, Any] | None
    provider_name: str
    service_name: str
    starts_at: datetime
    duration_minutes: int
    moving_at: datetime | None
    expires_at: datetime
    status: str
    fill_status: str
    appointment_id: UUID | None


class ToTell(NamedTuple):
    """Somebody who was offered a time in vain."""

    id: UUID
    patient_id: UUID
    provider_name: str
    starts_at: datetime
