import asyncio
import re
from typing import NamedTuple
from uuid import UUID

from chairside import documents, tenancy
from chairside.billing.queries.invoices import get_invoice
from chairside.billing.queries.payments import get_payment
from chairside.billing.rules.papers import invoice_facts, receipt_facts
from chairside.kernel.audit import EXPORTED
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs
from chairside.kernel.op import Op


class Paper(NamedTuple):
    name: str
    pdf: bytes


@needs("billing.read")
@way_out(
    "paper",
    "invoice.number",
    "invoice.parties",
    "invoice.total",
    "invoice.due_on",
    "invoice.note",
    "invoice_line.description",
    "invoice_line.total",
    "clinic.tax_id_sealed",
)
async def draw_invoice(op: Op, *, invoice_id: UUID) -> Paper:
    """The invoice as a PDF; a draft says that it is one. The same invoice gives the same bytes. Refuses NoSuchInvoice."""
    op.db.with_next(EXPORTED, what="invoice", id=invoice_id)
    sheet = await get_invoice(op, invoice_id=invoice_id)
    locale = op.clinic.locale
    facts = invoice_facts(sheet, zone=op.clinic.zone, locale=locale)
    dated = sheet.issued_at or sheet.created_at
    async with op.apart():
        pdf = await asyncio.to_thread(documents.render, "invoice", facts, locale=locale, dated=dated)
    return Paper(_file_name(sheet.number or "draft"), pdf)


@needs("billing.read")
@way_out(
    "paper",
    "credit.amount",
    "credit.method",
    "credit.reference",
    "credit.on_day",
    "patient.first_name",
    "patient.last_name",
    "patient.address",
    "refund.reason",
    "clinic.tax_id_sealed",
)
async def draw_receipt(op: Op, *, payment_id: UUID) -> Paper:
    """What was received, what it covers and what was given back, as a PDF. Refuses NoSuchPayment."""
    op.db.with_next(EXPORTED, what="payment", id=payment_id)
    paid = await get_payment(op, payment_id=payment_id)
    clinic = await tenancy.get(op)
    locale = op.clinic.locale
    facts = receipt_facts(paid, clinic._asdict(), locale=locale)
    async with op.apart():
        pdf = await asyncio.to_thread(documents.render, "receipt", facts, locale=locale, dated=paid.created_at)
    return Paper(_file_name(f"receipt-{paid.on_day}"), pdf)


def _file_name(title: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", title) + ".pdf"
