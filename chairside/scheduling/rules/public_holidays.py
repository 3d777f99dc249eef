"""Which days are public holidays, as the package `holidays` knows them. It is large, so that it is loaded when somebody asks."""

from datetime import date
from functools import cache
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global

EARLIEST, LATEST = 2000, 2099


class Region(NamedTuple):
    """A part of a country with holidays of its own, as the package and the people there call it: BY, Bayern."""

    code: str
    name: str


class Suggestion(NamedTuple):
    date: date
    name: str


@cache
def countries() -> tuple[str, ...]:
    """Those whose holidays are known, by their two letters (ISO 3166-1)."""
    import holidays

    return tuple(sorted(code for code in holidays.list_supported_countries() if len(code) == 2))


@cache
def regions(country: str) -> tuple[Region, ...]:
    """By their names; none of a country whose holidays are the same everywhere, or that is not known."""
    import holidays

    if country not in countries():
        return ()
    known = holidays.country_holidays(country)
    names: dict[str, list[str]] = known.get_subdivision_aliases()
    found = [Region(code, (names.get(code) or [code])[0]) for code in holidays.list_supported_countries().get(country, [])]
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def region_of(country: str, *, chosen: str | None, address: str | None) -> str | None:
    """The one that the clinic has chosen, like DE-BY; else that its address names, by code or by name."""
    known = regions(country)
    if chosen and chosen.startswith(f"{country}-"):
        code = chosen.removeprefix(f"{country}-")
        return code if any(code == one.code for one in known) else None
    word = (address or "").strip().casefold()
    return next((one.code for one in known if word and word in (one.code.casefold(), one.name.casefold())), None)


def suggested(country: str, year: int, *, locale: str, region: str | None = None) -> list[Suggestion]:
    """By date, one for each day, in the clinic's language where the package has it, else as they are called there. One that is
    kept on another day, too, is two. Empty for a country that is not known; with a region, its own, too."""
    import holidays

    if country not in countries():
        return []
    language = _language(holidays.country_holidays(country, years=year), locale)
    found = holidays.country_holidays(country, subdiv=region, years=year, language=language)
    return [Suggestion(day, name.replace("; ", ", ")[:200]) for day, name in sorted(found.items()) if day.year == year]


def country_of(*, address: str | None, timezone: str, locale: str) -> str | None:
    """Where a clinic is: as its address says, by two letters or by name in English or the clinic's own language; else the country
    in which its time zone lies. None where neither is known."""
    said = _country_named(address, locale) if address else None
    zone = get_global("zone_aliases").get(timezone, timezone)
    found = said or get_global("zone_territories").get(zone) or get_global("zone_territories").get(timezone)
    return found if found in countries() else None


def _country_named(text: str, locale: str) -> str | None:
    word = text.strip().casefold()
    if word.upper() in countries():
        return word.upper()
    for name in ("en", locale):
        try:
            territories = Locale.parse(name, sep="-").territories
        except (UnknownLocaleError, ValueError):
            continue
        for code, called in territories.items():
            if called.casefold() == word:
                return str(code)
    return None


def _language(calendar: Any, locale: str) -> str | None:
    """The package names its languages `ro` and `en_US`; asked without one it would take the machine's."""
    whole, short = locale.replace("-", "_"), locale.partition("-")[0]
    known: tuple[str, ...] = calendar.supported_languages
    related = [one for one in known if one.partition("_")[0] == short]
    found: str | None = whole if whole in known else related[0] if related else calendar.default_language
    return found
