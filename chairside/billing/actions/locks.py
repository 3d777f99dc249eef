"""Whoever moves money locks what it touches, always invoices before credits and each in the order of their ids: two never
wait for each other. What is locked is read as it is now, not as it was when the statement began."""

from collections.abc import Iterable
from uuid import UUID

from chairside.billing.rows import CREDIT, INVOICE, Bill, Credit, Invoice, Share
from chairside.billing.rules.refusals import InvoiceIsStale, NoSuchInvoice
from chairside.kernel.op import Op

BILLS = """
    select invoice.id, invoice.patient_id, coalesce(patient.guarantor_id, patient.id) as family_id, invoice.number,
           invoice.status, invoice.total, invoice.allocated, invoice.due_on, invoice.version
      from invoice
      join patient on patient.id = invoice.patient_id
     where invoice.id = any(%(invoice_ids)s)
     order by invoice.id
       for update of invoice
"""
OPEN_BILLS = """
    select invoice.id, invoice.patient_id, coalesce(patient.guarantor_id, patient.id) as family_id, invoice.number,
           invoice.status, invoice.total, invoice.allocated, invoice.due_on, invoice.version
      from invoice
      join patient on patient.id = invoice.patient_id
     where invoice.patient_id = %(patient_id)s
       and invoice.issued_at is not null
       and invoice.voided_at is null
       and invoice.allocated < invoice.total
     order by invoice.id
       for update of invoice
"""
LOCK_INVOICE = f"select {INVOICE} from invoice where invoice.id = %(invoice_id)s for update"
FAMILY_CREDITS = f"""
    select {CREDIT}
      from credit
     where credit.patient_id in (select %(family_id)s::uuid
                                 union all
                                 select dependent.id from patient as dependent where dependent.guarantor_id = %(family_id)s::uuid)
       and credit.remaining > 0
     order by credit.id
       for update of credit
"""
LOCK_CREDITS = f"select {CREDIT} from credit where credit.id = any(%(credit_ids)s) order by credit.id for update"
SHARES_OF_INVOICE = """
    select allocation.credit_id, allocation.invoice_id, credit.patient_id as payer_id, allocation.patient_id,
           sum(allocation.amount)::bigint as amount
      from allocation
      join credit on credit.id = allocation.credit_id
     where allocation.invoice_id = %(invoice_id)s
     group by allocation.credit_id, allocation.invoice_id, credit.patient_id, allocation.patient_id
    having sum(allocation.amount) <> 0
     order by allocation.credit_id
"""
SHARES_OF_CREDIT = """
    select allocation.credit_id, allocation.invoice_id, credit.patient_id as payer_id, allocation.patient_id,
           sum(allocation.amount)::bigint as amount
      from allocation
      join credit on credit.id = allocation.credit_id
     where allocation.credit_id = %(credit_id)s
     group by allocation.credit_id, allocation.invoice_id, credit.patient_id, allocation.patient_id
    having sum(allocation.amount) <> 0
     order by max(allocation.id::text) desc
"""


async def lock_invoice(op: Op, invoice_id: UUID, version: int | None) -> Invoice:
    """Refuses NoSuchInvoice, InvoiceIsStale."""
    invoice = await op.db.one(Invoice, LOCK_INVOICE, invoice_id=invoice_id)
    if invoice is None:
        raise NoSuchInvoice()
    if version not in (None, invoice.version):
        raise InvoiceIsStale(version=invoice.version)
    return invoice


async def lock_bills(op: Op, invoice_ids: Iterable[UUID]) -> list[Bill]:
    return await op.db.all(Bill, BILLS, invoice_ids=list(invoice_ids))


async def lock_open_bills(op: Op, patient_id: UUID) -> list[Bill]:
    return await op.db.all(Bill, OPEN_BILLS, patient_id=patient_id)


async def lock_family_credits(op: Op, family_id: UUID) -> list[Credit]:
    return await op.db.all(Credit, FAMILY_CREDITS, family_id=family_id)


async def lock_credits(op: Op, credit_ids: Iterable[UUID]) -> list[Credit]:
    return await op.db.all(Credit, LOCK_CREDITS, credit_ids=list(credit_ids))


async def shares_of_invoice(op: Op, invoice_id: UUID) -> list[Share]:
    return await op.db.all(Share, SHARES_OF_INVOICE, invoice_id=invoice_id)


async def shares_of_credit(op: Op, credit_id: UUID) -> list[Share]:
    """The latest first."""
    return await op.db.all(Share, SHARES_OF_CREDIT, credit_id=credit_id)
