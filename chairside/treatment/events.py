from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic

TREATMENT = Topic("treatment", "treatment.read")


@dataclass(frozen=True)
class PlanChanged(Event):
    """What is planned, was shown, decided, booked or done."""

    name = "treatment.plan_changed"
    topic = TREATMENT

    plan_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class WorkDone(Event):
    """A visit's work on an item; it is charged in the same commit."""

    name = "treatment.work_done"
    topic = TREATMENT

    work_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class WorkUndone(Event):
    """It was a mistake; the charge goes back with it."""

    name = "treatment.work_undone"
    topic = TREATMENT

    work_id: UUID
    patient_id: UUID
