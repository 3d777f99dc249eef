from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from psycopg.errors import CheckViolation, ForeignKeyViolation, UniqueViolation

from chairside import catalog
from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale
from chairside.scheduling.events import CalendarAdded, CalendarChanged
from chairside.scheduling.queries.calendars import NoSuchResource, get_booking_calendar
from chairside.scheduling.queries.setup import NoSuchProvider
from chairside.scheduling.rows import Calendar
from chairside.scheduling.rules import calendars

ADD = """
    insert into calendar (name, modality, strategy, increment, grid, buffer_before, buffer_after, buffers_inside_hours,
                          min_notice, max_days_ahead, window_start, window_end, per_day_limit, capacity, public, active)
    values (%(name)s, %(modality)s, %(strategy)s, %(increment)s, %(grid)s, %(buffer_before)s, %(buffer_after)s,
            %(buffers_inside_hours)s, %(min_notice)s, %(max_days_ahead)s, %(window_start)s, %(window_end)s, %(per_day_limit)s,
            %(capacity)s, %(public)s, %(active)s)
    returning calendar.id
"""
CHANGE = """
    update calendar
       set name = %(name)s, modality = %(modality)s, strategy = %(strategy)s, increment = %(increment)s, grid = %(grid)s,
           buffer_before = %(buffer_before)s, buffer_after = %(buffer_after)s, buffers_inside_hours = %(buffers_inside_hours)s,
           min_notice = %(min_notice)s, max_days_ahead = %(max_days_ahead)s, window_start = %(window_start)s,
           window_end = %(window_end)s, per_day_limit = %(per_day_limit)s, capacity = %(capacity)s, public = %(public)s,
           active = %(active)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = calendar.version + 1
     where calendar.id = %(calendar_id)s
       and calendar.version = %(version)s
    returning calendar.id
"""
FORGET_SERVICES = "delete from calendar_service where calendar_service.calendar_id = %(calendar_id)s"
NAME_SERVICES = """
    insert into calendar_service (calendar_id, service_id, position)
    select %(calendar_id)s, named.service_id, named.place
      from unnest(%(services)s::uuid[]) with ordinality as named (service_id, place)
"""
FORGET_PROVIDERS = "delete from calendar_provider where calendar_provider.calendar_id = %(calendar_id)s"
NAME_PROVIDERS = """
    insert into calendar_provider (calendar_id, provider_id, priority, position)
    select %(calendar_id)s, named.provider_id, named.priority, named.place
      from unnest(%(providers)s::uuid[], %(priorities)s::int[]) with ordinality as named (provider_id, priority, place)
"""
FORGET_RESOURCES = """
    delete from calendar_resource using calendar_need
     where calendar_resource.need_id = calendar_need.id
       and calendar_need.calendar_id = %(calendar_id)s
"""
FORGET_NEEDS = "delete from calendar_need where calendar_need.calendar_id = %(calendar_id)s"
ADD_NEED = """
    insert into calendar_need (calendar_id, position, need, from_minute, to_minute)
    values (%(calendar_id)s, %(position)s, %(need)s, %(from_minute)s, %(to_minute)s)
    returning calendar_need.id
"""
# What is neither breaks calendar_resource_is_one_of_them.
NAME_RESOURCES = """
    insert into calendar_resource (need_id, operatory_id, provider_id, position)
    select %(need_id)s, operatory.id, provider.id, named.place
      from unnest(%(resources)s::uuid[]) with ordinality as named (id, place)
      left join operatory on operatory.id = named.id
      left join provider on provider.id = named.id
"""
LISTS = ("service_ids", "providers", "requires")


class CalendarIsStale(Stale):
    """Somebody changed this calendar while you were editing."""


class CalendarNameTaken(Conflict):
    """Another calendar already has this name."""


@needs("clinic.write")
async def add_booking_calendar(op: Op, *, calendar: Calendar) -> Calendar:
    """Its id and version are given here. Refuses CalendarNameTaken, NoSuchService, NoSuchProvider, NoSuchResource."""
    calendars.check(calendar)
    with _promises():
        id: UUID = await op.db.value(ADD, **_facts(calendar))
        for name in LISTS:
            await _name(op, id, calendar, name)
    await op.emit(CalendarAdded(id))
    return await get_booking_calendar(op, calendar_id=id)


@needs("clinic.write")
async def change_booking_calendar(op: Op, *, calendar_id: UUID, version: int, changes: dict[str, Any]) -> Calendar:
    """Change the named fields of a Calendar; visits that were booked stay as they are. One no longer `active` is offered nowhere.
    Refuses NoSuchCalendar, CalendarIsStale, CalendarNameTaken, NoSuchService, NoSuchProvider, NoSuchResource."""
    before = await get_booking_calendar(op, calendar_id=calendar_id)
    calendar = before._replace(**changes)
    calendars.check(calendar)
    with _promises():
        if await op.db.value(CHANGE, calendar_id=calendar_id, version=version, **_facts(calendar)) is None:
            raise CalendarIsStale(version=(await get_booking_calendar(op, calendar_id=calendar_id)).version)
        for name in LISTS:
            if getattr(calendar, name) != getattr(before, name):
                await _forget(op, calendar_id, name)
                await _name(op, calendar_id, calendar, name)
    await op.emit(CalendarChanged(calendar_id))
    return await get_booking_calendar(op, calendar_id=calendar_id)


async def _forget(op: Op, calendar_id: UUID, name: str) -> None:
    if name == "service_ids":
        await op.db.run(FORGET_SERVICES, calendar_id=calendar_id)
    elif name == "providers":
        await op.db.run(FORGET_PROVIDERS, calendar_id=calendar_id)
    else:
        await op.db.run(FORGET_RESOURCES, calendar_id=calendar_id)
        await op.db.run(FORGET_NEEDS, calendar_id=calendar_id)


async def _name(op: Op, id: UUID, calendar: Calendar, name: str) -> None:
    if name == "service_ids":
        await op.db.run(NAME_SERVICES, calendar_id=id, services=array(dict.fromkeys(calendar.service_ids)))
    elif name == "providers":
        await op.db.run(
            NAME_PROVIDERS, calendar_id=id, providers=array(one.provider_id for one in calendar.providers),
            priorities=array(one.priority for one in calendar.providers),
        )  # fmt: skip
    else:
        for place, one in enumerate(calendar.requires):
            need_id = await op.db.value(
                ADD_NEED, calendar_id=id, position=place, need=one.need, from_minute=one.from_minute, to_minute=one.to_minute
            )
            await op.db.run(NAME_RESOURCES, need_id=need_id, resources=array(one.any_of))


def _facts(calendar: Calendar) -> dict[str, Any]:
    return {name: value for name, value in calendar._asdict().items() if name not in ("id", "version", *LISTS)}


@contextmanager
def _promises() -> Iterator[None]:
    try:
        yield
    except UniqueViolation as error:
        raise CalendarNameTaken() from error
    except CheckViolation as error:
        if error.diag.constraint_name == "calendar_resource_is_one_of_them":
            raise NoSuchResource() from error
        raise
    except ForeignKeyViolation as error:
        of_provider = error.diag.constraint_name == "calendar_provider_is_known"
        raise (NoSuchProvider() if of_provider else catalog.NoSuchService()) from error
