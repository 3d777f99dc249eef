"""Whoever is asked when somebody is busy elsewhere: the port, and what stands behind it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from chairside.kernel.outbound import NotReached
from chairside.scheduling.rules.hours import Interval

SECONDS, BYTES, HOPS = 20, 5 * 1024 * 1024, 3
MOST = 5000
# As a person can mend it; what is the program's own business is one of them.
FAILURES = {
    "address": "not_allowed", "port": "not_allowed", "private": "not_allowed", "unknown": "unknown", "away": "away",
    "slow": "slow", "large": "large", "moved": "moved", "coded": "unreadable", "unreadable": "unreadable",
}  # fmt: skip


class NotRefreshed(Exception):
    """`reason` is a code for screens: not_allowed, unknown, away, slow, large, moved, refused, not_there, no_calendar,
    unreadable, too_many, too_much, not_configured."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Revoked(NotRefreshed):
    """Whoever keeps the calendar has taken back what they had granted: nothing is asked again until they grant it anew."""

    def __init__(self) -> None:
        super().__init__("revoked")


class Asked(NamedTuple):
    """`etag` and `last_modified` of what was read before, where it is enough to hear that nothing changed."""

    zone: str
    since: datetime
    until: datetime
    etag: str | None = None
    last_modified: str | None = None


class Told(NamedTuple):
    """`spans` in order, none touching another; None: as before. `secret`: what opens it from now on, where that changed."""

    spans: list[Interval] | None
    left_out: int = 0
    etag: str | None = None
    last_modified: str | None = None
    secret: str | None = None


class Elsewhere(Protocol):
    async def ask(self, secret: str, asked: Asked) -> Told:
        """`secret`: the address of a calendar, or the token of an account. Refuses NotRefreshed, Revoked."""


def not_reached(error: NotReached) -> NotRefreshed:
    return NotRefreshed(FAILURES.get(error.reason, "away"))


def check_status(status: int) -> None:
    """Refuses NotRefreshed of anything but an answer."""
    if status in (401, 403):
        raise NotRefreshed("refused")
    if status in (404, 410):
        raise NotRefreshed("not_there")
    if status != 200:
        raise NotRefreshed("away")


def instant_of(text: str) -> datetime:
    """As services tell it (RFC 3339). Raises ValueError of a time without its zone."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a time without its zone")
    return found.astimezone(UTC)


def header(headers: Mapping[str, str], name: str) -> str | None:
    """As it is sent back; what nobody would send is none."""
    value = headers.get(name, "")
    return value if 0 < len(value) <= 300 and value.isprintable() else None
