from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID


class Prescription(NamedTuple):
    """A draft until it is issued; `dose` is what is taken at once, `quantity` in pieces, ml or g, as the form is counted.
    `warnings`: what was said against it when it was issued, `override_reason`: why all the same."""

    id: UUID
    patient_id: UUID
    provider_id: UUID
    provider_name: str
    drug: str
    form: str
    strength: str
    dose: str
    times_a_day: int | None
    days: int | None
    directions: str | None
    quantity: int
    refills: int
    generic_allowed: bool
    warnings: list[dict[str, Any]]
    override_reason: str | None
    issued_at: datetime | None
    issued_by: UUID | None
    issued_by_name: str | None
    hash: bytes | None
    of_patient_id: UUID | None
    cancelled_at: datetime | None
    cancelled_by_name: str | None
    cancel_reason: str | None
    created_at: datetime
    version: int


class HeldPrescription(NamedTuple):
    """One that nobody else changes until this transaction ends."""

    id: UUID
    patient_id: UUID
    provider_id: UUID
    drug: str
    form: str
    strength: str
    dose: str
    times_a_day: int | None
    days: int | None
    directions: str | None
    quantity: int
    refills: int
    generic_allowed: bool
    issued_at: datetime | None
    cancelled_at: datetime | None
    version: int


class PrescriptionFavourite(NamedTuple):
    id: UUID
    drug: str
    form: str
    strength: str
    dose: str
    times_a_day: int | None
    days: int | None
    directions: str | None
    quantity: int
    refills: int
    version: int


FAVOURITE = ", ".join(f"favourite.{column}" for column in PrescriptionFavourite._fields)
