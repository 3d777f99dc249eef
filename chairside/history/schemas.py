from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from chairside import history
from chairside.history import Alert, Difference, HistoryEntry, HistoryVersion, Whole
from chairside.history.rules import is_in_force
from chairside.kernel.http.shapes import Instant, Line, Strict, View
from chairside.kernel.op import Op
from chairside.kernel.refusals import Wrong

Kind = Literal["allergy", "medication", "condition", "pregnancy", "premedication"]
Severity = Literal["mild", "moderate", "severe", "life_threatening"]
Known = Literal["some", "none", "not_asked"]
Flag = Annotated[bool, Field(strict=True)]
Text = Annotated[str, StringConstraints(max_length=200)]
Note = Annotated[str, StringConstraints(max_length=2000)]
Code = Annotated[str, StringConstraints(max_length=50)]
ABSENT: Any = Field(default_factory=lambda: None)


def _a_date(written: str) -> str:
    """2019, 2019-05 or 2019-05-03."""
    parts = written.split("-")
    try:
        if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]):
            raise ValueError(written)
        day = date.fromisoformat("-".join([*parts, "01", "01"][:3]))
    except ValueError as error:
        raise Wrong("not_a_partial_date", "Write a year, a month or a day: 2019, 2019-05 or 2019-05-03.") from error
    _sensible(day)
    return written


