from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chairside import scheduling
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.kernel.refusals import malformed
from chairside.scheduling.http.edges import instant_of
from chairside.scheduling.schemas.appointments import Edge
from chairside.scheduling.schemas.sessions import (
    CancelledSessionView,
    GroupSessionCancellation,
    GroupSessionPage,
    GroupSessionPatch,
    GroupSessionRescheduling,
    GroupSessionView,
    NewGroupSession,
    SeatsView,
)

router = APIRouter(prefix="/api/v1/clinics/{clinic}/group-sessions", tags=["scheduling"], route_class=Route)


@router.get("", response_model=GroupSessionPage)
async def list_group_sessions(
    op: InOp,
    calendar_id: UUID | None = None,
    from_: Annotated[Edge | None, Query(alias="from")] = None,
    to: Edge | None = None,
    ended: bool = False,
    cursor: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """Sessions of groups that start from `from` to `to`: days of the clinic, both included, or instants, the second not. Those
    that do not take place only with `ended`."""
    edges: dict[str, Any] = {}
    if from_ is not None:
        edges["since"] = instant_of(op, from_, end=False)
    if to is not None:
        edges["until"] = instant_of(op, to, end=True)
    after = pages.unseal(cursor, datetime.fromisoformat, UUID) if cursor else None
    items = await scheduling.list_group_sessions(op, calendar_id=calendar_id, ended=ended, after=after, limit=limit, **edges)
    last = items[-1] if len(items) == limit else None
    return {"items": items, "next_cursor": pages.seal(last.starts_at.isoformat(), last.id) if last else None}


@router.post("", status_code=201, response_model=GroupSessionView)
async def open_group_session(op: InOp, new: NewGroupSession) -> Any:
    """Empty, to be filled: any minute of working time that is free, whatever the calendar's grid and notice. 409 NobodyIsFree
    where nobody of the calendar can."""
    return await scheduling.open_group_session(op, **new.model_dump())


@router.get("/{group_session_id}", response_model=GroupSessionView)
async def get_group_session(op: InOp, group_session_id: UUID) -> Any:
    return await scheduling.get_group_session(op, session_id=group_session_id)


@router.patch("/{group_session_id}", response_model=GroupSessionView)
async def change_group_session(op: InOp, group_session_id: UUID, version: Version, patch: GroupSessionPatch) -> Any:
    """How many seats it has: no fewer than are taken."""
    return await scheduling.change_group_session(op, session_id=group_session_id, version=version, capacity=patch.capacity)


@router.get("/{group_session_id}/seats", response_model=SeatsView)
async def list_seats(op: InOp, group_session_id: UUID) -> Any:
    """The roster; each seat is an appointment, and goes its own steps."""
    return {"items": await scheduling.list_seats(op, session_id=group_session_id)}


@router.post("/{group_session_id}/rescheduling", status_code=201, response_model=GroupSessionView)
async def reschedule_group_session(
    op: InOp, group_session_id: UUID, version: SeenVersion, moved: GroupSessionRescheduling
) -> Any:
    """Everybody moves along, and is told. 409 TimeTaken names the visits of those who are elsewhere then, and nobody is moved."""
    changes = moved.model_dump(exclude_unset=True)
    if not changes:
        raise malformed("", "required", "Say what changes: the time, the provider or the operatory.")
    return await scheduling.reschedule_group_session(op, session_id=group_session_id, version=version, changes=changes)


@router.post("/{group_session_id}/cancellation", status_code=201, response_model=CancelledSessionView)
async def cancel_group_session(op: InOp, group_session_id: UUID, version: SeenVersion, why: GroupSessionCancellation) -> Any:
    """All of it, with everybody's seat."""
    return await scheduling.cancel_group_session(op, session_id=group_session_id, version=version, reason=why.reason)


@router.delete("/{group_session_id}/cancellation", response_model=GroupSessionView)
async def undo_session_cancellation(op: InOp, group_session_id: UUID) -> Any:
    """On the same day, and if its time and everybody's is still free."""
    return await scheduling.undo_session_cancellation(op, session_id=group_session_id)
