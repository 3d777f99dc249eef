from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event


@dataclass(frozen=True)
class PatientCharged(Event):
    """One charge or several at once; the ledger has them."""

    name = "billing.patient_charged"

    patient_id: UUID


@dataclass(frozen=True)
class ChargeReversed(Event):
    name = "billing.charge_reversed"

    charge_id: UUID


@dataclass(frozen=True)
class BalanceAdjusted(Event):
    name = "billing.balance_adjusted"

    transaction_id: UUID


@dataclass(frozen=True)
class InvoiceIssued(Event):
    name = "billing.invoice_issued"

    invoice_id: UUID


@dataclass(frozen=True)
class InvoiceVoided(Event):
    name = "billing.invoice_voided"

    invoice_id: UUID


@dataclass(frozen=True)
class CreditApplied(Event):
    name = "billing.credit_applied"

    invoice_id: UUID


@dataclass(frozen=True)
class PaymentReceived(Event):
    name = "billing.payment_received"

    payment_id: UUID


@dataclass(frozen=True)
class PaymentRefunded(Event):
    name = "billing.payment_refunded"

    refund_id: UUID


@dataclass(frozen=True)
class DayClosed(Event):
    name = "billing.day_closed"

    close_id: UUID


@dataclass(frozen=True)
class DayReopened(Event):
    name = "billing.day_reopened"

    close_id: UUID
