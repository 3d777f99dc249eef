from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from chairside.billing.actions.locks import lock_bills, lock_family_credits, lock_open_bills
from chairside.billing.actions.postings import allot, post
from chairside.billing.events import CreditApplied, PaymentReceived
from chairside.billing.queries.families import family_of
from chairside.billing.rows import Share
from chairside.billing.rules.charges import in_currency
from chairside.billing.rules.refusals import InvoiceIsStale, NoSuchInvoice
from chairside.billing.rules.shares import Part, Posting, check_parts, moved, oldest_first, shares_of_credit
from chairside.kernel.guard import needs
from chairside.kernel.money import Money
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed

Method = Literal["cash", "card", "check", "transfer"]
TAKE = """
    with entry as (
        select uuidv7() as id, uuidv7() as transaction_id
    ), entered as (
        insert into ledger_transaction (id, kind, patient_id, on_day, description, source, source_id)
        select entry.transaction_id, 'payment', %(patient_id)s, %(on_day)s, %(description)s, 'payment', entry.id
          from entry
    ), posted as (
        insert into ledger_posting (transaction_id, line, account, patient_id, amount, currency)
        select entry.transaction_id, posting.line, posting.account, posting.patient_id, posting.amount, %(currency)s
          from entry,
               unnest(%(accounts)s::text[], %(patients)s::uuid[], %(amounts)s::bigint[])
                   with ordinality as posting (account, patient_id, amount, line)
    )
    insert into credit (id, kind, transaction_id, patient_id, amount, currency, method, reference, on_day)
    select entry.id, 'payment', entry.transaction_id, %(patient_id)s, %(amount)s, %(currency)s, %(method)s, %(reference)s,
           %(on_day)s
      from entry
    returning credit.id, credit.transaction_id
"""


@needs("billing.collect")
async def collect(
    op: Op, *, patient_id: UUID, amount: Money, method: Method, parts: Sequence[tuple[UUID, Money]] | None = None,
    reference: str | None = None,
) -> UUID:  # fmt: skip
    """Take a payment. `parts` are (invoice, amount); without them it covers the patient's open invoices, those due first
    first; with none of them, nothing. What covers no invoice is the payer's unapplied credit. Refuses patients.NoSuchPatient,
    NoSuchInvoice, InvoiceIsDraft, InvoiceIsVoid, InvoiceOfAnotherFamily, MoreThanDue, MoreThanPaid."""
    currency = op.clinic.currency
    value = in_currency(amount, currency, "/amount")
    family_id = await family_of(op, patient_id=patient_id)
    if parts is None:
        bills = await lock_open_bills(op, patient_id)
        chosen = oldest_first(value, bills)
    else:
        chosen = [Part(id, in_currency(part, currency, f"/allocations/{place}/amount")) for place, (id, part) in enumerate(parts)]
        if len({part.invoice_id for part in chosen}) != len(chosen):
            raise malformed("/allocations", "duplicate", "Name each invoice once.")
        bills = await lock_bills(op, [part.invoice_id for part in chosen])
        check_parts(chosen, bills, amount=value, family_id=family_id)
    patient_of = {bill.id: bill.patient_id for bill in bills}
    covered = sum(part.amount for part in chosen)
    postings = [
        Posting(method, None, value),
        *(Posting("receivable", patient_of[part.invoice_id], -part.amount) for part in chosen),
        *([Posting("unapplied_credit", patient_id, covered - value)] if covered < value else []),
    ]
    taken = await op.db.one(
        _taken, TAKE, patient_id=patient_id, on_day=op.today, description=f"Payment ({method})", amount=value, currency=currency,
        method=method, reference=reference, accounts=[posting.account for posting in postings],
        patients=[posting.patient_id for posting in postings], amounts=[posting.amount for posting in postings],
    )  # fmt: skip
    assert taken
    payment_id, transaction_id = taken
    shares = [Share(payment_id, part.invoice_id, patient_id, patient_of[part.invoice_id], part.amount) for part in chosen]
    await allot(op, shares, transaction_id=transaction_id)
    await op.emit(PaymentReceived(payment_id, patient_id))
    return payment_id


@needs("billing.collect")
async def apply_credit(op: Op, *, invoice_id: UUID, amount: Money | None = None, version: int | None = None) -> None:
    """Cover an invoice with credit that the patient, then their family, has unapplied, the oldest first: so much, or as much
    as there is and is due. Refuses NoSuchInvoice, InvoiceIsStale, InvoiceIsDraft, InvoiceIsVoid, MoreThanDue,
    NotEnoughCredit."""
    value = in_currency(amount, op.clinic.currency, "/amount") if amount else None
    bills = await lock_bills(op, [invoice_id])
    if not bills:
        raise NoSuchInvoice()
    [bill] = bills
    if version not in (None, bill.version):
        raise InvoiceIsStale(version=bill.version)
    shares = shares_of_credit(bill, await lock_family_credits(op, bill.family_id), value)
    transaction_id = await post(
        op, kind="transfer", patient_id=bill.patient_id, description=f"Credit applied to {bill.number}",
        postings=moved(shares), source="invoice", source_id=invoice_id,
    )  # fmt: skip
    await allot(op, shares, transaction_id=transaction_id)
    await op.emit(CreditApplied(invoice_id, bill.patient_id))


def _taken(id: UUID, transaction_id: UUID) -> tuple[UUID, UUID]:
    return id, transaction_id
