from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.errors import ForeignKeyViolation, UniqueViolation

from chairside import patients, scheduling
from chairside.charting.events import PerioChanged
from chairside.charting.queries.charts import list_bearing
from chairside.charting.queries.exams import NoSuchPerioExam, mouth_of
from chairside.charting.rows import CELLS, EXAM, TEETH, PerioExam
from chairside.charting.rules import perio, presence
from chairside.charting.rules.teeth import PERMANENT
from chairside.kernel.db import Jsonb
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Forbidden, Stale, malformed

BEGIN = f"""
    insert into perio_exam as exam (patient_id, examined_on, provider_id, note)
    select patient.id, %(examined_on)s, %(provider_id)s::uuid, %(note)s
      from patient
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
       and not exists (select from perio_exam as other
                        where other.patient_id = patient.id
                          and other.status = 'open')
        on conflict do nothing
    returning {EXAM}, '[]'::jsonb as teeth
"""
OPEN = """
    select exam.id
      from perio_exam as exam
     where exam.patient_id = %(patient_id)s
       and exam.status = 'open'
     order by exam.id
     limit 1
"""
HOLD = f"""
    select {EXAM}, {TEETH}
      from perio_exam as exam
     where exam.id = %(exam_id)s
       and exam.patient_id = %(patient_id)s
       for update of exam
"""
_COLUMNS = ", ".join(CELLS)
# However many sites, one statement: the exam's next version, and its teeth.
MEASURE = f"""
    with held as (
        update perio_exam as exam
           set examined_on = %(examined_on)s, provider_id = %(provider_id)s::uuid, note = %(note)s,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = exam.version + 1
         where exam.id = %(exam_id)s
        returning {EXAM}
    ), said as (
        insert into perio_tooth as tooth (exam_id, patient_id, tooth, {_COLUMNS})
        select held.id, held.patient_id, each.tooth, {", ".join(f"each.{one}" for one in CELLS)}
          from held,
               jsonb_to_recordset(%(teeth)s) as each
                   (tooth text, depth smallint[], margin smallint[], keratinised smallint[], bleeding boolean[],
                    suppuration boolean[], plaque boolean[], calculus boolean[], furcations smallint[], mobility smallint,
                    skipped boolean)
            on conflict on constraint perio_tooth_is_once do update
           set {", ".join(f"{one} = excluded.{one}" for one in CELLS)}
    )
    select {EXAM.replace("exam.", "held.")}, '[]'::jsonb as teeth
      from held
"""
SIGN = f"""
    update perio_exam as exam
       set signed_at = %(at)s, signed_by = app.actor(),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = exam.version + 1
     where exam.id = %(exam_id)s
    returning {EXAM}, {TEETH}
"""
SET_STRUCK = f"""
    update perio_exam as exam
       set struck_at = %(at)s, struck_by = case when %(at)s::timestamptz is not null then app.actor() end,
           strike_reason = %(reason)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = exam.version + 1
     where exam.id = %(exam_id)s
    returning {EXAM}, {TEETH}
"""
_PROBED_NOT = ("missing", "unerupted", "impacted", "pontic")


class PerioExamIsOpen(Conflict):
    """An exam of this patient is open already; go on with that one, or discard it."""


class PerioExamIsSigned(Conflict):
    """This exam is signed and stays as it is; begin a new one."""


class PerioExamIsStruck(Conflict):
    """This exam was discarded; restore it first."""


class PerioExamIsStale(Stale):
    """Somebody else wrote into this exam meanwhile; look at both before you go on."""


class PerioExamIsEmpty(Conflict):
    """Nothing was measured in this exam yet."""


class NotYourPerioExam(Forbidden):
    """Whoever writes for a provider discards only what they began themselves."""


@dataclass(frozen=True)
class Said:
    """What is written into an exam. `head`: of `examined_on`, `provider_id`, `note` those that are said."""

    sites: Sequence[perio.AtSite] = ()
    teeth: Sequence[perio.AtTooth] = ()
    head: dict[str, Any] = field(default_factory=dict)


class Measured(NamedTuple):
    """An exam as it is now, with all of its teeth."""

    exam: PerioExam
    mouth: perio.Mouth


@needs("charting.write", "charting.scribe")
async def begin_exam(op: Op, *, patient_id: UUID, said: Said, skip_absent: bool = True) -> UUID:
    """Teeth that the chart knows to be missing are skipped. Refuses NoSuchPatient, NotOnCareTeam, NoSuchProvider,
    PerioExamIsOpen, and in words what does not fit the teeth."""
    await patients.check_record(op, patient_id=patient_id)
    head = {"examined_on": op.today, "provider_id": None, "note": None} | said.head
    if not op.may("charting.write") and head["provider_id"] is None:
        raise malformed("/provider_id", "required", "Say under whose name this is written down.")
    _check_day(op, head["examined_on"])
    absent: perio.Mouth = {}
    if skip_absent:
        there = presence.presence_of(presence.Found(*each) for each in await list_bearing(op, patient_id))
        absent = {tooth: perio.Cells(skipped=True) for tooth in PERMANENT if there.get(tooth) in _PROBED_NOT}
    wanted = {one.tooth for one in said.sites}  # whoever measures a tooth has seen it
    mouth = _written({tooth: cells for tooth, cells in absent.items() if tooth not in wanted}, said)
    try:
        exam = await op.db.one(PerioExam, BEGIN, patient_id=patient_id, **head)
    except ForeignKeyViolation as error:
        raise scheduling.NoSuchProvider() from error
    if exam is None:
        other = await op.db.value(OPEN, patient_id=patient_id)
        if other is None:
            raise patients.NoSuchPatient()
        raise PerioExamIsOpen(exam_id=other)
    mouth = {tooth: cells for tooth, cells in absent.items() if tooth not in wanted} | mouth
    if mouth:
        await _write(op, exam, head, mouth)
    await op.emit(PerioChanged(patient_id, exam.id))
    return exam.id


