"""Who is asked first, and when. No database, no clock."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from uuid import UUID

from chairside.filling.rows import Candidate

Reason = Literal[
    "urgent", "asked_for", "waits", "overdue", "fills", "worth", "misses", "tried", "no_phone", "do_not_contact"
]  # fmt: skip
LATE_ENOUGH = 90
"""Days after which waiting longer counts no more."""
LATELY = 3
"""Days within which nobody is called again for the same."""


class Ranked(NamedTuple):
    """`points` are for the order alone; `reasons` say what they came of, the weightiest first."""

    candidate: Candidate
    points: float
    reasons: list[Reason]


def rank(candidates: Iterable[Candidate], *, minutes: int, today: date) -> list[Ranked]:
    """The best first. Urgency counts most, then how long they wait, whom they asked for, how much of the time is used, what it is
    worth; whoever misses visits, was just called or cannot be called comes later. Ties go to who waits longest."""
    everybody = list(candidates)
    dearest = max((one.price for one in everybody), default=0) or 1
    found = [_weigh(one, minutes=minutes, today=today, dearest=dearest) for one in everybody]
    return sorted(found, key=lambda one: (-one.points, one.candidate.since, one.candidate.patient_id))


def _weigh(one: Candidate, *, minutes: int, today: date, dearest: int) -> Ranked:
    late = max(0, min(LATE_ENOUGH, (today - one.since).days)) / LATE_ENOUGH
    came = one.kept + one.missed
    parts: dict[Reason, float] = {
        "urgent": 40.0 * one.urgent,
        "waits" if one.entry_id else "overdue": 25 * late,
        "asked_for": 12.0 * one.asked_for,
        "fills": 12 * min(1.0, one.minutes / minutes),
        "worth": 8 * one.price / dearest,
        "misses": -30 * one.missed / came if one.missed and came > 1 else 0,
        "tried": -20.0 if one.tried_on and (today - one.tried_on).days < LATELY else 0,
        "no_phone": -60.0 if one.phone is None else 0,
        "do_not_contact": -100.0 * one.do_not_contact,
    }
    told = sorted((reason for reason, points in parts.items() if abs(points) >= 4), key=lambda reason: -abs(parts[reason]))
    return Ranked(one, round(sum(parts.values()), 3), told)


LAST_CALL = timedelta(minutes=30)
"""Before the time begins: nobody is asked later, and no yes is taken."""
MINUTE = timedelta(minutes=1)
Answer = Literal["open", "accepted", "declined", "gone"]


def asked_in_order(ranked: Iterable[Ranked]) -> list[Candidate]:
    """Each patient once, for what stands first: one who waits may be due as well."""
    first: dict[UUID, Candidate] = {}
    for one in ranked:
        first.setdefault(one.candidate.patient_id, one.candidate)
    return list(first.values())


def last_moment(candidate: Candidate, *, starts_at: datetime) -> datetime:
    """At which they can still be told of it and be here."""
    return starts_at - max(LAST_CALL, timedelta(hours=candidate.notice_hours))


def next_wave(*, now: datetime, minutes: int, asked: int, quiet_until: Iterable[datetime], left: bool) -> datetime | None:
    """After a pause if somebody was asked; else when the first of those whose hours are quiet may be. None if nobody is left."""
    if asked:
        return now + minutes * MINUTE if left else None
    return min(quiet_until, default=None)


def answer_of(status: str, *, fill_status: str, expires_at: datetime, now: datetime) -> Answer:
    """What whoever opens the link is told. A no may become a yes as long as the time is free."""
    if status == "accepted":
        return "accepted"
    if fill_status != "open" or now >= expires_at or status not in ("offered", "declined", "unreachable"):
        return "gone"
    return "declined" if status == "declined" else "open"
