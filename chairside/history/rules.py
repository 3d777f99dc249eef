"""What of a medical history is in force, what of it everybody who treats must see at once, and how two versions differ."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from chairside.history.rows import HistoryEntry

KINDS = ("allergy", "medication", "condition", "pregnancy", "premedication")
SEVERITIES = ("life_threatening", "severe", "moderate", "mild")
"""The worst first. One that nobody knows stands after the worst: until it is known it may be."""
FACTS = (
    "name", "code_system", "code", "severity", "reaction", "dose", "anticoagulant", "controlled", "reason", "due_on", "since",
    "until", "note",
)  # fmt: skip
OF_KIND = {
    "allergy": {"severity", "reaction"},
    "medication": {"dose", "anticoagulant"},
    "condition": {"controlled"},
    "pregnancy": {"due_on"},
    "premedication": {"dose", "reason"},
}
"""Facts that only entries of a kind have, or of two of them."""


class Alert(NamedTuple):
    """One thing that is on every screen of the patient. `detail`: the reaction, the dose, or why it is taken."""

    id: UUID
    kind: str
    label: str
    severity: str | None
    detail: str | None
    due_on: date | None


class Change(NamedTuple):
    """Of one entry between two versions: `what` became of it, and which of its fields were what and are what."""

    id: UUID
    kind: str
    name: str | None
    what: str
    fields: dict[str, tuple[Any, Any]]


def is_over(entry: HistoryEntry, today: date) -> bool:
    """Ended, or its last year, month or day is past."""
    return entry.ended_at is not None or (entry.until is not None and entry.until < today.isoformat()[: len(entry.until)])


def is_in_force(entry: HistoryEntry, today: date) -> bool:
    return entry.struck_at is None and not is_over(entry, today)


def alerts(entries: Iterable[HistoryEntry], today: date) -> list[Alert]:
    """Allergies, the worst first; blood thinners; what must be taken before treatment; a pregnancy."""
    found = []
    for entry in entries:
        if not is_in_force(entry, today):
            continue
        if entry.kind == "allergy":
            found.append(Alert(entry.id, "allergy", entry.name or "", entry.severity, entry.reaction, None))
        elif entry.anticoagulant:
            found.append(Alert(entry.id, "anticoagulant", entry.name or "", None, entry.dose, None))
        elif entry.kind == "premedication":
            found.append(Alert(entry.id, "premedication", entry.name or "", None, entry.reason, None))
        elif entry.kind == "pregnancy":
            found.append(Alert(entry.id, "pregnancy", "", None, None, entry.due_on))
    return sorted(found, key=_urgency)


def _urgency(alert: Alert) -> tuple[int, float]:
    place = ("allergy", "anticoagulant", "premedication", "pregnancy").index(alert.kind)
    return place, SEVERITIES.index(alert.severity) if alert.severity else 0.5


def review_due_on(reviewed_on: date | None, months: int | None) -> date | None:
    """None where it was never looked through, or the clinic does not ask for it. The last day of a month that is too short."""
    if reviewed_on is None or months is None:
        return None
    return reviewed_on + relativedelta(months=months)


def is_review_due(reviewed_on: date | None, months: int | None, today: date) -> bool:
    due_on = review_due_on(reviewed_on, months)
    return months is not None and (due_on is None or due_on <= today)


def known_of(kind: str, entries: Iterable[HistoryEntry], none_of: Sequence[str], today: date) -> str:
    """`some` in force, `none` as somebody said, or `not_asked`."""
    if any(entry.kind == kind and is_in_force(entry, today) for entry in entries):
        return "some"
    return "none" if kind in none_of else "not_asked"


def difference(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Change]:
    """Between the entries of two versions, in the order of the later; what only the earlier has is last: it went back."""
    was = {entry["id"]: entry for entry in before}
    found = []
    for entry in after:
        earlier = was.pop(entry["id"], None)
        if earlier is None:
            found.append(_change(entry, "added", {}))
        elif fields := {name: (earlier.get(name), entry.get(name)) for name in FACTS if earlier.get(name) != entry.get(name)}:
            found.append(_change(entry, _became(earlier, entry) or "changed", fields))
        elif what := _became(earlier, entry):
            found.append(_change(entry, what, {}))
    return found + [_change(entry, "gone", {}) for entry in was.values()]


def _became(earlier: Mapping[str, Any], entry: Mapping[str, Any]) -> str | None:
    for field, said, unsaid in (("struck_at", "struck", "restored"), ("ended_at", "ended", "resumed")):
        if bool(earlier.get(field)) != bool(entry.get(field)):
            return said if entry.get(field) else unsaid
    return None


def _change(entry: Mapping[str, Any], what: str, fields: dict[str, tuple[Any, Any]]) -> Change:
    return Change(UUID(entry["id"]), entry["kind"], entry.get("name"), what, fields)
