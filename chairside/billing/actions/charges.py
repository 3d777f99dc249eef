from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from chairside import catalog
from chairside.billing.events import ChargeReversed, PatientCharged
from chairside.billing.rows import CHARGE, Charge
from chairside.billing.rules.charges import CONTRA, LEDGER_KIND, Kind, NewCharge, in_currency, price_of
from chairside.billing.rules.refusals import (
    AlreadyInvoiced,
    ChargeAlreadyBilled,
    ChargeAlreadyReversed,
    ChargeIsStale,
    NoSuchCharge,
)
from chairside.kernel.guard import needs
from chairside.kernel.money import Money
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed
from chairside.patients import NoSuchPatient

# Any number at once: each charge with the transaction that makes it owed. What is free of charge owes nothing.
ENTER = f"""
    with entry as (
        select uuidv7() as id,
               case when entry.quantity * entry.unit_price > 0 then uuidv7() end as transaction_id,
               entry.quantity * entry.unit_price as amount,
               entry.*
          from unnest(%(patient_ids)s::uuid[], %(service_ids)s::uuid[], %(completed_item_ids)s::uuid[], %(provider_ids)s::uuid[],
                      %(descriptions)s::text[], %(quantities)s::bigint[], %(unit_prices)s::bigint[], %(list_prices)s::bigint[],
                      %(price_reasons)s::text[])
               as entry (patient_id, service_id, completed_item_id, provider_id, description, quantity, unit_price, list_price,
                         price_reason)
          join patient on patient.id = entry.patient_id and patient.deleted_at is null
    ), entered as (
        insert into ledger_transaction (id, kind, patient_id, on_day, description, source, source_id)
        select entry.transaction_id, %(ledger_kind)s, entry.patient_id, %(on_day)s, entry.description,
               %(source)s::text, %(source_id)s::uuid
          from entry
         where entry.transaction_id is not null
    ), posted as (
        insert into ledger_posting (transaction_id, line, account, patient_id, amount, currency)
        select entry.transaction_id, side.line, side.account, case when side.line = 1 then entry.patient_id end,
               side.sign * entry.amount, %(currency)s
          from entry, (values (1, 'receivable', 1), (2, %(contra)s, -1)) as side (line, account, sign)
         where entry.transaction_id is not null
    )
    insert into charge (id, kind, transaction_id, patient_id, service_id, appointment_id, completed_item_id, provider_id,
                        description, quantity, unit_price, list_price, price_reason, amount, currency, on_day)
    select entry.id, %(kind)s, entry.transaction_id, entry.patient_id, entry.service_id, %(appointment_id)s::uuid,
           entry.completed_item_id, entry.provider_id, entry.description, entry.quantity, entry.unit_price, entry.list_price,
           entry.price_reason, entry.amount, %(currency)s, %(on_day)s
      from entry
    returning {CHARGE}
"""
LOCK_CHARGE = f"select {CHARGE} from charge where charge.id = %(charge_id)s for update"
LOCK_OF_VISIT = f"""
    select {CHARGE}
      from charge
     where charge.appointment_id = %(appointment_id)s
       and charge.reversed_at is null
     order by charge.id
       for update
"""
REVERSE = f"""
    with gone as (
        update charge
           set reversed_at = %(now)s,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = charge.version + 1
         where charge.id = any(%(charge_ids)s)
        returning {CHARGE}, charge.transaction_id
    ), entry as (
        select uuidv7() as id, gone.transaction_id as reverses_id, gone.patient_id,
               concat('Reversed: ', gone.description, ' (' || %(reason)s::text || ')') as description, gone.appointment_id
          from gone
         where gone.transaction_id is not null
    ), entered as (
        insert into ledger_transaction (id, kind, patient_id, on_day, description, source, source_id, reverses_id)
        select entry.id, 'reversal', entry.patient_id, %(on_day)s, entry.description,
               case when entry.appointment_id is not null then 'appointment' end, entry.appointment_id, entry.reverses_id
          from entry
    ), posted as (
        insert into ledger_posting (transaction_id, line, account, patient_id, amount, currency)
        select entry.id, posting.line, posting.account, posting.patient_id, -posting.amount, posting.currency
          from entry
          join ledger_posting as posting on posting.transaction_id = entry.reverses_id
    )
    select {CHARGE.replace("charge.", "gone.")} from gone
"""


