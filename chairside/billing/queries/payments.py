from uuid import UUID

from chairside.billing.rows import Paid
from chairside.billing.rules.refusals import NoSuchPayment
from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op

PAID = """
    select credit.id, credit.patient_id,
           concat_ws(' ', patient.first_name, patient.middle_name, patient.last_name) as patient_name,
           jsonb_build_object('name', concat_ws(' ', patient.first_name, patient.middle_name, patient.last_name),
                              'register_number', patient.register_number, 'address', patient.address) as party,
           credit.amount, credit.currency, credit.method, credit.reference, credit.on_day, credit.allocated, credit.refunded,
           credit.remaining, credit.created_at, credit.version,
           (select coalesce(jsonb_agg(jsonb_build_object(
                       'invoice_id', invoice.id, 'number', invoice.number, 'patient_id', invoice.patient_id,
                       'amount', share.amount) order by invoice.id), '[]')
              from (select allocation.invoice_id, sum(allocation.amount)::bigint as amount
                      from allocation
                     where allocation.credit_id = credit.id
                     group by allocation.invoice_id
                    having sum(allocation.amount) <> 0) as share
              join invoice on invoice.id = share.invoice_id) as allocations,
           (select coalesce(jsonb_agg(jsonb_build_object(
                       'id', refund.id, 'amount', refund.amount, 'reason', refund.reason, 'on', refund.on_day)
                       order by refund.id), '[]')
              from refund
             where refund.credit_id = credit.id) as refunds
      from credit
      join patient on patient.id = credit.patient_id
     where credit.kind = 'payment'
"""
GET = opened(f"{PAID} and credit.id = %(payment_id)s", entity="payment", patient="patient_id")
LIST = shown(
    f"""
    {PAID}
       and credit.id < %(before)s
       and (%(patient_id)s::uuid is null or credit.patient_id = %(patient_id)s::uuid)
     order by credit.id desc
     limit %(limit)s
    """,
    entity="payment",
    patient="patient_id",
)
NEWEST = UUID(int=2**128 - 1)


@needs("billing.read", "billing.collect")
async def get_payment(op: Op, *, payment_id: UUID) -> Paid:
    """Refuses NoSuchPayment."""
    paid = await op.db.one(Paid, GET, payment_id=payment_id)
    if paid is None:
        raise NoSuchPayment()
    return paid


@needs("billing.read")
async def list_payments(op: Op, *, patient_id: UUID | None = None, before: UUID = NEWEST, limit: int = 50) -> list[Paid]:
    """The newest first, from before an id."""
    return await op.db.all(Paid, LIST, patient_id=patient_id, before=before, limit=limit)
