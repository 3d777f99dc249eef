"""How it looks on the line: server-sent events."""

from collections.abc import Sequence
from uuid import UUID

from pydantic_core import to_json

from chairside.kernel.events import KINDS
from chairside.live.rows import News
from chairside.live.rules import Position

RETRY_MILLISECONDS = 1000


def opened(position: Position, topics: Sequence[str], actor_id: UUID) -> bytes:
    """The first: where the listener is, and what they will hear of."""
    return f"retry: {RETRY_MILLISECONDS}\n".encode() + _frame("open", {"topics": topics, "actor_id": actor_id}, position)


def resync(position: Position) -> bytes:
    """What was heard so far is not gone on from: read everything again, then go on from here."""
    return _frame("resync", {}, position)


def ended(why: str) -> bytes:
    return _frame("end", {"why": why}, None)


def permitted(topics: Sequence[str]) -> bytes:
    """From now on they hear of these."""
    return _frame("topics", {"topics": topics}, None)


def beat(position: Position) -> bytes:
    """A sign of life that moves the position and is no event."""
    return f": here\nid: {position}\n\n".encode()


def told(news: Sequence[News], before: str, after: str, at: int) -> bytes:
    """Events that became visible between two snapshots: whoever heard the last one is at the second."""
    frames = []
    for number, one in enumerate(news, 1):
        position = Position(at, after) if number == len(news) else Position(at, before, after, one.id)
        assert one.name
        what = {
            "id": one.id, "type": one.name, "topic": KINDS[one.name].topic.name, "at": one.at, "actor_id": one.actor_id,
            "ids": one.facts,
        }  # fmt: skip
        frames.append(_frame(one.name, what, position))
    return b"".join(frames)


def _frame(name: str, what: object, position: Position | None) -> bytes:
    place = f"id: {position}\n".encode() if position else b""
    return place + b"event: " + name.encode() + b"\ndata: " + to_json(what) + b"\n\n"
