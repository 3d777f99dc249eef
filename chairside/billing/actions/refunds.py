from uuid import UUID

from chairside.billing.actions.locks import lock_bills, lock_credits, shares_of_credit
from chairside.billing.actions.postings import allot, post
from chairside.billing.events import PaymentRefunded
from chairside.billing.rules.charges import in_currency
from chairside.billing.rules.refusals import NoSuchPayment, PaymentIsStale
from chairside.billing.rules.shares import Posting, taken_back
from chairside.kernel.guard import needs
from chairside.kernel.money import Money
from chairside.kernel.op import Op

REFUND = """
    with spent as (
        update credit
           set refunded = credit.refunded + %(amount)s,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = credit.version + 1
         where credit.id = %(payment_id)s
        returning credit.id, credit.patient_id, credit.currency, credit.method
    )
    insert into refund (credit_id, patient_id, amount, currency, method, reason, transaction_id, on_day)
    select spent.id, spent.patient_id, %(amount)s, spent.currency, spent.method, %(reason)s, %(transaction_id)s, %(on_day)s
      from spent
    returning refund.id
"""


@needs("billing.refund")
async def refund(op: Op, *, payment_id: UUID, amount: Money, reason: str, version: int | None = None) -> UUID:
    """Give money back the way it came: first what of the payment covers no invoice, then from the invoices that it covered
    last, which are open again. Refuses NoSuchPayment, PaymentIsStale, MoreThanRefundable."""
    value = in_currency(amount, op.clinic.currency, "/amount")
    await lock_bills(op, [share.invoice_id for share in await shares_of_credit(op, payment_id)])
    found = await lock_credits(op, [payment_id])
    if not found or found[0].kind != "payment":
        raise NoSuchPayment()
    [payment] = found
    if version not in (None, payment.version):
        raise PaymentIsStale(version=payment.version)
    # Looked at again under the locks. Should another have been covered meanwhile, its lock is taken late, which may end in a
    # deadlock; the edge then runs the whole request again.
    back = taken_back(payment, await shares_of_credit(op, payment_id), value)
    await lock_bills(op, [share.invoice_id for share in back])
    unapplied = value + sum(share.amount for share in back)
    postings = [
        *([Posting("unapplied_credit", payment.patient_id, unapplied)] if unapplied else []),
        *(Posting("receivable", share.patient_id, -share.amount) for share in back),
        Posting(payment.method or "cash", None, -value),
    ]
    transaction_id = await post(
        op, kind="refund", patient_id=payment.patient_id, description=reason, postings=postings, source="payment",
        source_id=payment_id,
    )  # fmt: skip
    await allot(op, back, transaction_id=transaction_id)
    refund_id: UUID = await op.db.value(
        REFUND, payment_id=payment_id, amount=value, reason=reason, transaction_id=transaction_id, on_day=op.today
    )
    await op.emit(PaymentRefunded(payment_id, payment.patient_id))
    return refund_id
