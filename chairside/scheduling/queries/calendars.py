from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.scheduling.rows import CALENDAR, Calendar

GET = f"select {CALENDAR} from calendar where calendar.id = %(calendar_id)s"
LIST = f"""
    select {CALENDAR}
      from calendar
     where %(active)s::boolean is null or calendar.active = %(active)s
     order by lower(calendar.name), calendar.id
     limit 200
"""


class NoSuchCalendar(Missing):
    """There is no such calendar in this clinic."""


class NoSuchResource(Missing):
    """There is no such operatory or provider in this clinic."""


@needs("clinic.read")
async def get_booking_calendar(op: Op, *, calendar_id: UUID) -> Calendar:
    """Refuses NoSuchCalendar."""
    found = await op.db.one(Calendar.of, GET, calendar_id=calendar_id)
    if found is None:
        raise NoSuchCalendar()
    return found


@needs("clinic.read")
async def list_booking_calendars(op: Op, *, active: bool | None = None) -> list[Calendar]:
    """By name, at most 200."""
    return await op.db.all(Calendar.of, LIST, active=active)
