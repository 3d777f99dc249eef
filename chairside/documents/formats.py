"""How a locale writes amounts and days."""

from copy import copy
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time

from chairside.kernel.money import Money, exponent

LETTER = frozenset({"US", "CA", "MX", "CL", "CO", "CR", "GT", "PA", "PH", "SV", "VE"})
"""Countries whose printers hold Letter paper; the others hold A4."""


def locale_of(name: str) -> Locale:
    return Locale.parse(name, sep="-")


def language_of(name: str) -> str:
    return str(locale_of(name).language)


def paper_of(locale: Locale) -> str:
    return "us-letter" if locale.territory in LETTER or (locale.language, locale.territory) == ("en", None) else "a4"


def written(value: Any, locale: Locale) -> Any:
    """The same facts with every amount and day as the locale writes it; digits are always 0 to 9."""
    match value:
        case Money():
            return money(value, locale)
        case date():
            return format_date(value, "medium", locale=locale)
        case dict():
            return {name: written(part, locale) for name, part in value.items()}
        case list() | tuple():
            return [written(part, locale) for part in value]
    return value


def money(money: Money, locale: Locale) -> str:
    """With all the minor digits of the currency: CLDR rounds some away (a dinar's paras), but they were charged."""
    digits = exponent(money.currency)
    pattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = (digits, digits)
    whole = Decimal(money.amount).scaleb(-digits)
    written: str = pattern.apply(whole, locale, currency=money.currency, currency_digits=False)
    return written


def short_day(day: date, locale: str) -> str:
    """As a line of text has it."""
    return format_date(day, "medium", locale=locale_of(locale))


def long_day(day: date, locale: str) -> str:
    """With its weekday, as a heading has it."""
    return format_date(day, "full", locale=locale_of(locale))


def time_of(instant: datetime, locale: str) -> str:
    """Hours and minutes of an instant that is already in the clinic's zone."""
    return format_time(instant, "short", locale=locale_of(locale))


def write_money(amount: Money, *, locale: str) -> str:
    """As it stands on paper."""
    return money(amount, locale_of(locale))
