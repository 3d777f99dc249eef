from uuid import UUID

from chairside import tenancy
from chairside.billing.rows import Sheet
from chairside.billing.rules.refusals import NoSuchInvoice
from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op

# Who sends the invoice, whom it is about, and who answers for the bills when that is somebody else. The clinic's tax id lies
# sealed: a draft is given it when it is read, an invoice keeps it from its issue on, as it was printed.
PARTIES = """
    jsonb_build_object(
        'clinic', jsonb_build_object('name', clinic.name, 'address', clinic.address, 'phone', clinic.phone,
                                     'email', clinic.email, 'tax_id', null),
        'patient', jsonb_build_object('name', concat_ws(' ', patient.first_name, patient.middle_name, patient.last_name),
                                      'register_number', patient.register_number, 'address', patient.address),
        'payer', case when payer.id is not null then
            jsonb_build_object('name', concat_ws(' ', payer.first_name, payer.middle_name, payer.last_name),
                               'register_number', payer.register_number, 'address', payer.address) end)"""
SHEET = f"""
    select invoice.id, invoice.patient_id,
           concat_ws(' ', patient.first_name, patient.middle_name, patient.last_name) as patient_name,
           invoice.number, invoice.status, invoice.currency, invoice.total, invoice.allocated, invoice.terms_days,
           invoice.due_on, invoice.note, coalesce(invoice.parties, {PARTIES}) as parties,
           invoice.issued_on, invoice.issued_at, invoice.voided_at, invoice.void_reason, invoice.created_at, invoice.version,
           (select coalesce(jsonb_agg(jsonb_build_object(
                       'kind', line.kind, 'on', line.on_day, 'description', line.description, 'quantity', line.quantity,
                       'unit_price', line.unit_price, 'total', line.total, 'charge_id', line.charge_id)
                       order by line.position), '[]')
              from invoice_line as line
             where line.invoice_id = invoice.id) as lines,
           (select coalesce(jsonb_agg(jsonb_build_object(
                       'credit_id', credit.id, 'kind', credit.kind, 'method', credit.method, 'on', credit.on_day,
                       'amount', share.amount) order by credit.on_day, credit.id), '[]')
              from (select allocation.credit_id, sum(allocation.amount)::bigint as amount
                      from allocation
                     where allocation.invoice_id = invoice.id
                     group by allocation.credit_id
                    having sum(allocation.amount) <> 0) as share
              join credit on credit.id = share.credit_id) as payments
      from invoice
      join clinic on clinic.id = invoice.clinic_id
      join patient on patient.id = invoice.patient_id
      left join patient as payer on payer.id = patient.guarantor_id
"""
GET = opened(f"{SHEET} where invoice.id = %(invoice_id)s", entity="invoice", patient="patient_id")
LIST = shown(
    f"""
    {SHEET}
     where invoice.id < %(before)s
       and (%(patient_id)s::uuid is null or invoice.patient_id = %(patient_id)s::uuid)
       and (%(status)s::text is null or invoice.status = %(status)s::text)
       and (not %(overdue)s::boolean
            or invoice.issued_at is not null and invoice.voided_at is null and invoice.allocated < invoice.total
               and invoice.due_on < %(today)s::date)
     order by invoice.id desc
     limit %(limit)s
    """,
    entity="invoice",
    patient="patient_id",
)
NEWEST = UUID(int=2**128 - 1)


@needs("billing.read", "billing.invoice")
async def get_invoice(op: Op, *, invoice_id: UUID) -> Sheet:
    """Refuses NoSuchInvoice."""
    sheet = await op.db.one(Sheet, GET, invoice_id=invoice_id)
    if sheet is None:
        raise NoSuchInvoice()
    return (await _with_tax_id(op, [sheet]))[0]


@needs("billing.read")
async def list_invoices(
    op: Op, *, patient_id: UUID | None = None, status: str | None = None, overdue: bool = False, before: UUID = NEWEST,
    limit: int = 50,
) -> list[Sheet]:  # fmt: skip
    """The newest first, from before an id; `overdue` by the clinic's day."""
    sheets = await op.db.all(
        Sheet, LIST, patient_id=patient_id, status=status, overdue=overdue, today=op.today, before=before, limit=limit
    )
    return await _with_tax_id(op, sheets)


async def _with_tax_id(op: Op, sheets: list[Sheet]) -> list[Sheet]:
    if any(sheet.issued_at is None for sheet in sheets):
        tax_id = (await tenancy.get(op)).tax_id
        for sheet in sheets:
            if sheet.issued_at is None:
                sheet.parties["clinic"]["tax_id"] = tax_id
    return sheets
