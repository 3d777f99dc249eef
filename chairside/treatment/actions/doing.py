"""From what was accepted to a visit, and to what was done: each visit's work once, with its charge and its finding."""

from datetime import date, datetime
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside import charting, scheduling
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import malformed
from chairside.treatment.actions.holding import hold, hold_item
from chairside.treatment.events import PlanChanged, WorkDone, WorkUndone
from chairside.treatment.queries.plans import get_plan
from chairside.treatment.rows import WORK, HeldPlan, PlanRow, TreatmentItem, TreatmentWork
from chairside.treatment.rules.refusals import (
    ItemIsNotAccepted,
    ItemIsPerformed,
    ItemIsScheduled,
    NothingPerformed,
    WorkIsOfVisit,
)
from chairside.treatment.rules.sums import due

COMING = """
    select count(*)
      from treatment_booking as booking
      join appointment as visit on visit.id = booking.appointment_id
     where booking.item_id = %(item_id)s
       and visit.status not in ('cancelled', 'no_show', 'completed')
"""
BOOK = """
    insert into treatment_booking (patient_id, item_id, appointment_id)
    values (%(patient_id)s, %(item_id)s, %(appointment_id)s)
"""
STANDING = f"""
    select {WORK}
      from treatment_work as work
     where work.item_id = %(item_id)s
       and work.undone_at is null
     order by work.number
"""
CHARGING = "select clinic.treatment_charging from clinic"
ADD = f"""
    insert into treatment_work as work
           (patient_id, item_id, number, last, appointment_id, provider_id, done_on, amount, currency, finding_id)
    values (%(patient_id)s, %(item_id)s, %(number)s, %(last)s, %(appointment_id)s::uuid, %(provider_id)s::uuid, %(done_on)s,
            %(amount)s, %(currency)s, %(finding_id)s::uuid)
    returning {WORK}
"""
BECOMES = """
    update treatment_item as item
       set status = %(status)s, updated_at = transaction_timestamp(), updated_by = app.actor(), version = item.version + 1
     where item.id = %(item_id)s
"""
UNDO = """
    update treatment_work as work
       set undone_at = %(at)s, undone_by = app.actor(), version = work.version + 1
     where work.id = %(work_id)s
"""
# Done in the chart by hand, or struck through there: nothing is left to be done to it.
OPEN_FINDING = """
    select finding.id
      from finding
     where finding.id = %(finding_id)s
       and finding.struck_at is null
       and not exists (select from finding as done where done.fulfils_id = finding.id and done.struck_at is null)
"""
STANDS = "select exists (select from finding where finding.id = %(finding_id)s and finding.struck_at is null)"


@needs("scheduling.book", "scheduling.book_own")
async def book_item(
    op: Op, *, patient_id: UUID, plan_id: UUID, item_id: UUID, starts_at: datetime, provider_id: UUID,
    operatory_id: UUID | None = None, duration_minutes: int | None = None, version: int | None = None,
) -> scheduling.Appointment:  # fmt: skip
    """A visit for an item that was accepted, as long as its procedure takes unless said otherwise; `version` is the item's.
    Needs `treatment.read`. Refuses
    NotOnCareTeam, NoSuchPlan, PlanIsArchived, NoSuchItem, ItemIsStale, ItemIsRemoved, ItemIsNotAccepted,
    ItemIsPerformed, ItemIsScheduled, and whatever `scheduling.book` refuses."""
    op.require("treatment.read")
    plan, item = await _held(op, patient_id, plan_id, item_id, version)
    _check_accepted(item)
    coming = int(await op.db.value(COMING, item_id=item_id))
    done = await op.db.all(TreatmentWork, STANDING, item_id=item_id)
    if coming and coming + len(done) >= item.visits:
        raise ItemIsScheduled()
    visit = await scheduling.book(
        op, patient_id=patient_id, starts_at=starts_at, provider_id=provider_id, operatory_id=operatory_id,
        duration_minutes=duration_minutes or item.duration_minutes, notes=_said(item),
    )  # fmt: skip
    op.db.with_next(BOOK, patient_id=patient_id, item_id=item_id, appointment_id=visit.id)
    await op.emit(PlanChanged(plan.id, patient_id))
    return visit


