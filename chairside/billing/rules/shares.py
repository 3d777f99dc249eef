"""Which money covers which invoice."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from chairside.billing.rows import Bill, Credit, Share
from chairside.billing.rules.refusals import (
    InvoiceIsDraft,
    InvoiceIsVoid,
    InvoiceOfAnotherFamily,
    MoreThanDue,
    MoreThanPaid,
    MoreThanRefundable,
    NoSuchInvoice,
    NotEnoughCredit,
)


class Part(NamedTuple):
    """Of a payment, so much (minor units) for this invoice."""

    invoice_id: UUID
    amount: int


class Posting(NamedTuple):
    """Debits are positive. Only `receivable` and `unapplied_credit` name a patient."""

    account: str
    patient_id: UUID | None
    amount: int


def check_open(bill: Bill) -> None:
    """Money reaches issued invoices only."""
    if bill.status == "draft":
        raise InvoiceIsDraft(invoice_id=bill.id)
    if bill.status == "void":
        raise InvoiceIsVoid(invoice_id=bill.id)


def check_parts(parts: Sequence[Part], bills: Sequence[Bill], *, amount: int, family_id: UUID) -> None:
    """Each part goes to an open invoice of the payer's family and covers no more than is due; together they are no more than
    the payment."""
    known = {bill.id: bill for bill in bills}
    for part in parts:
        if (bill := known.get(part.invoice_id)) is None:
            raise NoSuchInvoice()
        check_open(bill)
        if bill.family_id != family_id:
            raise InvoiceOfAnotherFamily(invoice_id=bill.id)
        if part.amount > bill.balance_due:
            raise MoreThanDue(invoice_id=bill.id, balance_due=bill.balance_due)
    if sum(part.amount for part in parts) > amount:
        raise MoreThanPaid(amount=amount)


def oldest_first(amount: int, bills: Iterable[Bill]) -> list[Part]:
    """The payment over the open invoices, those due first first, until nothing is left of either."""
    parts = []
    for bill in sorted(bills, key=lambda bill: (bill.due_on or date.max, bill.id)):
        if part := min(amount, bill.balance_due):
            parts.append(Part(bill.id, part))
            amount -= part
    return parts


def shares_of_credit(bill: Bill, credits: Sequence[Credit], amount: int | None) -> list[Share]:
    """Unapplied credit for an invoice: the patient's own before their family's, the oldest first. Without an amount, as much
    as there is and is due."""
    check_open(bill)
    there = sum(credit.remaining for credit in credits)
    if (amount is not None and amount > bill.balance_due) or bill.balance_due == 0:
        raise MoreThanDue(invoice_id=bill.id, balance_due=bill.balance_due)
    wanted = min(bill.balance_due, there) if amount is None else amount
    if wanted > there or there == 0:
        raise NotEnoughCredit(available=there)
    shares = []
    for credit in sorted(credits, key=lambda credit: (credit.patient_id != bill.patient_id, credit.on_day, credit.id)):
        if part := min(wanted, credit.remaining):
            shares.append(Share(credit.id, bill.id, credit.patient_id, bill.patient_id, part))
            wanted -= part
    return shares


def taken_back(payment: Credit, shares: Sequence[Share], amount: int) -> list[Share]:
    """What a refund takes from invoices: nothing while unapplied credit is left, then from the invoices that were covered
    last (`shares` come newest first)."""
    if amount > payment.remaining + sum(share.amount for share in shares):
        raise MoreThanRefundable(refundable=payment.amount - payment.refunded)
    wanted = max(0, amount - payment.remaining)
    back = []
    for share in shares:
        if part := min(wanted, share.amount):
            back.append(share._replace(amount=-part))
            wanted -= part
    return back


def moved(shares: Iterable[Share]) -> list[Posting]:
    """Credit that covers an invoice moves from one account of patients to another: nobody's balance changes, or within a
    family the payer's and the patient's by the same amount in opposite directions. Taken back, the other way round."""
    return [
        posting
        for share in shares
        for posting in (
            Posting("unapplied_credit", share.payer_id, share.amount),
            Posting("receivable", share.patient_id, -share.amount),
        )
    ]
