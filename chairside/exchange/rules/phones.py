"""Telephone numbers, kept as typed: what is dialled is the digits, and the extension stays with them."""

import re
from typing import NamedTuple

from chairside.exchange.rules.text import western_digits

_NUMBER = re.compile(r"\+?[\d\s().\-/\u2010-\u2015]*\d\)?")
_EXTENSION = re.compile(r"(?:,|;)?\s*(?:x|ext|extn|extension|int|interior|poste|dw|#)\s*[.:]?\s*#?\s*\d{1,8}", re.IGNORECASE)
LONGEST = 60  # characters
FEWEST, MOST = 5, 15  # E.164 allows at most fifteen digits; some places still have five


class Phone(NamedTuple):
    value: str
    exact: bool
    """False when words stood behind the number ("555-0100 mother"), which `value` leaves out."""


def read(text: str) -> Phone | None:
    """The number in a trimmed cell, or None when there is none."""
    found = _NUMBER.match(western_digits(text)) if len(text) <= LONGEST else None
    if found is None or not FEWEST <= _digits(found[0]) <= MOST:
        return None
    rest = text[found.end() :]
    extension = _EXTENSION.match(rest)
    end = found.end() + (extension.end() if extension else 0)
    if text[end:].strip() == "":
        return Phone(text, True)
    words = text[end:].lstrip(" ,;-(")
    # Two numbers in one cell, or a number that runs into letters: which one is meant is not for us to say.
    if not text[end : end + 1].isalnum() and not any(c.isdecimal() for c in words):
        return Phone(text[:end].rstrip(" (.-/"), False)
    return None


def has_shape(text: str) -> bool:
    """For guessing: digits enough for a number with its area (more than a social security number), and something between them."""
    found = read(text)
    return found is not None and found.exact and _digits(text) >= 10 and not text.isdecimal()


def _digits(text: str) -> int:
    return sum(c.isdecimal() for c in text)
