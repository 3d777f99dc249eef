"""Counts what an import of a file would do, or did, to the cent."""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from typing import NamedTuple

from chairside.exchange.rules.families import Answer, Families
from chairside.exchange.rules.problems import Problem
from chairside.exchange.rules.rows import Outcome

KEPT_PROBLEMS = 1_000
COUNTED_DIGITS = 12  # a longer register number was not counted up to: it is the state's, or a slip of the hand


@dataclass(frozen=True, slots=True)
class Counts:
    """rows = accepted + refused + already_present."""

    rows: int
    accepted: int
    """Warned ones included."""
    refused: int
    warned: int
    already_present: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of balances in minor units: file = accepted + refused + already_present. Cells that are no amount are counted,
    not summed."""

    file: int
    accepted: int
    refused: int
    already_present: int
    unreadable: int


class Present(NamedTuple):
    """A row whose patient the clinic has already: nothing is changed."""

    row: int
    register_number: str | None
    name: str
    """As in the file."""
    differs: bool
    """The patient of this register number has another name: it may be somebody else's."""


@dataclass(frozen=True, slots=True)
class DryRun:
    counts: Counts
    totals: Totals
    reasons: tuple[tuple[str, str, int], ...]
    """(field, code, rows), most frequent first; a row with two reasons counts in both."""
    problems: tuple[Problem, ...]
    """By row, the first `keep` of them."""
    present: tuple[Present, ...]
    """By row, the first `keep` of them."""


class Tally:
    """Takes every row of a file in its order; then `settle`, once; then it knows who answers for whom, and the result."""

    def __init__(self, keep: int = KEPT_PROBLEMS) -> None:
        self.keep = keep
        self.rows = self.refused = self.warned = self.already = self.unreadable = 0
        self.totals = {"accepted": 0, "refused": 0, "already_present": 0}
        self.reasons: Counter[tuple[str, str]] = Counter()
        self.problems: list[Problem] = []
        self.present: list[Present] = []
        self.accepted: dict[str, bool] = {}  # register number → whether a row of it is to be imported
        self.named: dict[str, str] = {}  # register number → the guarantor's
        self.waiting: list[tuple[int, str | None, str, bool]] = []
        self.answering: set[str] = set()  # register numbers that some row names as its guarantor
        self.families: Families | None = None
        self.highest = 0  # register number, of those that are numbers
        self.unnumbered = 0  # to be imported, and without a register number

    def add(self, outcome: Outcome) -> None:
        patient, number = outcome.patient, outcome.register_number
        self.rows += 1
        if patient is None:
            self.refused += 1
            if outcome.balance is None:
                self.unreadable += 1
            else:
                self.totals["refused"] += outcome.balance
        else:
            self.totals["accepted"] += patient.balance
            self.warned += bool(outcome.problems)
            self.unnumbered += number is None
            if patient.guarantor is not None:
                self.waiting.append((outcome.row, number, patient.guarantor, bool(outcome.problems)))
                self.answering.add(patient.guarantor)
                if number is not None:
                    self.named[number] = patient.guarantor
        if number is not None:
            self.accepted[number] = patient is not None or self.accepted.get(number, False)
            if number.isascii() and number.isdecimal() and len(number) <= COUNTED_DIGITS:
                self.highest = max(self.highest, int(number))
        for problem in outcome.problems:
            # What would only be a warning is not worth a line beside the reason why the row is refused.
            if problem.refuses or patient is not None:
                self._note(problem)

    def add_present(self, outcome: Outcome, *, differs: bool) -> None:
        """A row that would be imported, had the clinic not got its patient."""
        self.rows += 1
        self._set_present(outcome, differs=differs)

    def turn_present(self, outcome: Outcome) -> None:
        """Between counting and importing somebody else registered this number."""
        assert outcome.patient
        self.totals["accepted"] -= outcome.patient.balance
        self.warned -= bool(outcome.problems)
        self._set_present(outcome, differs=True)

    def _set_present(self, outcome: Outcome, *, differs: bool) -> None:
        patient = outcome.patient
        assert patient
        self.already += 1
        self.totals["already_present"] += patient.balance
        if len(self.present) < self.keep:
            name = f"{patient.last_name}, {patient.first_name}"
            self.present.append(Present(outcome.row, outcome.register_number, name, differs))

    @property
    def unknown_guarantors(self) -> set[str]:
        """The register numbers that rows name and no row to be imported has."""
        return {guarantor for guarantor in self.answering if not self.accepted.get(guarantor)}

    def settle(self, registered: Container[str]) -> None:
        """`registered`: which of the unknown guarantors the clinic has. A row whose guarantor is found nowhere is imported
        with a warning."""
        self.families = Families(self.accepted, self.named, registered)
        for row, number, guarantor, warned in self.waiting:
            if problem := self.head(number, guarantor).problem:
                self.warned += not warned
                self._note(Problem(row, number, "guarantor", problem, guarantor))
        self.waiting.clear()

    def head(self, number: str | None, guarantor: str) -> Answer:
        """Who answers for a row that names this guarantor, once all are settled."""
        assert self.families
        return self.families.head(number, guarantor)

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
            Counts(self.rows, self.rows - self.refused - self.already, self.refused, self.warned, self.already),
            Totals(sum(self.totals.values()), **self.totals, unreadable=self.unreadable),
            tuple((*reason, count) for reason, count in self.reasons.most_common()),
            tuple(self.problems),
            tuple(sorted(self.present)),
        )
