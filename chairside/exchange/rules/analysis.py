"""The dry run: what an import of the file would do."""

from collections.abc import Container
from dataclasses import dataclass
from typing import BinaryIO

from chairside.exchange.rules import rows
from chairside.exchange.rules.reading import Corrections, Reading, Setting
from chairside.exchange.rules.survey import Survey, survey
from chairside.exchange.rules.tally import KEPT_PROBLEMS, DryRun, Tally


def dry_run(
    source: BinaryIO, reading: Reading, setting: Setting, *, registered: Container[str] = frozenset(), keep: int = KEPT_PROBLEMS
) -> DryRun:
    """Reads the file once, as for a clinic that has nobody of it. A guarantor counts as found among the accepted rows and among
    `registered`, register numbers that the clinic already has; a row whose guarantor is found nowhere is accepted with a
    warning."""
    tally = Tally(keep)
    for outcome in rows.read(source, reading, setting):
        tally.add(outcome)
    tally.settle(registered)
    return tally.result()


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
