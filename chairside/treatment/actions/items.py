from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from chairside import catalog
from chairside.kernel.guard import needs
from chairside.kernel.money import Money
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed
from chairside.treatment.actions.holding import changed, check_version, hold, hold_item
from chairside.treatment.queries.plans import get_plan
from chairside.treatment.rows import ITEM, HeldPlan, PlanRow, TreatmentItem
from chairside.treatment.rules.refusals import ItemIsUnderWay, NoSuchItem, PlannedAlready, ProcedureIsArchived
from chairside.treatment.rules.where import Where, checked

ADD = f"""
    insert into treatment_item as item
           (patient_id, plan_id, phase, position, choice, procedure_id, procedure_version_id, code, name, tooth, through,
            surfaces, quadrant, arch, price, currency, duration_minutes, visits, note, finding_id)
    select %(patient_id)s, %(plan_id)s, %(phase)s,
           coalesce((select max(other.position) from treatment_item as other where other.plan_id = %(plan_id)s), 0) + 1,
           %(choice)s::uuid, %(procedure_id)s, %(procedure_version_id)s, %(code)s, %(name)s, %(tooth)s, %(through)s,
           %(surfaces)s::text[], %(quadrant)s::int, %(arch)s, %(price)s, %(currency)s, %(duration_minutes)s, %(visits)s, %(note)s,
           %(finding_id)s::uuid
    returning {ITEM}
"""
SET_CHOICE = "update treatment_item as item set choice = %(choice)s where item.id = %(item_id)s"
# What was agreed on was another thing: it is asked for anew.
CHANGE = """
    update treatment_item as item
       set procedure_id = %(procedure_id)s, procedure_version_id = %(procedure_version_id)s, code = %(code)s, name = %(name)s,
           tooth = %(tooth)s, through = %(through)s, surfaces = %(surfaces)s::text[], quadrant = %(quadrant)s::int,
           arch = %(arch)s, price = %(price)s, duration_minutes = %(duration_minutes)s, visits = %(visits)s, note = %(note)s,
           status = case when %(same)s then item.status else 'proposed' end,
           acceptance_id = case when %(same)s then item.acceptance_id end,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = item.version + 1
     where item.id = %(item_id)s
"""
REMOVE = """
    update treatment_item as item
       set removed_at = %(at)s::timestamptz, removed_by = case when %(at)s::timestamptz is not null then app.actor() end,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = item.version + 1
     where item.id = %(item_id)s
"""
LIVE = f"""
    select {ITEM}
      from treatment_item as item
     where item.plan_id = %(plan_id)s
       and item.removed_at is null
     order by item.phase, item.position, item.id
       for update
"""
REMOVED = f"""
    select {ITEM}
      from treatment_item as item
     where item.plan_id = %(plan_id)s
       and item.id = %(item_id)s
       for update
"""
# The whole order in one statement.
ARRANGE = """
    update treatment_item as item
       set phase = place.phase, position = place.position, choice = place.choice,
           updated_at = transaction_timestamp(), updated_by = app.actor()
      from unnest(%(ids)s::uuid[], %(phases)s::int[], %(choices)s::uuid[]) with ordinality as place (id, phase, choice, position)
     where item.id = place.id
       and (item.phase, item.position, item.choice) is distinct from (place.phase, place.position::int, place.choice)
"""
# Two who bring one finding at once: the second waits here, and sees what the first brought.
PLANNED = """
    select item.id
      from treatment_item as item
     where item.finding_id = any(%(findings)s)
       and item.removed_at is null
     limit 1
"""
IN_TURN = """
    select finding.id
      from finding
     where finding.id = any(%(findings)s)
       and finding.patient_id = %(patient_id)s
       and finding.layer = 'planned'
       and finding.struck_at is null
     order by finding.id
       for no key update
"""
UNDER_WAY = ("in_progress", "performed")


