from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from chairside import patients
from chairside.charting.rows import EXAM, TEETH, PerioExam
from chairside.charting.rules import perio
from chairside.kernel.audit import opened, shown
from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing

LIST = shown(
    f"""
    select {EXAM}, {TEETH}
      from perio_exam as exam
     where exam.patient_id = %(patient_id)s
     order by exam.examined_on desc, exam.id desc
""",
    entity="perio_exam",
    patient="patient_id",
)
SOME = shown(
    f"""
    select {EXAM}, {TEETH}
      from perio_exam as exam
     where exam.patient_id = %(patient_id)s
       and exam.id = any(%(exam_ids)s::uuid[])
     order by exam.examined_on, exam.id
""",
    entity="perio_exam",
    patient="patient_id",
)
GET = opened(
    f"""
    select {EXAM}, {TEETH}
      from perio_exam as exam
     where exam.id = %(exam_id)s
       and exam.patient_id = %(patient_id)s
""",
    entity="perio_exam",
    patient="patient_id",
)
# The one before it that stands; asked with the one that is opened, on whose page it is shown.
BEFORE = f"""
    select {EXAM}, {TEETH}
      from perio_exam as this
      join perio_exam as exam on exam.patient_id = this.patient_id
     where this.id = %(exam_id)s
       and this.patient_id = %(patient_id)s
       and exam.status = 'signed'
       and (exam.examined_on, exam.id) < (this.examined_on, this.id)
     order by exam.examined_on desc, exam.id desc
     limit 1
"""
AT_ONCE = 6


class NoSuchPerioExam(Missing):
    """There is no such periodontal exam in this record."""


def mouth_of(exam: PerioExam) -> perio.Mouth:
    return {tooth["tooth"]: perio.Cells.of(tooth) for tooth in exam.teeth}


class Probed(NamedTuple):
    """An exam, and the signed one before it."""

    exam: PerioExam
    before: PerioExam | None


@needs("charting.read")
async def list_exams(op: Op, *, patient_id: UUID) -> list[PerioExam]:
    """The newest first, with what is struck through. Refuses patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam."""
    await patients.get(op, patient_id=patient_id)
    return await op.db.all(PerioExam, LIST, patient_id=patient_id)


@needs("charting.read")
async def get_exam(op: Op, *, patient_id: UUID, exam_id: UUID) -> Probed:
    """Refuses NoSuchPerioExam, NotOnCareTeam."""
    await patients.check_record(op, patient_id=patient_id)
    before = op.db.ahead(PerioExam, BEFORE, patient_id=patient_id, exam_id=exam_id)
    exam = await op.db.one(PerioExam, GET, patient_id=patient_id, exam_id=exam_id)
    if exam is None:
        raise NoSuchPerioExam()
    return Probed(exam, before.one)


@needs("charting.read")
async def compare_exams(op: Op, *, patient_id: UUID, exam_ids: Sequence[UUID]) -> list[PerioExam]:
    """At most six, the first first. Refuses NoSuchPerioExam where one of them is not there, NotOnCareTeam."""
    await patients.check_record(op, patient_id=patient_id)
    exams = await op.db.all(PerioExam, SOME, patient_id=patient_id, exam_ids=array(exam_ids))
    if len(exams) < len(set(exam_ids)):
        raise NoSuchPerioExam()
    return exams
