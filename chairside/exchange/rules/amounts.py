"""Amounts as practices write them, as integers in minor units; no float ever. The decimal mark belongs to the column."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from chairside.exchange.rules.confidence import Confidence
from chairside.exchange.rules.locales import DECIMAL_MARKS, DecimalMark
from chairside.exchange.rules.text import one_of_each, western_digits

_SIGNS = "$€£¥₪₹₺₴₽₩₫₦₱฿₡₲₵₸₼₾؋﷼"
_WORDS = """
usd eur gbp ron lei leu mdl bgn huf pln czk chf sek nok dkk isk try uah rub gel amd azn kzt ils nis inr pkr bdt lkr cny rmb
jpy yen krw aud nzd cad mxn brl ars clp cop pen uyu zar ngn kes ghs egp mad tnd dzd aed sar qar kwd bhd omr jod lbp iqd thb
vnd php idr myr sgd hkd twd ft zł zl kč kc kr din euro euros dollars us$ c$ ca$ a$ r$ mx$ nz$ hk$ s$ rs rs. fr fr. лв грн
руб د.إ ر.س د.ك ج.م
"""
_NAMES = frozenset(_WORDS.split())
_MINUSES = "\\-\u2212\u2010\u2011\u2012\u2013"
_SPACES = " \u00a0\u202f\u2009'\u2019"
_CURRENCY = rf"[^\d\s.,+(){_MINUSES}٫٬][^\d\s+(){_MINUSES}]{{0,7}}"
_WHOLE = re.compile(
    rf"(?P<before>{_CURRENCY})?\s*(?P<open>\()?\s*(?P<lead>[+{_MINUSES}])?\s*(?P<inside>{_CURRENCY})?\s*(?P<second>[+{_MINUSES}])?"
    rf"\s*(?P<figures>[.,٫]?\d[\d.,٫٬{_SPACES}]*?)\s*(?P<after>(?![CcDd][Rr]$){_CURRENCY})?\s*(?P<trail>[+{_MINUSES}])?\s*(?P<close>\))?"
    rf"\s*(?P<credit>[CcDd][Rr])?"
)
_FIGURES = {
    mark: re.compile(rf"(\d+|\d{{1,3}}(?P<group>[{group}{_SPACES}])(?:\d{{2,3}}(?P=group))*\d{{3}})?(?:{re.escape(mark)}(\d*))?")
    for mark, group in ((".", ","), (",", "."))
}
_NOT_DIGITS = re.compile(r"\D")
_LONGEST = 60


class Written(NamedTuple):
    negative: bool
    figures: str
    currency: str
    """What stood beside the number, as written: "$", "RON"; empty for nothing."""


class Guess(NamedTuple):
    mark: DecimalMark
    confidence: Confidence
    agreeing: int
    """Values that are an amount with this mark and not with the other."""
    contrary: int
    """Values that are an amount with the other mark only; read with this one they are refused."""


def read(text: str, *, mark: DecimalMark, exponent: int) -> int | None:
    """Minor units of a trimmed text, or None when it is not an amount with that decimal mark.

    Negative: a minus before or behind, brackets, CR. Digits grouped by threes or the Indian way. More decimals than the
    currency has (`exponent`) are allowed when they are zeros, as databases export them. The caller checks the size."""
    written = take_apart(text)
    return None if written is None else _minor(written, mark, exponent)


def _minor(written: Written, mark: DecimalMark, exponent: int) -> int | None:
    found = _FIGURES[mark].fullmatch(written.figures.replace("٬", "").replace("٫", mark))
    if found is None:
        return None
    whole, part = _NOT_DIGITS.sub("", found[1] or ""), found[3] or ""
    if not whole and not part:
        return None
    if len(part) > exponent:
        if part[exponent:].strip("0"):
            return None
        part = part[:exponent]
    amount = int(whole + part.ljust(exponent, "0") or "0")
    return -amount if written.negative else amount


def take_apart(text: str) -> Written | None:
    """Sign, figures and currency; None when there is anything else in the text."""
    found = _WHOLE.fullmatch(western_digits(text)) if len(text) <= _LONGEST else None
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    signs = [sign for sign in (found["lead"], found["second"], found["trail"]) if sign]
    credit = (found["credit"] or "").lower()
    currencies = [each for each in (found["before"], found["inside"], found["after"]) if each]
    marked = len(signs) + bool(found["open"])
    if (credit and marked) or ("+" in signs and marked > 1):
        return None
    if len(currencies) > 1 or any(not _is_currency(each) for each in currencies):
        return None
    negative = credit == "cr" or bool(found["open"]) or any(sign != "+" for sign in signs)
    return Written(negative, found["figures"], currencies[0] if currencies else "")


def _is_currency(text: str) -> bool:
    return text in _SIGNS or text.casefold() in _NAMES


class Votes:
    """Counts, over a whole column, with which decimal mark its values are amounts, and the currencies that they name."""

    def __init__(self, exponent: int) -> None:
        self.exponent = exponent
        self.only = dict.fromkeys(DECIMAL_MARKS, 0)
        self.either = 0
        self.currencies: dict[str, int] = {}

    def add(self, text: str) -> None:
        written = take_apart(text)
        if written is None:
            return
        if written.currency:
            self.currencies[written.currency] = self.currencies.get(written.currency, 0) + 1
        fitting = [mark for mark in DECIMAL_MARKS if _minor(written, mark, self.exponent) is not None]
        if len(fitting) == 1:
            self.only[fitting[0]] += 1
        elif fitting and not written.figures.isdecimal():
            self.either += 1

    def guess(self, local: DecimalMark) -> Guess:
        """The mark with which most values are amounts; the locale's own when both do equally well."""
        mark = max(DECIMAL_MARKS, key=lambda each: (self.only[each], each == local))
        agreeing, contrary = self.only[mark], sum(self.only.values()) - self.only[mark]
        if agreeing == contrary:
            return Guess(mark, "unsure" if self.either or agreeing else "certain", agreeing, contrary)
        confidence: Confidence = "certain" if contrary == 0 else "likely" if contrary * 10 <= agreeing else "unsure"
        return Guess(mark, confidence, agreeing, contrary)


def examples(texts: Iterable[str], *, mark: DecimalMark, exponent: int) -> list[tuple[str, int]]:
    """A few texts with what they are read as, each written in another way, the longest first."""
    found = [(text, amount) for text in one_of_each(texts) if (amount := read(text, mark=mark, exponent=exponent)) is not None]
    return sorted(found, key=lambda pair: -len(pair[0]))[:5]
