"""What a patient's body brings along: allergies, medications, conditions, a pregnancy, premedication; what of it stands on every
screen; every version of the whole."""

from chairside.history.actions.entries import (
    HistoryEntryIsStale,
    HistoryEntryIsStruck,
    add_entry,
    change_entry,
    end_entry,
    restore_entry,
    resume_entry,
    strike_entry,
)
from chairside.history.actions.reviews import ThereIsSome, ask_again, review, say_none
from chairside.history.actions.stock import HistoryIsStale, take_stock
from chairside.history.events import HISTORY, HistoryChanged
from chairside.history.queries.histories import NoSuchHistoryEntry, Whole, get, get_entry, list_alerts
from chairside.history.queries.versions import LATEST, Difference, NoSuchHistoryVersion, compare, get_version, list_versions
from chairside.history.rows import HistoryEntry, HistoryVersion, MedicalHistory
from chairside.history.rules import Alert, is_in_force, is_review_due, review_due_on

__all__ = [
    "HISTORY", "LATEST", "Alert", "Difference", "HistoryChanged", "HistoryEntry", "HistoryEntryIsStale", "HistoryEntryIsStruck",
    "HistoryIsStale", "HistoryVersion", "MedicalHistory", "NoSuchHistoryEntry", "NoSuchHistoryVersion", "ThereIsSome", "Whole",
    "add_entry", "ask_again", "change_entry", "compare", "end_entry", "get", "get_entry", "get_version", "is_in_force",
    "is_review_due", "list_alerts", "list_versions", "restore_entry", "resume_entry", "review", "review_due_on", "say_none",
    "strike_entry", "take_stock",
]  # fmt: skip
