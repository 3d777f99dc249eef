"""The dry run: what an import of the file would do, to the cent."""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from typing import BinaryIO

from chairside.exchange.rules import rows
from chairside.exchange.rules.problems import Problem
from chairside.exchange.rules.reading import Corrections, Reading, Setting
from chairside.exchange.rules.survey import Survey, survey

KEPT_PROBLEMS = 1_000


@dataclass(frozen=True, slots=True)
class Counts:
    rows: int
    accepted: int
    """Warned ones included."""
    refused: int
    warned: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of balances in minor units: file = accepted + refused. Cells that are no amount are counted, not summed."""

    file: int
    accepted: int
    refused: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class DryRun:
    counts: Counts
    totals: Totals
    reasons: tuple[tuple[str, str, int], ...]
    """(field, code, rows), most frequent first; a row with two reasons counts in both."""
    problems: tuple[Problem, ...]
    """By row, the first `keep` of them."""


def dry_run(
    source: BinaryIO, reading: Reading, setting: Setting, *, registered: Container[str] = frozenset(), keep: int = KEPT_PROBLEMS
) -> DryRun:
    """Reads the file once. A guarantor counts as found among the accepted rows and among `registered`, the register numbers
    that the clinic already has; a row whose guarantor is found nowhere is accepted with a warning."""
    tally = _Tally(keep)
    for outcome in rows.read(source, reading, setting):
        tally.add(outcome)
    tally.settle_guarantors(registered)
    return tally.result()


class _Tally:
    def __init__(self, keep: int) -> None:
        self.keep = keep
        self.rows = self.refused = self.warned = 0
        self.accepted_total = self.refused_total = self.unreadable = 0
        self.reasons: Counter[tuple[str, str]] = Counter()
        self.problems: list[Problem] = []
        self.numbers: dict[str, bool] = {}  # register number → whether a row of it was accepted
        self.waiting: list[tuple[int, str | None, str, bool]] = []

    def add(self, outcome: rows.Outcome) -> None:
        patient = outcome.patient
        self.rows += 1
        if patient is None:
            self.refused += 1
            if outcome.balance is None:
                self.unreadable += 1
            else:
                self.refused_total += outcome.balance
        else:
            self.accepted_total += patient.balance
            self.warned += bool(outcome.problems)
            if patient.guarantor is not None and not self.numbers.get(patient.guarantor):
                self.waiting.append((outcome.row, outcome.register_number, patient.guarantor, bool(outcome.problems)))
        if outcome.register_number is not None:
            self.numbers[outcome.register_number] = patient is not None or self.numbers.get(outcome.register_number, False)
        for problem in outcome.problems:
            # What would only be a warning is not worth a line beside the reason why the row is refused.
            if problem.refuses or patient is not None:
                self._note(problem)

    def settle_guarantors(self, registered: Container[str]) -> None:
        for row, number, guarantor, warned in self.waiting:
            accepted = self.numbers.get(guarantor)
            if accepted or guarantor in registered:
                continue
            self.warned += not warned
            code = "not_found" if accepted is None else "guarantor_refused"
            self._note(Problem(row, number, "guarantor", code, guarantor))

    def _note(self, problem: Problem) -> None:
        self.reasons[problem.field, problem.code] += 1
        self.problems.append(problem)
        if len(self.problems) > 2 * self.keep:
            self._trim()

    def _trim(self) -> None:
        self.problems.sort(key=lambda problem: problem.row)
        del self.problems[self.keep :]

    def result(self) -> DryRun:
        self._trim()
        return DryRun(
            Counts(self.rows, self.rows - self.refused, self.refused, self.warned),
            Totals(self.accepted_total + self.refused_total, self.accepted_total, self.refused_total, self.unreadable),
            tuple((*reason, count) for reason, count in self.reasons.most_common()),
            tuple(self.problems),
        )


@dataclass(frozen=True, slots=True)
class Analysis:
    survey: Survey
    dry_run: DryRun

    @property
    def reading(self) -> Reading:
        return self.survey.reading


def analyse(
    source: BinaryIO,
    setting: Setting,
    corrections: Corrections | None = None,
    *,
    registered: Container[str] = frozenset(),
    keep: int = KEPT_PROBLEMS,
) -> Analysis:
    """A survey with the corrections, and the dry run of the reading that comes of it. Reads a seekable file three times."""
    found = survey(source, setting, corrections)
    return Analysis(found, dry_run(source, found.reading, setting, registered=registered, keep=keep))