@needs("treatment.write")
async def perform(
    op: Op, *, patient_id: UUID, plan_id: UUID, item_id: UUID, done_on: date | None = None, provider_id: UUID | None = None,
    finished: bool = False, version: int | None = None,
) -> PlanRow:  # fmt: skip
    """The next visit's work, or with `finished` the last; its planned finding is done with the last, and what is due is charged.
    `version` is the item's. Refuses NotOnCareTeam, NoSuchPlan, PlanIsArchived, NoSuchItem, ItemIsStale, ItemIsRemoved,
    ItemIsNotAccepted, ItemIsPerformed, NoSuchProvider."""
    plan, item = await _held(op, patient_id, plan_id, item_id, version)
    if done_on and done_on > op.today:
        raise malformed("/done_on", "in_the_future", "Nothing is done before its day; choose today or earlier.")
    if provider_id:
        await scheduling.get_provider(op, provider_id=provider_id)
    work = await work_on(op, plan, item, done_on=done_on or op.today, provider_id=provider_id, finished=finished)
    await op.emit(WorkDone(work.id, patient_id))
    return await get_plan(op, patient_id=patient_id, plan_id=plan_id)


@needs("treatment.write")
async def undo_performing(
    op: Op, *, patient_id: UUID, plan_id: UUID, item_id: UUID, version: int | None = None
) -> PlanRow:  # fmt: skip
    """The last work on it was a mistake: its charge and its finding go back with it. `version` is the item's. Refuses
    NotOnCareTeam, NoSuchPlan, PlanIsArchived, NoSuchItem, ItemIsStale, NothingPerformed, WorkIsOfVisit, and
    billing.ChargeAlreadyBilled where it is on an invoice."""
    plan, item = await _held(op, patient_id, plan_id, item_id, version)
    done = await op.db.all(TreatmentWork, STANDING, item_id=item_id)
    if not done:
        raise NothingPerformed()
    if done[-1].appointment_id:
        raise WorkIsOfVisit()
    await take_back(op, plan, item, done)
    await op.emit(WorkUndone(done[-1].id, patient_id))
    return await get_plan(op, patient_id=patient_id, plan_id=plan_id)


async def work_on(
    op: Op, plan: HeldPlan, item: TreatmentItem, *, done_on: date, provider_id: UUID | None, finished: bool = False,
    appointment_id: UUID | None = None,
) -> TreatmentWork:  # fmt: skip
    """Of an item that is held; nothing is charged yet. Not a door."""
    _check_accepted(item)
    done = await op.db.all(TreatmentWork, STANDING, item_id=item.id)
    number = done[-1].number + 1 if done else 1
    last = finished or number >= item.visits
    charging: str = await op.db.value(CHARGING)
    amount = due(
        charging, price=item.price, visits=item.visits, number=number, last=last, charged=sum(work.amount for work in done)
    )
    finding_id = await _fulfilled(op, item, done_on, provider_id) if last else None
    try:
        work = await op.db.one(
            TreatmentWork, ADD, patient_id=item.patient_id, item_id=item.id, number=number, last=last,
            appointment_id=appointment_id, provider_id=provider_id, done_on=done_on, amount=amount, currency=item.currency,
            finding_id=finding_id,
        )  # fmt: skip
    except UniqueViolation as error:
        raise ItemIsPerformed() from error
    assert work
    op.db.with_next(BECOMES, item_id=item.id, status="performed" if last else "in_progress")
    await op.emit(PlanChanged(plan.id, item.patient_id))
    return work


async def take_back(op: Op, plan: HeldPlan, item: TreatmentItem, done: list[TreatmentWork]) -> None:
    """The last of what was done, save its charge. Not a door."""
    work = done[-1]
    op.db.with_next(UNDO, work_id=work.id, at=op.now)
    op.db.with_next(BECOMES, item_id=item.id, status="in_progress" if len(done) > 1 else "accepted")
    if work.finding_id and await op.db.value(STANDS, finding_id=work.finding_id):
        await charting.strike(op, patient_id=item.patient_id, finding_id=work.finding_id, reason="taken back in the plan")
    await op.emit(PlanChanged(plan.id, item.patient_id))


async def _held(
    op: Op, patient_id: UUID, plan_id: UUID, item_id: UUID, version: int | None
) -> tuple[HeldPlan, TreatmentItem]:  # fmt: skip
    plan = await hold(op, patient_id, plan_id)
    return plan, await hold_item(op, plan, item_id, version)


async def _fulfilled(op: Op, item: TreatmentItem, done_on: date, provider_id: UUID | None) -> UUID | None:
    if item.finding_id is None or await op.db.value(OPEN_FINDING, finding_id=item.finding_id) is None:
        return None
    made = await charting.fulfil(
        op, patient_id=item.patient_id, finding_id=item.finding_id, done_on=done_on, provider_id=provider_id
    )
    return made.findings[0].id


def _check_accepted(item: TreatmentItem) -> None:
    if item.status == "performed":
        raise ItemIsPerformed()
    if item.status not in ("accepted", "in_progress"):
        raise ItemIsNotAccepted()


def _said(item: TreatmentItem) -> str:
    """Procedure, tooth and surface: what the front desk may know."""
    row = f"{item.tooth}\u2013{item.through}" if item.through else item.tooth
    return " ".join(part for part in (item.name, row, "".join(item.surfaces)) if part)
