from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import scheduling
from chairside.kernel.http import InOp, Route
from chairside.scheduling.schemas.availability import HoldView, NewHold

router = APIRouter(prefix="/api/v1/clinics/{clinic}/holds", tags=["scheduling"], route_class=Route)


@router.post("", status_code=201, response_model=HoldView)
async def hold_time(op: InOp, new: NewHold) -> Any:
    """For five minutes nobody else is given this time; a taken one is 409 TimeTaken. Book it with its `hold_id`."""
    return await scheduling.hold_time(op, **new.model_dump())


@router.get("/{hold_id}", response_model=HoldView)
async def get_hold(op: InOp, hold_id: UUID) -> Any:
    """One's own."""
    return await scheduling.get_hold(op, hold_id=hold_id)


@router.post("/{hold_id}/extension", status_code=201, response_model=HoldView)
async def extend_hold(op: InOp, hold_id: UUID) -> Any:
    """Five minutes from now, once."""
    return await scheduling.extend_hold(op, hold_id=hold_id)


@router.delete("/{hold_id}", status_code=204)
async def release_hold(op: InOp, hold_id: UUID) -> None:
    """The time is free again."""
    await scheduling.release_hold(op, hold_id=hold_id)
