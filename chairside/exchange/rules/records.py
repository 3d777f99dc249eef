"""From bytes to records, a line at a time, so that a file of any size needs little memory."""

import csv
import io
from collections.abc import Generator, Iterator
from typing import BinaryIO

from chairside.exchange.rules import separator as separators
from chairside.exchange.rules.refusals import (
    CellTooLong,
    LineTooLong,
    NulByte,
    QuoteNeverClosed,
    TooManyColumns,
    WidthChanges,
    WrongEncoding,
)
from chairside.exchange.rules.text import is_blank

MAX_COLUMNS = 200
MAX_CELL = 32_767  # what a spreadsheet's cell can hold; also below the csv module's own limit of 131,072
MAX_LINE = 1 << 20

Record = tuple[int, list[str]]


def records(source: BinaryIO, *, encoding: str, separator: str) -> Generator[Record, None, None]:
    """(row, cells), the header first as row 1. Blank records are left out and still counted, as a spreadsheet counts them.

    Refuses what makes a file unreadable as a whole, saying the row and the line: TooManyColumns, WidthChanges, NulByte,
    CellTooLong, LineTooLong, QuoteNeverClosed, WrongEncoding."""
    source.seek(0)
    text = io.TextIOWrapper(source, encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="")
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    width = 0
    try:
        for cells in reader:
            if lines.ended:
                raise QuoteNeverClosed(row=lines.row, line=lines.began)
            if not is_blank(cells):
                if len(cells) != width:
                    width = _width(cells, width, lines)
                if max(map(len, cells)) > MAX_CELL:
                    raise CellTooLong(row=lines.row, line=lines.began, limit=MAX_CELL)
                yield lines.row, cells
            if width:
                lines.row += 1
            lines.began = lines.count + 1
    except csv.Error as error:
        raise CellTooLong(row=lines.row, line=lines.began, limit=MAX_CELL) from error
    except UnicodeDecodeError as error:
        raise WrongEncoding(encoding=encoding, line=lines.count + 1) from error
    finally:
        if not source.closed:
            text.detach()


def _width(cells: list[str], expected: int, lines: "_Lines") -> int:
    if expected:
        raise WidthChanges(row=lines.row, line=lines.began, found=len(cells), expected=expected)
    if len(cells) > MAX_COLUMNS:
        raise TooManyColumns(found=len(cells), limit=MAX_COLUMNS)
    return len(cells)


class _Lines:
    """The file's lines, and where the reader is in them."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text = text
        self.count = 0
        self.began = 1
        self.row = 1
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        first = True
        while line := self.text.readline(MAX_LINE + 1):
            self.count += 1
            if len(line) > MAX_LINE:
                raise LineTooLong(line=self.count, limit=MAX_LINE)
            if "\0" in line:
                raise NulByte(row=self.row, line=self.count)
            if first and separators.NOTE.fullmatch(line):
                self.began = self.count + 1
            else:
                yield line
            first = False
        self.ended = True
