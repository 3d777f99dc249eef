"""What every act begins with. Not doors."""

from uuid import UUID

from chairside import patients
from chairside.kernel.op import Op
from chairside.treatment.events import PlanChanged
from chairside.treatment.rows import ITEM, HeldPlan, TreatmentItem
from chairside.treatment.rules.refusals import ItemIsRemoved, ItemIsStale, NoSuchItem, NoSuchPlan, PlanIsArchived, PlanIsStale

HOLD = """
    select plan.id, plan.patient_id, plan.title, plan.archived_at, plan.version
      from treatment_plan as plan
     where plan.id = %(plan_id)s
       and plan.patient_id = %(patient_id)s
       for update
"""
HOLD_ITEM = f"""
    select {ITEM}
      from treatment_item as item
     where item.id = %(item_id)s
       and item.plan_id = %(plan_id)s
       for update
"""
TURN = """
    update treatment_plan as plan
       set updated_at = transaction_timestamp(), updated_by = app.actor(), version = plan.version + 1
     where plan.id = %(plan_id)s
"""


async def hold(op: Op, patient_id: UUID, plan_id: UUID, version: int | None = None) -> HeldPlan:
    """To be changed. Refuses NotOnCareTeam, NoSuchPlan, PlanIsStale, PlanIsArchived."""
    await patients.check_record(op, patient_id=patient_id)
    plan = await op.db.one(HeldPlan, HOLD, patient_id=patient_id, plan_id=plan_id)
    if plan is None:
        raise NoSuchPlan()
    check_version(plan, version)
    if plan.archived_at:
        raise PlanIsArchived()
    return plan


def check_version(plan: HeldPlan, version: int | None) -> None:
    """Refuses PlanIsStale."""
    if version not in (None, plan.version):
        raise PlanIsStale(version=plan.version)


async def hold_item(op: Op, plan: HeldPlan, item_id: UUID, version: int | None = None) -> TreatmentItem:
    """Refuses NoSuchItem, ItemIsStale, ItemIsRemoved."""
    item = await op.db.one(TreatmentItem, HOLD_ITEM, plan_id=plan.id, item_id=item_id)
    if item is None:
        raise NoSuchItem()
    if version not in (None, item.version):
        raise ItemIsStale(version=item.version)
    if item.removed_at:
        raise ItemIsRemoved()
    return item


async def changed(op: Op, plan: HeldPlan) -> None:
    """What is planned is another than before."""
    op.db.with_next(TURN, plan_id=plan.id)
    await op.emit(PlanChanged(plan.id, plan.patient_id))
