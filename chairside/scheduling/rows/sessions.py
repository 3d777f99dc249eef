"""Sessions of a group: one time of a provider and a room, in which each patient has a seat."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self
from uuid import UUID

# Seats are counted where they are looked at: a number that is kept beside them could differ. `now` and the hold that is one's own
# are asked for.
TAKEN_SEATS = """
           (select count(*)::int
              from appointment as seat
             where seat.group_session_id = group_session.id
               and seat.status not in ('cancelled', 'no_show')) as taken"""
HELD_SEATS = """
           (select count(*)::int
              from hold as kept
             where kept.group_session_id = group_session.id
               and kept.expires_at > %(now)s
               and (%(held)s::uuid is null or kept.id <> %(held)s or kept.created_by <> app.actor())) as held"""
GROUP_SESSION = f"""
           group_session.id, group_session.calendar_id,
           (select calendar.name from calendar where calendar.id = group_session.calendar_id) as name,
           group_session.service_id, group_session.provider_id, group_session.operatory_id,
           group_session.starts_at, group_session.ends_at, group_session.buffer_before_minutes,
           group_session.buffer_after_minutes, group_session.also, group_session.capacity, {TAKEN_SEATS}, {HELD_SEATS},
           group_session.by_hand, group_session.ended_at, group_session.ended_by_act, group_session.end_reason,
           group_session.version"""


class GroupSession(NamedTuple):
    """`name`: its calendar's. `taken` seats are visits, `held` ones somebody is about to book. `by_hand`: it stays when it is
    empty. `ended_at`: it does not take place; by an act that cancelled all of it, or as its last seat was given up."""

    id: UUID
    calendar_id: UUID
    name: str
    service_id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    buffer_before_minutes: int
    buffer_after_minutes: int
    also: list[dict[str, Any]]
    capacity: int
    taken: int
    held: int
    by_hand: bool
    ended_at: datetime | None
    ended_by_act: UUID | None
    end_reason: str | None
    version: int

    @property
    def cancelled(self) -> bool:
        return self.ended_by_act is not None

    @property
    def duration_minutes(self) -> int:
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    @property
    def left(self) -> int:
        return max(0, self.capacity - self.taken - self.held)

    def seen(self) -> "SessionAt":
        return SessionAt(
            self.id, self.service_id, self.provider_id, self.operatory_id, self.starts_at, self.ends_at, self.capacity,
            self.taken + self.held, self.buffer_before_minutes, self.buffer_after_minutes,
        )  # fmt: skip


class SessionAt(NamedTuple):
    """As much of a session as whoever looks for a time has to know."""

    id: UUID
    service_id: UUID
    provider_id: UUID
    operatory_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int
    before: int
    after: int

    @property
    def left(self) -> int:
        return max(0, self.capacity - self.taken)

    @property
    def minutes(self) -> int:
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    @classmethod
    def of_json(cls, row: list[Any]) -> Self:
        id, service, provider, operatory, starts_at, ends_at, *counts = row
        return cls(
            UUID(id), UUID(service), UUID(provider), operatory and UUID(operatory), datetime.fromisoformat(starts_at),
            datetime.fromisoformat(ends_at), *counts,
        )  # fmt: skip


class SessionOpened(NamedTuple):
    """What came of an attempt to open a session, or what is busy then."""

    busy: list[UUID]
    id: UUID | None
