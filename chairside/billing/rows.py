from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID


class Charge(NamedTuple):
    """What debits a patient and can be put on an invoice. Amounts in minor units."""

    id: UUID
    kind: str
    patient_id: UUID
    service_id: UUID | None
    appointment_id: UUID | None
    provider_id: UUID | None
    description: str
    quantity: int
    unit_price: int
    list_price: int | None
    price_reason: str | None
    amount: int
    currency: str
    on_day: date
    invoice_id: UUID | None
    reversed_at: datetime | None
    version: int


CHARGE = ", ".join(f"charge.{column}" for column in Charge._fields)


class Credit(NamedTuple):
    """What credits a patient: a payment, credit brought forward, an adjustment in their favour."""

    id: UUID
    kind: str
    patient_id: UUID
    amount: int
    currency: str
    method: str | None
    reference: str | None
    on_day: date
    allocated: int
    refunded: int
    remaining: int
    version: int


CREDIT = ", ".join(f"credit.{column}" for column in Credit._fields)


class Invoice(NamedTuple):
    id: UUID
    patient_id: UUID
    number: str | None
    status: str
    currency: str
    total: int
    allocated: int
    terms_days: int
    due_on: date | None
    note: str | None
    version: int


INVOICE = ", ".join(f"invoice.{column}" for column in Invoice._fields)


class Sheet(NamedTuple):
    """An invoice with everything on it. Lines {kind, on, description, quantity, unit_price, total, charge_id}, payments
    {credit_id, kind, method, on, amount}; their days are text, as JSON has it. Parties {clinic, patient, payer?}: since the
    issue as they were then."""

    id: UUID
    patient_id: UUID
    patient_name: str
    number: str | None
    status: str
    currency: str
    total: int
    allocated: int
    terms_days: int
    due_on: date | None
    note: str | None
    parties: dict[str, Any]
    issued_on: date | None
    issued_at: datetime | None
    voided_at: datetime | None
    void_reason: str | None
    created_at: datetime
    version: int
    lines: list[dict[str, Any]]
    payments: list[dict[str, Any]]

    @property
    def balance_due(self) -> int:
        """What is still to be paid, once a draft is issued; nothing on a void one."""
        return 0 if self.status == "void" else self.total - self.allocated

    def overdue(self, today: date) -> bool:
        return self.status in ("issued", "partially_paid") and self.due_on is not None and self.due_on < today


class Paid(NamedTuple):
    """A payment with what became of it. Allocations {invoice_id, number, patient_id, amount}, refunds {id, amount,
    reason, on}."""

    id: UUID
    patient_id: UUID
    patient_name: str
    party: dict[str, Any]
    amount: int
    currency: str
    method: str
    reference: str | None
    on_day: date
    allocated: int
    refunded: int
    remaining: int
    created_at: datetime
    version: int
    allocations: list[dict[str, Any]]
    refunds: list[dict[str, Any]]

    @property
    def status(self) -> str:
        if self.refunded == 0:
            return "succeeded"
        return "refunded" if self.refunded == self.amount else "partially_refunded"


class Standing(NamedTuple):
    """Where a patient stands. Positive balances are owed by them; `unapplied` and `unbilled` are never negative."""

    id: UUID
    balance: int
    family_balance: int
    unapplied: int
    unbilled: int


class Entry(NamedTuple):
    """A ledger transaction by its effect on one patient: positive when they owe more."""

    id: UUID
    kind: str
    amount: int
    currency: str
    on_day: date
    description: str
    source: str | None
    source_id: UUID | None
    reverses_id: UUID | None
    created_at: datetime


class Balance(NamedTuple):
    patient_id: UUID
    amount: int


class Share(NamedTuple):
    """How much of a credit covers an invoice now."""

    credit_id: UUID
    invoice_id: UUID
    payer_id: UUID
    patient_id: UUID
    amount: int


class Bill(NamedTuple):
    """An invoice as far as money reaches it, with the family that answers for it."""

    id: UUID
    patient_id: UUID
    family_id: UUID
    number: str | None
    status: str
    total: int
    allocated: int
    due_on: date | None
    version: int

    @property
    def balance_due(self) -> int:
        return self.total - self.allocated


class Taken(NamedTuple):
    """An account's sum on a day."""

    account: str
    amount: int


class Movement(NamedTuple):
    """Money that came in or was given back, in no close that stands: `amount` below zero for a refund."""

    id: UUID
    kind: str
    patient_id: UUID
    patient_name: str
    method: str
    amount: int
    reference: str | None
    on_day: date
    at: datetime


class CashDrawer(NamedTuple):
    """What stays in the drawer overnight, minor units, and the account that deposits go to."""

    float_amount: int
    bank_account: str | None
    version: int


class DayClose(NamedTuple):
    """A day that was closed. Minor units; `counted_cash` and `kept_cash` hold the float, `expected_cash` does not.
    `cash_count` [[denomination, how many], …], reversal {reason, at, by}; `last` when it stands and nothing follows it."""

    id: UUID
    location_id: UUID
    number: int
    begins_on: date
    on_day: date
    currency: str
    opening_float: int
    expected_cash: int
    expected_check: int
    expected_card: int
    expected_transfer: int
    counted_cash: int
    counted_check: int
    counted_card: int
    cash_count: list[list[int]] | None
    kept_cash: int
    deposited_cash: int
    difference_cash: int
    difference_check: int
    difference_card: int
    note: str | None
    created_at: datetime
    closed_by: str | None
    reversal: dict[str, Any] | None
    last: bool
    version: int


class ClosedItem(NamedTuple):
    """What a close covers: like Movement; `counted` is false for a check that was not there."""

    id: UUID
    kind: str
    patient_id: UUID
    patient_name: str
    method: str
    amount: int
    reference: str | None
    on_day: date
    at: datetime
    counted: bool


class LastClose(NamedTuple):
    """The close that the next one follows."""

    id: UUID
    number: int
    begins_on: date
    on_day: date
    kept_cash: int
    created_at: datetime
    closed_by: str | None
