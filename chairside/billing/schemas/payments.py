from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field

from chairside.billing.rows import Paid
from chairside.billing.schemas.shapes import Amount, Method, Person
from chairside.kernel.http.shapes import Instant, Line, Page, Positive, Strict, View


class Part(Strict):
    invoice_id: UUID
    amount: Positive


class NewPayment(Strict):
    """Without `allocations` it covers the patient's open invoices, those due first first; with none in the list, nothing:
    it is kept as credit."""

    patient_id: UUID
    amount: Positive
    method: Method
    allocations: Annotated[list[Part], Field(max_length=200)] | None = None
    reference: Line | None = None


class NewRefund(Strict):
    amount: Positive
    reason: Line


class AllocationView(View):
    invoice_id: UUID
    number: str
    patient_id: UUID
    amount: Amount


class RefundView(View):
    id: UUID
    amount: Amount
    reason: str
    on: date


class PaymentView(View):
    id: UUID
    status: Literal["succeeded", "partially_refunded", "refunded"]
    patient_id: UUID
    patient: Person
    amount: Amount
    method: Method
    reference: str | None
    unapplied: Amount
    refunded: Amount
    allocations: list[AllocationView]
    refunds: list[RefundView]
    on: date
    received_at: Instant
    version: int

    @classmethod
    def of(cls, paid: Paid) -> Self:
        def sum_(value: int) -> dict[str, Any]:
            return {"amount": value, "currency": paid.currency}

        return cls.model_validate(
            paid._asdict()
            | {
                "status": paid.status,
                "patient": {"id": paid.patient_id, "name": paid.patient_name},
                "amount": sum_(paid.amount),
                "unapplied": sum_(paid.remaining),
                "refunded": sum_(paid.refunded),
                "allocations": [share | {"amount": sum_(share["amount"])} for share in paid.allocations],
                "refunds": [refund | {"amount": sum_(refund["amount"])} for refund in paid.refunds],
                "on": paid.on_day,
                "received_at": paid.created_at,
            }
        )


class PaymentPage(Page):
    items: list[PaymentView]


class NewRefundView(RefundView):
    """The refund, and the payment as it stands now."""

    payment: PaymentView
