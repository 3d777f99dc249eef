"""What takes time besides visits, and the time that is taken."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside.scheduling.rows.columns import columns


class Hold(NamedTuple):
    """A time that somebody is about to book; of a session of a group, a seat."""

    id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    patient_id: UUID | None
    service_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime
    extended: bool
    group_session_id: UUID | None


class Blockout(NamedTuple):
    id: UUID
    provider_id: UUID | None
    operatory_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    reason: str


class Blocked(NamedTuple):
    """What came of blocking a time."""

    id: UUID | None
    member_id: UUID | None
    provider_known: bool
    operatory_known: bool
    visits: int


class Holding(NamedTuple):
    """What came of an attempt to hold a time, or the reasons against it."""

    patient_known: bool
    provider_active: bool | None
    member_id: UUID | None
    operatory_active: bool | None
    service_known: bool
    service_active: bool | None
    minutes: int | None
    held: int
    busy: list[UUID]
    id: UUID | None
    ends_at: datetime | None


class Claim(NamedTuple):
    resource_id: UUID
    starts_at: datetime
    ends_at: datetime


BLOCKOUT = columns("blockout", Blockout)
TIME_HOLD = columns("hold", Hold)
