from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event
from chairside.recalls.events import RECALLS


@dataclass(frozen=True)
class OpeningFillChanged(Event):
    """A free time was begun to be offered, somebody was asked or answered, or it is over."""

    name = "filling.opening_fill_changed"
    topic = RECALLS

    fill_id: UUID
