"""How names are folded for search, and what a person may have meant by what they typed. No database, no clock."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from babel.dates import get_month_names

# Letters that Unicode does not take apart, and spellings that readers of the script take for one another.
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": "",
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
    "'": "", "’": "", "ʼ": "", "`": "", "´": "",
})  # fmt: skip
_CAPITALS = str.maketrans("0123456789abcdef", "ABCDEFGHIJKLMNOP")
_GAPS = re.compile(r"[^\w@.+]+|_+")
_NOT_DIGITS = re.compile(r"\D+")
_EXTENSION = re.compile(r"(?i)\s*(?:x|ext\.?|extension)\s*\d+\s*$")
_DATE = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})")
_DAY_MONTH = re.compile(r"(\d{1,2})\.? ([^\W\d_]+)\.?,? (\d{4})")
_MONTH_DAY = re.compile(r"([^\W\d_]+)\.? (\d{1,2}),? (\d{4})")
_SAME_NUMBER = 9  # how many digits at the end of a phone number tell it apart, with and without its country code
_PHONES = ("mobile", "home", "work")


def fold(text: str) -> str:
    """Without accents, case, apostrophes; hyphens and other punctuation become one space."""
    bare = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold().translate(_LETTERS))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter)).translate(_LETTERS)
    return _GAPS.sub(" ", bare).strip()


def spell(words: str) -> str:
    """As `search` holds them: letters beyond English as capitals that stand for the digits of their code, μ as DLM, since a
    database may know no others. Folded words have no capitals of their own."""
    if words.isascii():
        return words
    return "".join(letter if letter.isascii() else f"{ord(letter):x}".translate(_CAPITALS) for letter in words)


def digits_of(phone: str) -> str:
    """The digits of a number without its extension."""
    return _NOT_DIGITS.sub("", _EXTENSION.sub("", phone))


def same_number(phone: str) -> str:
    """What of a number tells it apart, with and without its country code."""
    return digits_of(phone)[-_SAME_NUMBER:]


def sort_key(last_name: str, first_name: str) -> str:
    return f"{fold(last_name)}, {fold(first_name)}"


def search_text(
    *, first_name: str, middle_name: str | None, last_name: str, preferred_name: str | None, register_number: str,
    contacts: Iterable[Mapping[str, Any]],
) -> str:  # fmt: skip
    """Begins with a space, so that the beginning of every word can be looked for."""
    names = [last_name, first_name, middle_name or "", preferred_name or ""]
    reached = [
        digits_of(contact["value"]) if contact["type"] in _PHONES else str(contact["value"]).casefold() for contact in contacts
    ]
    folded = [fold(" ".join(filter(None, names))), number_words(register_number).strip(), *reached]
    return spell(" " + " ".join(filter(None, folded)))


def number_words(register_number: str) -> str:
    """As it stands, and its parts as words; begins with a space."""
    words = dict.fromkeys([f"#{register_number.casefold()}", fold(register_number)])
    return spell(" " + " ".join(filter(None, words)))


class Wanted(NamedTuple):
    """What to look for: a birth date; or up to three patterns, that of a word that begins with all of it, and the beginning of a
    last name."""

    dates: list[date]
    patterns: tuple[str, str, str] = ("%", "%", "%")
    word: str = "%"
    start: str = ""


def understand(text: str, *, day_first: bool = True, locale: str = "en") -> Wanted | None:
    """What a person typed into the search box; nothing when there is nothing to look for."""
    text = text.strip()
    if dates := _dates(text, day_first=day_first, locale=locale):
        return Wanted(dates)
    digits = _NOT_DIGITS.sub("", text)
    if digits and not any(letter.isalpha() for letter in text):
        number = text.lstrip("#").strip().casefold()
        pattern = f"%{_literal(digits if text.startswith('#') else digits[-_SAME_NUMBER:])}%"
        return Wanted([], (pattern, "%", "%"), f"% #{_literal(number)}%", f"#{number}")
    words = fold(text.replace("#", " ")).split()
    if not words:
        return None
    # The longest word first: it is the rarest. A word of one or two letters is looked for where words begin.
    ranked = sorted(words, key=len, reverse=True)[:3]
    patterns = [f"%{_literal(word)}%" if len(word) > 2 else f"% {_literal(word)}%" for word in ranked]
    one, two, three = [*patterns, "%", "%"][:3]
    start = " ".join(words)
    return Wanted([], (one, two, three), f"% {_literal(start)}%", start)


def _literal(word: str) -> str:
    return spell(word).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _dates(text: str, *, day_first: bool, locale: str) -> list[date]:
    """Every day that may be meant, the clinic's own reading first; a year of two digits is of this century or the last."""
    readings: list[tuple[str, str, str]] = []
    if match := _DATE.fullmatch(text):
        first, middle, last = match.groups()
        if len(first) == 4:
            readings = [(first, middle, last)]
        elif len(last) in (2, 4):
            readings = [(last, middle, first), (last, first, middle)]
            readings = readings if day_first else readings[::-1]
    elif (match := _DAY_MONTH.fullmatch(text)) and (month := _months(locale).get(fold(match[2]))):
        readings = [(match[3], str(month), match[1])]
    elif (match := _MONTH_DAY.fullmatch(text)) and (month := _months(locale).get(fold(match[1]))):
        readings = [(match[3], str(month), match[2])]
    found: list[date] = []
    for year, month_, day in readings:
        for century in ("",) if len(year) == 4 else ("19", "20"):
            try:
                found.append(date(int(century + year), int(month_), int(day)))
            except ValueError:
                continue
    return list(dict.fromkeys(found))


@cache
def _months(locale: str) -> dict[str, int]:
    """The names of months, in the clinic's language and in English, folded, whole and short."""
    names: dict[str, int] = {}
    for language in ("en", locale.replace("-", "_")):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for month, name in get_month_names(width, context=context, locale=language).items():
                    names[fold(name)] = month
    return names


def folded(values: dict[str, Any]) -> dict[str, Any]:
    """The columns by which a patient is found."""
    names = {f: values[f] for f in ("first_name", "middle_name", "last_name", "preferred_name", "register_number", "contacts")}
    return {
        "search": search_text(**names),
        "sort_key": sort_key(values["last_name"], values["first_name"]),
    }


class Newcomers(NamedTuple):
    """Patients of a file: their register numbers, and everything of them as JSON."""

    numbers: list[str]
    rows: str


def newcomers(facts: Sequence[dict[str, Any]]) -> Newcomers:
    """Each with the facts that `register` takes, a register number among them, and `archived`. Needs no database, so that it can
    be done while that is busy."""
    rows = [one | folded(one) for one in facts]
    return Newcomers([one["register_number"] for one in facts], json.dumps(rows, default=str, ensure_ascii=False))


KINDS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def kind_of(content: bytes) -> str | None:
    """By how it begins; None of what is neither a PDF nor a picture as JPEG or PNG."""
    return next((kind for beginning, kind in KINDS.items() if content.startswith(beginning)), None)
