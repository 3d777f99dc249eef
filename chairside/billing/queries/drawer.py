"""What there is to count: everything that came in or was given back and is in no close that stands."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chairside.billing.rows import CashDrawer, LastClose, Movement
from chairside.billing.rules.drawer import Sums, check_day, expected
from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op

# A clinic has one location until the screens for several exist.
PLACE = "select location.id from location order by location.id limit 1"
SETTINGS = """
    select cash_drawer.float_amount, cash_drawer.bank_account, cash_drawer.version
      from cash_drawer
     where cash_drawer.location_id = %(location_id)s
"""
LAST = """
    select last.id, last.number, last.begins_on, last.on_day, last.kept_cash, last.created_at, membership.name as closed_by
      from day_close as last
      left join membership on membership.principal_id = last.created_by
     where last.location_id = %(location_id)s
       and not exists (select from day_close_reversal where day_close_reversal.close_id = last.id)
     order by last.number desc
     limit 1
"""
MOVED = shown(
    """
    select credit.id, 'payment' as kind, credit.patient_id,
           concat_ws(' ', patient.first_name, patient.middle_name, patient.last_name) as patient_name,
           credit.method, credit.amount, credit.reference, credit.on_day, credit.created_at as at
      from credit
      join patient on patient.id = credit.patient_id
     where credit.kind = 'payment'
       and credit.on_day between %(begins_on)s and %(day)s
       and (%(through)s::uuid is null or credit.id <= %(through)s::uuid)
       and not exists (select from day_close_item as item where item.payment_id = credit.id and item.reversal_id is null)
    union all
    select refund.id, 'refund', refund.patient_id,
           concat_ws(' ', patient.first_name, patient.middle_name, patient.last_name),
           refund.method, -refund.amount, refund.reason, refund.on_day, refund.created_at
      from refund
      join patient on patient.id = refund.patient_id
     where refund.on_day between %(begins_on)s and %(day)s
       and (%(through)s::uuid is null or refund.id <= %(through)s::uuid)
       and not exists (select from day_close_item as item where item.refund_id = refund.id and item.reversal_id is null)
     order by id
    """,
    entity="cash_drawer",
    patient="patient_id",
)
# Only a clinic that has never closed has any: the chain of closes leaves nothing behind it.
EARLIEST = """
    select credit.on_day
      from credit
     where credit.kind = 'payment'
       and credit.on_day < %(begins_on)s
     order by credit.on_day
     limit 1
"""
NOTHING_KEPT = CashDrawer(0, None, 0)


@dataclass(frozen=True, slots=True)
class Drawer:
    """What there is to count at the end of `day`. `follows` is the last close; `through` the newest of what was seen: money
    that comes in later falls into the next close. `earliest` is the first day with payments that the first close leaves out."""

    day: date
    begins_on: date
    earliest: date | None
    location_id: UUID
    settings: CashDrawer
    follows: LastClose | None
    opening_float: int
    moved: list[Movement]
    sums: Sums
    through: UUID | None


@needs("billing.close_day")
async def get_drawer(op: Op, *, day: date | None = None, begins_on: date | None = None, through: UUID | None = None) -> Drawer:
    """What there is to count, today's when no day is named. `begins_on` is for the first close: where it begins, the same day
    unless named. Everyone who paid is named in the audit. Refuses a day that is to come or that a close lies behind."""
    location_id = await op.db.value(PLACE)
    settings = await op.db.one(CashDrawer, SETTINGS, location_id=location_id) or NOTHING_KEPT
    follows = await op.db.one(LastClose, LAST, location_id=location_id)
    day = day or op.today
    begins_on = follows.begins_on if follows else begins_on or day
    check_day(day, today=op.today, begins_on=begins_on, last_on=follows.on_day if follows else None)
    moved = await op.db.all(Movement, MOVED, begins_on=begins_on, day=day, through=through)
    earliest = None if follows else await op.db.value(EARLIEST, begins_on=begins_on)
    return Drawer(
        day=day, begins_on=begins_on, earliest=earliest, location_id=location_id, settings=settings, follows=follows,
        opening_float=follows.kept_cash if follows else settings.float_amount, moved=moved, sums=expected(moved),
        through=moved[-1].id if moved else None,
    )  # fmt: skip
