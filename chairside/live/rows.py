from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class News(NamedTuple):
    """An event, and what the statement that found it sees; one without an event when there is none."""

    seen: str
    clinic_id: UUID | None
    id: UUID | None
    txid: int | None
    at: datetime | None
    actor_id: UUID | None
    name: str | None
    facts: dict[str, str] | None


class Here(NamedTuple):
    """By its place among those asked about, counted from one: a listener who may still listen."""

    place: int
    grants: str | None