@needs("charting.write", "charting.scribe")
async def measure(op: Op, *, patient_id: UUID, exam_id: UUID, version: int, said: Said) -> Measured:
    """Sites and teeth that are not named stay. Lengths in mm. Refuses NoSuchPerioExam, NotOnCareTeam, NoSuchProvider,
    PerioExamIsStale, PerioExamIsSigned, PerioExamIsStruck, and in words what does not fit the teeth."""
    held = await _held(op, patient_id, exam_id, version)
    _check_open(held)
    before = mouth_of(held)
    changed = _written(before, said)
    head = {name: said.head.get(name, getattr(held, name)) for name in ("examined_on", "provider_id", "note")}
    if said.head:
        _check_day(op, head["examined_on"])
        if head["provider_id"] is None and not op.may("charting.write"):
            raise malformed("/provider_id", "required", "Say under whose name this is written down.")
    try:
        exam = await _write(op, held, head, changed)
    except ForeignKeyViolation as error:
        raise scheduling.NoSuchProvider() from error
    await op.emit(PerioChanged(patient_id, exam_id))
    return Measured(exam, before | changed)


@needs("charting.write")
async def sign_exam(op: Op, *, patient_id: UUID, exam_id: UUID, version: int | None = None) -> Measured:
    """Nothing of it changes from now on. Refuses NoSuchPerioExam, NotOnCareTeam, PerioExamIsStale, PerioExamIsSigned,
    PerioExamIsStruck, PerioExamIsEmpty."""
    held = await _held(op, patient_id, exam_id, version)
    _check_open(held)
    if perio.indices_of(perio.exam_of(mouth_of(held))).sites == 0:
        raise PerioExamIsEmpty()
    return await _became(op, await op.db.one(PerioExam, SIGN, exam_id=exam_id, at=op.now) or held)


@needs("charting.write", "charting.scribe")
async def strike_exam(op: Op, *, patient_id: UUID, exam_id: UUID, reason: str, version: int | None = None) -> Measured:
    """Begun by mistake: kept, and struck through. Refuses NoSuchPerioExam, NotOnCareTeam, PerioExamIsStale, PerioExamIsSigned,
    PerioExamIsStruck, NotYourPerioExam."""
    held = await _held(op, patient_id, exam_id, version)
    _check_open(held)
    _check_striking(op, held)
    return await _became(op, await op.db.one(PerioExam, SET_STRUCK, exam_id=exam_id, at=op.now, reason=reason) or held)


@needs("charting.write", "charting.scribe")
async def restore_exam(op: Op, *, patient_id: UUID, exam_id: UUID, version: int | None = None) -> Measured:
    """It is open again. Refuses NoSuchPerioExam, NotOnCareTeam, PerioExamIsStale, PerioExamIsOpen where another was begun,
    NotYourPerioExam."""
    held = await _held(op, patient_id, exam_id, version)
    _check_striking(op, held)
    if held.struck_at is None:
        return Measured(held, mouth_of(held))
    other = await op.db.value(OPEN, patient_id=patient_id)
    if other is not None:
        raise PerioExamIsOpen(exam_id=other)
    try:
        back = await op.db.one(PerioExam, SET_STRUCK, exam_id=exam_id, at=None, reason=None)
    except UniqueViolation as error:
        raise PerioExamIsOpen(exam_id=None) from error
    return await _became(op, back or held)


async def _held(op: Op, patient_id: UUID, exam_id: UUID, version: int | None) -> PerioExam:
    await patients.check_record(op, patient_id=patient_id)
    held = await op.db.one(PerioExam, HOLD, patient_id=patient_id, exam_id=exam_id)
    if held is None:
        raise NoSuchPerioExam()
    if held.signed_at:
        raise PerioExamIsSigned()
    if version not in (None, held.version):
        raise PerioExamIsStale(version=held.version)
    return held


def _check_open(held: PerioExam) -> None:
    if held.struck_at:
        raise PerioExamIsStruck()


def _check_striking(op: Op, held: PerioExam) -> None:
    if not op.may("charting.write") and held.created_by != op.actor.id:
        raise NotYourPerioExam()


def _check_day(op: Op, day: date) -> None:
    if day > op.today:
        raise malformed("/examined_on", "in_the_future", "Nothing is found before its day; choose today or earlier.")


def _written(before: perio.Mouth, said: Said) -> perio.Mouth:
    try:
        return perio.written(before, said.sites, said.teeth)
    except perio.Misfit as misfit:
        raise malformed(misfit.pointer, misfit.code, str(misfit)) from misfit


async def _write(op: Op, held: PerioExam, head: dict[str, Any], mouth: perio.Mouth) -> PerioExam:
    teeth = [{"tooth": tooth, **cells._asdict()} for tooth, cells in sorted(mouth.items())]
    exam = await op.db.one(PerioExam, MEASURE, exam_id=held.id, teeth=Jsonb(teeth), **head)
    return exam or held


async def _became(op: Op, exam: PerioExam) -> Measured:
    await op.emit(PerioChanged(exam.patient_id, exam.id))
    return Measured(exam, mouth_of(exam))
