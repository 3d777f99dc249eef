from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chairside import recalls
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.recalls.schemas.recalls import Closure
from chairside.recalls.schemas.waiting import NewWaiting, WaitingPage, WaitingPatch, WaitingStatus, WaitingView

router = APIRouter(prefix="/api/v1/clinics/{clinic}/waitlist", tags=["recalls"], route_class=Route)


@router.post("", status_code=201, response_model=WaitingView)
async def add_to_waitlist(op: InOp, new: NewWaiting) -> Any:
    return WaitingView.of(await recalls.wait(op, **new.model_dump()))


@router.get("", response_model=WaitingPage)
async def list_waitlist(
    op: InOp,
    patient_id: UUID | None = None,
    service_id: UUID | None = None,
    status: Annotated[list[WaitingStatus] | None, Query()] = None,
    cursor: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """Who is urgent first, then who has waited longest. `status` may be repeated; without it, those who still wait."""
    after = pages.unseal(cursor, bool, UUID) if cursor else recalls.FIRST
    items = await recalls.list_waiting(
        op, patient_id=patient_id, service_id=service_id, statuses=tuple(status) if status else recalls.STILL, after=after,
        limit=limit,
    )  # fmt: skip
    last = items[-1] if len(items) == limit else None
    cursor = pages.seal(not last.urgent, last.id) if last else ""
    return {"items": [WaitingView.of(entry) for entry in items], "next_cursor": cursor or None}


@router.get("/{entry_id}", response_model=WaitingView)
async def get_waiting(op: InOp, entry_id: UUID) -> Any:
    return WaitingView.of(await recalls.get_waiting(op, entry_id=entry_id))


@router.patch("/{entry_id}", response_model=WaitingView)
async def change_waiting(op: InOp, entry_id: UUID, version: Version, patch: WaitingPatch) -> Any:
    changes = patch.model_dump(exclude_unset=True)
    return WaitingView.of(await recalls.change_waiting(op, entry_id=entry_id, version=version, changes=changes))


@router.post("/{entry_id}/closure", status_code=201, response_model=WaitingView)
async def close_waiting(op: InOp, entry_id: UUID, version: SeenVersion, closure: Closure) -> Any:
    return WaitingView.of(await recalls.stop_waiting(op, entry_id=entry_id, reason=closure.reason, version=version))


@router.delete("/{entry_id}/closure", response_model=WaitingView)
async def reopen_waiting(op: InOp, entry_id: UUID, version: SeenVersion) -> Any:
    return WaitingView.of(await recalls.wait_again(op, entry_id=entry_id, version=version))
