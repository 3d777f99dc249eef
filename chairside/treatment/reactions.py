"""What is done in a visit is done in the plan, and what is done in the plan is charged, all in one commit; and back."""

from typing import NamedTuple
from uuid import UUID

from chairside import billing, charting, scheduling
from chairside.kernel.events import on
from chairside.kernel.op import Op
from chairside.treatment.actions.doing import STANDING, take_back, work_on
from chairside.treatment.actions.holding import HOLD, HOLD_ITEM
from chairside.treatment.events import WorkDone, WorkUndone
from chairside.treatment.rows import WORK, HeldPlan, TreatmentItem, TreatmentWork
from chairside.treatment.rules.papers import place_of

OF_VISIT = """
    select item.id, item.plan_id, item.patient_id, visit.provider_id
      from treatment_booking as booking
      join treatment_item as item on item.id = booking.item_id
      join appointment as visit on visit.id = booking.appointment_id
     where booking.appointment_id = %(appointment_id)s
       and item.removed_at is null
       and item.status in ('accepted', 'in_progress')
     order by item.phase, item.position, item.id
"""
DONE_IN_VISIT = """
    select item.id, item.plan_id, item.patient_id, work.provider_id
      from treatment_work as work
      join treatment_item as item on item.id = work.item_id
     where work.appointment_id = %(appointment_id)s
       and work.undone_at is null
     order by work.id desc
"""
GET = f"select {WORK} from treatment_work as work where work.id = %(work_id)s"
ITEM_OF = """
    select item.name, item.tooth, item.through, item.surfaces, item.price, item.visits, clinic.tooth_notation, clinic.locale
      from treatment_item as item
      cross join clinic
     where item.id = %(item_id)s
"""
CHARGED = """
    update treatment_work as work
       set charge_id = %(charge_id)s, version = work.version + 1
     where work.id = %(work_id)s
"""


class OfVisit(NamedTuple):
    id: UUID
    plan_id: UUID
    patient_id: UUID
    provider_id: UUID | None


class Named(NamedTuple):
    name: str
    tooth: str | None
    through: str | None
    surfaces: list[str]
    price: int
    visits: int
    tooth_notation: str | None
    locale: str


@on(scheduling.VisitCompleted)
async def do_what_was_booked(op: Op, event: scheduling.VisitCompleted) -> None:
    for one in await op.db.all(OfVisit, OF_VISIT, appointment_id=event.appointment_id):
        plan, item = await _held(op, one)
        if plan and item and item.status in ("accepted", "in_progress"):
            work = await work_on(
                op, plan, item, done_on=op.today, provider_id=one.provider_id, appointment_id=event.appointment_id
            )
            await _charge(op, work)


@on(scheduling.CompletionUndone)
async def take_back_what_was_done(op: Op, event: scheduling.CompletionUndone) -> None:
    """Its charges are the visit's, which billing takes back."""
    for one in await op.db.all(OfVisit, DONE_IN_VISIT, appointment_id=event.appointment_id):
        plan, item = await _held(op, one)
        if plan and item:
            await take_back(op, plan, item, await op.db.all(TreatmentWork, STANDING, item_id=item.id))


@on(WorkDone)
async def charge_the_work(op: Op, event: WorkDone) -> None:
    if work := await op.db.one(TreatmentWork, GET, work_id=event.work_id):
        await _charge(op, work)


@on(WorkUndone)
async def take_the_charge_back(op: Op, event: WorkUndone) -> None:
    work = await op.db.one(TreatmentWork, GET, work_id=event.work_id)
    if work is None or work.charge_id is None:
        return
    try:
        await billing.reverse_charge(
            op, charge_id=work.charge_id, patient_id=work.patient_id, reason="the treatment was taken back"
        )
    except billing.ChargeAlreadyReversed:
        return  # with its visit, or by hand: the patient owes nothing for it


async def _held(op: Op, one: OfVisit) -> tuple[HeldPlan | None, TreatmentItem | None]:
    plan = await op.db.one(HeldPlan, HOLD, patient_id=one.patient_id, plan_id=one.plan_id)
    return plan, await op.db.one(TreatmentItem, HOLD_ITEM, plan_id=one.plan_id, item_id=one.id)


async def _charge(op: Op, work: TreatmentWork) -> None:
    if work.amount == 0:
        return
    item = await op.db.one(Named, ITEM_OF, item_id=work.item_id)
    assert item
    place = place_of(item._asdict(), charting.notation_of(item.tooth_notation, item.locale))
    share = f"({work.number}/{item.visits})" if work.amount != item.price else None
    words = " ".join(part for part in (item.name, place, share) if part)
    charge = billing.NewCharge(
        patient_id=work.patient_id, description=words, unit_price=work.amount, provider_id=work.provider_id
    )
    [entered] = await billing.charge_done(op, items=[charge], appointment_id=work.appointment_id)
    op.db.with_next(CHARGED, work_id=work.id, charge_id=entered.id)
