import asyncio
from datetime import date
from typing import NamedTuple

from chairside import tenancy
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.scheduling.queries.setup import list_holidays
from chairside.scheduling.rules import public_holidays
from chairside.scheduling.rules.public_holidays import Suggestion


class Suggested(NamedTuple):
    """`country`: that was asked for, or in which the clinic seems to be; none: ask. `closed`: days that are holidays already."""

    country: str | None
    year: int
    countries: tuple[str, ...]
    days: list[Suggestion]
    closed: set[date]


@needs("clinic.write")
async def suggest_holidays(op: Op, *, year: int, country: str | None = None) -> Suggested:
    """The public holidays of a year, to choose from. A country that is not known has none."""
    locale, timezone, said = op.clinic.locale, op.clinic.timezone, None
    if country is None:
        said = ((await tenancy.get(op)).address or {}).get("country")
    closed = {one.date for one in await list_holidays(op, first=date(year, 1, 1), last=date(year, 12, 31))}

    def look() -> Suggested:
        where = country or public_holidays.country_of(address=said, timezone=timezone, locale=locale)
        days = public_holidays.suggested(where, year, locale=locale) if where else []
        return Suggested(where, year, public_holidays.countries(), days, closed)

    # Loading the package takes most of a second, once.
    return await asyncio.to_thread(look)
