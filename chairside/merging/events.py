from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event
from chairside.patients.events import PATIENTS


@dataclass(frozen=True)
class PatientsMerged(Event):
    name = "merging.patients_merged"
    topic = PATIENTS

    merge_id: UUID
    patient_id: UUID
    duplicate_id: UUID


@dataclass(frozen=True)
class MergeTakenApart(Event):
    name = "merging.merge_taken_apart"
    topic = PATIENTS

    merge_id: UUID
    patient_id: UUID
    duplicate_id: UUID
