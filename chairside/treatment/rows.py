from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID


class TreatmentItem(NamedTuple):
    """A procedure as it was called and cost when it was planned; `price` in minor units of `currency`. Items with one `choice`
    are alternatives. `duration_minutes` of one of its `visits`. `version`: of what became of it."""

    id: UUID
    patient_id: UUID
    plan_id: UUID
    phase: int
    position: int
    choice: UUID | None
    procedure_id: UUID
    procedure_version_id: UUID
    code: str
    name: str
    tooth: str | None
    through: str | None
    surfaces: list[str]
    quadrant: int | None
    arch: str | None
    price: int
    currency: str
    duration_minutes: int
    visits: int
    note: str | None
    finding_id: UUID | None
    status: str
    acceptance_id: UUID | None
    removed_at: datetime | None
    version: int


ITEM = ", ".join(f"item.{column}" for column in TreatmentItem._fields)


class PlanRow(NamedTuple):
    """A plan with its parts as JSON: `items` in their order, with their bookings and work; `versions` that were shown, the latest
    first, with what was signed of them."""

    id: UUID
    patient_id: UUID
    title: str
    archived_at: datetime | None
    created_at: datetime
    created_by: UUID
    version: int
    items: list[dict[str, Any]]
    versions: list[dict[str, Any]]


class HeldPlan(NamedTuple):
    """One that nobody else changes until this transaction ends."""

    id: UUID
    patient_id: UUID
    title: str
    archived_at: datetime | None
    version: int


class TreatmentPresentation(NamedTuple):
    """What was shown, as it was shown; `plan_version`: the plan as it stood."""

    id: UUID
    patient_id: UUID
    plan_id: UUID
    number: int
    plan_version: int
    title: str
    body: list[dict[str, Any]]
    currency: str
    hash: bytes
    of_patient_id: UUID
    created_at: datetime


PRESENTATION = ", ".join(f"shown.{column}" for column in TreatmentPresentation._fields)


class TreatmentAcceptance(NamedTuple):
    """What was said of what was shown, and signed."""

    id: UUID
    patient_id: UUID
    plan_id: UUID
    presentation_id: UUID
    signer_name: str
    decisions: dict[str, str]
    picture_hash: bytes
    signed_at: datetime
    hash: bytes


ACCEPTANCE = ", ".join(f"acceptance.{column}" for column in TreatmentAcceptance._fields)


class TreatmentWork(NamedTuple):
    """A visit's work on an item; `amount` was charged for it, in minor units of `currency`."""

    id: UUID
    patient_id: UUID
    item_id: UUID
    number: int
    last: bool
    appointment_id: UUID | None
    provider_id: UUID | None
    done_on: date
    amount: int
    currency: str
    charge_id: UUID | None
    finding_id: UUID | None


WORK = ", ".join(f"work.{column}" for column in TreatmentWork._fields)


class Unscheduled(NamedTuple):
    """An item that was accepted and has no visit before it. `amount`: what is left to be charged."""

    id: UUID
    plan_id: UUID
    patient_id: UUID
    first_name: str
    last_name: str
    register_number: str
    code: str
    name: str
    tooth: str | None
    through: str | None
    surfaces: list[str]
    quadrant: int | None
    arch: str | None
    status: str
    amount: int
    currency: str
    duration_minutes: int
    visits: int
    visits_done: int
    accepted_at: datetime
    version: int
