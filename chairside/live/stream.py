"""One listener: what waits to be sent to them, and why it ended."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from uuid import UUID

from chairside.kernel.events import KINDS
from chairside.live import frames
from chairside.live.rules import Position

MOST_BYTES = 256 * 1024  # that wait for a reader; a day's events of a clinic


@dataclass(eq=False, slots=True)
class Stream:
    clinic_id: UUID
    session_id: UUID
    principal_id: UUID
    wanted: frozenset[str]
    grants: frozenset[str]
    most: frozenset[str] | None  # what they look at the product as, if they do
    start: str  # the snapshot from which on it is told what happens
    joined: float = field(default_factory=time.monotonic)
    taken: bool = False  # somebody reads it
    hears: frozenset[str] = frozenset()
    _chunks: deque[bytes] = field(default_factory=deque)
    _size: int = 0
    _held: list[bytes] | None = field(default_factory=list)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _over: bool = False

    def __post_init__(self) -> None:
        self.permit(self.grants)

    def permit(self, grants: frozenset[str]) -> None:
        """From now on they hear of what these permit."""
        self.grants = grants
        if self.most is not None:
            grants = grants & self.most
        topics = {kind.topic for kind in KINDS.values()}
        self.hears = frozenset(t.name for t in topics if t.name in self.wanted and (t.needs in grants or "*" in grants))

    def begin(self, *first: bytes) -> None:
        """What they missed, then what was put meanwhile."""
        held, self._held = self._held or [], None
        for chunk in (*first, *held):
            self.put(chunk, self.start)

    def put(self, chunk: bytes, seen: str) -> None:
        """`seen` is where they are when they have read it. Who does not keep up is told to read everything again, and that is
        the end: they come back when they can."""
        if self._over or not chunk:
            return
        if self._held is not None:
            self._held.append(chunk)
            return
        self._chunks.append(chunk)
        self._size += len(chunk)
        if self._size > MOST_BYTES:
            self._chunks.clear()
            self.end(frames.resync(Position(int(time.time()), seen)))
        self._wake.set()

    def end(self, last: bytes = b"") -> None:
        if not self._over:
            self._over = True
            if last:
                self._chunks.append(last)
            self._wake.set()

    async def next(self) -> bytes:
        """Everything that waits; nothing when it is over."""
        while not self._chunks and not self._over:
            self._wake.clear()
            await self._wake.wait()
        waiting = b"".join(self._chunks)
        self._chunks.clear()
        self._size = 0
        return waiting
