from typing import NamedTuple
from uuid import UUID

from chairside import patients
from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing, Refusal
from chairside.merging.rows import Clash, Merged, Moving, PatientMerge, Ties
from chairside.merging.rules import Field, Side

MERGE = ", ".join(f"patient_merge.{column}" for column in PatientMerge._fields)
FIND = f"""
    select {MERGE}
      from patient_merge
     where patient_merge.id = %(merge_id)s
       and patient_merge.patient_id = %(patient_id)s
"""
FIND_STANDING = f"""
    select {MERGE}
      from patient_merge
     where patient_merge.patient_id = %(patient_id)s
       and patient_merge.duplicate_id = %(duplicate_id)s
       and patient_merge.undone_at is null
"""
LIST = shown(
    """
    select merge.id, merge.duplicate_id, duplicate.register_number, duplicate.first_name, duplicate.last_name,
           duplicate.birth_date, merge.created_at as merged_at, coalesce(person.name, program.name) as merged_by
      from patient_merge as merge
      join patient as duplicate on duplicate.id = merge.duplicate_id
      left join membership as person on person.principal_id = merge.created_by
      left join service_account as program on program.id = merge.created_by
     where merge.patient_id = %(patient_id)s
       and merge.undone_at is null
     order by merge.id desc
     limit 100
""",
    patient="duplicate_id",
)
COUNTS = """
    select (select count(*) from appointment where appointment.patient_id = %(duplicate_id)s) as visits,
           (select count(*) from charge where charge.patient_id = %(duplicate_id)s) as charges,
           (select count(*) from invoice where invoice.patient_id = %(duplicate_id)s) as invoices,
           (select count(*) from credit where credit.patient_id = %(duplicate_id)s and credit.kind = 'payment') as payments,
           (select count(*) from message where message.patient_id = %(duplicate_id)s) as letters,
           (select count(*)
              from recall
             where recall.patient_id = %(duplicate_id)s
               and not (recall.closed_at is null
                        and recall.type_id in (select other.type_id
                                                 from recall as other
                                                where other.patient_id = %(patient_id)s
                                                  and other.closed_at is null))) as recalls,
           (select count(*)
              from finding
             where finding.patient_id = %(duplicate_id)s
               and finding.struck_at is null) as findings,
           (select count(*) from perio_exam where perio_exam.patient_id = %(duplicate_id)s) as perio_exams,
           (select count(*)
              from note
             where note.patient_id = %(duplicate_id)s
               and note.struck_at is null) as notes,
           (select count(*)
              from prescription
             where prescription.patient_id = %(duplicate_id)s
               and prescription.cancelled_at is null) as prescriptions,
           (select count(*)
              from lab_case
             where lab_case.patient_id = %(duplicate_id)s
               and lab_case.status <> 'cancelled') as lab_cases,
           (select count(*) from treatment_plan where treatment_plan.patient_id = %(duplicate_id)s) as treatment_plans,
           (select count(*)
              from image
             where image.patient_id = %(duplicate_id)s
               and image.struck_at is null) as images,
           (select count(*) from waitlist_entry as entry where entry.patient_id = %(duplicate_id)s) as waiting,
           (select count(*)
              from care_team
             where care_team.patient_id = %(duplicate_id)s
               and care_team.member_id not in (select other.member_id
                                                 from care_team as other
                                                where other.patient_id = %(patient_id)s)) as team_members,
           (select count(*)
              from patient
             where patient.guarantor_id = %(duplicate_id)s
               and patient.id <> %(patient_id)s
               and patient.deleted_at is null) as dependents
"""
# Of the time to come: nobody books into the past.
CLASHES = """
    select mine.appointment_id, theirs.appointment_id as duplicate_appointment_id, greatest(mine.starts_at, theirs.starts_at)
      from claim as theirs
      join claim as mine
        on mine.resource_id = %(patient_id)s
       and mine.starts_at < theirs.ends_at
       and mine.ends_at > theirs.starts_at
     where theirs.resource_id = %(duplicate_id)s
       and theirs.active
       and mine.active
       and theirs.starts_at > %(now)s::timestamptz - interval '24 hours'
       and mine.starts_at > %(now)s::timestamptz - interval '24 hours'
       and least(mine.ends_at, theirs.ends_at) > %(now)s
       and mine.appointment_id is not null
       and theirs.appointment_id is not null
     order by 3
     limit 20
"""
TIES = """
    select exists (select from patient as dependent
                    where dependent.guarantor_id = %(patient_id)s
                      and dependent.id <> %(duplicate_id)s
                      and dependent.deleted_at is null) as patient_answers,
           exists (select from patient as dependent
                    where dependent.guarantor_id = %(duplicate_id)s
                      and dependent.id <> %(patient_id)s
                      and dependent.deleted_at is null) as duplicate_answers
"""


class NoSuchMerge(Missing):
    """There is no such merge of this patient."""


class Preview(NamedTuple):
    """What a merge would come to: whose value each field has in the end, what goes along, what stands in the way."""

    patient: patients.Patient
    duplicate: patients.Patient
    kept: dict[Field, Side]
    differing: frozenset[Field]
    moving: Moving
    obstacles: list[Refusal]


@needs("patients.read")
async def list_merges(op: Op, *, patient_id: UUID) -> list[Merged]:
    """Who was merged into this patient and still is, the latest first. Refuses NoSuchPatient, NotOnCareTeam."""
    await patients.look_up(op, patient_id=patient_id)
    return await op.db.all(Merged, LIST, patient_id=patient_id)


async def find(op: Op, *, patient_id: UUID, merge_id: UUID) -> PatientMerge:
    """Refuses NoSuchMerge."""
    found = await op.db.one(PatientMerge, FIND, patient_id=patient_id, merge_id=merge_id)
    if found is None:
        raise NoSuchMerge()
    return found


async def find_standing(op: Op, *, patient_id: UUID, duplicate_id: UUID) -> PatientMerge | None:
    return await op.db.one(PatientMerge, FIND_STANDING, patient_id=patient_id, duplicate_id=duplicate_id)


async def count_moving(op: Op, *, patient_id: UUID, duplicate_id: UUID) -> Moving:
    found = await op.db.one(Moving, COUNTS, patient_id=patient_id, duplicate_id=duplicate_id)
    assert found
    return found


async def list_clashes(op: Op, *, patient_id: UUID, duplicate_id: UUID) -> list[Clash]:
    return await op.db.all(Clash, CLASHES, patient_id=patient_id, duplicate_id=duplicate_id, now=op.now)


async def find_ties(op: Op, *, patient_id: UUID, duplicate_id: UUID) -> Ties:
    found = await op.db.one(Ties, TIES, patient_id=patient_id, duplicate_id=duplicate_id)
    assert found
    return found
