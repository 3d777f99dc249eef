"""Who is asked first. No database, no clock."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

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
