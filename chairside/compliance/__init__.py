"""Who saw and changed what, and that nobody changed the record of it."""

from chairside.compliance.actions.exporting import TooManyEvents, export_events
from chairside.compliance.queries.events import (
    BEGINNING,
    LATEST,
    NoSuchEvent,
    Wanted,
    get_event,
    get_health,
    list_events,
    list_opened,
)
from chairside.compliance.rows import Health, Noted, Opened
from chairside.compliance.rules.showing import Changed

__all__ = [
    "BEGINNING",
    "LATEST",
    "Changed",
    "Health",
    "NoSuchEvent",
    "Noted",
    "Opened",
    "TooManyEvents",
    "Wanted",
    "export_events",
    "get_event",
    "get_health",
    "list_events",
    "list_opened",
]  # fmt: skip
