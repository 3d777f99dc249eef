from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID


class MedicalHistory(NamedTuple):
    """What holds of the whole. `none_of`: kinds that were asked for, and there are none. Version 0: nothing was said yet."""

    id: UUID
    patient_id: UUID
    none_of: list[str]
    reviewed_at: datetime | None
    reviewed_by_name: str | None
    review_months: int | None
    version: int


class HistoryEntry(NamedTuple):
    """`since` and `until` are a year, a month or a day: 2019, 2019-05, 2019-05-03. Over when it was ended, or `until` is past;
    struck when it should never have stood here."""

    id: UUID
    patient_id: UUID
    kind: str
    name: str | None
    code_system: str | None
    code: str | None
    severity: str | None
    reaction: str | None
    dose: str | None
    anticoagulant: bool
    controlled: bool | None
    reason: str | None
    due_on: date | None
    since: str | None
    until: str | None
    note: str | None
    ended_at: datetime | None
    end_reason: str | None
    struck_at: datetime | None
    strike_reason: str | None
    created_at: datetime
    version: int


class HistoryVersion(NamedTuple):
    """The whole as it stood then; `entries` are the fields of each by their names."""

    id: UUID
    patient_id: UUID
    number: int
    why: str
    none_of: list[str]
    entries: list[dict[str, Any]]
    reviewed_at: datetime | None
    reviewed_by_name: str | None
    created_at: datetime
    created_by_name: str | None


class HeldHistory(NamedTuple):
    """One that nobody else changes until this transaction ends."""

    none_of: list[str]
    version: int


ENTRY = ", ".join(f"entry.{column}" for column in HistoryEntry._fields)
