from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import merging
from chairside.kernel.http import InOp, Route, SeenVersion
from chairside.merging.rules import FIELDS
from chairside.merging.schemas import Merges, MergeView, NewMerge, PreviewView

router = APIRouter(prefix="/api/v1/clinics/{clinic}/patients/{patient_id}/merges", tags=["patients"], route_class=Route)


@router.get("", response_model=Merges)
async def list_merges(op: InOp, patient_id: UUID) -> Any:
    """Who was merged into this patient and still is."""
    return {"items": await merging.list_merges(op, patient_id=patient_id)}


@router.get("/preview", response_model=PreviewView)
async def preview_merge(op: InOp, patient_id: UUID, duplicate_id: UUID) -> Any:
    """Both records side by side, what would go along, and what stands in the way; nothing is changed."""
    seen = await merging.preview(op, patient_id=patient_id, duplicate_id=duplicate_id)
    return {
        "patient": seen.patient, "duplicate": seen.duplicate, "moving": seen.moving,
        "fields": [{"field": one, "differs": one in seen.differing, "kept": seen.kept[one]} for one in FIELDS],
        "obstacles": [{"code": one.code, "detail": str(one), "facts": one.facts} for one in seen.obstacles],
    }  # fmt: skip


@router.post("", status_code=201, response_model=MergeView)
async def merge_patients(op: InOp, patient_id: UUID, version: SeenVersion, new: NewMerge) -> Any:
    """The duplicate's visits, money and letters become the patient's; it can be taken apart again."""
    keep: Any = new.keep.model_dump(exclude_none=True)
    return await merging.merge(op, patient_id=patient_id, duplicate_id=new.duplicate_id, keep=keep, version=version)


@router.delete("/{merge_id}", status_code=204)
async def take_merge_apart(op: InOp, patient_id: UUID, merge_id: UUID) -> None:
    """Everything that came along goes back; what was made since stays."""
    await merging.take_apart(op, patient_id=patient_id, merge_id=merge_id)
