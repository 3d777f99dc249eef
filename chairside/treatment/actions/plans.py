from typing import Any
from uuid import UUID

from chairside import patients
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.treatment.actions.holding import HOLD, changed, check_version, hold
from chairside.treatment.events import PlanChanged
from chairside.treatment.queries.plans import get_plan
from chairside.treatment.rows import HeldPlan, PlanRow
from chairside.treatment.rules.refusals import NoSuchPlan

BEGIN = """
    insert into treatment_plan as plan (patient_id, title)
    select patient.id, %(title)s
      from patient
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
    returning plan.id
"""
RENAME = "update treatment_plan as plan set title = %(title)s where plan.id = %(plan_id)s"
PUT_AWAY = """
    update treatment_plan as plan
       set archived_at = %(at)s::timestamptz, archived_by = case when %(at)s::timestamptz is not null then app.actor() end
     where plan.id = %(plan_id)s
"""


@needs("treatment.write")
async def begin_plan(op: Op, *, patient_id: UUID, title: str) -> PlanRow:
    """Refuses NoSuchPatient, NotOnCareTeam."""
    await patients.check_record(op, patient_id=patient_id)
    plan_id: UUID | None = await op.db.value(BEGIN, patient_id=patient_id, title=title)
    if plan_id is None:
        raise patients.NoSuchPatient()
    await op.emit(PlanChanged(plan_id, patient_id))
    return await get_plan(op, patient_id=patient_id, plan_id=plan_id)


@needs("treatment.write")
async def change_plan(op: Op, *, patient_id: UUID, plan_id: UUID, version: int, changes: dict[str, Any]) -> PlanRow:
    """Refuses NotOnCareTeam, NoSuchPlan, PlanIsStale, PlanIsArchived."""
    plan = await hold(op, patient_id, plan_id, version)
    if changes.get("title", plan.title) != plan.title:
        op.db.with_next(RENAME, plan_id=plan_id, title=changes["title"])
        await changed(op, plan)
    return await get_plan(op, patient_id=patient_id, plan_id=plan_id)


@needs("treatment.write")
async def put_away(op: Op, *, patient_id: UUID, plan_id: UUID, version: int | None = None) -> PlanRow:
    """What is not done of it waits for nobody any more. Refuses NotOnCareTeam, NoSuchPlan, PlanIsStale, PlanIsArchived."""
    plan = await hold(op, patient_id, plan_id, version)
    op.db.with_next(PUT_AWAY, plan_id=plan_id, at=op.now)
    await changed(op, plan)
    return await get_plan(op, patient_id=patient_id, plan_id=plan_id)


@needs("treatment.write")
async def bring_back(op: Op, *, patient_id: UUID, plan_id: UUID, version: int | None = None) -> PlanRow:
    """Refuses NotOnCareTeam, NoSuchPlan, PlanIsStale."""
    await patients.check_record(op, patient_id=patient_id)
    plan = await op.db.one(HeldPlan, HOLD, patient_id=patient_id, plan_id=plan_id)
    if plan is None:
        raise NoSuchPlan()
    check_version(plan, version)
    if plan.archived_at:
        op.db.with_next(PUT_AWAY, plan_id=plan_id, at=None)
        await changed(op, plan)
    return await get_plan(op, patient_id=patient_id, plan_id=plan_id)
