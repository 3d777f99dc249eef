from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from chairside.filling.queries.fills import Filling
from chairside.filling.rows import PatientOffer
from chairside.kernel.http.shapes import Instant, NewInstant, Strict, View


class NewOpeningFill(Strict):
    """`wave_size` are asked at once, `wave_minutes` are between one wave and the next."""

    provider_id: UUID
    operatory_id: UUID | None = None
    starts_at: NewInstant
    ends_at: NewInstant
    wave_size: Annotated[int, Field(strict=True, ge=1, le=10)] = 3
    wave_minutes: Annotated[int, Field(strict=True, ge=1, le=240)] = 15


class OfferedPatient(View):
    id: UUID
    first_name: str
    last_name: str


class OpeningOfferView(View):
    """`from_list`: where they were found. `reason`: why they were not asked, or not reached, as a code. `sent_at`: when the
    message was handed to the outbox."""

    id: UUID
    patient: OfferedPatient
    rank: int
    from_list: Literal["waitlist", "recall"]
    status: Literal["waiting", "offered", "accepted", "declined", "gone", "expired", "unreachable"]
    reason: str | None
    wave: int | None
    channel: Literal["email", "sms"] | None
    sent_at: Instant | None
    answered_at: Instant | None
    appointment_id: UUID | None

    @classmethod
    def of(cls, asked: PatientOffer) -> Self:
        facts = {field: value for field, value in asked._asdict().items() if field in cls.model_fields}
        patient = OfferedPatient(id=asked.patient_id, first_name=asked.first_name, last_name=asked.last_name)
        return cls(patient=patient, from_list="recall" if asked.recall_id else "waitlist", **facts)


class OpeningFillView(View):
    """`next_at`: when the next wave goes, as long as somebody is left to ask. `closes_at`: no yes is taken from then on.
    `taken`: somebody else was put there by hand; `exhausted`: everybody was asked, or it was too late."""

    id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    starts_at: Instant
    ends_at: Instant
    wave_size: int
    wave_minutes: int
    wave: int
    next_at: Instant | None
    closes_at: Instant
    status: Literal["open", "filled", "taken", "exhausted", "withdrawn"]
    ended_at: Instant | None
    created_at: Instant
    created_by: UUID
    offers: list[OpeningOfferView]

    @classmethod
    def of(cls, filling: Filling) -> Self:
        return cls(**filling.fill._asdict(), offers=[OpeningOfferView.of(one) for one in filling.asked])


class OpeningFills(View):
    items: list[OpeningFillView]
    next_cursor: str | None = None


class OfferView(View):
    """`answer`: open, as long as a yes is taken; accepted or declined, what they said; gone, for whatever reason. `moving_at`:
    when the visit is that would be moved to this time. `link`: after a yes, to the visit."""

    clinic_name: str
    phone: str | None
    address: list[str]
    timezone: str
    locale: str
    provider_name: str
    service_name: str
    starts_at: Instant
    duration_minutes: int
    moving_at: Instant | None
    expires_at: Instant
    answer: Literal["open", "accepted", "declined", "gone"]
    link: str | None
