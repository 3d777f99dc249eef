from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field

from chairside.billing.rows import Charge, Entry, Standing
from chairside.billing.schemas.shapes import Amount, Kind
from chairside.kernel.http.shapes import Instant, Line, MoneyShape, Page, Strict, View
from chairside.kernel.refusals import Wrong


def _not_negative(price: MoneyShape) -> MoneyShape:
    if price.amount < 0:
        raise Wrong("below_zero", "A price is zero or more.")
    return price


Price = Annotated[MoneyShape, AfterValidator(_not_negative)]
Quantity = Annotated[int, Field(strict=True, ge=1, le=999)]


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
    kind: Kind
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
