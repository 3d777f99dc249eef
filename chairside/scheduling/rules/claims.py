"""Whose time a visit takes."""

from datetime import datetime, timedelta
from uuid import UUID

from chairside.scheduling.rows import Claim


def claims_of(
    *, provider_id: UUID, operatory_id: UUID | None, patient_id: UUID, starts_at: datetime, ends_at: datetime,
    before: timedelta, after: timedelta,
) -> list[Claim]:  # fmt: skip
    """What a visit takes: of the provider and the operatory with its buffers, of the patient without."""
    places = [provider_id] if operatory_id is None else [provider_id, operatory_id]
    return [*(Claim(place, starts_at - before, ends_at + after) for place in places), Claim(patient_id, starts_at, ends_at)]
