from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic
from chairside.tenancy import SETUP

RECALLS = Topic("recalls", "recalls.read")


@dataclass(frozen=True)
class RecallTypeAdded(Event):
    name = "recalls.type_added"
    topic = SETUP

    type_id: UUID


@dataclass(frozen=True)
class RecallTypeChanged(Event):
    """Every open recall of the type may be due on another day."""

    name = "recalls.type_changed"
    topic = SETUP

    type_id: UUID


@dataclass(frozen=True)
class WaitlistChanged(Event):
    """Somebody was put on the list, or taken off it, or waits for something else. That a visit ended it is told by the visit."""

    name = "recalls.waitlist_changed"
    topic = RECALLS

    entry_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class RecallChanged(Event):
    """Added, changed, snoozed, closed, or somebody tried to reach the patient. That it followed a visit is told by the visit."""

    name = "recalls.recall_changed"
    topic = RECALLS

    recall_id: UUID
    patient_id: UUID
