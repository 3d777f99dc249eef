"""How a transaction gets into the ledger, and a credit onto an invoice. Not doors: the doors decided."""

from collections.abc import Sequence
from uuid import UUID

from chairside.billing.rows import Share
from chairside.billing.rules.shares import Posting
from chairside.kernel.op import Op

POST = """
    with entered as (
        insert into ledger_transaction (kind, patient_id, on_day, description, source, source_id)
        values (%(kind)s, %(patient_id)s, %(on_day)s, %(description)s, %(source)s, %(source_id)s)
        returning id
    ), posted as (
        insert into ledger_posting (transaction_id, line, account, patient_id, amount, currency)
        select entered.id, posting.line, posting.account, posting.patient_id, posting.amount, %(currency)s
          from entered,
               unnest(%(accounts)s::text[], %(patients)s::uuid[], %(amounts)s::bigint[])
                   with ordinality as posting (account, patient_id, amount, line)
    )
    select id from entered
"""
# The figures on credits and invoices follow from these rows; the two are written together or not at all.
SHARE = """
    with share as (
        select *
          from unnest(%(credits)s::uuid[], %(invoices)s::uuid[], %(patients)s::uuid[], %(amounts)s::bigint[])
               as share (credit_id, invoice_id, patient_id, amount)
    ), noted as (
        insert into allocation (credit_id, invoice_id, patient_id, amount, transaction_id, on_day)
        select share.credit_id, share.invoice_id, share.patient_id, share.amount, %(transaction_id)s, %(on_day)s
          from share
    ), spent as (
        update credit
           set allocated = credit.allocated + part.amount,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = credit.version + 1
          from (select share.credit_id, sum(share.amount)::bigint as amount from share group by share.credit_id) as part
         where credit.id = part.credit_id
    )
    update invoice
       set allocated = invoice.allocated + part.amount,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = invoice.version + 1
      from (select share.invoice_id, sum(share.amount)::bigint as amount from share group by share.invoice_id) as part
     where invoice.id = part.invoice_id
"""


async def post(
    op: Op, *, kind: str, patient_id: UUID, description: str, postings: Sequence[Posting], source: str, source_id: UUID
) -> UUID:
    """A transaction of today; the database refuses it at the commit unless it sums to zero."""
    transaction_id: UUID = await op.db.value(
        POST, kind=kind, patient_id=patient_id, on_day=op.today, description=description, source=source, source_id=source_id,
        currency=op.clinic.currency, accounts=[posting.account for posting in postings],
        patients=[posting.patient_id for posting in postings], amounts=[posting.amount for posting in postings],
    )  # fmt: skip
    return transaction_id


async def allot(op: Op, shares: Sequence[Share], *, transaction_id: UUID) -> None:
    """Credits cover invoices, or with negative amounts no longer do. Credits and invoices are locked by the caller."""
    if shares:
        await op.db.run(
            SHARE, transaction_id=transaction_id, on_day=op.today, credits=[share.credit_id for share in shares],
            invoices=[share.invoice_id for share in shares], patients=[share.patient_id for share in shares],
            amounts=[share.amount for share in shares],
        )  # fmt: skip
