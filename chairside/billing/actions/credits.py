"""Credit without a payment: brought forward, or an adjustment in the patient's favour. Not a door."""

from collections.abc import Mapping
from datetime import date
from typing import Literal
from uuid import UUID

from chairside.billing.rules.charges import CONTRA
from chairside.kernel.op import Op
from chairside.patients import NoSuchPatient

CREDIT = """
    with entry as (
        select uuidv7() as id, uuidv7() as transaction_id, entry.patient_id, entry.amount
          from unnest(%(patient_ids)s::uuid[], %(amounts)s::bigint[]) as entry (patient_id, amount)
          join patient on patient.id = entry.patient_id and patient.deleted_at is null
    ), entered as (
        insert into ledger_transaction (id, kind, patient_id, on_day, description, source, source_id)
        select entry.transaction_id, %(ledger_kind)s, entry.patient_id, %(on_day)s, %(description)s,
               %(source)s::text, %(source_id)s::uuid
          from entry
    ), posted as (
        insert into ledger_posting (transaction_id, line, account, patient_id, amount, currency)
        select entry.transaction_id, side.line, side.account, case when side.line = 1 then entry.patient_id end,
               side.sign * entry.amount, %(currency)s
          from entry, (values (1, 'unapplied_credit', -1), (2, %(contra)s, 1)) as side (line, account, sign)
    )
    insert into credit (id, kind, transaction_id, patient_id, amount, currency, on_day)
    select entry.id, %(kind)s, entry.transaction_id, entry.patient_id, entry.amount, %(currency)s, %(on_day)s
      from entry
    returning credit.id
"""


async def credit(
    op: Op, amounts: Mapping[UUID, int], *, kind: Literal["adjustment", "opening_balance"], ledger_kind: str, description: str,
    source: str | None = None, source_id: UUID | None = None, on_day: date | None = None,
) -> list[UUID]:  # fmt: skip
    """Amounts above zero by patient; the ids of the credits. Refuses patients.NoSuchPatient."""
    found = await op.db.all(
        _id, CREDIT, kind=kind, ledger_kind=ledger_kind, contra=CONTRA[kind], currency=op.clinic.currency,
        on_day=on_day or op.today, description=description, source=source, source_id=source_id,
        patient_ids=list(amounts), amounts=list(amounts.values()),
    )  # fmt: skip
    if len(found) != len(amounts):
        raise NoSuchPatient()
    return found


def _id(id: UUID) -> UUID:
    return id
