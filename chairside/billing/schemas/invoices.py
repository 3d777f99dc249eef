from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field

from chairside.billing.rows import Sheet
from chairside.billing.schemas.shapes import Amount, Kind, Method, Person
from chairside.kernel.http.shapes import Instant, Page, Positive, Strict, View
from chairside.kernel.refusals import Wrong


def _sensible(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise Wrong("out_of_range", "between the years 1900 and 2200")
    return day


def _unique(ids: list[UUID]) -> list[UUID]:
    if len(set(ids)) != len(ids):
        raise Wrong("duplicate", "Name each charge once.")
    return ids


Day = Annotated[date, AfterValidator(_sensible)]
Terms = Annotated[int, Field(strict=True, ge=0, le=365)]
Note = Annotated[str, Field(max_length=2000)]
Status = Literal["draft", "issued", "partially_paid", "paid", "void"]
ABSENT: Any = Field(default_factory=lambda: None)
"""A field of a merge patch that may be left out but is never null."""


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


class LineView(View):
    kind: Kind
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
