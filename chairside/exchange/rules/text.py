"""What a cell says, once the accidents of typing and exporting are taken off."""

import re
import unicodedata
from collections.abc import Iterable

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROLS_IN_NOTES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_DIGITS = re.compile(r"\d")
# Zero-width space, word joiner, byte order mark: they make a blank name look filled in.
_UNSEEN = "\u200b\u2060\ufeff \n\t"
# What a spreadsheet would take for a formula. `refused.py` puts an apostrophe before it; read back, it goes again.
FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20"


def is_blank(cells: list[str]) -> bool:
    """A record of nothing: an empty line, a row of separators, the ^Z with which DOS programs end a file."""
    return not any(cell.strip(_BLANK) for cell in cells)


_BLANK = _UNSEEN + "\r\x1a\xa0"


def unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and len(cell) > 1 and cell[1] in FORMULA else cell


def one_line(cell: str) -> str:
    """Trimmed, runs of white space as one space, control characters gone. Otherwise as typed: nothing is composed,
    decomposed or reordered, joiners and direction marks inside the text stay."""
    cell = " ".join(cell.split())
    if not cell.isprintable():
        cell = " ".join(_CONTROLS.sub("", cell).split()).strip(_UNSEEN)
    return unguarded(cell)


def many_lines(cell: str) -> str:
    """The same for notes, whose line ends and tabs stay."""
    if not cell.isprintable():
        cell = _CONTROLS_IN_NOTES.sub("", cell.replace("\r\n", "\n").replace("\r", "\n"))
    return unguarded(cell.strip().strip(_UNSEEN))


def fold(text: str) -> str:
    """For comparing names of columns and codes: letters and digits alone, without accents or case."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(c for c in text.casefold() if c.isalnum())


def western_digits(text: str) -> str:
    """Arabic-Indic and other decimal digits as 0-9; everything else as it was."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def one_of_each(texts: Iterable[str]) -> list[str]:
    """The first text of each shape, where only digits differ."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(_DIGITS.sub("0", text), text)
    return list(found.values())


def shorten(text: str, length: int = 80) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
