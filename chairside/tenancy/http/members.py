from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import tenancy
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.tenancy.schemas.people import MemberPatch, Members, MemberView

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["people"], route_class=Route)


@router.get("/members", response_model=Members)
async def list_members(op: InOp) -> Any:
    return {"items": await tenancy.list_members(op)}


@router.get("/members/{member_id}", response_model=MemberView)
async def get_member(op: InOp, member_id: UUID) -> Any:
    return await tenancy.get_member(op, member_id=member_id)


@router.patch("/members/{member_id}", response_model=MemberView)
async def change_member(op: InOp, member_id: UUID, version: Version, patch: MemberPatch) -> Any:
    changes = patch.model_dump(exclude_unset=True)
    return await tenancy.change_member(op, member_id=member_id, changes=changes, version=version)


@router.post("/members/{member_id}/suspension", response_model=MemberView)
async def suspend_member(op: InOp, member_id: UUID, version: SeenVersion) -> Any:
    """From their next request on they are outside this clinic."""
    return await tenancy.suspend(op, member_id=member_id, version=version)


@router.delete("/members/{member_id}/suspension", response_model=MemberView)
async def restore_member(op: InOp, member_id: UUID, version: SeenVersion) -> Any:
    return await tenancy.restore(op, member_id=member_id, version=version)


@router.post("/members/{member_id}/session-revocation", status_code=204)
async def end_member_sessions(op: InOp, member_id: UUID) -> None:
    """They have to sign in again wherever they were."""
    await tenancy.end_sessions(op, member_id=member_id)
