"""Days on which a provider is away, or works in another zone. What is booked stays booked: somebody calls those patients."""

from datetime import date
from uuid import UUID

from psycopg.errors import ExclusionViolation

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Missing, malformed
from chairside.scheduling.events import ProviderHoursChanged
from chairside.scheduling.queries.setup import get_provider
from chairside.scheduling.rows import TRAVEL, VACATION, Travel, Vacation

LONGEST = 366
ADD_VACATION = f"""
    insert into vacation (provider_id, first_on, last_on, reason)
    values (%(provider_id)s, %(first_on)s, %(last_on)s, %(reason)s)
    returning {VACATION}
"""
REMOVE_VACATION = """
    delete from vacation
     where vacation.id = %(vacation_id)s
       and vacation.provider_id = %(provider_id)s
    returning vacation.id
"""
ADD_TRAVEL = f"""
    insert into travel (provider_id, first_on, last_on, timezone)
    values (%(provider_id)s, %(first_on)s, %(last_on)s, %(timezone)s)
    returning {TRAVEL}
"""
REMOVE_TRAVEL = """
    delete from travel
     where travel.id = %(travel_id)s
       and travel.provider_id = %(provider_id)s
    returning travel.id
"""


class VacationOverlaps(Conflict):
    """The provider is away on some of these days already."""


class TravelOverlaps(Conflict):
    """The provider has another time zone on some of these days already."""


class NoSuchVacation(Missing):
    """There is no such vacation."""


class NoSuchTravel(Missing):
    """There are no such days in another time zone."""


@needs("clinic.write")
async def add_vacation(op: Op, *, provider_id: UUID, first_on: date, last_on: date, reason: str | None = None) -> Vacation:
    """Off from the first day to the last, both included, at most a year; days with hours of their own stay. Refuses
    NoSuchProvider, VacationOverlaps, Malformed by pointer."""
    await get_provider(op, provider_id=provider_id)
    _check(first_on, last_on)
    try:
        vacation = await op.db.one(
            Vacation, ADD_VACATION, provider_id=provider_id, first_on=first_on, last_on=last_on, reason=reason
        )
    except ExclusionViolation as error:
        raise VacationOverlaps() from error
    assert vacation
    await op.emit(ProviderHoursChanged(provider_id))
    return vacation


@needs("clinic.write")
async def remove_vacation(op: Op, *, provider_id: UUID, vacation_id: UUID) -> None:
    """Back to the usual weeks. Refuses NoSuchVacation."""
    if await op.db.value(REMOVE_VACATION, provider_id=provider_id, vacation_id=vacation_id) is None:
        raise NoSuchVacation()
    await op.emit(ProviderHoursChanged(provider_id))


@needs("clinic.write")
async def add_travel(op: Op, *, provider_id: UUID, first_on: date, last_on: date, timezone: str) -> Travel:
    """Their hours are of this zone from the first day to the last, both included, at most a year. Refuses NoSuchProvider,
    TravelOverlaps, Malformed by pointer."""
    await get_provider(op, provider_id=provider_id)
    _check(first_on, last_on)
    try:
        travel = await op.db.one(
            Travel, ADD_TRAVEL, provider_id=provider_id, first_on=first_on, last_on=last_on, timezone=timezone
        )
    except ExclusionViolation as error:
        raise TravelOverlaps() from error
    assert travel
    await op.emit(ProviderHoursChanged(provider_id))
    return travel


@needs("clinic.write")
async def remove_travel(op: Op, *, provider_id: UUID, travel_id: UUID) -> None:
    """Their usual zone again. Refuses NoSuchTravel."""
    if await op.db.value(REMOVE_TRAVEL, provider_id=provider_id, travel_id=travel_id) is None:
        raise NoSuchTravel()
    await op.emit(ProviderHoursChanged(provider_id))


def _check(first_on: date, last_on: date) -> None:
    if last_on < first_on:
        raise malformed("/last_on", "before_the_first", "The last day is not before the first.")
    if (last_on - first_on).days >= LONGEST:
        raise malformed("/last_on", "too_far", "At most a year.")
