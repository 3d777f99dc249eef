from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chairside import catalog
from chairside.catalog.schemas.services import NewService, ServicePage, ServicePatch, ServiceView
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, Version
from chairside.kernel.http.shapes import MoneyShape
from chairside.kernel.money import Money

router = APIRouter(prefix="/api/v1/clinics/{clinic}/services", tags=["catalog"], route_class=Route)


@router.post("", status_code=201, response_model=ServiceView)
async def add_service(op: InOp, new: NewService) -> Any:
    words = new.model_dump(exclude={"price"})
    return ServiceView.of(await catalog.add_service(op, **words, price=_money(new.price)))


@router.get("", response_model=ServicePage)
async def list_services(
    op: InOp,
    active: bool | None = None,
    cursor: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """By name."""
    after = pages.unseal(cursor, str, UUID) if cursor else catalog.START
    items = await catalog.list_services(op, active=active, after=after, limit=limit)
    last = items[-1] if len(items) == limit else None
    return {"items": [ServiceView.of(s) for s in items], "next_cursor": pages.seal(last.name, last.id) if last else None}


@router.get("/{service_id}", response_model=ServiceView)
async def get_service(op: InOp, service_id: UUID) -> Any:
    return ServiceView.of(await catalog.get_service(op, service_id=service_id))


@router.patch("/{service_id}", response_model=ServiceView)
async def change_service(op: InOp, service_id: UUID, version: Version, patch: ServicePatch) -> Any:
    """A service is not deleted: `active: false` takes it off the lists."""
    changes = patch.model_dump(exclude_unset=True)
    if "price" in changes:
        changes["price"] = _money(patch.price)
    return ServiceView.of(await catalog.change_service(op, service_id=service_id, version=version, changes=changes))


def _money(price: MoneyShape) -> Money:
    return Money(price.amount, price.currency)
