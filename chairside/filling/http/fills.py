from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import filling
from chairside.filling.schemas.candidates import Candidates, CandidateView
from chairside.filling.schemas.fills import NewOpeningFill, OpeningFills, OpeningFillView
from chairside.kernel.http import InOp, Route
from chairside.kernel.http.shapes import NewInstant

candidates = APIRouter(prefix="/api/v1/clinics/{clinic}/candidates", tags=["filling"], route_class=Route)
fills = APIRouter(prefix="/api/v1/clinics/{clinic}/opening-fills", tags=["filling"], route_class=Route)


@candidates.get("", response_model=Candidates)
async def list_candidates(op: InOp, provider_id: UUID, starts_at: NewInstant, ends_at: NewInstant) -> Any:
    """Who could come at this time, of the waiting list and of those who are due; whom to ask first."""
    ranked = await filling.list_candidates(op, provider_id=provider_id, starts_at=starts_at, ends_at=ends_at)
    return {"items": [CandidateView.of(one, op.clinic.currency) for one in ranked]}


@fills.get("", response_model=OpeningFills)
async def list_opening_fills(op: InOp, provider_id: UUID, starts_at: NewInstant, ends_at: NewInstant) -> Any:
    """Whether this time is offered, or was: to whom, and what they said. The newest first, five at most."""
    found = await filling.list_fills(op, provider_id=provider_id, starts_at=starts_at, ends_at=ends_at)
    return {"items": [OpeningFillView.of(one) for one in found]}


@fills.post("", status_code=201, response_model=OpeningFillView)
async def offer_opening(op: InOp, new: NewOpeningFill) -> Any:
    """To those whom it suits, in waves, the best first. The first yes has it, and the others hear that it is gone."""
    return OpeningFillView.of(await filling.offer_time(op, **new.model_dump()))


@fills.post("/{fill_id}/withdrawal", status_code=201, response_model=OpeningFillView)
async def stop_offering(op: InOp, fill_id: UUID) -> Any:
    """Nobody else is asked; whoever was hears that it is gone. Again: nothing happens."""
    return OpeningFillView.of(await filling.stop_offering(op, fill_id=fill_id))
