"""Which sessions of a group somebody could join. A session that is open has its provider, its room and its time: nothing of them
is looked at again, only whether a seat is left, whether one may still book then, and whether the patient is free."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from chairside.scheduling.rows import Calendar, GroupSession, SessionAt
from chairside.scheduling.rules.availability import EPOCH, MINUTE


def suiting(
    sessions: Iterable[SessionAt], *, provider_ids: Collection[UUID] = (), operatory_id: UUID | None = None,
    service_id: UUID | None = None, minutes: int | None = None,
) -> list[SessionAt]:  # fmt: skip
    """Of those named, for that service, and as long as was asked for: whatever was asked for at all."""
    return [
        one
        for one in sessions
        if (not provider_ids or one.provider_id in provider_ids)
        and (operatory_id is None or one.operatory_id == operatory_id)
        and (service_id is None or one.service_id == service_id)
        and (minutes is None or one.ends_at - one.starts_at == minutes * MINUTE)
    ]


def may_be_booked(calendar: Calendar, at: datetime, *, now: datetime, zone: ZoneInfo) -> bool:
    """Not in the past, not too late, not too far ahead, in the calendar's window; its grid and its day's limit are of new
    ones."""
    if at < now + calendar.min_notice * MINUTE:
        return False
    day = at.astimezone(zone).date()
    if calendar.max_days_ahead is not None and (day - now.astimezone(zone).date()).days > calendar.max_days_ahead:
        return False
    first, last = calendar.window_start, calendar.window_end
    return not (first and last) or first <= day <= last


def is_free(taken: Sequence[int], starts_at: datetime, ends_at: datetime) -> bool:
    """Of beginnings and ends in turns, merged, in minutes since 1970."""
    first, last = (starts_at - EPOCH) // MINUTE, -((EPOCH - ends_at) // MINUTE)
    before = bisect_right(taken, first)
    return before % 2 == 0 and (before == len(taken) or taken[before] >= last)


def has_room(session: GroupSession) -> bool:
    """For those who are in it, and for whoever is about to be."""
    return session.taken + session.held <= session.capacity
