from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field

from chairside.billing.rows import Charge, Entry, Paid, Sheet, Standing
from chairside.kernel.http.shapes import Instant, Line, MoneyShape, Page, Positive, Strict, View
from chairside.kernel.money import Money


def _not_negative(price: MoneyShape) -> MoneyShape:
    if price.amount < 0:
        raise ValueError("A price is zero or more.")
    return price


def _sensible(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise ValueError("between the years 1900 and 2200")
    return day


def _unique(ids: list[UUID]) -> list[UUID]:
    if len(set(ids)) != len(ids):
        raise ValueError("Name each charge once.")
    return ids


Price = Annotated[MoneyShape, AfterValidator(_not_negative)]
Quantity = Annotated[int, Field(strict=True, ge=1, le=999)]
Day = Annotated[date, AfterValidator(_sensible)]
Terms = Annotated[int, Field(strict=True, ge=0, le=365)]
Note = Annotated[str, Field(max_length=2000)]
Method = Literal["cash", "card", "check", "transfer"]
Status = Literal["draft", "issued", "partially_paid", "paid", "void"]
ABSENT: Any = Field(default_factory=lambda: None)
"""A field of a merge patch that may be left out but is never null."""


def money(shape: MoneyShape) -> Money:
    return Money(shape.amount, shape.currency)


class NewCharge(Strict):
    """A service at its price or, with a reason, at another; or anything else with its description and price."""

    service_id: UUID | None = None
    description: Line | None = None
    quantity: Quantity = 1
    price: Price | None = None
    reason: Line | None = None


class NewAdjustment(Strict):
    """Positive: the patient owes more. A write-off is negative."""

    amount: MoneyShape
    reason: Line
    kind: Literal["adjustment", "write_off"] = "adjustment"


class Reason(Strict):
    reason: Line


class NewInvoice(Strict):
    """Of the named charges, else of all that are on no invoice yet. `due_on` comes before `payment_terms_days`."""

    patient_id: UUID
    charge_ids: Annotated[list[UUID], Field(min_length=1, max_length=1000), AfterValidator(_unique)] | None = None
    due_on: Day | None = None
    payment_terms_days: Terms = 0
    note: Note | None = None


class InvoicePatch(Strict):
    due_on: Day | None = None
    payment_terms_days: Terms = ABSENT
    note: Note | None = None


class NewAllocation(Strict):
    """Without an amount, as much as there is and is due."""

    amount: Positive | None = None


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


class Amount(View):
    """Minor units of the currency."""

    amount: int
    currency: str


class Person(View):
    id: UUID
    name: str


class Source(View):
    type: Literal["appointment", "invoice", "payment", "import"]
    id: UUID


class EntryView(View):
    """By its effect on the patient: positive when they owe more."""

    id: UUID
    kind: Literal["opening_balance", "charge", "payment", "adjustment", "refund", "write_off", "transfer", "reversal"]
    amount: Amount
    on: date
    description: str
    source: Source | None
    reverses_id: UUID | None
    created_at: Instant

    @classmethod
    def of(cls, entry: Entry) -> Self:
        source = {"type": entry.source, "id": entry.source_id} if entry.source else None
        amount = {"amount": entry.amount, "currency": entry.currency}
        return cls.model_validate(entry._asdict() | {"amount": amount, "on": entry.on_day, "source": source})


class LedgerView(View):
    """Balances are positive when the patient, or the family, owes. `unapplied` is credit that covers no invoice yet,
    `unbilled` what is on no invoice yet; both are in the balance."""

    patient_id: UUID
    balance: Amount
    family_balance: Amount
    unapplied: Amount
    unbilled: Amount
    items: list[EntryView]
    next_cursor: str | None = None

    @classmethod
    def of(cls, standing: Standing, entries: list[Entry], *, currency: str, next_cursor: str | None) -> Self:
        sums = {name: {"amount": getattr(standing, name), "currency": currency} for name in standing._fields[1:]}
        items = [EntryView.of(entry) for entry in entries]
        return cls.model_validate({"patient_id": standing.id, **sums, "items": items, "next_cursor": next_cursor})


class ChargeView(View):
    id: UUID
    kind: Literal["service", "opening_balance", "adjustment"]
    patient_id: UUID
    service_id: UUID | None
    appointment_id: UUID | None
    provider_id: UUID | None
    description: str
    quantity: int
    unit_price: Amount
    list_price: Amount | None
    price_reason: str | None
    amount: Amount
    on: date
    invoice_id: UUID | None
    reversed_at: Instant | None
    version: int

    @classmethod
    def of(cls, charge: Charge) -> Self:
        sums = {
            name: {"amount": value, "currency": charge.currency} if (value := getattr(charge, name)) is not None else None
            for name in ("unit_price", "list_price", "amount")
        }
        return cls.model_validate(charge._asdict() | sums | {"on": charge.on_day})


class ChargePage(Page):
    items: list[ChargeView]


class LineView(View):
    kind: Literal["service", "opening_balance", "adjustment"]
    charge_id: UUID
    on: date
    description: str
    quantity: int
    unit_price: Amount
    total: Amount


class CoverView(View):
    """What covers part of the invoice: a payment, or credit that was not one."""

    credit_id: UUID
    kind: Literal["payment", "opening_balance", "adjustment"]
    method: Method | None
    on: date
    amount: Amount


class InvoiceView(View):
    id: UUID
    number: str | None
    status: Status
    overdue: bool
    patient_id: UUID
    patient: Person
    lines: list[LineView]
    total: Amount
    paid: Amount
    balance_due: Amount
    payments: list[CoverView]
    issued_on: date | None
    issued_at: Instant | None
    due_on: date | None
    payment_terms_days: int
    note: str | None
    voided_at: Instant | None
    void_reason: str | None
    created_at: Instant
    version: int

    @classmethod
    def of(cls, sheet: Sheet, *, today: date) -> Self:
        def sums(row: dict[str, Any], *names: str) -> dict[str, Any]:
            return row | {name: {"amount": row[name], "currency": sheet.currency} for name in names}

        whole = sheet._asdict() | {"paid": sheet.allocated, "balance_due": sheet.balance_due}
        return cls.model_validate(
            sums(whole, "total", "paid", "balance_due")
            | {
                "overdue": sheet.overdue(today),
                "patient": {"id": sheet.patient_id, "name": sheet.patient_name},
                "lines": [sums(line, "unit_price", "total") for line in sheet.lines],
                "payments": [sums(paid, "amount") for paid in sheet.payments],
                "payment_terms_days": sheet.terms_days,
            }
        )


class InvoicePage(Page):
    items: list[InvoiceView]


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
