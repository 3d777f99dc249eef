"""What the audit's questions give back."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID


class Noted(NamedTuple):
    """A row of the audit, with the names that its clinic has for those in it. `patients` is how many a list named."""

    id: UUID
    at: datetime
    actor_id: UUID | None
    actor_name: str | None
    actor_type: str | None
    on_behalf_of: UUID | None
    behalf_name: str | None
    action: str
    entity: str
    entity_id: UUID | None
    patient_id: UUID | None
    patient_name: str | None
    patients: int | None
    outcome: str
    changed_fields: list[str] | None
    request_id: str | None
    purpose: str | None
    context: str | None
    session_id: UUID | None
    ip: str | None
    seq: int | None


class Values(NamedTuple):
    old: dict[str, Any] | None
    new: dict[str, Any] | None


class Opened(NamedTuple):
    """What somebody did with one patient's record on one day of the clinic, in one way: `opened`, `changed` or `listed`."""

    day: Any
    actor_id: UUID | None
    actor_name: str | None
    actor_type: str | None
    roles: list[str]
    way: str
    entities: list[str]
    times: int
    first_at: datetime
    last_at: datetime


class Health(NamedTuple):
    """How far the clinic's audit is sealed and looked through."""

    sealed: int
    signed_at: datetime | None
    looked_at: datetime | None
    verified: int | None
    verified_until: datetime | None
    problem: str | None
    problem_seq: int | None
