"""Which stretch of a calendar kept elsewhere is looked at, how its times are kept, and when it is asked again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from chairside.scheduling.rules.hours import DAY, Interval, instant

PAST, AHEAD = timedelta(days=1), timedelta(days=180)
EVERY, LONGEST = timedelta(minutes=10), timedelta(hours=6)
WHOLE = timedelta(hours=6)  # after so long all of it is read again, changed or not: the window has moved on
LONGEST_CLAIM = timedelta(hours=24)


def window(now: datetime, zone: ZoneInfo) -> Interval:
    """Whole days of the zone, so that it moves once a day."""
    today = now.astimezone(zone).date()
    return instant(today - PAST, 0, zone), instant(today + AHEAD, DAY, zone)


def pieces(spans: Iterable[Interval]) -> list[Interval]:
    """None longer than a claim may be."""
    found = []
    for start, end in spans:
        while end - start > LONGEST_CLAIM:
            found.append((start, start + LONGEST_CLAIM))
            start += LONGEST_CLAIM
        found.append((start, end))
    return found


def wait(failures: int, chance: float) -> timedelta:
    """Ten minutes after it went well, then twice as long each time; `chance`, from 0 to 1, makes it a fifth more or less, so that
    not all are asked at once."""
    doubled = 1 << min(max(failures - 1, 0), 10)
    usual = min(EVERY * doubled, LONGEST)
    return usual * (0.8 + 0.4 * chance)


def address_of(text: str) -> str | None:
    """As it is asked; webcal is https by another name. None of what is no such address."""
    written = text.strip()
    scheme, colon, rest = written.partition("://")
    if not colon or scheme.lower() not in ("https", "webcal", "webcals") or not written.isprintable() or " " in written:
        return None
    try:
        parts = urlsplit(f"https://{rest}")
        good = parts.hostname and "." in parts.hostname.strip(".") and not parts.username and not parts.password
        _ = parts.port
    except ValueError:
        return None
    return f"https://{rest}" if good else None


def hint_of(address: str) -> str:
    """Its host and its last four characters: whoever has the rest can read the calendar."""
    return f"{urlsplit(address).hostname} …{address[-4:]}"
