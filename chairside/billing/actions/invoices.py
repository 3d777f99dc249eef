from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from chairside import tenancy
from chairside.billing.actions.charges import check_unbilled
from chairside.billing.actions.locks import lock_invoice
from chairside.billing.events import DraftChanged, InvoiceIssued
from chairside.billing.queries.families import family_of
from chairside.billing.queries.invoices import PARTIES
from chairside.billing.rows import CHARGE, Charge, Invoice
from chairside.billing.rules.refusals import InvoiceIsIssued, InvoiceIsVoid, NoSuchCharge, NothingToBill
from chairside.kernel.guard import needs
from chairside.kernel.op import Op

OPEN_CHARGES = f"""
    select {CHARGE}
      from charge
     where charge.patient_id = %(patient_id)s
       and charge.invoice_id is null
       and charge.reversed_at is null
     order by charge.id
       for update
"""
NAMED_CHARGES = f"select {CHARGE} from charge where charge.id = any(%(charge_ids)s) order by charge.id for update"
DRAFT = """
    with drafted as (
        insert into invoice (patient_id, currency, total, terms_days, due_on, note)
        values (%(patient_id)s, %(currency)s, %(total)s, %(terms_days)s, %(due_on)s, %(note)s)
        returning id
    ), lined as (
        insert into invoice_line (invoice_id, patient_id, charge_id, position, kind, on_day, description, quantity, unit_price,
                                  total)
        select drafted.id, charge.patient_id, charge.id,
               row_number() over (order by charge.kind <> 'opening_balance', charge.on_day, charge.id),
               charge.kind, charge.on_day, charge.description, charge.quantity, charge.unit_price, charge.amount
          from charge, drafted
         where charge.id = any(%(charge_ids)s)
    ), billed as (
        update charge
           set invoice_id = drafted.id,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = charge.version + 1
          from drafted
         where charge.id = any(%(charge_ids)s)
    )
    select id from drafted
"""
CHANGE = """
    update invoice
       set terms_days = %(terms_days)s, due_on = %(due_on)s, note = %(note)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = invoice.version + 1
     where invoice.id = %(invoice_id)s
"""
FREE = """
    update charge
       set invoice_id = null,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = charge.version + 1
     where charge.invoice_id = %(invoice_id)s
"""
DISCARD = """
    with unlined as (
        delete from invoice_line where invoice_line.invoice_id = %(invoice_id)s
    )
    delete from invoice where invoice.id = %(invoice_id)s
"""
OPEN_SERIES = "insert into invoice_series default values on conflict do nothing"
# Whoever draws a number holds the series until they have committed: a refusal gives the number back.
ISSUE = f"""
    with drawn as (
        update invoice_series
           set next_number = invoice_series.next_number + 1,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = invoice_series.version + 1
         where invoice_series.location_id is null
        returning id, prefix, next_number - 1 as sequence
    )
    update invoice
       set series_id = drawn.id, sequence = drawn.sequence,
           number = drawn.prefix || lpad(drawn.sequence::text, greatest(5, length(drawn.sequence::text)), '0'),
           issued_on = %(today)s, issued_at = %(now)s, issued_by = app.actor(),
           due_on = coalesce(invoice.due_on, %(today)s::date + invoice.terms_days),
           parties = jsonb_set({PARTIES}, '{{clinic,tax_id}}', coalesce(to_jsonb(%(tax_id)s::text), 'null')),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = invoice.version + 1
      from drawn, clinic, patient
      left join patient as payer on payer.id = patient.guarantor_id
     where invoice.id = %(invoice_id)s
       and patient.id = invoice.patient_id
"""


@needs("billing.invoice")
async def draft(
    op: Op, *, patient_id: UUID, charge_ids: Sequence[UUID] | None = None, terms_days: int = 0, due_on: date | None = None,
    note: str | None = None,
) -> UUID:  # fmt: skip
    """An invoice to look at before it is issued: of the named charges, or of all that are on no invoice yet. It is due on a
    day, or so many days after its issue. Refuses patients.NoSuchPatient, NoSuchCharge, ChargeAlreadyBilled,
    ChargeAlreadyReversed, NothingToBill."""
    await family_of(op, patient_id=patient_id)
    if charge_ids is None:
        charges = await op.db.all(Charge, OPEN_CHARGES, patient_id=patient_id)
    else:
        charges = await op.db.all(Charge, NAMED_CHARGES, charge_ids=list(charge_ids))
        if [charge.patient_id for charge in charges] != [patient_id] * len(set(charge_ids)):
            raise NoSuchCharge()
        check_unbilled(charges)
    if not charges:
        raise NothingToBill()
    invoice_id: UUID = await op.db.value(
        DRAFT, patient_id=patient_id, currency=op.clinic.currency, total=sum(charge.amount for charge in charges),
        terms_days=terms_days, due_on=due_on, note=note, charge_ids=[charge.id for charge in charges],
    )  # fmt: skip
    await op.emit(DraftChanged(invoice_id, patient_id))
    return invoice_id


@needs("billing.invoice")
async def change_draft(op: Op, *, invoice_id: UUID, version: int, changes: dict[str, Any]) -> None:
    """Change `terms_days`, `due_on` or `note` of a draft. Refuses NoSuchInvoice, InvoiceIsStale, InvoiceIsIssued,
    InvoiceIsVoid."""
    invoice = await lock_invoice(op, invoice_id, version)
    _check_draft(invoice)
    fields = {field: changes.get(field, getattr(invoice, field)) for field in ("terms_days", "due_on", "note")}
    await op.db.run(CHANGE, invoice_id=invoice_id, **fields)
    await op.emit(DraftChanged(invoice_id, invoice.patient_id))


@needs("billing.invoice")
async def discard(op: Op, *, invoice_id: UUID, version: int) -> None:
    """Delete a draft; its charges can be billed again. Refuses as `change_draft` does."""
    invoice = await lock_invoice(op, invoice_id, version)
    _check_draft(invoice)
    await op.db.run(FREE, invoice_id=invoice_id)
    await op.db.run(DISCARD, invoice_id=invoice_id)
    await op.emit(DraftChanged(invoice_id, invoice.patient_id))


@needs("billing.invoice")
async def issue(op: Op, *, invoice_id: UUID, version: int | None = None) -> None:
    """The draft becomes a document: it gets the next number, today's date and everybody's names and addresses as they are
    now, and asks for its money. Refuses NoSuchInvoice, InvoiceIsStale, InvoiceIsIssued, InvoiceIsVoid."""
    invoice = await lock_invoice(op, invoice_id, version)
    _check_draft(invoice)
    await op.db.run(OPEN_SERIES)
    tax_id = (await tenancy.get(op)).tax_id
    await op.db.run(ISSUE, invoice_id=invoice_id, now=op.now, today=op.today, tax_id=tax_id)
    await op.emit(InvoiceIssued(invoice_id, invoice.patient_id))


def _check_draft(invoice: Invoice) -> None:
    if invoice.status == "void":
        raise InvoiceIsVoid(invoice_id=invoice.id)
    if invoice.status != "draft":
        raise InvoiceIsIssued(invoice_id=invoice.id)
