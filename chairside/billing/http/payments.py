from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from chairside import billing
from chairside.billing.schemas.payments import NewPayment, NewRefund, NewRefundView, PaymentPage, PaymentView
from chairside.billing.schemas.shapes import money
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion

router = APIRouter(prefix="/api/v1/clinics/{clinic}/payments", tags=["billing"], route_class=Route)
KEYED = {"x-idempotency": "required"}


@router.post("", status_code=201, response_model=PaymentView, openapi_extra=KEYED)
async def take_payment(op: InOp, new: NewPayment) -> Any:
    parts = None if new.allocations is None else [(part.invoice_id, money(part.amount)) for part in new.allocations]
    payment_id = await billing.collect(
        op, patient_id=new.patient_id, amount=money(new.amount), method=new.method, parts=parts, reference=new.reference
    )
    return PaymentView.of(await billing.get_payment(op, payment_id=payment_id))


@router.get("", response_model=PaymentPage)
async def list_payments(
    op: InOp,
    patient_id: UUID | None = None,
    cursor: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """The newest first."""
    before = pages.unseal(cursor, UUID)[0] if cursor else billing.NEWEST
    found = await billing.list_payments(op, patient_id=patient_id, before=before, limit=limit)
    last = found[-1] if len(found) == limit else None
    return {"items": [PaymentView.of(paid) for paid in found], "next_cursor": pages.seal(last.id) if last else None}


@router.get("/{payment_id}", response_model=PaymentView)
async def get_payment(op: InOp, payment_id: UUID) -> Any:
    return PaymentView.of(await billing.get_payment(op, payment_id=payment_id))


@router.post("/{payment_id}/refunds", status_code=201, response_model=NewRefundView, openapi_extra=KEYED)
async def refund_payment(op: InOp, payment_id: UUID, version: SeenVersion, new: NewRefund) -> Any:
    refund_id = await billing.refund(op, payment_id=payment_id, amount=money(new.amount), reason=new.reason, version=version)
    payment = PaymentView.of(await billing.get_payment(op, payment_id=payment_id))
    [refund] = [refund for refund in payment.refunds if refund.id == refund_id]
    return {**refund.model_dump(), "payment": payment}


@router.get("/{payment_id}/receipt", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def draw_receipt(op: InOp, payment_id: UUID) -> Response:
    paper = await billing.draw_receipt(op, payment_id=payment_id)
    headers = {"content-disposition": f'inline; filename="{paper.name}"'}
    return Response(paper.pdf, media_type="application/pdf", headers=headers)