@dataclass(frozen=True)
class NewItem:
    """`price`, another than the list's; `alternative_to`: an item of the plan instead of which this may be done."""

    procedure_id: UUID
    where: Where = field(default_factory=Where)
    phase: int = 1
    visits: int = 1
    price: Money | None = None
    note: str | None = None
    finding_id: UUID | None = None
    alternative_to: UUID | None = None


class Place(NamedTuple):
    """Of an item in the order of the whole plan."""

    item_id: UUID
    phase: int
    choice: UUID | None


@needs("treatment.write")
async def add_items(
    op: Op, *, patient_id: UUID, plan_id: UUID, items: Sequence[NewItem], version: int | None = None
) -> PlanRow:  # fmt: skip
    """All of them or none. Refuses NotOnCareTeam, NoSuchPlan, PlanIsStale, PlanIsArchived, NoSuchProcedure, ProcedureIsArchived,
    PlannedAlready, NoSuchItem, and in words what the procedure asks for and is not said."""
    plan = await hold(op, patient_id, plan_id, version)
    await enter(op, plan, items)
    await changed(op, plan)
    return await get_plan(op, patient_id=patient_id, plan_id=plan_id)


@needs("treatment.write")
async def change_item(
    op: Op, *, patient_id: UUID, plan_id: UUID, item_id: UUID, changes: dict[str, Any], version: int | None = None
) -> PlanRow:  # fmt: skip
    """`changes`: any of procedure_id, where, visits, price, note. What was accepted is asked for anew, unless only the note
    changed. `version` is the plan's. Refuses as `add_items` does, and ItemIsUnderWay."""
    plan = await hold(op, patient_id, plan_id)
    item = await hold_item(op, plan, item_id)
    check_version(plan, version)
    if item.status in UNDER_WAY and set(changes) - {"note"}:
        raise ItemIsUnderWay()
    kept = item._asdict()
    if {"procedure_id", "where", "price"} & set(changes):
        where = changes.get("where") or Where(item.tooth, item.through, item.surfaces, item.quadrant, item.arch)
        other = changes.get("procedure_id", item.procedure_id) != item.procedure_id
        procedure = await _procedure(op, changes.get("procedure_id", item.procedure_id), kept_archived=not other)
        kept |= checked(procedure, where)._asdict()
        if other:
            kept |= _of_procedure(procedure)
        if "price" in changes:
            kept["price"] = _price(op, changes["price"], procedure)
    kept |= {name: changes[name] for name in ("visits", "note") if name in changes}
    same = all(kept[name] == value for name, value in item._asdict().items() if name != "note")
    await op.db.run(CHANGE, **{**kept, "item_id": item_id, "same": same})
    await changed(op, plan)
    return await get_plan(op, patient_id=patient_id, plan_id=plan_id)


@needs("treatment.write")
async def remove_item(op: Op, *, patient_id: UUID, plan_id: UUID, item_id: UUID, version: int | None = None) -> PlanRow:
    """Out of the plan; what was shown and signed keeps it. Refuses NotOnCareTeam, NoSuchPlan, PlanIsStale, PlanIsArchived,
    NoSuchItem, ItemIsRemoved, ItemIsUnderWay."""
    plan = await hold(op, patient_id, plan_id, version)
    item = await hold_item(op, plan, item_id)
    if item.status in UNDER_WAY:
        raise ItemIsUnderWay()
    op.db.with_next(REMOVE, item_id=item_id, at=op.now)
    await changed(op, plan)
    return await get_plan(op, patient_id=patient_id, plan_id=plan_id)


@needs("treatment.write")
async def restore_item(op: Op, *, patient_id: UUID, plan_id: UUID, item_id: UUID, version: int | None = None) -> PlanRow:
    """Refuses NotOnCareTeam, NoSuchPlan, PlanIsStale, PlanIsArchived, NoSuchItem, PlannedAlready."""
    plan = await hold(op, patient_id, plan_id, version)
    item = await op.db.one(TreatmentItem, REMOVED, plan_id=plan_id, item_id=item_id)
    if item is None:
        raise NoSuchItem()
    if item.removed_at:
        if item.finding_id:
            await _not_planned(op, patient_id, [item.finding_id])
        op.db.with_next(REMOVE, item_id=item_id, at=None)
        await changed(op, plan)
    return await get_plan(op, patient_id=patient_id, plan_id=plan_id)


