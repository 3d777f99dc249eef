from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event


@dataclass(frozen=True)
class PatientRegistered(Event):
    name = "patients.patient_registered"

    patient_id: UUID


@dataclass(frozen=True)
class PatientChanged(Event):
    name = "patients.patient_changed"

    patient_id: UUID


@dataclass(frozen=True)
class PatientArchived(Event):
    name = "patients.patient_archived"

    patient_id: UUID


@dataclass(frozen=True)
class PatientRestored(Event):
    name = "patients.patient_restored"

    patient_id: UUID
