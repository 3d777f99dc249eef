"""How often: counters in fixed windows. In this process; in a Valkey when several share them (`shared`)."""

import time
from collections import Counter
from typing import Protocol
from uuid import UUID

from fastapi import Request

from chairside.kernel import addresses
from chairside.kernel.refusals import TooMany

MOST_COUNTERS = 50_000


class TooManyRequests(TooMany):
    """Too many requests; please wait {seconds} seconds."""


class Counts(Protocol):
    """Counts what somebody does, in windows of so many seconds that begin with the first time."""

    refused: Counter[str]
    """How often, by what was done."""

    async def count(self, what: str, who: str, *, most: int, window: int) -> None:
        """Refuses TooManyRequests."""

    async def close(self) -> None: ...


class Counters:
    """In this process. Memory is bounded: past windows are dropped."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], tuple[float, int]] = {}
        self.refused: Counter[str] = Counter()

    async def count(self, what: str, who: str, *, most: int, window: int) -> None:
        now = time.monotonic()
        began, count = self.seen.get((what, who), (now, 0))
        if now - began >= window:
            began, count = now, 0
        if count >= most:
            self.refused[what] += 1
            raise TooManyRequests(seconds=max(1, round(window - (now - began))))
        if len(self.seen) >= MOST_COUNTERS and (what, who) not in self.seen:
            self.seen.clear()
        self.seen[what, who] = (began, count + 1)

    async def close(self) -> None:
        self.seen.clear()


async def count(request: Request, what: str, *who: UUID | str | bytes, most: int, window: int) -> None:
    """`what` keeps apart what is counted apart: sign-ups are few, other anonymous requests many. Refuses TooManyRequests."""
    counters: Counts = request.app.state.counters
    names = (part.hex() if isinstance(part, bytes) else str(part) for part in who)
    await counters.count(what, "\0".join(names), most=most, window=window)


async def count_principal(request: Request, principal: UUID) -> None:
    await count(request, "request", principal, most=request.app.state.settings.requests_per_principal, window=10)


async def count_address(request: Request, what: str, *who: str, most: int, window: int) -> None:
    """By where they ask from."""
    address = addresses.home(request.client.host) if request.client else ""
    await count(request, what, address, *who, most=most, window=window)
