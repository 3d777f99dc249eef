"""What may still be booked and changed, and when. No database, no clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LIVE = ("requested", "scheduled", "confirmed")
BY_LINK = {"en": "Patient, by link", "ro": "Pacientul, prin link", "ar": "المريض، عبر الرابط", "he": "המטופל, דרך קישור"}
GRACE = timedelta(minutes=30)
"""How long after its hold ran out a booking that was being filled in may still have the time, if nobody else has it."""

PATIENCE = timedelta(minutes=10)
"""How long a time that was offered may still be chosen, though the clinic's notice has meanwhile begun: people read and think."""

WHOLE_NOTICE = timedelta(days=366)
"""Of a time that was held already: the notice was looked at then."""


def local_midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def first_and_last(
    *, now: datetime, zone: ZoneInfo, notice: int, days: int, leeway: timedelta = timedelta()
) -> tuple[datetime, datetime]:
    """From when, and until before when, a visit may start: `notice` in hours, of which `leeway` may have run out since the time
    was offered; `days` of the clinic, today being the first."""
    today = now.astimezone(zone).date()
    return now + max(timedelta(hours=notice) - leeway, timedelta()), local_midnight(today + timedelta(days=days), zone)


def until_when(starts_at: datetime, hours: int) -> datetime:
    """The last moment at which its patient moves or cancels a visit."""
    return starts_at - timedelta(hours=hours)


def lapses_at(now: datetime, starts_at: datetime, hours: int) -> datetime:
    """When a request that nobody answers gives the time back: never after the visit would have begun."""
    return min(now + timedelta(hours=hours), starts_at)


def may(purpose: str, *, status: str, starts_at: datetime, hours: int, now: datetime) -> list[str]:
    """What a link of this purpose can still do."""
    if status not in LIVE or starts_at <= now:
        return []
    acts = ["confirm"] if status == "scheduled" else []
    if now <= until_when(starts_at, hours):
        acts += ["move", "cancel"]
    return [act for act in acts if purpose in ("manage", act)]


def stand_of(status: str, *, expires_at: datetime, visit: str | None, now: datetime) -> str:
    """How a request stands for whoever asked; `visit` is the status of what came of it."""
    if status == "requested":
        return "waiting" if expires_at > now else "lapsed"
    return "cancelled" if visit == "cancelled" else status


def by_link(locale: str) -> str:
    """As the history of a visit says who did it."""
    return BY_LINK.get(locale.partition("-")[0], BY_LINK["en"])
