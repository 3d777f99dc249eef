"""State licences of those who treat: numbers that only whoever runs the practice sees."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import scheduling
from chairside.kernel.http import InOp, Route, Version
from chairside.kernel.op import Op
from chairside.scheduling.schemas.licences import LicencePatch, Licences, LicenceView, NewLicence

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["scheduling"], route_class=Route)


@router.get("/licences", response_model=Licences)
async def list_licences(op: InOp, provider_id: UUID | None = None) -> Any:
    """Those that run out first first."""
    return {"items": [_shown(op, one) for one in await scheduling.list_licences(op, provider_id=provider_id)]}


@router.post("/providers/{provider_id}/licences", status_code=201, response_model=LicenceView)
async def add_licence(op: InOp, provider_id: UUID, new: NewLicence) -> Any:
    return _shown(op, await scheduling.add_licence(op, provider_id=provider_id, **new.model_dump()))


@router.patch("/licences/{licence_id}", response_model=LicenceView)
async def change_licence(op: InOp, licence_id: UUID, version: Version, patch: LicencePatch) -> Any:
    changes = patch.model_dump(exclude_unset=True)
    return _shown(op, await scheduling.change_licence(op, licence_id=licence_id, version=version, changes=changes))


@router.delete("/licences/{licence_id}", status_code=204)
async def remove_licence(op: InOp, licence_id: UUID, version: Version) -> None:
    await scheduling.remove_licence(op, licence_id=licence_id, version=version)


def _shown(op: Op, licence: scheduling.Licence) -> dict[str, Any]:
    return licence._asdict() | {"standing": scheduling.standing(licence.expires_on, today=op.today)}
