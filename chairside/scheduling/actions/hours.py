from datetime import date
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside.kernel.db import Jsonb
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Malformed, Missing, Stale
from chairside.scheduling.events import ClinicHoursChanged, ProviderHoursChanged
from chairside.scheduling.queries.hours import Hours, get_hours, get_provider_hours
from chairside.scheduling.queries.setup import get_provider
from chairside.scheduling.rows import HOLIDAY, OVERRIDE, Holiday, HoursOverride
from chairside.scheduling.rules import hours

SET = """
    insert into weekly_hours (provider_id, weekly)
    values (%(provider_id)s::uuid, %(weekly)s)
    on conflict on constraint weekly_hours_are_one do update
       set weekly = excluded.weekly,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = weekly_hours.version + 1
     where weekly_hours.version = %(version)s
    returning weekly_hours.version
"""
ADD_OVERRIDE = f"""
    insert into hours_override (provider_id, date, blocks, reason)
    values (%(provider_id)s, %(date)s, %(blocks)s, %(reason)s)
    returning {OVERRIDE}
"""
REMOVE_OVERRIDE = """
    delete from hours_override
     where hours_override.id = %(override_id)s
       and hours_override.provider_id = %(provider_id)s
    returning hours_override.id
"""
ADD_HOLIDAY = f"insert into holiday (date, name) values (%(date)s, %(name)s) returning {HOLIDAY}"
# A day that is one already stays as it was called.
ADD_HOLIDAYS = f"""
    insert into holiday (date, name)
    select chosen.date, chosen.name
      from unnest(%(dates)s::date[], %(names)s::text[]) as chosen (date, name)
    on conflict on constraint holiday_is_one do nothing
    returning {HOLIDAY}
"""
REMOVE_HOLIDAY = "delete from holiday where holiday.id = %(holiday_id)s returning holiday.id"


class HoursAreStale(Stale):
    """Somebody changed these hours while you were editing."""


class OverrideExists(Conflict):
    """That day has other hours already; remove them first."""


class HolidayExists(Conflict):
    """That day is a holiday already."""


class NoSuchOverride(Missing):
    """There is no such day with other hours."""


class NoSuchHoliday(Missing):
    """There is no such holiday."""


@needs("clinic.write")
async def set_hours(op: Op, *, weekly: dict[str, list[list[str]]], version: int | None = None) -> Hours:
    """The clinic's usual week: ISO weekday to blocks of local times. Refuses HoursAreStale, Malformed by pointer."""
    found = await get_hours(op)
    new = await _set(op, provider_id=None, weekly=weekly, found=found, version=version)
    await op.emit(ClinicHoursChanged(op.clinic.id))
    return Hours(weekly, False, new)


@needs("clinic.write")
async def set_provider_hours(
    op: Op, *, provider_id: UUID, weekly: dict[str, list[list[str]]] | None, version: int | None = None
) -> Hours:
    """The provider's usual week; None: they follow the clinic. Refuses NoSuchProvider, HoursAreStale, Malformed by pointer."""
    found = await get_provider_hours(op, provider_id=provider_id)
    new = await _set(op, provider_id=provider_id, weekly=weekly, found=found, version=version)
    await op.emit(ProviderHoursChanged(provider_id))
    if weekly is None:
        return Hours((await get_hours(op)).weekly, True, new)
    return Hours(weekly, False, new)


@needs("clinic.write")
async def add_override(
    op: Op, *, provider_id: UUID, date: date, blocks: list[list[str]], reason: str | None = None
) -> HoursOverride:
    """Another day than usual; no blocks is a day off. Refuses NoSuchProvider, OverrideExists, Malformed by pointer."""
    await get_provider(op, provider_id=provider_id)
    if errors := hours.check_blocks(blocks, "/blocks"):
        raise Malformed(errors=tuple(errors))
    try:
        override = await op.db.one(
            HoursOverride, ADD_OVERRIDE, provider_id=provider_id, date=date, blocks=Jsonb(blocks), reason=reason
        )
    except UniqueViolation as error:
        raise OverrideExists() from error
    assert override
    await op.emit(ProviderHoursChanged(provider_id))
    return override


@needs("clinic.write")
async def remove_override(op: Op, *, provider_id: UUID, override_id: UUID) -> None:
    """Back to the usual week. Refuses NoSuchOverride."""
    if await op.db.value(REMOVE_OVERRIDE, provider_id=provider_id, override_id=override_id) is None:
        raise NoSuchOverride()
    await op.emit(ProviderHoursChanged(provider_id))


@needs("clinic.write")
async def add_holiday(op: Op, *, date: date, name: str) -> Holiday:
    """Nobody works, except who has other hours that day. Refuses HolidayExists."""
    try:
        holiday = await op.db.one(Holiday, ADD_HOLIDAY, date=date, name=name)
    except UniqueViolation as error:
        raise HolidayExists() from error
    assert holiday
    await op.emit(ClinicHoursChanged(op.clinic.id))
    return holiday


@needs("clinic.write")
async def add_holidays(op: Op, *, days: list[tuple[date, str]]) -> list[Holiday]:
    """Those of them that were none yet, by date: a day is a holiday once, whoever else adds the same at the same time."""
    ordered = sorted(dict(reversed(days)).items())
    dates, names = [day for day, _ in ordered], [name for _, name in ordered]
    added = await op.db.all(Holiday, ADD_HOLIDAYS, dates=dates, names=names)
    if added:
        await op.emit(ClinicHoursChanged(op.clinic.id))
    return sorted(added, key=lambda holiday: holiday.date)


@needs("clinic.write")
async def remove_holiday(op: Op, *, holiday_id: UUID) -> None:
    """Refuses NoSuchHoliday."""
    if await op.db.value(REMOVE_HOLIDAY, holiday_id=holiday_id) is None:
        raise NoSuchHoliday()
    await op.emit(ClinicHoursChanged(op.clinic.id))


async def _set(
    op: Op, *, provider_id: UUID | None, weekly: dict[str, list[list[str]]] | None, found: Hours, version: int | None
) -> int:
    if weekly is not None and (errors := hours.check_weekly(weekly)):
        raise Malformed(errors=tuple(errors))
    if version is not None and version != found.version:
        raise HoursAreStale(version=found.version)
    stored = Jsonb(weekly) if weekly is not None else None
    new: int | None = await op.db.value(SET, provider_id=provider_id, weekly=stored, version=found.version)
    if new is None:
        raise HoursAreStale(version=found.version)
    return new
