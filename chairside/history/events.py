from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic

HISTORY = Topic("history", "history.read")


@dataclass(frozen=True)
class HistoryChanged(Event):
    """Something was recorded, changed, ended or struck through, or the whole was looked through."""

    name = "history.history_changed"
    topic = HISTORY

    patient_id: UUID
