"""Dates as practices write them. The order of day and month belongs to the column, never to a row."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from chairside.exchange.rules.confidence import Confidence
from chairside.exchange.rules.locales import DATE_ORDERS, DateOrder
from chairside.exchange.rules.months import MONTHS
from chairside.exchange.rules.text import fold, one_of_each, western_digits

_LONGEST = 60
EARLIEST = 1850  # years before are how programs write "none": 0001, 1753, 1800

_TIME = re.compile(r"(?:[T,]\s*|\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$")
_NUMBERS = re.compile(r"(\d{1,4})\s*([/.\-\s])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s\-/.,]*(?:de |of )?\s*([^\W\d_]+)[\s\-/.,]*(?:de |del )?\s*(\d{4}|\d{2})"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]+)[\s\-/.,]*(\d{1,2})(?:st|nd|rd|th)?[\s\-/.,]+(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[\s\-/.,]+([^\W\d_]+)[\s\-/.,]*(\d{1,2})")


class Guess(NamedTuple):
    order: DateOrder
    confidence: Confidence
    agreeing: int
    """Values that are a date in this order and in no other."""
    contrary: int
    """Values that are a date in some other order only; read in this one they are refused."""


def read(text: str, *, order: DateOrder, today: date) -> date | None:
    """The day that a trimmed text names, or None when it names none. A time behind it is left off.

    Two-digit years are the latest that do not lie in the future; a year in full may. Nothing before EARLIEST."""
    text = _bare(text)
    if found := _NUMBERS.fullmatch(text):
        first, _, second, third = found.groups()
        if len(first) == 4:
            return _day(first, second, third, today) if len(third) <= 2 else None
        if len(first) > 2:
            return None
        if order == "ymd":
            return _day(first, second, third, today) if len(first) == 2 and len(third) <= 2 else None
        day, month = (first, second) if order == "dmy" else (second, first)
        return _day(third, month, day, today)
    if found := _COMPACT.fullmatch(text):
        return _day(found[1], found[2], found[3], today)
    return _named(text, today)


def _bare(text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    text = western_digits(text)
    return _TIME.sub("", text) if ":" in text else text


def _named(text: str, today: date) -> date | None:
    for pattern, (year, month, day) in ((_DAY_FIRST, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2)), (_YEAR_FIRST, (1, 2, 3))):
        if (found := pattern.fullmatch(text)) and (number := MONTHS.get(fold(found[month]))):
            return _day(found[year], number, found[day], today)
    return None


def _day(year: str, month: str | int, day: str, today: date) -> date | None:
    if len(year) == 4:
        return _date(int(year), int(month), int(day)) if int(year) >= EARLIEST else None
    if len(year) != 2:
        return None
    this_century = today.year - today.year % 100
    for century in (this_century, this_century - 100):
        found = _date(century + int(year), int(month), int(day))
        if found and found <= today:
            return found
    return None


def _date(year: int, month: int, day: int) -> date | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Votes:
    """Counts, over a whole column, in which orders its values are dates."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.counts: dict[tuple[DateOrder, ...], int] = {}
        self.year_first = 0  # in full, so that no order is in doubt

    def add(self, text: str) -> None:
        if (orders := possible(text, today=self.today)) is not None:
            self.counts[orders] = self.counts.get(orders, 0) + 1
        elif (found := _NUMBERS.fullmatch(_bare(text))) and len(found[1]) == 4:
            self.year_first += 1

    def guess(self, local: DateOrder) -> Guess:
        """The order in which most values are dates; the locale's own when several fit equally well."""
        fitting = {order: sum(n for orders, n in self.counts.items() if order in orders) for order in DATE_ORDERS}
        order = max(DATE_ORDERS, key=lambda each: (fitting[each], each == local))
        agreeing = self.counts.get((order,), 0)
        contrary = sum(n for orders, n in self.counts.items() if orders and order not in orders)
        if not self.counts:
            return Guess("ymd" if self.year_first else order, "certain", 0, 0)
        if any(fitting[other] == fitting[order] for other in DATE_ORDERS if other != order):
            return Guess(order, "unsure", agreeing, contrary)
        confidence: Confidence = "certain" if not contrary else "likely" if contrary * 10 <= agreeing else "unsure"
        return Guess(order, confidence, agreeing, contrary)


def possible(text: str, *, today: date) -> tuple[DateOrder, ...] | None:
    """The orders in which three numbers are a date; None for a text whose order is beyond doubt or that is no date at all."""
    found = _NUMBERS.fullmatch(_bare(text))
    if found is None or len(found[1]) > 2:
        return None
    return tuple(order for order in DATE_ORDERS if read(text, order=order, today=today))


def resembles(text: str) -> bool:
    """For guessing: a date in some order."""
    return any(read(text, order=order, today=date.max) for order in DATE_ORDERS)


def examples(texts: Iterable[str], *, order: DateOrder, today: date) -> list[tuple[str, date]]:
    """A few texts with what they are read as, each written in another way, those first whose order is in doubt."""
    doubtful_first = sorted(texts, key=lambda text: -len(possible(text, today=today) or ()))
    return [(text, day) for text in one_of_each(doubtful_first) if (day := read(text, order=order, today=today))][:5]
