"""How a locale writes dates and amounts. It only breaks ties: what the values say comes first."""

from typing import Literal

DateOrder = Literal["dmy", "mdy", "ymd"]
DecimalMark = Literal[".", ","]
DATE_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")
DECIMAL_MARKS: tuple[DecimalMark, ...] = (".", ",")

# From Unicode's CLDR, short date and number patterns.
_MONTH_FIRST = {"en-US", "en-PH", "es-US", "es-PR", "en"}
_YEAR_FIRST = {"ja", "zh", "ko", "hu", "lt", "sv", "mn", "fa", "en-CA", "fr-CA", "eo", "eu"}
_COMMA = {
    "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu", "hy", "id",
    "is", "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv",
    "tr", "uk", "uz", "vi",
}  # fmt: skip
_POINT = {
    "de-CH", "de-LI", "fr-CH", "it-CH", "rm-CH", "es-MX", "es-US", "es-PR", "es-GT", "es-HN", "es-NI", "es-PA", "es-PE",
    "es-SV", "es-DO", "es-CU",
}  # fmt: skip
# Programs in these languages wrote Windows-1250.
_CENTRAL_EUROPE = {"ro", "hu", "pl", "cs", "sk", "sl", "hr", "bs", "sr", "sq"}


def _names(locale: str) -> tuple[str, str]:
    """`ro_RO`, `zh-Hant-TW` → language and territory, language alone."""
    language, *rest = locale.replace("_", "-").split("-")
    territory = next((part.upper() for part in rest if len(part) == 2), "")
    return (f"{language.lower()}-{territory}" if territory else language.lower()), language.lower()


def date_order(locale: str) -> DateOrder:
    exact, language = _names(locale)
    if exact in _MONTH_FIRST:
        return "mdy"
    return "ymd" if exact in _YEAR_FIRST or language in _YEAR_FIRST else "dmy"


def decimal_mark(locale: str) -> DecimalMark:
    exact, language = _names(locale)
    return "," if language in _COMMA and exact not in _POINT else "."


def writes_central_europe(locale: str) -> bool:
    return _names(locale)[1] in _CENTRAL_EUROPE
