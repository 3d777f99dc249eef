"""Whom we treat: who they are, how to reach them, who answers for their bills."""

from chairside.patients.actions.care_teams import NoSuchTeamMember, add_to_care_team, remove_from_care_team
from chairside.patients.actions.many import add_many, hold_many, remove_many
from chairside.patients.actions.merges import hold_records, rewrite
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
from chairside.patients.events import CareTeamChanged, PatientArchived, PatientChanged, PatientRegistered, PatientRestored
from chairside.patients.queries.patients import (
    START,
    get,
    list_,
    list_family,
    list_imported,
    list_namesakes,
    list_numbered,
    list_resembling,
    look_up,
    search,
)
from chairside.patients.queries.records import (
    NoSuchPatient,
    NotOnCareTeam,
    PatientIsMerged,
    check_record,
    list_care_team,
    list_closed,
)
from chairside.patients.rows import Known, Patient, Relative, TeamMember
from chairside.patients.rules import Newcomers, newcomers, number_words
from chairside.patients.rules import sort_key as name_key

__all__ = [
    "START", "AnswersForOthers", "CareTeamChanged", "GuarantorAnsweredFor", "Known", "Newcomers", "NoSuchPatient",
    "NoSuchTeamMember", "NotOnCareTeam", "NumberMayCome", "NumberTaken", "Patient", "PatientArchived", "PatientChanged",
    "PatientIsMerged", "PatientIsStale", "PatientRegistered", "PatientRestored", "Relative", "TeamMember", "add_many",
    "add_to_care_team", "archive", "change", "check_record", "get", "hold_many", "hold_records", "list_", "list_care_team",
    "list_closed", "list_family", "list_imported", "list_namesakes", "list_numbered", "list_resembling", "look_up", "name_key",
    "newcomers", "number_words", "register", "release_numbers", "remove_from_care_team", "remove_many", "reserve_numbers",
    "restore", "rewrite", "search",
]  # fmt: skip
