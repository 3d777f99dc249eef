"""Whom we treat: who they are, how to reach them, who answers for their bills."""

from chairside.patients.actions import (
    AnswersForOthers,
    GuarantorAnsweredFor,
    NumberTaken,
    PatientIsStale,
    archive,
    change,
    register,
    restore,
)
from chairside.patients.events import PatientArchived, PatientChanged, PatientRegistered, PatientRestored
from chairside.patients.queries import START, NoSuchPatient, get, list_, list_family, list_resembling, search
from chairside.patients.rows import Patient, Relative

__all__ = [
    "START", "AnswersForOthers", "GuarantorAnsweredFor", "NoSuchPatient", "NumberTaken", "Patient", "PatientArchived",
    "PatientChanged", "PatientIsStale", "PatientRegistered", "PatientRestored", "Relative", "archive", "change", "get", "list_",
    "list_family", "list_resembling", "register", "restore", "search",
]  # fmt: skip
