"""What patients owe and what they paid: the ledger, and invoices, payments and refunds over it."""

from chairside.billing.actions.adjustments import adjust
from chairside.billing.actions.charges import charge, charge_visit, reverse_charge, reverse_visit
from chairside.billing.actions.invoices import change_draft, discard, draft, issue
from chairside.billing.actions.openings import add_opening_balances, reverse_opening_balances
from chairside.billing.actions.payments import apply_credit, collect
from chairside.billing.actions.refunds import refund
from chairside.billing.actions.voids import void
from chairside.billing.events import (
    BalanceAdjusted,
    ChargeReversed,
    CreditApplied,
    InvoiceIssued,
    InvoiceVoided,
    PatientCharged,
    PaymentReceived,
    PaymentRefunded,
)
from chairside.billing.queries.figures import DayFigures, get_day_figures
from chairside.billing.queries.invoices import NEWEST, get_invoice, list_invoices
from chairside.billing.queries.ledger import (
    BALANCE_OF,
    FIRST,
    LATEST,
    get_standing,
    list_balances,
    list_entries,
    list_open_charges,
)
from chairside.billing.queries.papers import Paper, draw_invoice, draw_receipt
from chairside.billing.queries.payments import get_payment, list_payments
from chairside.billing.rows import Charge, Entry, Paid, Sheet, Standing
from chairside.billing.rules.charges import NewCharge
from chairside.billing.rules.refusals import (
    AlreadyInvoiced,
    ChargeAlreadyBilled,
    ChargeAlreadyReversed,
    ChargeIsStale,
    InvoiceIsDraft,
    InvoiceIsIssued,
    InvoiceIsStale,
    InvoiceIsVoid,
    InvoiceOfAnotherFamily,
    MoreThanDue,
    MoreThanPaid,
    MoreThanRefundable,
    NoSuchCharge,
    NoSuchInvoice,
    NoSuchPayment,
    NotEnoughCredit,
    NothingToBill,
    PaymentIsStale,
)

__all__ = [
    "BALANCE_OF", "FIRST", "LATEST", "NEWEST", "AlreadyInvoiced", "BalanceAdjusted", "Charge", "ChargeAlreadyBilled",
    "ChargeAlreadyReversed", "ChargeIsStale", "ChargeReversed", "CreditApplied", "DayFigures", "Entry", "InvoiceIsDraft",
    "InvoiceIsIssued", "InvoiceIsStale", "InvoiceIsVoid", "InvoiceIssued", "InvoiceOfAnotherFamily", "InvoiceVoided",
    "MoreThanDue", "MoreThanPaid", "MoreThanRefundable", "NewCharge", "NoSuchCharge", "NoSuchInvoice", "NoSuchPayment",
    "NotEnoughCredit", "NothingToBill", "Paid", "Paper", "PatientCharged", "PaymentIsStale", "PaymentReceived",
    "PaymentRefunded", "Sheet", "Standing", "add_opening_balances", "adjust", "apply_credit", "change_draft", "charge",
    "charge_visit", "collect", "discard", "draft", "draw_invoice", "draw_receipt", "get_day_figures", "get_invoice",
    "get_payment", "get_standing", "issue", "list_balances", "list_entries", "list_invoices", "list_open_charges",
    "list_payments", "refund", "reverse_charge", "reverse_opening_balances", "reverse_visit", "void",
]  # fmt: skip
