"""How a locale writes amounts and days."""

from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date

from chairside.kernel.money import Money, exponent

LETTER = frozenset({"US", "CA", "MX", "CL", "CO", "CR", "GT", "PA", "PH", "SV", "VE"})
"""Countries whose printers hold Letter paper; the others hold A4."""


def locale_of(name: str) -> Locale:
    return Locale.parse(name, sep="-")


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
