from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chairside.billing.queries.families import family_of
from chairside.billing.rows import CHARGE, Balance, Charge, Entry, Standing
from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.patients import NoSuchPatient

STANDING = opened(
    """
    select patient.id,
           (select coalesce(sum(ledger_posting.amount), 0)::bigint
              from ledger_posting
             where ledger_posting.patient_id = patient.id) as balance,
           (select coalesce(sum(ledger_posting.amount), 0)::bigint
              from (select coalesce(patient.guarantor_id, patient.id) as id
                    union all
                    select dependent.id
                      from patient as dependent
                     where dependent.guarantor_id = coalesce(patient.guarantor_id, patient.id)) as relative
              join ledger_posting on ledger_posting.patient_id = relative.id) as family_balance,
           (select coalesce(sum(credit.remaining), 0)::bigint
              from credit
             where credit.patient_id = patient.id
               and credit.remaining > 0) as unapplied,
           (select coalesce(sum(charge.amount), 0)::bigint
              from charge
             where charge.patient_id = patient.id
               and charge.invoice_id is null
               and charge.reversed_at is null) as unbilled
      from patient
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
    """,
    entity="ledger",
)
# What moved nothing for this patient (their own credit applied to their own invoice) is not in their list.
ENTRIES = """
    select ledger_transaction.id, ledger_transaction.kind, effect.amount, effect.currency, ledger_transaction.on_day,
           ledger_transaction.description, ledger_transaction.source, ledger_transaction.source_id,
           ledger_transaction.reverses_id, ledger_transaction.created_at
      from (select ledger_posting.transaction_id, min(ledger_posting.currency) as currency,
                   sum(ledger_posting.amount)::bigint as amount
              from ledger_posting
             where ledger_posting.patient_id = %(patient_id)s
             group by ledger_posting.transaction_id
            having sum(ledger_posting.amount) <> 0) as effect
      join ledger_transaction on ledger_transaction.id = effect.transaction_id
     where (ledger_transaction.on_day, ledger_transaction.id) < (%(day)s::date, %(id)s::uuid)
     order by ledger_transaction.on_day desc, ledger_transaction.id desc
     limit %(limit)s
"""
OPEN_CHARGES = shown(
    f"""
    select {CHARGE}
      from charge
     where charge.patient_id = %(patient_id)s
       and charge.invoice_id is null
       and charge.reversed_at is null
       and charge.id > %(after)s
     order by charge.id
     limit %(limit)s
    """,
    entity="charge",
    patient="patient_id",
)
BALANCE_OF = """
    (select coalesce(sum(ledger_posting.amount), 0)::bigint
       from ledger_posting
      where ledger_posting.patient_id = {patient})"""
"""For statements of domains above: what somebody owes, as a column. `BALANCE_OF.format(patient="appointment.patient_id")`."""
BALANCES = """
    select ledger_posting.patient_id, sum(ledger_posting.amount)::bigint as amount
      from ledger_posting
     where ledger_posting.patient_id = any(%(patient_ids)s)
     group by ledger_posting.patient_id
"""
LATEST = (date.max, UUID(int=2**128 - 1))
FIRST = UUID(int=0)


@needs("billing.read")
async def get_standing(op: Op, *, patient_id: UUID) -> Standing:
    """Where a patient and their family stand, in minor units: positive when they owe. Refuses patients.NoSuchPatient."""
    standing = await op.db.one(Standing, STANDING, patient_id=patient_id)
    if standing is None:
        raise NoSuchPatient()
    return standing


@needs("billing.read")
async def list_entries(op: Op, *, patient_id: UUID, before: tuple[date, UUID] = LATEST, limit: int = 50) -> list[Entry]:
    """The patient's ledger, the newest first, from before a (day, id). The caller opens it with `get_standing`, which leaves
    the trace."""
    day, id = before
    return await op.db.all(Entry, ENTRIES, patient_id=patient_id, day=day, id=id, limit=limit)


@needs("billing.read")
async def list_open_charges(op: Op, *, patient_id: UUID, after: UUID = FIRST, limit: int = 50) -> list[Charge]:
    """What is on no invoice yet, not even a draft, the oldest first. Refuses patients.NoSuchPatient."""
    charges = await op.db.all(Charge, OPEN_CHARGES, patient_id=patient_id, after=after, limit=limit)
    if not charges:
        await family_of(op, patient_id=patient_id)
    return charges


@needs("billing.read")
async def list_balances(op: Op, *, patient_ids: Sequence[UUID]) -> dict[UUID, int]:
    """What each of many owes, in minor units; zero for whoever has no ledger. For a screen that names them in its own read
    record."""
    found = await op.db.all(Balance, BALANCES, patient_ids=list(patient_ids))
    return dict.fromkeys(patient_ids, 0) | {balance.patient_id: balance.amount for balance in found}
