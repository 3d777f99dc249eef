"""Views of the schedule: kept under a name by whoever likes to look at it so."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale
from chairside.scheduling.queries.views import get_view
from chairside.scheduling.rows import SCHEDULE_VIEW, ScheduleView

MOST = 30
# Two at once may make one more than that, which hurts nobody.
COUNT = "select count(*) from schedule_view where schedule_view.member_id = app.actor()"
KEEP = f"""
    insert into schedule_view (name, view, span, by, of, columns, shared)
    values (%(name)s, %(view)s, %(span)s, %(by)s, %(of)s, %(columns)s::uuid[], %(shared)s)
    returning {SCHEDULE_VIEW}
"""
CHANGE = f"""
    update schedule_view
       set name = %(name)s, view = %(view)s, span = %(span)s, by = %(by)s, of = %(of)s, columns = %(columns)s::uuid[],
           shared = %(shared)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = schedule_view.version + 1
     where schedule_view.id = %(view_id)s
       and schedule_view.member_id = app.actor()
       and schedule_view.version = %(version)s
    returning {SCHEDULE_VIEW}
"""
REMOVE = """
    delete from schedule_view
     where schedule_view.id = %(view_id)s
       and schedule_view.member_id = app.actor()
       and schedule_view.version = %(version)s
    returning schedule_view.id
"""


class ViewNameTaken(Conflict):
    """You have a view of this name already."""


class TooManyViews(Conflict):
    """You have thirty views already; remove one first."""


class ViewIsStale(Stale):
    """This view was changed while you were editing."""


@needs("scheduling.read")
async def keep_view(
    op: Op, *, name: str, view: str, span: str = "day", by: str = "operatory", of: UUID | None = None,
    columns: list[UUID], shared: bool = False,
) -> ScheduleView:  # fmt: skip
    """Under a name that the actor has given to no other, whatever its case. Columns that are there no more are shown to nobody.
    Refuses ViewNameTaken, TooManyViews."""
    if await op.db.value(COUNT) >= MOST:
        raise TooManyViews()
    with _name_is_free():
        kept = await op.db.one(
            ScheduleView, KEEP, name=name, view=view, span=span, by=by, of=of, columns=array(columns), shared=shared,
        )  # fmt: skip
    assert kept
    return kept


@needs("scheduling.read")
async def change_view(op: Op, *, view_id: UUID, version: int, changes: dict[str, Any]) -> ScheduleView:
    """Change any of what `keep_view` takes. Refuses NoSuchView, ViewIsStale, ViewNameTaken."""
    known = await get_view(op, view_id=view_id)
    facts = known._replace(**changes)
    with _name_is_free():
        changed = await op.db.one(
            ScheduleView, CHANGE, view_id=view_id, version=version, name=facts.name, view=facts.view, span=facts.span,
            by=facts.by, of=facts.of, columns=array(facts.columns), shared=facts.shared,
        )  # fmt: skip
    if changed is None:
        raise ViewIsStale(version=known.version)
    return changed


@needs("scheduling.read")
async def remove_view(op: Op, *, view_id: UUID, version: int) -> None:
    """Refuses NoSuchView, ViewIsStale."""
    known = await get_view(op, view_id=view_id)
    if await op.db.value(REMOVE, view_id=view_id, version=version) is None:
        raise ViewIsStale(version=known.version)


@contextmanager
def _name_is_free() -> Iterator[None]:
    try:
        yield
    except UniqueViolation as error:
        raise ViewNameTaken() from error
