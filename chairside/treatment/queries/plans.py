from typing import Any
from uuid import UUID

from chairside import patients
from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.treatment.rows import ITEM, PlanRow, TreatmentItem
from chairside.treatment.rules.refusals import NoSuchItem, NoSuchPlan

_SAID = [column for column in TreatmentItem._fields if column not in ("patient_id", "removed_at")]
_FIELDS = ", ".join(f"'{column}', item.{column}" for column in _SAID)
# A booking counts until its visit is cancelled, missed or over; work until it is taken back.
PLAN = f"""
    select plan.id, plan.patient_id, plan.title, plan.archived_at, plan.created_at, plan.created_by, plan.version,
           coalesce((select jsonb_agg(jsonb_build_object(
                                {_FIELDS}, 'removed', item.removed_at is not null,
                                'bookings', (select coalesce(jsonb_agg(jsonb_build_object(
                                                        'appointment_id', visit.id, 'starts_at', visit.starts_at,
                                                        'status', visit.status) order by visit.starts_at), '[]')
                                               from treatment_booking as booking
                                               join appointment as visit on visit.id = booking.appointment_id
                                              where booking.item_id = item.id
                                                and visit.status not in ('cancelled', 'no_show')),
                                'work', (select coalesce(jsonb_agg(jsonb_build_object(
                                                    'id', work.id, 'number', work.number, 'last', work.last,
                                                    'done_on', work.done_on, 'amount', work.amount,
                                                    'appointment_id', work.appointment_id) order by work.number), '[]')
                                           from treatment_work as work
                                          where work.item_id = item.id
                                            and work.undone_at is null)
                            ) order by item.phase, item.position, item.id)
                       from treatment_item as item
                      where item.plan_id = plan.id
                        and item.removed_at is null), '[]') as items,
           coalesce((select jsonb_agg(jsonb_build_object(
                                'number', shown.number, 'shown_at', shown.created_at, 'plan_version', shown.plan_version,
                                'hash', encode(shown.hash, 'hex'), 'signed_at', acceptance.signed_at,
                                'signer_name', acceptance.signer_name) order by shown.number desc)
                       from treatment_presentation as shown
                       left join treatment_acceptance as acceptance on acceptance.presentation_id = shown.id
                      where shown.plan_id = plan.id), '[]') as versions
      from treatment_plan as plan
"""
LIST = shown(
    f"""
    {PLAN}
     where plan.patient_id = %(patient_id)s
       and (%(plan_id)s::uuid is null or plan.id = %(plan_id)s)
     order by plan.archived_at is not null, plan.id desc
""",
    entity="treatment_plan",
    patient="patient_id",
)
GET_ITEM = f"""
    select {ITEM}
      from treatment_item as item
     where item.id = %(item_id)s
       and item.plan_id = %(plan_id)s
       and item.patient_id = %(patient_id)s
"""


@needs("treatment.read")
async def list_plans(op: Op, *, patient_id: UUID) -> list[PlanRow]:
    """The newest first, those put away last. Notes and findings are for whoever reads the chart. Refuses NoSuchPatient,
    PatientIsMerged, NotOnCareTeam."""
    await patients.get(op, patient_id=patient_id)
    return [_readable(op, plan) for plan in await op.db.all(PlanRow, LIST, patient_id=patient_id, plan_id=None)]


@needs("treatment.read")
async def get_plan(op: Op, *, patient_id: UUID, plan_id: UUID) -> PlanRow:
    """Refuses NotOnCareTeam, NoSuchPlan."""
    await patients.check_record(op, patient_id=patient_id)
    plan = await op.db.one(PlanRow, LIST, patient_id=patient_id, plan_id=plan_id)
    if plan is None:
        raise NoSuchPlan()
    return _readable(op, plan)


async def item_of(op: Op, patient_id: UUID, plan_id: UUID, item_id: UUID) -> TreatmentItem:
    """Refuses NoSuchItem. Not a door."""
    item = await op.db.one(TreatmentItem, GET_ITEM, patient_id=patient_id, plan_id=plan_id, item_id=item_id)
    if item is None:
        raise NoSuchItem()
    return item


def _readable(op: Op, plan: PlanRow) -> PlanRow:
    """Front desk and billing receive procedure, tooth, surface and price."""
    if op.may("charting.read"):
        return plan
    hidden: dict[str, Any] = {"note": None, "finding_id": None}
    return plan._replace(items=[item | hidden for item in plan.items])
