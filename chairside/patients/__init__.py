"""Whom we treat: who they are, how to reach them, who answers for their bills."""

from chairside.patients.actions.many import add_many, hold_many, remove_many
from chairside.patients.actions.numbers import release_numbers, reserve_numbers
from chairside.patients.actions.register import (
    AnswersForOthers,
    GuarantorAnsweredFor,
    NumberMayCome,
    NumberTaken,
    PatientIsStale,
    archive,
    change,
    register,
    restore,
)
from chairside.patients.events import PatientArchived, PatientChanged, PatientRegistered, PatientRestored
from chairside.patients.queries import (
    START,
    NoSuchPatient,
    get,
    list_,
    list_family,
    list_imported,
    list_namesakes,
    list_numbered,
    list_resembling,
    search,
)
from chairside.patients.rows import Known, Patient, Relative
from chairside.patients.rules import Newcomers, newcomers
from chairside.patients.rules import sort_key as name_key

__all__ = [
    "START", "AnswersForOthers", "GuarantorAnsweredFor", "Known", "Newcomers", "NoSuchPatient", "NumberMayCome", "NumberTaken",
    "Patient", "PatientArchived", "PatientChanged", "PatientIsStale", "PatientRegistered", "PatientRestored", "Relative",
    "add_many", "archive", "change", "get", "hold_many", "list_", "list_family", "list_imported", "list_namesakes",
    "list_numbered", "list_resembling", "name_key", "newcomers", "register", "release_numbers", "remove_many", "reserve_numbers",
    "restore", "search",
]  # fmt: skip
