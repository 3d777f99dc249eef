from uuid import UUID

from chairside import billing, history, patients, scheduling
from chairside.kernel.db import Jsonb
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Refusal, malformed
from chairside.merging import rules
from chairside.merging.events import MergeTakenApart, PatientsMerged
from chairside.merging.queries import Preview, count_moving, find, find_standing, find_ties, list_clashes
from chairside.merging.rows import PatientMerge

# Merges of a clinic one after the other: each looks at what the one before left.
IN_TURN = "select pg_advisory_xact_lock(hashtextextended('merging ' || app.clinic()::text, 0))"
# Found by the duplicate's number, too, and by those that it took in itself.
RECORD = """
    insert into patient_merge (patient_id, duplicate_id, before, after, search)
    values (%(patient_id)s, %(duplicate_id)s, %(before)s, %(after)s,
            %(search)s || coalesce((select string_agg(former.search, '' order by former.id)
                                      from patient_merge as former
                                     where former.patient_id = %(duplicate_id)s
                                       and former.undone_at is null), ''))
    returning patient_merge.id
"""
MOVE = """
    select app.move_relations(%(merge_id)s, %(back)s), app.move_visits(%(merge_id)s, %(back)s),
           app.move_books(%(merge_id)s, %(back)s), app.move_letters(%(merge_id)s, %(back)s),
           app.move_recalls(%(merge_id)s, %(back)s), app.move_proxies(%(merge_id)s, %(back)s),
           app.move_messages(%(merge_id)s, %(back)s), app.move_offers(%(merge_id)s, %(back)s),
           app.move_series(%(merge_id)s, %(back)s), app.move_charts(%(merge_id)s, %(back)s),
           app.move_perio(%(merge_id)s, %(back)s), app.move_notes(%(merge_id)s, %(back)s),
           app.move_prescriptions(%(merge_id)s, %(back)s), app.move_lab_cases(%(merge_id)s, %(back)s),
           app.move_history(%(merge_id)s, %(back)s), app.move_plans(%(merge_id)s, %(back)s),
           app.move_images(%(merge_id)s, %(back)s)
"""
TAKE_APART = """
    update patient_merge
       set undone_at = %(now)s, undone_by = app.actor()
     where patient_merge.id = %(merge_id)s
"""
# An invoice, charge or payment that came along has another version than then, or is gone; or something was charged since for a
# visit that came along.
BUILT_ON = """
    select array(
        select distinct move.table_name
          from patient_merge_move as move
          left join invoice on move.table_name = 'invoice' and invoice.id = move.row_id
          left join charge on move.table_name = 'charge' and charge.id = move.row_id
          left join credit on move.table_name = 'credit' and credit.id = move.row_id
         where move.merge_id = %(merge_id)s
           and move.version is not null
           and move.version is distinct from coalesce(invoice.version, charge.version, credit.version)
         union
        select 'appointment'
          from patient_merge_move as move
          join charge on charge.appointment_id = move.row_id
         where move.merge_id = %(merge_id)s
           and move.table_name = 'appointment'
           and charge.reversed_at is null
           and not exists (select
                             from patient_merge_move as along
                            where along.merge_id = move.merge_id
                              and along.table_name = 'charge'
                              and along.row_id = charge.id)
         order by 1)
"""
# A family is one step deep, also after this.
FAMILIES_BROKEN = """
    select exists (select
                     from patient as dependent
                     join patient as payer on payer.id = dependent.guarantor_id
                    where (dependent.id = any(%(patient_ids)s) or payer.id = any(%(patient_ids)s))
                      and dependent.deleted_at is null
                      and (payer.guarantor_id is not null or payer.deleted_at is not null))
"""


class MergedIntoArchived(Conflict):
    """The record that would stay is archived; restore it first, or merge the other way round."""


class VisitsAtTheSameTime(Conflict):
    """Both records have a visit at the same time; move or cancel one of the two first."""


class FamiliesDiffer(Conflict):
    """One of the two answers for others' bills while somebody else would answer for the one that stays; settle that first."""


class MergeIsBuiltOn(Conflict):
    """Invoices, payments, charges or the family that came along were worked on since, and cannot be told apart any more."""


@needs("patients.merge")
async def preview(op: Op, *, patient_id: UUID, duplicate_id: UUID) -> Preview:
    """What merging would come to. Refuses patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam, and a record with itself."""
    _check_two(patient_id, duplicate_id)
    patient = await patients.get(op, patient_id=patient_id)
    duplicate = await patients.get(op, patient_id=duplicate_id)
    return await _plan(op, patient, duplicate, {})


