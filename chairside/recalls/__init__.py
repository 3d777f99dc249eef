"""Who should come, and when: recalls, every attempt to reach somebody, and the waiting list; all of it follows the visits."""

from chairside.recalls.actions.attempts import NoSuchAttempt, note_attempt, take_attempt_back
from chairside.recalls.actions.following import follow_visits
from chairside.recalls.actions.recalls import (
    RecallExists,
    RecallIsClosed,
    RecallIsStale,
    RecallTypeIsInactive,
    add,
    change,
    close,
    reopen,
    snooze,
    wake,
)
from chairside.recalls.actions.types import RecallTypeIsStale, RecallTypeNameTaken, add_type, change_type
from chairside.recalls.actions.waiting import (
    NotTheirVisit,
    NotWaiting,
    WaitingIsStale,
    change_waiting,
    stop_waiting,
    wait,
    wait_again,
)
from chairside.recalls.events import RecallChanged, RecallTypeAdded, RecallTypeChanged, WaitlistChanged
from chairside.recalls.queries.recalls import OPEN, START, NoSuchRecall, get, list_, list_attempts
from chairside.recalls.queries.types import NoSuchRecallType, get_type, list_types
from chairside.recalls.queries.waiting import FIRST, STILL, NoSuchWaiting, get_waiting, list_waiting
from chairside.recalls.rows import Recall, RecallAttempt, RecallType, Waiting
from chairside.recalls.rules import Interval

__all__ = [
    "FIRST", "OPEN", "START", "STILL", "Interval", "NoSuchAttempt", "NoSuchRecall", "NoSuchRecallType", "NoSuchWaiting",
    "NotTheirVisit", "NotWaiting", "Recall", "RecallAttempt", "RecallChanged", "RecallExists", "RecallIsClosed",
    "RecallIsStale", "RecallType", "RecallTypeAdded", "RecallTypeChanged", "RecallTypeIsInactive", "RecallTypeIsStale",
    "RecallTypeNameTaken", "Waiting", "WaitingIsStale", "WaitlistChanged", "add", "add_type", "change", "change_type",
    "change_waiting", "close", "follow_visits", "get", "get_type", "get_waiting", "list_", "list_attempts", "list_types",
    "list_waiting", "note_attempt", "reopen", "snooze", "stop_waiting", "take_attempt_back", "wait", "wait_again", "wake",
]  # fmt: skip
