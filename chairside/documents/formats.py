"""How a locale writes amounts and days."""

from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency

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
    """With the minor digits that the currency has, whatever the locale's habit."""
    digits = exponent(money.currency)
    whole = Decimal(money.amount).scaleb(-digits)
    return format_currency(whole, money.currency, locale=locale, currency_digits=True)
