"""Sets of minutes as integers: bit n is the nth minute after an origin. Unions, intersections and shifts of whole weeks are
single operations on them, however many blocks and visits they were made of."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np

MINUTE = timedelta(minutes=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Bits = int
ONE_BIT = np.array([1 << place for place in range(8)], np.uint8)


class Frame(NamedTuple):
    """What the bits count: `size` minutes from a whole minute in UTC on."""

    origin: datetime
    size: int

    @property
    def all(self) -> Bits:
        return (1 << self.size) - 1

    def floor(self, at: datetime) -> int:
        """The minute in which an instant lies; it may lie outside."""
        return (at - self.origin) // MINUTE

    def ceil(self, at: datetime) -> int:
        return -((self.origin - at) // MINUTE)

    def instant(self, minute: int) -> datetime:
        return self.origin + minute * MINUTE

    def span(self, start: int, end: int) -> Bits:
        """The minutes from `start` until before `end`, as far as they lie in the frame."""
        start, end = max(start, 0), min(end, self.size)
        return ((1 << (end - start)) - 1) << start if start < end else 0

    def between(self, edges: Sequence[int]) -> Bits:
        """From each odd edge until before the next even one: minutes since 1970, in order, as `edges_of` makes them."""
        first = (self.origin - EPOCH) // MINUTE
        begins, ends = bisect_left(edges, first), bisect_right(edges, first + self.size)
        flips = np.zeros(self.size // 8 + 1, np.uint8)
        flips[0] = begins % 2  # it begins in the middle of one
        at = np.asarray(edges[begins:ends], np.int32) - first
        np.bitwise_xor.at(flips, at >> 3, ONE_BIT[at & 7])
        return self._filled(flips.tobytes())

    def union(self, spans: Iterable[tuple[int, int]]) -> Bits:
        """Of many, in minutes of the frame."""
        flips = bytearray(self.size // 8 + 1)
        for edge in edges_of(spans):
            at = min(max(edge, 0), self.size)
            flips[at >> 3] ^= 1 << (at & 7)
        return self._filled(flips)

    def _filled(self, flips: bytes | bytearray) -> Bits:
        """From each odd flip until before the next even one."""
        bits, step = int.from_bytes(flips, "little"), 1
        while step < self.size:
            bits ^= bits << step
            step *= 2
        return bits & self.all


def frame(since: datetime, until: datetime, *, before: int, after: int) -> Frame:
    """With so many minutes around."""
    start = since.astimezone(UTC).replace(second=0, microsecond=0) - before * MINUTE
    return Frame(start, max(0, -((start - until) // MINUTE)) + after)


def edges_of(spans: Iterable[tuple[int, int]]) -> list[int]:
    """What overlaps or touches made one, as a flat list of beginnings and ends."""
    edges: list[int] = []
    for start, end in sorted(spans):
        if edges and start <= edges[-1]:
            edges[-1] = max(edges[-1], end)
        elif start < end:
            edges += (start, end)
    return edges


def starts_of(runs: Bits, length: int) -> Bits:
    """Where so many minutes on end begin."""
    have = 1
    while have < length:
        step = min(have, length - have)
        runs &= runs >> step
        have += step
    return runs


def touching(busy: Bits, start: int, end: int) -> Bits:
    """The minutes s for which one from s + start until before s + end is busy; `start` may be negative."""
    if end <= start:
        return 0
    found = busy << -start if start < 0 else busy >> start
    have, length = 1, end - start
    while have < length:
        step = min(have, length - have)
        found |= found >> step
        have += step
    return found


def every(increment: int, *, start: int, end: int) -> Bits:
    """`start`, and every so many minutes after it until before `end`; `start` may be negative."""
    if start < 0:
        start += -(start // increment) * increment
    count = -((start - end) // increment)
    return _comb(increment, count) << start if count > 0 else 0


@lru_cache(4096)
def _comb(increment: int, count: int) -> Bits:
    comb, have = 1, 1
    while have < count:
        step = min(have, count - have)
        comb |= comb << (step * increment)
        have += step
    return comb


def runs_of(bits: Bits) -> Iterator[tuple[int, int]]:
    """Each run of minutes: its first, and the one after its last."""
    text = bin(bits)[:1:-1]
    start = text.find("1")
    while start >= 0:
        end = text.find("0", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = text.find("1", end)


def minutes_of(bits: Bits) -> Iterator[int]:
    text = bin(bits)[:1:-1]
    at = text.find("1")
    while at >= 0:
        yield at
        at = text.find("1", at + 1)


def at_least(sets: Iterable[Bits], many: int) -> Bits:
    """What is in so many of them."""
    counted = [-1] + [0] * many
    for one in sets:
        for level in range(many, 0, -1):
            counted[level] |= counted[level - 1] & one
    return counted[many]
