"""Whom we treat: who they are, how to reach them, who answers for their bills."""

from chairside.patients.actions import (
    AnswersForOthers,
    GuarantorAnsweredFor,
    NumberTaken,
    PatientIsStale,
    add_many,
    archive,
    change,
    hold_imported,
    register,
    remove_many,
    restore,
)
from chairside.patients.events import PatientArchived, PatientChanged, PatientRegistered, PatientRestored
from chairside.patients.queries import (
    START,
    NoSuchPatient,
    get,
    list_,
    list_family,
    list_namesakes,
    list_numbered,
    list_resembling,
    search,
)
from chairside.patients.rows import Known, Patient, Relative
from chairside.patients.rules import sort_key as name_key

__all__ = [
    "START", "AnswersForOthers", "GuarantorAnsweredFor", "Known", "NoSuchPatient", "NumberTaken", "Patient", "PatientArchived",
    "PatientChanged", "PatientIsStale", "PatientRegistered", "PatientRestored", "Relative", "add_many", "archive", "change",
    "get", "hold_imported", "list_", "list_family", "list_namesakes", "list_numbered", "list_resembling", "name_key", "register",
    "remove_many", "restore", "search",
]  # fmt: skip
