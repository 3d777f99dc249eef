from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import scheduling
from chairside.kernel.http import InOp, Route
from chairside.scheduling.schemas.availability import BlockoutView, NewBlockout

router = APIRouter(prefix="/api/v1/clinics/{clinic}/blockouts", tags=["scheduling"], route_class=Route)


@router.post("", status_code=201, response_model=BlockoutView)
async def block_time(op: InOp, new: NewBlockout) -> Any:
    """Nobody is booked there from then on, unless on purpose. Visits that stand there stay, and are counted."""
    done = await scheduling.block_time(op, **new.model_dump())
    return done.blockout._asdict() | {"visits": done.visits}


@router.delete("/{blockout_id}", status_code=204)
async def unblock_time(op: InOp, blockout_id: UUID) -> None:
    """The time is free again."""
    await scheduling.unblock_time(op, blockout_id=blockout_id)
