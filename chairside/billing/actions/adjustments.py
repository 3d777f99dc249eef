from typing import Literal
from uuid import UUID

from chairside.billing.actions.charges import enter
from chairside.billing.actions.credits import credit
from chairside.billing.events import BalanceAdjusted
from chairside.billing.rows import Entry
from chairside.billing.rules.charges import NewCharge, in_currency
from chairside.kernel.guard import needs
from chairside.kernel.money import Money
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed

ENTRY_OF_CHARGE = """
    select ledger_transaction.id, ledger_transaction.kind, charge.amount, charge.currency, ledger_transaction.on_day,
           ledger_transaction.description, ledger_transaction.source, ledger_transaction.source_id,
           ledger_transaction.reverses_id, ledger_transaction.created_at
      from charge
      join ledger_transaction on ledger_transaction.id = charge.transaction_id
     where charge.id = %(id)s
"""
ENTRY_OF_CREDIT = """
    select ledger_transaction.id, ledger_transaction.kind, -credit.amount as amount, credit.currency, ledger_transaction.on_day,
           ledger_transaction.description, ledger_transaction.source, ledger_transaction.source_id,
           ledger_transaction.reverses_id, ledger_transaction.created_at
      from credit
      join ledger_transaction on ledger_transaction.id = credit.transaction_id
     where credit.id = %(id)s
"""


@needs("billing.adjust")
async def adjust(
    op: Op, *, patient_id: UUID, amount: Money, reason: str, kind: Literal["adjustment", "write_off"] = "adjustment"
) -> Entry:
    """Correct a balance. A positive amount is owed more and can be billed like a charge; a negative one is credit, to be
    applied like a payment; a write-off is always negative. Refuses patients.NoSuchPatient, and zero."""
    value = in_currency(amount, op.clinic.currency, "/amount")
    if value == 0:
        raise malformed("/amount/amount", "zero", "An adjustment changes something.")
    if value > 0:
        if kind == "write_off":
            raise malformed("/amount/amount", "not_negative", "A write-off is an amount below zero.")
        new = NewCharge(patient_id=patient_id, description=reason, unit_price=value)
        [charged] = await enter(op, [new], kind="adjustment")
        entry = await op.db.one(Entry, ENTRY_OF_CHARGE, id=charged.id)
    else:
        [credit_id] = await credit(op, {patient_id: -value}, kind="adjustment", ledger_kind=kind, description=reason)
        entry = await op.db.one(Entry, ENTRY_OF_CREDIT, id=credit_id)
    assert entry
    await op.emit(BalanceAdjusted(entry.id, patient_id))
    return entry
