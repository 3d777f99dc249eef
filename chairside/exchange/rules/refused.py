"""The refused rows as a file to correct and bring again: the original columns, and behind them the reason."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from chairside.exchange.rules import rows
from chairside.exchange.rules.reading import Reading, Setting
from chairside.exchange.rules.text import FORMULA

_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
_FORMULA = (*FORMULA, "\t", "\r")
_BATCH = 1 << 16


def guarded(cell: str) -> str:
    """A spreadsheet runs what begins like a formula; an apostrophe before it makes it text. OWASP, CSV injection."""
    return "'" + cell if cell.startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(cell) else cell


def refused_csv(source: BinaryIO, reading: Reading, setting: Setting) -> Iterator[bytes]:
    """UTF-8 with a byte order mark and the file's own separator, as a spreadsheet opens it; a batch of rows at a time."""
    taken = {name.casefold() for name in reading.header}
    reason = next(name for name in _reason_names() if name.casefold() not in taken)
    text = io.StringIO(newline="")
    write = csv.writer(text, delimiter=reading.separator)
    text.write("\ufeff")
    write.writerow([*map(guarded, reading.header), reason])
    for outcome in rows.read(source, reading, setting):
        if outcome.patient is None:
            write.writerow([*map(guarded, outcome.cells), "; ".join(_reasons(outcome))])
            if text.tell() > _BATCH:
                yield _taken(text)
    yield _taken(text)


def _reasons(outcome: rows.Outcome) -> Iterable[str]:
    return (problem.sentence for problem in outcome.problems if problem.refuses)


def _reason_names() -> Iterator[str]:
    yield "Reason"
    for place in range(2, 1000):
        yield f"Reason {place}"


def _taken(text: io.StringIO) -> bytes:
    written = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return written
