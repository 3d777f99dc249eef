"""What is planned in the tooth chart, brought into a plan."""

from typing import NamedTuple
from uuid import UUID

from chairside import catalog
from chairside.charting.rules.teeth import check_tooth
from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Refusal
from chairside.treatment.actions.holding import changed, hold
from chairside.treatment.actions.items import NewItem, enter
from chairside.treatment.queries.plans import get_plan
from chairside.treatment.rows import PlanRow
from chairside.treatment.rules.matching import guess, where_said
from chairside.treatment.rules.where import Where, checked

# Planned, standing, not done, and in no plan; the right teeth first.
WAITING = shown(
    """
    select finding.id, finding.patient_id, finding.teeth, finding.surfaces, finding.condition, finding.material, finding.detail
      from finding
     where finding.patient_id = %(patient_id)s
       and finding.layer = 'planned'
       and finding.struck_at is null
       and not exists (select from finding as done where done.fulfils_id = finding.id and done.struck_at is null)
       and not exists (select from treatment_item as item where item.finding_id = finding.id and item.removed_at is null)
     order by finding.noted_on, finding.id
""",
    entity="tooth_chart",
    patient="patient_id",
)
# What this clinic last chose for the like.
CHOSEN = """
    select distinct on (finding.condition, finding.material, cardinality(finding.surfaces))
           finding.condition, finding.material, cardinality(finding.surfaces) as surfaces, item.procedure_id
      from treatment_item as item
      join finding on finding.id = item.finding_id
     where item.removed_at is null
     order by finding.condition, finding.material, cardinality(finding.surfaces), item.id desc
"""


class Waiting(NamedTuple):
    """A planned finding that is in no plan."""

    id: UUID
    patient_id: UUID
    teeth: list[str]
    surfaces: list[str]
    condition: str
    material: str | None
    detail: str | None


class Chosen(NamedTuple):
    condition: str
    material: str | None
    surfaces: int
    procedure_id: UUID


class Brought(NamedTuple):
    """`unmatched`: planned findings for which the clinic's list has no procedure that fits."""

    plan: PlanRow
    unmatched: list[Waiting]


@needs("treatment.write")
async def bring_planned(op: Op, *, patient_id: UUID, plan_id: UUID, phase: int = 1, version: int | None = None) -> Brought:
    """Every planned finding that is in no plan yet, each with the procedure that was last chosen for the like, or that speaks of
    it. Needs `charting.read`. Refuses NotOnCareTeam, NoSuchPlan, PlanIsStale, PlanIsArchived."""
    op.require("charting.read")
    plan = await hold(op, patient_id, plan_id, version)
    waiting = await op.db.all(Waiting, WAITING, patient_id=patient_id)
    known = await catalog.list_procedures(op, limit=1000) if waiting else []
    chosen = {each[:3]: each.procedure_id for each in await op.db.all(Chosen, CHOSEN)} if waiting else {}
    items, unmatched = [], []
    for finding in waiting:
        found = _fitting(finding, known, chosen.get((finding.condition, finding.material, len(finding.surfaces))))
        if found:
            items.append(NewItem(found.id, _where(finding, found), phase=phase, finding_id=finding.id))
        else:
            unmatched.append(finding)
    if items:
        await enter(op, plan, items)
        await changed(op, plan)
    return Brought(await get_plan(op, patient_id=patient_id, plan_id=plan_id), unmatched)


def _fitting(finding: Waiting, known: list[catalog.Procedure], chosen: UUID | None) -> catalog.Procedure | None:
    tooth = check_tooth(finding.teeth[0])
    likely = guess(
        known, condition=finding.condition, material=finding.material, detail=finding.detail, tooth_class=tooth.tooth_class,
        anterior=tooth.region == "anterior",
    )  # fmt: skip
    before = [one for one in known if one.id == chosen]
    return next((one for one in [*before, *likely] if _fits(finding, one)), None)


def _fits(finding: Waiting, procedure: catalog.Procedure) -> bool:
    try:
        checked(procedure, _where(finding, procedure))
    except Refusal:
        return False
    return True


def _where(finding: Waiting, procedure: catalog.Procedure) -> Where:
    tooth, through = where_said(finding.teeth)
    if procedure.area == "arch":
        return Where(arch=check_tooth(finding.teeth[0]).arch)
    if procedure.area == "quadrant":
        return Where(quadrant=int(finding.teeth[0][0]))
    if procedure.area == "mouth":
        return Where()
    surfaces = finding.surfaces if procedure.area == "surfaces" else ()
    return Where(tooth, through, surfaces)
