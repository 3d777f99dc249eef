from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from chairside.exchange.rows import Import, ImportState, Touched
from chairside.exchange.rules import Corrections
from chairside.kernel.http.shapes import Instant, MoneyShape, Strict, View

Cell = Annotated[str, StringConstraints(max_length=200)]
Status = Literal["created", "uploaded", "analysed", "running", "done", "failed", "undoing", "undone"]
Sex = Literal["female", "male", "other", "unknown"]
Standing = Literal["active", "archived"]
Worker = Literal["queued", "working", "away"]


class NewImport(Strict):
    kind: Literal["patients"] = "patients"
    filename: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    size: Annotated[int, Field(ge=0, le=2**53, strict=True)]


class Mapping(Strict):
    """What a person decided over the guesses; what is left out stays guessed. `columns` maps a column's name to a target or
    "ignore"; `sexes` and `statuses` map the file's codes."""

    columns: Annotated[dict[Cell, Cell], Field(max_length=200)] = {}
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    decimal_mark: Literal[".", ","] | None = None
    encoding: Cell | None = None
    separator: Literal[",", ";", "\t", "|"] | None = None
    sexes: Annotated[dict[Cell, Sex], Field(max_length=200)] = {}
    statuses: Annotated[dict[Cell, Standing], Field(max_length=200)] = {}

    def as_corrections(self) -> Corrections:
        return Corrections(**self.model_dump())


class Progress(View):
    """In rows of a run, in patients of an undo."""

    done: int
    total: int


class Counts(View):
    """rows = accepted + refused + already_present; accepted includes warned."""

    rows: int
    accepted: int
    refused: int
    warned: int
    already_present: int


class Balances(View):
    """file = accepted + refused + already_present. `ledger`, once it ran: what the import put there and did not take back.
    `unreadable`: cells that are no amount."""

    file: MoneyShape
    accepted: MoneyShape
    refused: MoneyShape
    already_present: MoneyShape
    ledger: MoneyShape | None
    unreadable: int


class Reason(View):
    field: str
    code: str
    rows: int


class FailureView(View):
    code: str
    detail: str
    facts: dict[str, Any]


class FileColumn(View):
    name: str
    target: str
    confidence: str
    samples: list[str]


class GuessedEncoding(View):
    value: str
    confidence: str
    samples: list[str]


class GuessedSeparator(View):
    value: str
    confidence: str


class ReadDate(View):
    text: str
    read: date


class ReadAmount(View):
    text: str
    read: int


class Sign(View):
    sign: str
    count: int


class GuessedDates(View):
    value: str
    confidence: str
    agreeing: int
    contrary: int
    examples: list[ReadDate]


class GuessedAmounts(View):
    """Examples are read in minor units."""

    value: str
    confidence: str
    agreeing: int
    contrary: int
    examples: list[ReadAmount]
    currencies: list[Sign]


class CodeView(View):
    """A code of the file, and what it means; null when a person must say."""

    code: str
    count: int
    meaning: str | None


class Guesses(View):
    encoding: GuessedEncoding
    separator: GuessedSeparator
    date_order: GuessedDates
    decimal_mark: GuessedAmounts
    sexes: list[CodeView]
    statuses: list[CodeView]


class ProblemView(View):
    row: int
    register_number: str | None
    field: str
    code: str
    outcome: Literal["refused", "warned"]
    detail: str
    value: str
    facts: dict[str, Any]


class PresentView(View):
    """`differs`: the patient with this register number has another name."""

    row: int
    register_number: str | None
    name: str
    differs: bool


class KeptPatient(View):
    id: UUID
    register_number: str
    first_name: str
    last_name: str
    birth_date: date | None


class Kept(View):
    patient: KeptPatient
    why: Literal[
        "changed",
        "appointment",
        "invoice",
        "ledger",
        "recall",
        "waitlist",
        "proxy",
        "history",
        "guarantor",
        "finding",
        "note",
        "prescription",
        "lab_case",
        "plan",
        "image",
    ]


class Undone(View):
    removed: int
    kept_count: int
    kept: list[Kept]


class ImportBrief(View):
    id: UUID
    kind: str
    filename: str
    size: int
    status: Status
    counts: Counts | None
    balances: Balances | None
    error: FailureView | None
    created_at: Instant
    uploaded_at: Instant | None
    started_at: Instant | None
    finished_at: Instant | None
    undone_at: Instant | None
    version: int

    @staticmethod
    def told(found: Import, currency: str) -> dict[str, Any]:
        summary = found.summary or {}
        facts = found._asdict() | {"counts": None, "balances": None, "error": found.refusal}
        if summary:
            facts["counts"], facts["reasons"] = summary["counts"], summary["reasons"]
            facts["balances"] = {
                name: amount if name == "unreadable" else {"amount": amount, "currency": currency}
                for name, amount in ({"ledger": None} | summary["balances"]).items()
                if amount is not None
            }
            facts["balances"].setdefault("ledger", None)
        return facts


class ImportPage(View):
    items: list[ImportBrief]
    next_cursor: str | None = None


class ImportView(ImportBrief):
    """`worker` says who goes on with what is uploaded, running or being undone: nobody is there when it is "away". `problems` and
    `already_present` are the first thousand; the file of refused rows has all."""

    upload_url: str
    columns: list[FileColumn]
    guesses: Guesses | None
    missing: list[str]
    mapping: Mapping
    progress: Progress
    worker: Worker | None
    reasons: list[Reason]
    problems: list[ProblemView]
    already_present: list[PresentView]
    undone: Undone | None

    @classmethod
    def of(cls, found: Import, state: ImportState, kept: Iterable[Touched], *, upload_url: str, currency: str) -> dict[str, Any]:
        said = state.found or {}
        return (
            {"reasons": []}
            | cls.told(found, currency)
            | {
                "upload_url": upload_url,
                "columns": said.get("columns", []),
                "guesses": said.get("guesses"),
                "missing": said.get("missing", []),
                "mapping": found.corrections,
                "progress": {"done": _done(found, state), "total": state.total or _rows(found)},
                "worker": _worker(found, state),
                "problems": said.get("problems", []),
                "already_present": said.get("already_present", []),
                "undone": _undone(found, kept),
            }
        )


def _rows(found: Import) -> int:
    return found.summary["counts"]["rows"] if found.summary else 0


def _done(found: Import, state: ImportState) -> int:
    if found.status in ("done", "undone"):
        return state.total or 0
    return (state.done or 0) if found.status in ("running", "undoing") else 0


def _worker(found: Import, state: ImportState) -> str | None:
    if found.status not in ("uploaded", "running", "undoing"):
        return None
    if not state.worker_lives:
        return "away"
    return "queued" if found.status != "uploaded" and state.began_at is None else "working"


def _undone(found: Import, kept: Iterable[Touched]) -> dict[str, Any] | None:
    if found.undoing is None:
        return None
    named = [{"patient": touched, "why": touched.why} for touched in kept]
    return {"removed": found.undoing["removed"], "kept_count": len(found.undoing["kept"]), "kept": named}
