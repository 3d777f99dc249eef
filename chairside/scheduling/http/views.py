"""How those who work here like to look at the schedule."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import scheduling
from chairside.kernel.http import InOp, Route, Version
from chairside.scheduling.schemas.views import NewScheduleView, SavedView, SavedViews, ScheduleViewPatch

router = APIRouter(prefix="/api/v1/clinics/{clinic}/schedule-views", tags=["scheduling"], route_class=Route)


@router.get("", response_model=SavedViews)
async def list_views(op: InOp) -> Any:
    """One's own, then what others share."""
    return {"items": await scheduling.list_views(op)}


@router.post("", status_code=201, response_model=SavedView)
async def keep_view(op: InOp, new: NewScheduleView) -> Any:
    return await scheduling.keep_view(op, **new.model_dump())


@router.patch("/{view_id}", response_model=SavedView)
async def change_view(op: InOp, view_id: UUID, version: Version, patch: ScheduleViewPatch) -> Any:
    """One's own."""
    return await scheduling.change_view(op, view_id=view_id, version=version, changes=patch.model_dump(exclude_unset=True))


@router.delete("/{view_id}", status_code=204)
async def remove_view(op: InOp, view_id: UUID, version: Version) -> None:
    """One's own."""
    await scheduling.remove_view(op, view_id=view_id, version=version)
