from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic

BILLING = Topic("billing", "billing.read")


@dataclass(frozen=True)
class PatientCharged(Event):
    """One charge or several at once; the ledger has them."""

    name = "billing.patient_charged"
    topic = BILLING

    patient_id: UUID


@dataclass(frozen=True)
class ChargeReversed(Event):
    name = "billing.charge_reversed"
    topic = BILLING

    charge_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class BalanceAdjusted(Event):
    name = "billing.balance_adjusted"
    topic = BILLING

    transaction_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class DraftChanged(Event):
    """An invoice that is not issued yet was made, changed or discarded."""

    name = "billing.draft_changed"
    topic = BILLING

    invoice_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class InvoiceIssued(Event):
    name = "billing.invoice_issued"
    topic = BILLING

    invoice_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class InvoiceVoided(Event):
    name = "billing.invoice_voided"
    topic = BILLING

    invoice_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class CreditApplied(Event):
    name = "billing.credit_applied"
    topic = BILLING

    invoice_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class PaymentReceived(Event):
    name = "billing.payment_received"
    topic = BILLING

    payment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class PaymentRefunded(Event):
    name = "billing.payment_refunded"
    topic = BILLING

    payment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class DayClosed(Event):
    name = "billing.day_closed"
    topic = BILLING

    close_id: UUID


@dataclass(frozen=True)
class DayReopened(Event):
    name = "billing.day_reopened"
    topic = BILLING

    close_id: UUID
