"""How often: counters in fixed windows, in this process. Shared counters come with several processes."""

import time
from uuid import UUID

from fastapi import Request

from chairside.kernel.refusals import TooMany

MOST_COUNTERS = 50_000


class TooManyRequests(TooMany):
    """Too many requests; please wait {seconds} seconds."""


class Counters:
    """Counts by (what, who) in windows of so many seconds. Memory is bounded: past windows are dropped."""

    def __init__(self) -> None:
        self.seen: dict[object, tuple[int, int]] = {}

    def count(self, who: object, *, most: int, window: int) -> None:
        """Refuses TooManyRequests."""
        now = int(time.monotonic())
        began, count = self.seen.get(who, (now, 0))
        if now - began >= window:
            began, count = now, 0
        if count >= most:
            raise TooManyRequests(seconds=max(1, window - (now - began)))
        if len(self.seen) >= MOST_COUNTERS and who not in self.seen:
            self.seen.clear()
        self.seen[who] = (began, count + 1)


def count_principal(request: Request, principal: UUID) -> None:
    state = request.app.state
    state.counters.count(principal, most=state.settings.requests_per_principal, window=10)


def count_address(request: Request, what: object, *, most: int, window: int) -> None:
    """`what` keeps apart what is counted apart: sign-ups are few, other anonymous requests many."""
    address = request.client.host if request.client else ""
    request.app.state.counters.count((what, address), most=most, window=window)
