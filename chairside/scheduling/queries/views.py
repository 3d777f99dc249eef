from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.scheduling.rows import SCHEDULE_VIEW, ScheduleView

LIST = f"""
    select {SCHEDULE_VIEW}
      from schedule_view
     where schedule_view.member_id = app.actor()
        or schedule_view.shared
     order by schedule_view.member_id <> app.actor(), lower(schedule_view.name), schedule_view.id
     limit 400
"""
OWN = f"""
    select {SCHEDULE_VIEW}
      from schedule_view
     where schedule_view.id = %(view_id)s
       and schedule_view.member_id = app.actor()
"""


class NoSuchView(Missing):
    """There is no such view of yours; somebody else's is theirs to change."""


@needs("scheduling.read")
async def list_views(op: Op) -> list[ScheduleView]:
    """One's own by name, then what others share, at most 400."""
    return await op.db.all(ScheduleView, LIST)


@needs("scheduling.read")
async def get_view(op: Op, *, view_id: UUID) -> ScheduleView:
    """One's own. Refuses NoSuchView."""
    view = await op.db.one(ScheduleView, OWN, view_id=view_id)
    if view is None:
        raise NoSuchView()
    return view
