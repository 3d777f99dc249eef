from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import filling
from chairside.filling.schemas import Candidates, CandidateView
from chairside.kernel.http import InOp, Route
from chairside.kernel.http.shapes import NewInstant

router = APIRouter(prefix="/api/v1/clinics/{clinic}/candidates", tags=["filling"], route_class=Route)


@router.get("", response_model=Candidates)
async def list_candidates(op: InOp, provider_id: UUID, starts_at: NewInstant, ends_at: NewInstant) -> Any:
    """Who could come at this time, of the waiting list and of those who are due; whom to ask first."""
    ranked = await filling.list_candidates(op, provider_id=provider_id, starts_at=starts_at, ends_at=ends_at)
    return {"items": [CandidateView.of(one, op.clinic.currency) for one in ranked]}
