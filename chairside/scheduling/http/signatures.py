"""Pictures of how providers sign: seen by themselves and by whoever runs the practice."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import scheduling
from chairside.kernel.http import InOp, Route
from chairside.scheduling.schemas.signatures import NewSignature, SignatureView

router = APIRouter(prefix="/api/v1/clinics/{clinic}/providers/{provider_id}/signature", tags=["scheduling"], route_class=Route)


@router.get("", response_model=SignatureView)
async def get_signature(op: InOp, provider_id: UUID) -> Any:
    """Nulls where none is kept."""
    return _shown(provider_id, await scheduling.get_signature(op, provider_id=provider_id))


@router.put("", response_model=SignatureView)
async def keep_signature(op: InOp, provider_id: UUID, new: NewSignature) -> Any:
    """In the place of any that was there: a PNG, at most 1600 × 800 pixels and 100 kB."""
    return _shown(provider_id, await scheduling.keep_signature(op, provider_id=provider_id, picture=new.picture))


@router.delete("", status_code=204)
async def remove_signature(op: InOp, provider_id: UUID) -> None:
    """The picture goes; that there was one stays on record."""
    await scheduling.remove_signature(op, provider_id=provider_id)


def _shown(provider_id: UUID, kept: scheduling.Signature | None) -> dict[str, Any]:
    if kept is None:
        return {"provider_id": provider_id, "kept_at": None, "picture": None}
    return {"provider_id": provider_id, "kept_at": kept.kept_at, "picture": b64encode(kept.picture).decode()}
