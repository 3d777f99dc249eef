from typing import Literal

from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.treatment.rows import Unscheduled

Order = Literal["value", "age"]
# Accepted, not done, and with no visit before it. Of records that are closed to the reader the fence shows none.
LIST = shown(
    """
    select item.id, item.plan_id, item.patient_id, patient.first_name, patient.last_name, patient.register_number, item.code,
           item.name, item.tooth, item.through, item.surfaces, item.quadrant, item.arch, item.status,
           item.price - coalesce(done.charged, 0) as amount, item.currency, item.duration_minutes, item.visits,
           coalesce(done.visits, 0)::int as visits_done, acceptance.signed_at as accepted_at, item.version
      from treatment_item as item
      join patient on patient.id = item.patient_id and patient.deleted_at is null and patient.archived_at is null
      join treatment_plan as plan on plan.id = item.plan_id and plan.archived_at is null
      join treatment_acceptance as acceptance on acceptance.id = item.acceptance_id
      left join lateral (select sum(work.amount)::bigint as charged, count(*) as visits
                           from treatment_work as work
                          where work.item_id = item.id
                            and work.undone_at is null) as done on true
     where item.status in ('accepted', 'in_progress')
       and item.removed_at is null
       and not exists (select
                         from treatment_booking as booking
                         join appointment as visit on visit.id = booking.appointment_id
                        where booking.item_id = item.id
                          and visit.status not in ('cancelled', 'no_show', 'completed'))
     order by case when %(by_value)s then item.price - coalesce(done.charged, 0) end desc nulls last,
              acceptance.signed_at, item.id
     limit %(limit)s
""",
    entity="treatment_plan",
    patient="patient_id",
)


@needs("treatment.read")
async def list_unscheduled(op: Op, *, order: Order = "value", limit: int = 200) -> list[Unscheduled]:
    """The dearest first, or those that wait longest."""
    await op.settle()
    return await op.db.all(Unscheduled, LIST, by_value=order == "value", limit=limit)
