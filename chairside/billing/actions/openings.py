from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from chairside.billing.actions.charges import enter
from chairside.billing.actions.credits import credit
from chairside.billing.rules.charges import BROUGHT_FORWARD, NewCharge
from chairside.kernel.guard import needs
from chairside.kernel.op import Op

# A charge that was put on an invoice and credit that was spent stay: somebody works with them.
REVERSE = """
    with opening as (
        select ledger_transaction.id, ledger_transaction.patient_id
          from ledger_transaction
         where ledger_transaction.source = 'import'
           and ledger_transaction.source_id = %(source)s
           and ledger_transaction.kind = 'opening_balance'
           and (%(patient_ids)s::uuid[] is null or ledger_transaction.patient_id = any(%(patient_ids)s::uuid[]))
    ), charge_gone as (
        update charge
           set reversed_at = %(now)s,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = charge.version + 1
          from opening
         where charge.transaction_id = opening.id
           and charge.invoice_id is null
           and charge.reversed_at is null
        returning charge.transaction_id
    ), credit_gone as (
        update credit
           set reversed_at = %(now)s,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = credit.version + 1
          from opening
         where credit.transaction_id = opening.id
           and credit.allocated + credit.refunded = 0
           and credit.reversed_at is null
        returning credit.transaction_id
    ), entry as (
        select uuidv7() as id, opening.id as reverses_id, opening.patient_id
          from opening
         where opening.id in (select transaction_id from charge_gone union all select transaction_id from credit_gone)
    ), entered as (
        insert into ledger_transaction (id, kind, patient_id, on_day, description, source, source_id, reverses_id)
        select entry.id, 'reversal', entry.patient_id, %(on_day)s, %(description)s, 'import', %(source)s, entry.reverses_id
          from entry
    ), posted as (
        insert into ledger_posting (transaction_id, line, account, patient_id, amount, currency)
        select entry.id, posting.line, posting.account, posting.patient_id, -posting.amount, posting.currency
          from entry
          join ledger_posting as posting on posting.transaction_id = entry.reverses_id
    )
    select opening.patient_id, exists (select from entry where entry.reverses_id = opening.id) as gone
      from opening
     where not exists (select from ledger_transaction as before where before.reverses_id = opening.id)
"""


class Undone(NamedTuple):
    patient_id: UUID
    gone: bool


@needs("imports.run")
async def add_opening_balances(op: Op, *, balances: Mapping[UUID, int], source: UUID, on_day: date | None = None) -> None:
    """What patients owed, or were owed when negative, where they come from: minor units of the clinic's currency by patient,
    any number at once; zero is skipped. `source` is the import, by which they can be reversed. Refuses
    patients.NoSuchPatient."""
    owed = [
        NewCharge(patient_id=patient_id, description=BROUGHT_FORWARD, unit_price=amount)
        for patient_id, amount in balances.items()
        if amount > 0
    ]
    if owed:
        await enter(op, owed, kind="opening_balance", source="import", source_id=source, on_day=on_day)
    owing = {patient_id: -amount for patient_id, amount in balances.items() if amount < 0}
    if owing:
        await credit(
            op, owing, kind="opening_balance", ledger_kind="opening_balance", description=BROUGHT_FORWARD,
            source="import", source_id=source, on_day=on_day,
        )  # fmt: skip


@needs("imports.run")
async def reverse_opening_balances(op: Op, *, source: UUID, patient_ids: Sequence[UUID] | None = None) -> list[UUID]:
    """Take back the opening balances of an import, or of some of its patients. Answers whose stayed, because it was invoiced
    or spent since. Safe to repeat."""
    undone = await op.db.all(
        Undone, REVERSE, source=source, patient_ids=list(patient_ids) if patient_ids is not None else None,
        now=op.now, on_day=op.today, description=f"Reversed: {BROUGHT_FORWARD}",
    )  # fmt: skip
    return [opening.patient_id for opening in undone if not opening.gone]
