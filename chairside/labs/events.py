from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic

LABS = Topic("labs", "labs.track")


@dataclass(frozen=True)
class LabCaseChanged(Event):
    """A lab case was planned, changed, or taken a step on or back."""

    name = "labs.case_changed"
    topic = LABS

    case_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class LaboratoryChanged(Event):
    """A laboratory was added or changed."""

    name = "labs.laboratory_changed"
    topic = LABS

    laboratory_id: UUID
