from uuid import UUID

from chairside.billing.actions.invoices import FREE
from chairside.billing.actions.locks import lock_credits, lock_invoice, shares_of_invoice
from chairside.billing.actions.postings import allot, post
from chairside.billing.events import InvoiceVoided
from chairside.billing.rules.refusals import InvoiceIsDraft, InvoiceIsVoid
from chairside.billing.rules.shares import moved
from chairside.kernel.guard import needs
from chairside.kernel.op import Op

VOID = """
    update invoice
       set voided_at = %(now)s, voided_by = app.actor(), void_reason = %(reason)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = invoice.version + 1
     where invoice.id = %(invoice_id)s
"""


@needs("billing.void")
async def void(op: Op, *, invoice_id: UUID, reason: str, version: int | None = None) -> None:
    """Take an issued invoice back. It keeps its number; its charges can be billed again; what was paid becomes unapplied
    credit of whoever paid. Nobody owes more or less: only when one of the family had paid for another does the patient owe
    again what the payer now has as credit, and the family's balance stays. Refuses NoSuchInvoice, InvoiceIsStale,
    InvoiceIsDraft, InvoiceIsVoid."""
    invoice = await lock_invoice(op, invoice_id, version)
    if invoice.status == "draft":
        raise InvoiceIsDraft(invoice_id=invoice_id)
    if invoice.status == "void":
        raise InvoiceIsVoid(invoice_id=invoice_id)
    shares = await shares_of_invoice(op, invoice_id)
    if shares:
        await lock_credits(op, [share.credit_id for share in shares])
        back = [share._replace(amount=-share.amount) for share in shares]
        transaction_id = await post(
            op, kind="transfer", patient_id=invoice.patient_id, description=f"{invoice.number} voided: {reason}",
            postings=moved(back), source="invoice", source_id=invoice_id,
        )  # fmt: skip
        await allot(op, back, transaction_id=transaction_id)
    await op.db.run(FREE, invoice_id=invoice_id)
    await op.db.run(VOID, invoice_id=invoice_id, now=op.now, reason=reason)
    await op.emit(InvoiceVoided(invoice_id, invoice.patient_id))
