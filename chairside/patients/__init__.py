"""Whom we treat: who they are, how to reach them, who answers for their bills."""

from chairside.patients.actions.care_teams import NoSuchTeamMember, add_to_care_team, remove_from_care_team
from chairside.patients.actions.children import register_child
from chairside.patients.actions.many import add_many, hold_many, remove_many
from chairside.patients.actions.merges import hold_records, rewrite
from chairside.patients.actions.numbers import release_numbers, reserve_numbers
from chairside.patients.actions.proofs import NotAProof, ProofTooLarge, check_size, keep_proof, remove_proof
from chairside.patients.actions.proxies import (
    AlreadyProxy,
    ProxyIsStale,
    add_proxy,
    change_proxy,
    restore_proxy,
    revoke_proxy,
)
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
from chairside.patients.events import (
    CareTeamChanged,
    PatientArchived,
    PatientChanged,
    PatientRegistered,
    PatientRestored,
    ProxiesChanged,
)
from chairside.patients.queries.majority import Acting, ComesOfAge, list_coming_of_age
from chairside.patients.queries.patients import (
    START,
    find_reached,
    find_reached_child,
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
from chairside.patients.queries.proofs import NoProof, ProofFile, open_proof
from chairside.patients.queries.proxies import NoSuchProxy, get_proxy, list_proxies
from chairside.patients.queries.records import (
    NoSuchPatient,
    NotOnCareTeam,
    PatientIsMerged,
    check_record,
    list_care_team,
    list_closed,
)
from chairside.patients.rows import Known, Patient, Proxy, Relative, TeamMember
from chairside.patients.rules import Newcomers, fold, newcomers, number_words, same_number
from chairside.patients.rules import sort_key as name_key

__all__ = [
    "START", "Acting", "AlreadyProxy", "AnswersForOthers", "CareTeamChanged", "ComesOfAge", "GuarantorAnsweredFor", "Known",
    "Newcomers", "NoProof", "NoSuchPatient", "NoSuchProxy", "NoSuchTeamMember", "NotAProof", "NotOnCareTeam", "NumberMayCome",
    "NumberTaken", "Patient", "PatientArchived", "PatientChanged", "PatientIsMerged", "PatientIsStale", "PatientRegistered",
    "PatientRestored", "ProofFile", "ProofTooLarge", "ProxiesChanged", "Proxy", "ProxyIsStale", "Relative", "TeamMember",
    "add_many", "add_proxy", "add_to_care_team", "archive", "change", "change_proxy", "check_record", "check_size",
    "find_reached", "find_reached_child", "fold", "get", "get_proxy", "hold_many", "hold_records", "keep_proof", "list_",
    "list_care_team", "list_closed", "list_coming_of_age", "list_family", "list_imported", "list_namesakes", "list_numbered",
    "list_proxies", "list_resembling", "look_up", "name_key", "newcomers", "number_words", "open_proof", "register",
    "register_child", "release_numbers", "remove_from_care_team", "remove_many", "remove_proof", "reserve_numbers", "restore",
    "restore_proxy", "revoke_proxy", "rewrite", "same_number", "search",
]  # fmt: skip
