"""How somebody likes to look at the schedule."""

from typing import NamedTuple
from uuid import UUID

from chairside.scheduling.rows.columns import columns


class ScheduleView(NamedTuple):
    """`columns` are the operatories or providers of a day, all where there are none; `of` the one of a week. `shared`: everybody
    here sees it; it is still `member_id`'s."""

    id: UUID
    member_id: UUID
    name: str
    view: str
    span: str
    by: str
    of: UUID | None
    columns: list[UUID]
    shared: bool
    version: int


SCHEDULE_VIEW = columns("schedule_view", ScheduleView)
