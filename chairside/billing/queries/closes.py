import asyncio
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chairside import documents, tenancy
from chairside.billing.queries.drawer import NOTHING_KEPT, SETTINGS
from chairside.billing.queries.papers import Paper
from chairside.billing.rows import CashDrawer, ClosedItem, DayClose
from chairside.billing.rules.papers import deposit_facts
from chairside.billing.rules.refusals import NoSuchDayClose
from chairside.kernel.audit import EXPORTED, shown
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs
from chairside.kernel.op import Op

CLOSES = """
    select closed.id, closed.location_id, closed.number, closed.begins_on, closed.on_day, closed.currency, closed.opening_float,
           closed.expected_cash, closed.expected_check, closed.expected_card, closed.expected_transfer,
           closed.counted_cash, closed.counted_check, closed.counted_card, closed.cash_count, closed.kept_cash,
           closed.deposited_cash, closed.difference_cash, closed.difference_check, closed.difference_card, closed.note,
           closed.created_at, membership.name as closed_by,
           case when gone.id is not null then jsonb_build_object(
               'reason', gone.reason, 'at', gone.created_at,
               'by', (select reopener.name from membership as reopener where reopener.principal_id = gone.created_by))
           end as reversal,
           gone.id is null and not exists (
               select from day_close as later
                where later.location_id = closed.location_id
                  and later.number > closed.number
                  and not exists (select from day_close_reversal where day_close_reversal.close_id = later.id)) as last,
           closed.version + (gone.id is not null)::int as version
      from day_close as closed
      left join membership on membership.principal_id = closed.created_by
      left join day_close_reversal as gone on gone.close_id = closed.id
"""
GET = f"{CLOSES} where closed.id = %(close_id)s"
LIST = f"""
    {CLOSES}
     where closed.id < %(before)s
     order by closed.id desc
     limit %(limit)s
"""
OF_DAY = f"""
    {CLOSES}
     where closed.on_day = %(day)s
       and gone.id is null
     order by closed.number
"""
COVERED = shown(
    """
    select coalesce(credit.id, refund.id) as id, case when credit.id is null then 'refund' else 'payment' end as kind,
           patient.id as patient_id, concat_ws(' ', patient.first_name, patient.middle_name, patient.last_name) as patient_name,
           coalesce(credit.method, refund.method) as method, coalesce(credit.amount, -refund.amount) as amount,
           coalesce(credit.reference, refund.reason) as reference, coalesce(credit.on_day, refund.on_day) as on_day,
           coalesce(credit.created_at, refund.created_at) as at, item.counted
      from day_close_item as item
      left join credit on credit.id = item.payment_id
      left join refund on refund.id = item.refund_id
      join patient on patient.id = coalesce(credit.patient_id, refund.patient_id)
     where item.close_id = %(close_id)s
     order by id
    """,
    entity="day_close",
    patient="patient_id",
)
NEWEST_CLOSE = UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class Closed:
    close: DayClose
    items: list[ClosedItem]


@needs("billing.close_day", "reports.read")
async def get_day_close(op: Op, *, close_id: UUID) -> Closed:
    """A close with the payments and refunds that it covers. Refuses NoSuchDayClose."""
    close = await op.db.one(DayClose, GET, close_id=close_id)
    if close is None:
        raise NoSuchDayClose()
    return Closed(close, await op.db.all(ClosedItem, COVERED, close_id=close_id))


@needs("billing.close_day", "reports.read")
async def list_day_closes(op: Op, *, before: UUID = NEWEST_CLOSE, limit: int = 50) -> list[DayClose]:
    """The newest first, from before an id; those that were reopened too."""
    return await op.db.all(DayClose, LIST, before=before, limit=limit)


@needs("billing.close_day", "reports.read")
async def list_closes_of_day(op: Op, *, day: date) -> list[DayClose]:
    """Those of a day that stand, in order."""
    return await op.db.all(DayClose, OF_DAY, day=day)


@needs("billing.close_day", "reports.read")
@way_out(
    "paper",
    "day_close.deposited_cash",
    "credit.reference",
    "credit.amount",
    "cash_drawer.bank_account",
    "clinic.tax_id_sealed",
)
async def draw_deposit_slip(op: Op, *, close_id: UUID) -> Paper:
    """What goes to the bank, as a PDF: the cash less what stays in the drawer, and the checks one by one. Refuses
    NoSuchDayClose."""
    op.db.with_next(EXPORTED, what="day_close", id=close_id)
    closed = await get_day_close(op, close_id=close_id)
    clinic = await tenancy.get(op)
    drawer = await op.db.one(CashDrawer, SETTINGS, location_id=closed.close.location_id) or NOTHING_KEPT
    locale = op.clinic.locale
    facts = deposit_facts(closed.close, closed.items, clinic._asdict(), drawer.bank_account, zone=op.clinic.zone, locale=locale)
    async with op.apart():
        pdf = await asyncio.to_thread(documents.render, "deposit-slip", facts, locale=locale, dated=closed.close.created_at)
    return Paper(f"deposit-{closed.close.on_day}-{closed.close.number}.pdf", pdf)
