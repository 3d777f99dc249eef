from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic

PATIENTS = Topic("patients", "patients.read")


@dataclass(frozen=True)
class PatientRegistered(Event):
    name = "patients.patient_registered"
    topic = PATIENTS

    patient_id: UUID


@dataclass(frozen=True)
class PatientChanged(Event):
    name = "patients.patient_changed"
    topic = PATIENTS

    patient_id: UUID


@dataclass(frozen=True)
class PatientArchived(Event):
    name = "patients.patient_archived"
    topic = PATIENTS

    patient_id: UUID


@dataclass(frozen=True)
class PatientRestored(Event):
    name = "patients.patient_restored"
    topic = PATIENTS

    patient_id: UUID


@dataclass(frozen=True)
class CareTeamChanged(Event):
    name = "patients.care_team_changed"
    topic = PATIENTS

    patient_id: UUID


@dataclass(frozen=True)
class ProxiesChanged(Event):
    name = "patients.proxies_changed"
    topic = PATIENTS

    patient_id: UUID
