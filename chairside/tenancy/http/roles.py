from typing import Annotated, Any

from fastapi import APIRouter, Query

from chairside import tenancy
from chairside.kernel.http import InOp, Route, Version
from chairside.kernel.refusals import malformed
from chairside.tenancy.rows import Role
from chairside.tenancy.schemas.roles import NewRole, Permissions, RoleChanges, RoleDraft, RoleList, RolePatch, RoleView

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["roles"], route_class=Route)


@router.get("/permissions", response_model=Permissions)
async def list_permissions(op: InOp) -> Any:
    """All that may be permitted, one sentence each, by what belongs together."""
    return {"items": await tenancy.list_permissions(op)}


@router.get("/roles", response_model=RoleList)
async def list_roles(op: InOp) -> Any:
    """The product's own in their usual order, then the clinic's."""
    return {"items": [_view(role, assignable) for role, assignable in await tenancy.list_roles(op)]}


@router.post("/roles", status_code=201, response_model=RoleView)
async def add_role(op: InOp, new: NewRole) -> Any:
    """It permits at most what the one who makes it may do."""
    role = await tenancy.add_role(op, **new.model_dump())
    return _view(role, await tenancy.may_give(op, role=role))


@router.get("/roles/{role}", response_model=RoleView)
async def get_role(op: InOp, role: str) -> Any:
    found = await tenancy.get_role(op, slug=role)
    return _view(found, await tenancy.may_give(op, role=found))


@router.patch("/roles/{role}", response_model=RoleView)
async def change_role(op: InOp, role: str, version: Version, patch: RolePatch) -> Any:
    """Counts for everybody who has it from their next request on."""
    changes = patch.model_dump(exclude_unset=True)
    for field in ("name", "permissions"):
        if field in changes and changes[field] is None:
            raise malformed(f"/{field}", "required", "This cannot be empty.")
    changed = await tenancy.change_role(op, slug=role, version=version, changes=changes)
    return _view(changed, await tenancy.may_give(op, role=changed))


@router.delete("/roles/{role}", status_code=204)
async def remove_role(
    op: InOp, role: str, version: Version, replacement: Annotated[str | None, Query(max_length=40)] = None
) -> None:
    """Whoever has it gets the `replacement`; without one, only a role that nobody has goes."""
    await tenancy.remove_role(op, slug=role, version=version, replacement=replacement)


@router.post("/roles/{role}/differences", response_model=RoleChanges, openapi_extra={"x-changes-nothing": True})
async def compare_role(op: InOp, role: str, draft: RoleDraft) -> Any:
    """Who would gain and lose what. Nothing is changed."""
    return {"items": await tenancy.compare_role(op, slug=role, **draft.model_dump())}


@router.post("/roles/{role}/looks", status_code=204)
async def begin_looking(op: InOp, role: str) -> None:
    """On record: from here on the one who asks sends `X-See-As` with the role, and every answer is what somebody with that role
    would get, as far as their own role goes. Nothing can be changed meanwhile. It ends with the header."""
    await tenancy.begin_looking(op, slug=role)


def _view(role: Role, assignable: bool) -> dict[str, Any]:
    return role._asdict() | {"permissions": sorted(role.permissions), "assignable": assignable}
