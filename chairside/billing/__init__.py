"""What patients owe and what they paid: the ledger, and invoices, payments and refunds over it."""

from chairside.billing.actions.adjustments import adjust
from chairside.billing.actions.charges import charge, charge_done, charge_visit, reverse_charge, reverse_visit
from chairside.billing.actions.closes import close_day, reverse_day_close, set_cash_drawer
from chairside.billing.actions.invoices import change_draft, discard, draft, issue
from chairside.billing.actions.merges import hold_books
from chairside.billing.actions.openings import add_opening_balances, reverse_opening_balances
from chairside.billing.actions.payments import apply_credit, collect
from chairside.billing.actions.refunds import refund
from chairside.billing.actions.voids import void
from chairside.billing.events import (
    BalanceAdjusted,
    ChargeReversed,
    CreditApplied,
    DayClosed,
    DayReopened,
    InvoiceIssued,
    InvoiceVoided,
    PatientCharged,
    PaymentReceived,
    PaymentRefunded,
)
from chairside.billing.queries.closes import Closed, draw_deposit_slip, get_day_close, list_closes_of_day, list_day_closes
from chairside.billing.queries.drawer import Drawer, get_drawer
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
from chairside.billing.rows import CashDrawer, Charge, DayClose, Entry, Movement, Paid, Sheet, Standing
from chairside.billing.rules.charges import NewCharge
from chairside.billing.rules.drawer import Sums, denominations
from chairside.billing.rules.refusals import (
    AlreadyInvoiced,
    CashDrawerIsStale,
    ChargeAlreadyBilled,
    ChargeAlreadyReversed,
    ChargeIsStale,
    DayClosedMeanwhile,
    DrawerChanged,
    InvoiceIsDraft,
    InvoiceIsIssued,
    InvoiceIsStale,
    InvoiceIsVoid,
    InvoiceOfAnotherFamily,
    MoreThanDue,
    MoreThanPaid,
    MoreThanRefundable,
    NoSuchCharge,
    NoSuchDayClose,
    NoSuchInvoice,
    NoSuchPayment,
    NotEnoughCredit,
    NothingToBill,
    NotTheLastClose,
    PaymentIsStale,
)

__all__ = [
    "BALANCE_OF", "FIRST", "LATEST", "NEWEST", "AlreadyInvoiced", "BalanceAdjusted", "CashDrawer", "CashDrawerIsStale",
    "Charge", "ChargeAlreadyBilled", "ChargeAlreadyReversed", "ChargeIsStale", "ChargeReversed", "Closed", "CreditApplied",
    "DayClose", "DayClosed", "DayClosedMeanwhile", "DayFigures", "DayReopened", "Drawer", "DrawerChanged", "Entry",
    "InvoiceIsDraft", "InvoiceIsIssued", "InvoiceIsStale", "InvoiceIsVoid", "InvoiceIssued", "InvoiceOfAnotherFamily",
    "InvoiceVoided", "MoreThanDue", "MoreThanPaid", "MoreThanRefundable", "Movement", "NewCharge", "NoSuchCharge",
    "NoSuchDayClose", "NoSuchInvoice", "NoSuchPayment", "NotEnoughCredit", "NotTheLastClose", "NothingToBill", "Paid", "Paper",
    "PatientCharged", "PaymentIsStale", "PaymentReceived", "PaymentRefunded", "Sheet", "Standing", "Sums",
    "add_opening_balances", "adjust", "apply_credit", "change_draft", "charge", "charge_done", "charge_visit", "close_day",
    "collect", "denominations", "discard", "draft", "draw_deposit_slip", "draw_invoice", "draw_receipt", "get_day_close",
    "get_day_figures", "get_drawer", "get_invoice", "get_payment", "get_standing", "hold_books", "issue", "list_balances",
    "list_closes_of_day", "list_day_closes", "list_entries", "list_invoices", "list_open_charges", "list_payments", "refund",
    "reverse_charge", "reverse_day_close", "reverse_opening_balances", "reverse_visit", "set_cash_drawer", "void",
]  # fmt: skip
