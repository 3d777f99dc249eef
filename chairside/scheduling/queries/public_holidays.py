import asyncio
from datetime import date
from typing import NamedTuple

from chairside import tenancy
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed
from chairside.scheduling.queries.setup import list_holidays
from chairside.scheduling.rules import public_holidays
from chairside.scheduling.rules.public_holidays import Region, Suggestion


class Suggested(NamedTuple):
    """`country`: that was asked for, or in which the clinic seems to be; none: ask. `region`: a part of it, likewise. `closed`:
    days that are holidays already."""

    country: str | None
    region: str | None
    year: int
    countries: tuple[str, ...]
    regions: tuple[Region, ...]
    days: list[Suggestion]
    closed: set[date]


@needs("clinic.write")
async def suggest_holidays(op: Op, *, year: int, country: str | None = None, region: str | None = None) -> Suggested:
    """The public holidays of a year, to choose from. A country that is not known has none. Without a `region` that of the clinic;
    with an empty one the whole country's alone. Refuses a region that the country does not have."""
    locale, timezone = op.clinic.locale, op.clinic.timezone
    clinic = await tenancy.get(op)
    address = clinic.address or {}
    said = None if country else address.get("country")
    closed = {one.date for one in await list_holidays(op, first=date(year, 1, 1), last=date(year, 12, 31))}

    def look() -> Suggested:
        where = country or public_holidays.country_of(address=said, timezone=timezone, locale=locale)
        known = public_holidays.regions(where) if where else ()
        part = region
        if region is None and where:
            part = public_holidays.region_of(where, chosen=clinic.holiday_region, address=address.get("region"))
        if part and all(part != one.code for one in known):
            raise malformed("/region", "not_a_region", "There is no such region.")
        days = public_holidays.suggested(where, year, locale=locale, region=part or None) if where else []
        return Suggested(where, part or None, year, public_holidays.countries(), known, days, closed)

    # Loading the package takes most of a second, once.
    return await asyncio.to_thread(look)
