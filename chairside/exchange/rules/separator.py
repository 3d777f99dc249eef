"""Which character separates the columns: the one that gives most records the width of the first."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from chairside.exchange.rules.confidence import Confidence
from chairside.exchange.rules.refusals import NoColumnsFound, NulByte, UnknownSeparator
from chairside.exchange.rules.text import is_blank

SEPARATORS = (",", ";", "\t", "|")
# Excel's own note of the separator, in a line before the header.
NOTE = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)
_RECORDS = 200


class Separated(NamedTuple):
    separator: str
    confidence: Confidence


def find(head: str, *, whole: bool, chosen: str | None = None) -> Separated:
    """From the beginning of the file; `whole` when that is all of it. Refuses UnknownSeparator, NoColumnsFound, NulByte."""
    if chosen is not None:
        if chosen not in SEPARATORS:
            raise UnknownSeparator()
        return Separated(chosen, "chosen")
    first = head.partition("\n")[0]
    if (noted := NOTE.fullmatch(first)) and noted[1] in SEPARATORS:
        return Separated(noted[1], "certain")
    tried = [(_fit(head, separator, whole), -place) for place, separator in enumerate(SEPARATORS)]
    (share, width), place = max(tried)
    if width < 2:
        if "\0" in head:
            line = head.count("\n", 0, head.index("\0")) + 1
            raise NulByte(row=line, line=line)
        raise NoColumnsFound()
    return Separated(SEPARATORS[-place], "certain" if share == 1 else "likely" if share > 0.9 else "unsure")


def _fit(head: str, separator: str, whole: bool) -> tuple[float, int]:
    """The share of records as wide as the first, and that width; (0, 1) when there is one column only."""
    widths = list(islice(_widths(head, separator), _RECORDS + 1))
    if not whole and len(widths) > 1:
        widths.pop()
    if not widths or widths[0] < 2:
        return 0.0, 1
    return sum(width == widths[0] for width in widths) / len(widths), widths[0]


def _widths(head: str, separator: str) -> Iterator[int]:
    records = csv.reader(io.StringIO(head, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        yield from (len(cells) for cells in records if not is_blank(cells))
    except csv.Error:
        return
