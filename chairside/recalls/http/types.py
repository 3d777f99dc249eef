from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import recalls
from chairside.kernel.http import InOp, Route, Version
from chairside.recalls.schemas.types import NewRecallType, RecallTypePatch, RecallTypes, RecallTypeView

router = APIRouter(prefix="/api/v1/clinics/{clinic}/recall-types", tags=["recalls"], route_class=Route)


@router.post("", status_code=201, response_model=RecallTypeView)
async def add_recall_type(op: InOp, new: NewRecallType) -> Any:
    facts = new.model_dump(exclude={"interval"})
    return RecallTypeView.of(await recalls.add_type(op, interval=new.interval.interval(), **facts))


@router.get("", response_model=RecallTypes)
async def list_recall_types(op: InOp, active: bool | None = None) -> Any:
    """By name."""
    return {"items": [RecallTypeView.of(type) for type in await recalls.list_types(op, active=active)]}


@router.get("/{type_id}", response_model=RecallTypeView)
async def get_recall_type(op: InOp, type_id: UUID) -> Any:
    return RecallTypeView.of(await recalls.get_type(op, type_id=type_id))


@router.patch("/{type_id}", response_model=RecallTypeView)
async def change_recall_type(op: InOp, type_id: UUID, version: Version, patch: RecallTypePatch) -> Any:
    """Open recalls of the type follow its interval and its services. `active: false` takes it off the lists."""
    changes = patch.model_dump(exclude_unset=True)
    if "interval" in changes:
        changes["interval"] = patch.interval.interval()
    return RecallTypeView.of(await recalls.change_type(op, type_id=type_id, version=version, changes=changes))
