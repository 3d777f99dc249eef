"""Whose time a visit takes."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from chairside.scheduling.rows import Claim


class Part(NamedTuple):
    """Somebody or something that a visit takes from one minute of it to another, or to its end."""

    resource_id: UUID
    first: int = 0
    last: int | None = None

    def said(self) -> dict[str, Any]:
        return {"resource_id": str(self.resource_id), "from": self.first, "to": self.last}


def said(parts: Iterable[Part]) -> str:
    """As JSON."""
    return json.dumps([part.said() for part in parts])


def parts_of(also: Iterable[dict[str, Any]]) -> list[Part]:
    return [Part(UUID(one["resource_id"]), one["from"], one["to"]) for one in also]


def claims_of(
    *, provider_id: UUID, operatory_id: UUID | None, patient_id: UUID | None, starts_at: datetime, ends_at: datetime,
    before: timedelta, after: timedelta, also: Iterable[Part] = (),
) -> list[Claim]:  # fmt: skip
    """What a visit takes: of the provider and the operatory with its buffers, of the patient without; of whoever is needed for a
    part of it, that part, with the buffer where it begins or ends with the visit. A session of a group is of no patient."""
    places = [provider_id] if operatory_id is None else [provider_id, operatory_id]
    claims = [Claim(place, starts_at - before, ends_at + after) for place in places]
    for part in also:
        start = starts_at + timedelta(minutes=part.first)
        end = ends_at if part.last is None else min(ends_at, starts_at + timedelta(minutes=part.last))
        if part.resource_id not in places and start < end:
            claims.append(Claim(part.resource_id, start - (before if start == starts_at else timedelta(0)),
                                end + (after if end == ends_at else timedelta(0))))  # fmt: skip
    return [*claims, Claim(patient_id, starts_at, ends_at)] if patient_id else claims