@needs("patients.merge")
async def merge(
    op: Op, *, patient_id: UUID, duplicate_id: UUID, keep: rules.Keep | None = None, version: int | None = None
) -> PatientMerge:
    """Everything of the duplicate's becomes the patient's; the duplicate stays as a row that says so. `keep` names fields whose
    value is the duplicate's, or of contacts and the note both; `version` is the patient's. Merged already: answers that.
    Refuses patients.NoSuchPatient, PatientIsMerged, PatientIsStale, NotOnCareTeam, MergedIntoArchived, VisitsAtTheSameTime,
    FamiliesDiffer, and a duplicate that is not there or the same."""
    _check_two(patient_id, duplicate_id)
    for id in (patient_id, duplicate_id):
        await patients.check_record(op, patient_id=id)
    held = await _hold(op, patient_id, duplicate_id)
    if patient_id not in held:
        raise patients.NoSuchPatient()
    if duplicate_id not in held:
        raise malformed("/duplicate_id", "not_found", "There is no such patient in this clinic.")
    patient, duplicate = held[patient_id], held[duplicate_id]
    if before := await find_standing(op, patient_id=patient_id, duplicate_id=duplicate_id):
        return before
    for one in (patient, duplicate):
        if one.merged_into_id:
            raise patients.PatientIsMerged(merged_into_id=one.merged_into_id)
    if version not in (None, patient.version):
        raise patients.PatientIsStale(version=patient.version)
    plan = await _plan(op, patient, duplicate, keep or {})
    if plan.obstacles:
        raise plan.obstacles[0]
    changes = rules.changes(patient, duplicate, plan.kept)
    merge_id: UUID = await op.db.value(
        RECORD, patient_id=patient_id, duplicate_id=duplicate_id, search=patients.number_words(duplicate.register_number),
        before=Jsonb({field: rules.plain(getattr(patient, field)) for field in changes}),
        after=Jsonb({field: rules.plain(value) for field, value in changes.items()}),
    )  # fmt: skip
    await op.db.run(MOVE, merge_id=merge_id, back=False)
    await patients.rewrite(op, patient=patient, changes=changes)
    await history.take_stock(op, patient_ids=(patient_id, duplicate_id))
    await op.emit(PatientsMerged(merge_id, patient_id, duplicate_id))
    return await find(op, patient_id=patient_id, merge_id=merge_id)


@needs("patients.merge")
async def take_apart(op: Op, *, patient_id: UUID, merge_id: UUID) -> None:
    """Every row that came along goes back, and fields that nobody changed since are as they were; what was made since stays with
    the patient. Taken apart before: nothing happens.
    Refuses NoSuchMerge, MergeIsBuiltOn, patients.PatientIsMerged, NotOnCareTeam."""
    await patients.check_record(op, patient_id=patient_id)
    op.db.with_next(IN_TURN)
    found = await find(op, patient_id=patient_id, merge_id=merge_id)
    if found.undone_at:
        return
    held = await _hold(op, patient_id, found.duplicate_id)
    patient = held[patient_id]
    if patient.merged_into_id:
        raise patients.PatientIsMerged(merged_into_id=patient.merged_into_id)
    if built_on := await op.db.value(BUILT_ON, merge_id=merge_id):
        raise MergeIsBuiltOn(kinds=built_on)
    await op.db.run(MOVE, merge_id=merge_id, back=True)
    await op.db.run(TAKE_APART, merge_id=merge_id, now=op.now)
    await patients.rewrite(op, patient=patient, changes=rules.restored(patient, found.before, found.after))
    if await op.db.value(FAMILIES_BROKEN, patient_ids=[patient_id, found.duplicate_id]):
        raise MergeIsBuiltOn(kinds=["guarantor"])
    await scheduling.let_in_waiting(op, patient_id=patient_id)
    await history.take_stock(op, patient_ids=(patient_id, found.duplicate_id))
    await op.emit(MergeTakenApart(merge_id, patient_id, found.duplicate_id))


async def _hold(op: Op, *patient_ids: UUID) -> dict[UUID, patients.Patient]:
    """In one order with everybody else: visits before the queues of those who have them, invoices before credits before charges,
    and the patients, at whom every new row of theirs waits, last."""
    op.db.with_next(IN_TURN)
    await scheduling.hold_visits(op, patient_ids=patient_ids)
    await billing.hold_books(op, patient_ids=patient_ids)
    return await patients.hold_records(op, patient_ids=patient_ids)


async def _plan(op: Op, patient: patients.Patient, duplicate: patients.Patient, keep: rules.Keep) -> Preview:
    two = {"patient_id": patient.id, "duplicate_id": duplicate.id}
    ties = await find_ties(op, **two)
    sides = rules.kept(patient, duplicate, ties, keep)
    guarantor_id = rules.changes(patient, duplicate, sides).get("guarantor_id", patient.guarantor_id)
    obstacles: list[Refusal] = []
    if patient.archived_at:
        obstacles.append(MergedIntoArchived())
    if rules.families_differ(guarantor_id, ties):
        obstacles.append(FamiliesDiffer())
    if clashes := await list_clashes(op, **two):
        obstacles.append(VisitsAtTheSameTime(visits=[clash._asdict() for clash in clashes]))
    moving = await count_moving(op, **two)
    return Preview(patient, duplicate, sides, rules.differing(patient, duplicate), moving, obstacles)


def _check_two(patient_id: UUID, duplicate_id: UUID) -> None:
    if patient_id == duplicate_id:
        raise malformed("/duplicate_id", "self", "A record cannot be merged with itself; choose another.")
