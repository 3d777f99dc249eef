from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from chairside import billing
from chairside.billing.schemas.invoices import InvoicePage, InvoicePatch, InvoiceView, NewAllocation, NewInvoice, Status
from chairside.billing.schemas.shapes import Reason, money
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.kernel.op import Op

router = APIRouter(prefix="/api/v1/clinics/{clinic}/invoices", tags=["billing"], route_class=Route)
KEYED = {"x-idempotency": "required"}


@router.post("", status_code=201, response_model=InvoiceView, openapi_extra=KEYED)
async def draft_invoice(op: InOp, new: NewInvoice) -> Any:
    words = new.model_dump(exclude={"payment_terms_days"})
    return await _view(op, await billing.draft(op, **words, terms_days=new.payment_terms_days))


@router.get("", response_model=InvoicePage)
async def list_invoices(
    op: InOp,
    patient_id: UUID | None = None,
    status: Status | None = None,
    overdue: bool = False,
    cursor: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """The newest first."""
    before = pages.unseal(cursor, UUID)[0] if cursor else billing.NEWEST
    sheets = await billing.list_invoices(op, patient_id=patient_id, status=status, overdue=overdue, before=before, limit=limit)
    last = sheets[-1] if len(sheets) == limit else None
    items = [InvoiceView.of(sheet, today=op.today) for sheet in sheets]
    return {"items": items, "next_cursor": pages.seal(last.id) if last else None}


@router.get("/{invoice_id}", response_model=InvoiceView)
async def get_invoice(op: InOp, invoice_id: UUID) -> Any:
    return await _view(op, invoice_id)


@router.patch("/{invoice_id}", response_model=InvoiceView)
async def change_invoice(op: InOp, invoice_id: UUID, version: Version, patch: InvoicePatch) -> Any:
    """A draft only."""
    changes = patch.model_dump(exclude_unset=True)
    if "payment_terms_days" in changes:
        changes["terms_days"] = changes.pop("payment_terms_days")
    await billing.change_draft(op, invoice_id=invoice_id, version=version, changes=changes)
    return await _view(op, invoice_id)


@router.delete("/{invoice_id}", status_code=204)
async def discard_invoice(op: InOp, invoice_id: UUID, version: Version) -> None:
    """A draft only: what was issued is voided."""
    await billing.discard(op, invoice_id=invoice_id, version=version)


@router.post("/{invoice_id}/issue", response_model=InvoiceView, openapi_extra=KEYED)
async def issue_invoice(op: InOp, invoice_id: UUID, version: SeenVersion) -> Any:
    await billing.issue(op, invoice_id=invoice_id, version=version)
    return await _view(op, invoice_id)


@router.post("/{invoice_id}/void", response_model=InvoiceView, openapi_extra=KEYED)
async def void_invoice(op: InOp, invoice_id: UUID, version: SeenVersion, why: Reason) -> Any:
    await billing.void(op, invoice_id=invoice_id, reason=why.reason, version=version)
    return await _view(op, invoice_id)


@router.post("/{invoice_id}/allocations", status_code=201, response_model=InvoiceView, openapi_extra=KEYED)
async def apply_credit(op: InOp, invoice_id: UUID, version: SeenVersion, new: NewAllocation) -> Any:
    """Covers the invoice with credit that the patient, then their family, has unapplied."""
    amount = money(new.amount) if new.amount else None
    await billing.apply_credit(op, invoice_id=invoice_id, amount=amount, version=version)
    return await _view(op, invoice_id)


@router.get("/{invoice_id}/pdf", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def draw_invoice(op: InOp, invoice_id: UUID) -> Response:
    paper = await billing.draw_invoice(op, invoice_id=invoice_id)
    headers = {"content-disposition": f'inline; filename="{paper.name}"'}
    return Response(paper.pdf, media_type="application/pdf", headers=headers)


async def _view(op: Op, invoice_id: UUID) -> InvoiceView:
    return InvoiceView.of(await billing.get_invoice(op, invoice_id=invoice_id), today=op.today)
