from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.scheduling.rows import OUTSIDE_CALENDAR, OutsideCalendar

LIST = f"""
    select {OUTSIDE_CALENDAR}
      from outside_calendar
      join provider on provider.id = outside_calendar.provider_id
     where outside_calendar.removed_at is null
       and (%(provider_id)s::uuid is null or outside_calendar.provider_id = %(provider_id)s)
       and (%(member_id)s::uuid is null or provider.member_id = %(member_id)s)
     order by outside_calendar.created_at, outside_calendar.id
     limit 400
"""


@needs("scheduling.read")
async def list_outside_calendars(op: Op, *, provider_id: UUID | None = None) -> list[OutsideCalendar]:
    """One's own, and everybody's for whoever runs the practice."""
    member_id = None if op.may("clinic.write") else op.actor.id
    return await op.db.all(OutsideCalendar, LIST, provider_id=provider_id, member_id=member_id)