@needs("billing.charge")
async def charge(
    op: Op, *, patient_id: UUID, service_id: UUID | None = None, description: str | None = None, quantity: int = 1,
    price: Money | None = None, reason: str | None = None,
) -> Charge:  # fmt: skip
    """Charge a patient without a visit: a service at its price, or at another with the reason, or something of one's own
    words. Quantity 1 to 999. Refuses patients.NoSuchPatient, catalog.NoSuchService, and a price without reason or in another
    currency."""
    asked = in_currency(price, op.clinic.currency, "/price") if price else None
    service = await catalog.get_service(op, service_id=service_id) if service_id else None
    unit_price = price_of(quantity, asked, service.price if service else None, reason)
    words = description or (service.name if service else None)
    if words is None:
        raise malformed("/description", "required", "Say what it is for, or choose a service.")
    new = NewCharge(
        patient_id=patient_id, description=words, quantity=quantity, unit_price=unit_price, price_reason=reason,
        service_id=service_id, list_price=service.price if service else None,
    )  # fmt: skip
    [entered] = await enter(op, [new])
    await op.emit(PatientCharged(patient_id))
    return entered


@needs("billing.charge")
async def charge_visit(op: Op, *, appointment_id: UUID, items: Sequence[NewCharge]) -> list[Charge]:
    """Charge what was done on a visit. An item is charged once, whatever happens."""
    if not items:
        return []
    entered = await enter(op, items, appointment_id=appointment_id, source="appointment", source_id=appointment_id)
    await op.emit(PatientCharged(items[0].patient_id))
    return entered


@needs("billing.charge")
async def charge_done(op: Op, *, items: Sequence[NewCharge], appointment_id: UUID | None = None) -> list[Charge]:
    """Charge what was done by a plan, in a visit or without one. Whoever calls sees to it that nothing is charged twice."""
    if appointment_id:
        return await charge_visit(op, appointment_id=appointment_id, items=items)
    entered = await enter(op, items)
    await op.emit(PatientCharged(items[0].patient_id))
    return entered


@needs("billing.charge")
async def reverse_visit(op: Op, *, appointment_id: UUID, reason: str) -> list[Charge]:
    """Take back what a visit charged. Refuses AlreadyInvoiced when any of it is on an invoice, be it a draft."""
    charges = await op.db.all(Charge, LOCK_OF_VISIT, appointment_id=appointment_id)
    if any(charge.invoice_id for charge in charges):
        raise AlreadyInvoiced()
    return await _reverse(op, charges, reason)


@needs("billing.charge")
async def reverse_charge(op: Op, *, charge_id: UUID, patient_id: UUID, reason: str, version: int | None = None) -> Charge:
    """Take back a mistaken charge that is on no invoice: the ledger keeps both. Refuses NoSuchCharge, ChargeIsStale,
    ChargeAlreadyBilled, ChargeAlreadyReversed."""
    found = await op.db.one(Charge, LOCK_CHARGE, charge_id=charge_id)
    if found is None or found.patient_id != patient_id:
        raise NoSuchCharge()
    if version not in (None, found.version):
        raise ChargeIsStale(version=found.version)
    check_unbilled([found])
    [reversed_] = await _reverse(op, [found], reason)
    return reversed_


def check_unbilled(charges: Iterable[Charge]) -> None:
    for found in charges:
        if found.reversed_at:
            raise ChargeAlreadyReversed(charge_id=found.id)
        if found.invoice_id:
            raise ChargeAlreadyBilled(charge_id=found.id, invoice_id=found.invoice_id)


async def enter(
    op: Op, charges: Sequence[NewCharge], *, kind: Kind = "service", appointment_id: UUID | None = None,
    source: str | None = None, source_id: UUID | None = None, on_day: date | None = None,
) -> list[Charge]:  # fmt: skip
    """Charges into the ledger, whoever decided on them. Refuses patients.NoSuchPatient."""
    entered = await op.db.all(
        Charge, ENTER, kind=kind, ledger_kind=LEDGER_KIND[kind], contra=CONTRA[kind], currency=op.clinic.currency,
        on_day=on_day or op.today, appointment_id=appointment_id, source=source, source_id=source_id,
        patient_ids=[new.patient_id for new in charges], service_ids=[new.service_id for new in charges],
        completed_item_ids=[new.completed_item_id for new in charges], provider_ids=[new.provider_id for new in charges],
        descriptions=[new.description for new in charges], quantities=[new.quantity for new in charges],
        unit_prices=[new.unit_price for new in charges], list_prices=[new.list_price for new in charges],
        price_reasons=[new.price_reason for new in charges],
    )  # fmt: skip
    if len(entered) != len(charges):
        raise NoSuchPatient()
    return entered


async def _reverse(op: Op, charges: Sequence[Charge], reason: str) -> list[Charge]:
    if not charges:
        return []
    ids = [charge.id for charge in charges]
    reversed_ = await op.db.all(Charge, REVERSE, charge_ids=ids, now=op.now, on_day=op.today, reason=reason)
    for charge in charges:
        await op.emit(ChargeReversed(charge.id, charge.patient_id))
    return reversed_