@needs("treatment.write")
async def arrange(
    op: Op, *, patient_id: UUID, plan_id: UUID, places: Sequence[Place], version: int | None = None
) -> PlanRow:  # fmt: skip
    """The order of the whole plan, its phases, and what is instead of what. Refuses NotOnCareTeam, NoSuchPlan, PlanIsStale,
    PlanIsArchived, and an order that is not of exactly its items."""
    plan = await hold(op, patient_id, plan_id, version)
    items = await op.db.all(TreatmentItem, LIVE, plan_id=plan_id)
    if sorted(item.id for item in items) != sorted(place.item_id for place in places):
        raise malformed("/items", "not_all", "Name every item of the plan, each once.")
    op.db.with_next(
        ARRANGE, ids=[place.item_id for place in places], phases=[place.phase for place in places],
        choices=[place.choice for place in places],
    )  # fmt: skip
    await changed(op, plan)
    return await get_plan(op, patient_id=patient_id, plan_id=plan_id)


async def enter(op: Op, plan: HeldPlan, items: Sequence[NewItem]) -> list[TreatmentItem]:
    """Into a plan that is held. Not a door."""
    await _not_planned(op, plan.patient_id, [item.finding_id for item in items if item.finding_id])
    entered = []
    for item in items:
        procedure = await _procedure(op, item.procedure_id)
        choice, phase = None, item.phase
        if item.alternative_to:
            other = await hold_item(op, plan, item.alternative_to)
            choice, phase = other.choice or uuid4(), other.phase
            if other.choice is None:
                op.db.with_next(SET_CHOICE, item_id=other.id, choice=choice)
        made = await op.db.one(
            TreatmentItem, ADD, patient_id=plan.patient_id, plan_id=plan.id, phase=phase, choice=choice, visits=item.visits,
            note=item.note, finding_id=item.finding_id, currency=procedure.currency,
            **checked(procedure, item.where)._asdict(),
            **_of_procedure(procedure) | {"price": _price(op, item.price, procedure)},
        )  # fmt: skip
        assert made
        entered.append(made)
    return entered


def _of_procedure(procedure: catalog.Procedure) -> dict[str, Any]:
    return {
        "procedure_id": procedure.id, "procedure_version_id": procedure.version_id, "code": procedure.code,
        "name": procedure.name, "price": procedure.price, "duration_minutes": procedure.duration_minutes,
    }  # fmt: skip


async def _procedure(op: Op, procedure_id: UUID, *, kept_archived: bool = False) -> catalog.Procedure:
    procedure = await catalog.get_procedure(op, procedure_id=procedure_id)
    if procedure.archived_at and not kept_archived:
        raise ProcedureIsArchived()
    return procedure


def _price(op: Op, price: Money | None, procedure: catalog.Procedure) -> int:
    if price is None:
        return procedure.price
    if price.currency != op.clinic.currency:
        raise malformed("/price/currency", "wrong_currency", f"This clinic's prices are in {op.clinic.currency}.")
    return price.amount


async def _not_planned(op: Op, patient_id: UUID, findings: list[UUID]) -> None:
    """Each is a planned finding of this patient that is in no plan yet; nobody else brings it meanwhile."""
    if not findings:
        return
    there = await op.db.all(_id, IN_TURN, findings=findings, patient_id=patient_id)
    if len(there) != len(set(findings)) or len(set(findings)) != len(findings):
        raise malformed("/finding_id", "not_found", "There is no such planned finding in this patient's chart.")
    if await op.db.value(PLANNED, findings=findings):
        raise PlannedAlready()


def _id(finding_id: UUID) -> UUID:
    return finding_id