def _sensible(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise Wrong("out_of_range", "between the years 1900 and 2200")
    return day


Partial = Annotated[str, StringConstraints(min_length=4, max_length=10), AfterValidator(_a_date)]
Day = Annotated[date, AfterValidator(_sensible)]


class HistoryFacts(Strict):
    """`name`: the drug, the substance, the condition, what is taken before treatment; a pregnancy has none. `code_system` and
    `code` of any terminology, together. `since` and `until`: a year, a month or a day. Of an allergy `severity` (null: not known)
    and `reaction`; of a medication `dose`, and whether it is an `anticoagulant`; of a condition whether it is `controlled`; of a
    pregnancy `due_on`; of what is taken before treatment `dose` and the `reason`."""

    name: Line | None = None
    code_system: Code | None = None
    code: Code | None = None
    severity: Severity | None = None
    reaction: Text | None = None
    dose: Text | None = None
    anticoagulant: Flag = False
    controlled: Flag | None = None
    reason: Text | None = None
    due_on: Day | None = None
    since: Partial | None = None
    until: Partial | None = None
    note: Note | None = None


class NewHistoryEntry(HistoryFacts):
    kind: Kind


class HistoryEntryPatch(HistoryFacts):
    """What kind of entry it is stays as it was."""

    anticoagulant: Flag = ABSENT


class HistoryEnd(Strict):
    """`until`: since when it is over; today where nobody says."""

    until: Partial | None = None
    reason: Text | None = None


class HistoryStrike(Strict):
    reason: Line


class HistoryEntryView(View):
    """`in_force`: neither over nor struck through."""

    id: UUID
    patient_id: UUID
    kind: Kind
    name: str | None
    code_system: str | None
    code: str | None
    severity: Severity | None
    reaction: str | None
    dose: str | None
    anticoagulant: bool
    controlled: bool | None
    reason: str | None
    due_on: date | None
    since: str | None
    until: str | None
    note: str | None
    in_force: bool
    ended_at: Instant | None
    end_reason: str | None
    struck_at: Instant | None
    strike_reason: str | None
    created_at: Instant
    version: int

    @classmethod
    def of(cls, op: Op, entry: HistoryEntry) -> Self:
        return cls.model_validate(entry._asdict() | {"in_force": is_in_force(entry, op.today)})


class KnownOf(View):
    """Of each kind: some is in force, there is none, or nobody asked."""

    allergy: Known
    medication: Known
    condition: Known
    pregnancy: Known
    premedication: Known


class ReviewState(View):
    """When the whole was last looked through with the patient, and when it should be again; `due` also where it never was."""

    reviewed_at: Instant | None
    reviewed_by: str | None
    due_on: date | None
    due: bool

    @classmethod
    def of(cls, op: Op, whole: Whole) -> Self:
        at, months = whole.history.reviewed_at, whole.history.review_months
        on = at.astimezone(op.clinic.zone).date() if at else None
        return cls(
            reviewed_at=at, reviewed_by=whole.history.reviewed_by_name, due_on=history.review_due_on(on, months),
            due=history.is_review_due(on, months, op.today),
        )  # fmt: skip


class HistoryView(View):
    """`version` counts the versions of the whole; 0 while nothing was said."""

    patient_id: UUID
    known: KnownOf
    entries: list[HistoryEntryView]
    review: ReviewState
    version: int

    @classmethod
    def of(cls, op: Op, whole: Whole) -> Self:
        return cls(
            patient_id=whole.history.patient_id, known=KnownOf.model_validate(whole.known(op)),
            entries=[HistoryEntryView.of(op, entry) for entry in whole.entries], review=ReviewState.of(op, whole),
            version=whole.history.version,
        )  # fmt: skip


class PatientAlert(View):
    """`detail`: the reaction, the dose, or why it is taken before treatment. `severity` of an allergy: null is not known."""

    id: UUID
    kind: Literal["allergy", "anticoagulant", "premedication", "pregnancy"]
    label: str
    severity: Severity | None
    detail: str | None
    due_on: date | None


class PatientAlerts(View):
    """What stands on every screen of the patient, the worst first. `allergies`: whether there are any, or nobody asked."""

    patient_id: UUID
    items: list[PatientAlert]
    allergies: Known
    review: ReviewState

    @classmethod
    def of(cls, op: Op, whole: Whole) -> Self:
        alerts: list[Alert] = whole.alerts(op)
        return cls(
            patient_id=whole.history.patient_id, items=[PatientAlert.model_validate(alert) for alert in alerts],
            allergies=KnownOf.model_validate(whole.known(op)).allergy, review=ReviewState.of(op, whole),
        )  # fmt: skip


class VersionEntry(View):
    """An entry as it stood in a version."""

    id: UUID
    kind: Kind
    name: str | None
    severity: Severity | None
    reaction: str | None
    dose: str | None
    anticoagulant: bool
    controlled: bool | None
    reason: str | None
    due_on: date | None
    since: str | None
    until: str | None
    note: str | None
    code_system: str | None
    code: str | None
    ended_at: Instant | None
    end_reason: str | None
    struck_at: Instant | None
    strike_reason: str | None


class HistoryVersionLine(View):
    """Who made it, when and why; when the whole had last been looked through, and by whom."""

    number: int
    why: Literal["added", "changed", "ended", "resumed", "struck", "restored", "none", "asked", "reviewed", "merged"]
    created_at: Instant
    created_by: str | None
    reviewed_at: Instant | None
    reviewed_by: str | None

    @classmethod
    def of(cls, version: HistoryVersion) -> Self:
        names = {"created_by": version.created_by_name, "reviewed_by": version.reviewed_by_name}
        return cls.model_validate(version._asdict() | names)


class HistoryVersionView(HistoryVersionLine):
    none_of: list[Kind]
    entries: list[VersionEntry]


class HistoryVersions(View):
    items: list[HistoryVersionLine]
    next_cursor: str | None = None


class FieldChange(View):
    field: str
    before: str | bool | None
    after: str | bool | None


class EntryChange(View):
    """`what` became of it; `gone`: it went back to the record it had come from."""

    id: UUID
    kind: Kind
    name: str | None
    what: Literal["added", "changed", "ended", "resumed", "struck", "restored", "gone"]
    fields: list[FieldChange]


class HistoryDifference(View):
    """`none_since`: it is said since that there is none; `none_no_longer`: it was said, and is not."""

    before: HistoryVersionLine
    after: HistoryVersionLine
    changes: list[EntryChange]
    none_since: list[Kind]
    none_no_longer: list[Kind]

    @classmethod
    def of(cls, found: Difference) -> Self:
        changes = [
            {**change._asdict(), "fields": [{"field": k, "before": v[0], "after": v[1]} for k, v in change.fields.items()]}
            for change in found.changes
        ]
        ends = {"before": HistoryVersionLine.of(found.before), "after": HistoryVersionLine.of(found.after)}
        return cls.model_validate(found._asdict() | ends | {"changes": changes})
