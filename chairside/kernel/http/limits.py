"""How often: counters in fixed windows. In this process; in a Valkey when several share them (`shared`)."""

import time
from collections import Counter
from typing import Literal, NamedTuple, Protocol
from uuid import UUID

from fastapi import Request

from chairside.kernel import addresses
from chairside.kernel.refusals import TooMany

MOST_COUNTERS = 50_000


class TooManyRequests(TooMany):
    """Too many requests; please wait {seconds} seconds."""


class Limit(NamedTuple):
    """`what` keeps apart what is counted apart; so many in so many seconds, that begin with the first."""

    what: str
    who: str
    most: int
    window: int


Kind = Literal["reading", "writing", "costly"]
WINDOW = 10


class Counts(Protocol):
    """Counts what somebody does, in windows of so many seconds that begin with the first time."""

    refused: Counter[str]
    """How often, by what was done."""

    async def count(self, *limits: Limit) -> None:
        """One request under each of them. Refuses TooManyRequests."""

    async def close(self) -> None: ...


class Counters:
    """In this process. Memory is bounded: what is over goes first, then what began first."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], tuple[float, int, int]] = {}
        """Since when, until when it counts, how often; in the order of their beginnings."""
        self.refused: Counter[str] = Counter()

    async def count(self, *limits: Limit) -> None:
        now = time.monotonic()
        for what, who, most, window in limits:
            began, count, _ = self.seen.get((what, who), (now, 0, window))
            if now - began >= window:
                del self.seen[what, who]
                began, count = now, 0
            if count >= most:
                self.refused[what] += 1
                raise TooManyRequests(seconds=max(1, round(window - (now - began))))
            if len(self.seen) >= MOST_COUNTERS and (what, who) not in self.seen:
                self._make_room(now)
            self.seen[what, who] = (began, count + 1, window)

    def _make_room(self, now: float) -> None:
        """Whoever asks under ever new names must not make the others' counters be forgotten with theirs."""
        for key in [key for key, (began, _, window) in self.seen.items() if now - began >= window]:
            del self.seen[key]
        for key in list(self.seen)[: max(0, len(self.seen) - MOST_COUNTERS * 9 // 10)]:
            del self.seen[key]

    async def close(self) -> None:
        self.seen.clear()


async def count(request: Request, what: str, *who: UUID | str | bytes, most: int, window: int) -> None:
    """`what` keeps apart what is counted apart: sign-ups are few, other anonymous requests many. Refuses TooManyRequests."""
    counters: Counts = request.app.state.counters
    names = (part.hex() if isinstance(part, bytes) else str(part) for part in who)
    await counters.count(Limit(what, "\0".join(names), most, window))


async def count_entered(request: Request, principal: UUID, clinic: UUID, kind: Kind) -> None:
    """Whoever has entered a clinic: all that they ask, what of it writes or costs, and all that is asked in the clinic, so that
    none takes the place of the others. Refuses TooManyRequests."""
    settings, counters = request.app.state.settings, request.app.state.counters
    limits = [
        Limit("request", str(principal), settings.requests_per_principal, WINDOW),
        Limit("clinic", str(clinic), settings.requests_per_clinic or 20 * settings.requests_per_principal, WINDOW),
    ]
    if kind == "writing":
        limits.append(Limit("write", str(principal), settings.writes_per_principal or settings.requests_per_principal, WINDOW))
    elif kind == "costly":
        most = settings.costly_per_principal or max(1, settings.requests_per_principal // 5)
        limits.append(Limit("costly", str(principal), most, WINDOW))
    await counters.count(*limits)


async def count_address(request: Request, what: str, *who: str, most: int, window: int) -> None:
    """By where they ask from."""
    address = addresses.home(request.client.host) if request.client else ""
    await count(request, what, address, *who, most=most, window=window)
