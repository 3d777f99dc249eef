"""Where a listener is in what happens.

A number that counts upward would not do: a transaction that took its number early may commit late. So a position is what
PostgreSQL calls a snapshot: which transactions were finished. What was told is what a snapshot sees; what comes next is what a
later one sees besides. It costs nothing to wait for nobody: a long import holds up no one else's news.
"""

import re
from itertools import pairwise
from typing import NamedTuple, Self
from uuid import UUID

KEPT_SECONDS = 15 * 60  # a position older than that is not gone on from
SKEW_SECONDS = 60
MOST_RUNNING = 2_000
SNAPSHOT = re.compile(r"(\d{1,18}):(\d{1,18}):((?:\d{1,18},)*\d{1,18})?")
POSITION = re.compile(r"(\d{1,12})_([\d:,]{1,40000})(?:_([\d:,]{1,40000})_([0-9a-f]{32}))?")


class Seen(NamedTuple):
    """A snapshot: it sees every transaction below `first`, and those below `next` that were not running."""

    first: int
    next: int
    running: frozenset[int]

    @classmethod
    def read(cls, text: str) -> Self | None:
        """As `pg_snapshot` writes it; nothing when it is none."""
        if not (match := SNAPSHOT.fullmatch(text)):
            return None
        first, next, running = int(match[1]), int(match[2]), [int(one) for one in (match[3] or "").split(",") if one]
        ordered = all(a < b for a, b in pairwise(running))
        within = not running or (first <= running[0] and running[-1] < next)
        if not (0 < first <= next and ordered and within and len(running) <= MOST_RUNNING):
            return None
        return cls(first, next, frozenset(running))

    def sees(self, txid: int) -> bool:
        return txid < self.first or (txid < self.next and txid not in self.running)


class Position(NamedTuple):
    """Everything that `seen` sees was told, by the second `at` at the latest; and of what `until` sees besides, everything up to
    the event `last`: several events that became visible together are told one after another."""

    at: int
    seen: str
    until: str = ""
    last: UUID | None = None

    def __str__(self) -> str:
        place = f"{self.at}_{self.seen}"
        return f"{place}_{self.until}_{self.last.hex}" if self.last else place

    @classmethod
    def read(cls, text: str) -> Self | None:
        """What a listener says it heard last; nothing when we did not say it."""
        if not (match := POSITION.fullmatch(text)):
            return None
        at, seen, until, last = int(match[1]), match[2], match[3] or "", match[4]
        if not Seen.read(seen) or (until and not Seen.read(until)):
            return None
        return cls(at, seen, until, UUID(last) if last else None)

    def is_kept(self, now: int) -> bool:
        return now - KEPT_SECONDS < self.at < now + SKEW_SECONDS

    def was_told(self, txid: int, id: UUID) -> bool:
        """Of an event that `seen` does not see."""
        until = Seen.read(self.until)
        return bool(until and self.last and until.sees(txid) and id <= self.last)
