from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chairside import catalog
from chairside.catalog.schemas.procedures import (
    Added,
    NewProcedure,
    ProcedureImport,
    ProcedureImportOutcome,
    ProcedurePage,
    ProcedurePatch,
    ProcedureVersions,
    ProcedureVersionView,
    ProcedureView,
)
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.kernel.money import Money

router = APIRouter(prefix="/api/v1/clinics/{clinic}/procedures", tags=["catalog"], route_class=Route)


@router.post("", status_code=201, response_model=ProcedureView)
async def add_procedure(op: InOp, new: NewProcedure) -> Any:
    facts, price = new.model_dump(exclude={"price", "code", "effective_on"}), Money(new.price.amount, new.price.currency)
    made = await catalog.add_procedure(op, code=new.code, price=price, facts=facts, effective_on=new.effective_on)
    return ProcedureView.of(made)


@router.get("", response_model=ProcedurePage)
async def list_procedures(
    op: InOp,
    q: Annotated[str, Query(max_length=100)] = "",
    category: Annotated[str | None, Query(max_length=60)] = None,
    archived: bool = False,
    on: date | None = None,
    cursor: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """By code. `q`: how the code begins, or a part of the name. `on`: as they hold on that day."""
    after = pages.unseal(cursor, str, UUID) if cursor else catalog.FIRST_CODE
    items = await catalog.list_procedures(op, q=q, category=category, archived=archived, on=on, after=after, limit=limit)
    last = items[-1] if len(items) == limit else None
    return {"items": [ProcedureView.of(one) for one in items], "next_cursor": pages.seal(last.code, last.id) if last else None}


@router.post("/starting-list", status_code=201, response_model=Added)
async def add_starting_list(op: InOp) -> Any:
    """An invented list to begin with; codes that are there stay as they are."""
    return {"added": await catalog.add_starting_list(op)}


@router.post("/imports", status_code=201, response_model=ProcedureImportOutcome)
async def import_procedures(op: InOp, asked: ProcedureImport) -> Any:
    """A list that the clinic has a right to: looked through first, then taken in from a day on."""
    return ProcedureImportOutcome.of(await catalog.import_procedures(op, **asked.model_dump()))


@router.get("/{procedure_id}", response_model=ProcedureView)
async def get_procedure(op: InOp, procedure_id: UUID, on: date | None = None) -> Any:
    return ProcedureView.of(await catalog.get_procedure(op, procedure_id=procedure_id, on=on))


@router.get("/{procedure_id}/versions", response_model=ProcedureVersions)
async def list_procedure_versions(op: InOp, procedure_id: UUID) -> Any:
    """What held, holds and will hold, the latest first."""
    found = await catalog.list_procedure_versions(op, procedure_id=procedure_id)
    return {"items": [ProcedureVersionView.of(one) for one in found]}


@router.patch("/{procedure_id}", response_model=ProcedureView)
async def change_procedure(op: InOp, procedure_id: UUID, version: Version, patch: ProcedurePatch) -> Any:
    changes = patch.model_dump(exclude_unset=True, exclude={"effective_on"})
    if "price" in changes:
        changes["price"] = Money(patch.price.amount, patch.price.currency)
    return ProcedureView.of(
        await catalog.change_procedure(
            op, procedure_id=procedure_id, version=version, changes=changes, effective_on=patch.effective_on
        )
    )


@router.post("/{procedure_id}/archival", status_code=201, response_model=ProcedureView)
async def archive_procedure(op: InOp, procedure_id: UUID, version: SeenVersion) -> Any:
    return ProcedureView.of(await catalog.archive_procedure(op, procedure_id=procedure_id, version=version))


@router.delete("/{procedure_id}/archival", response_model=ProcedureView)
async def restore_procedure(op: InOp, procedure_id: UUID, version: SeenVersion) -> Any:
    return ProcedureView.of(await catalog.restore_procedure(op, procedure_id=procedure_id, version=version))
