from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chairside import patients, scheduling
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale, malformed
from chairside.labs import rules
from chairside.labs.events import LabCaseChanged
from chairside.labs.queries.cases import NoSuchLabCase, get_case
from chairside.labs.queries.laboratories import NoSuchLaboratory, get_laboratory
from chairside.labs.rows import HeldCase, LabCase, LastStep

PLAN = """
    insert into lab_case (patient_id, laboratory_id, provider_id, appointment_id, work, teeth, shade, material,
    instructions, due_on) select patient.id, %(laboratory_id)s, %(provider_id)s, %(appointment_id)s::uuid, %(work)s,
    %(teeth)s::text[], %(shade)s,
           %(material)s, %(instructions)s, %(due_on)s
      from patient
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
    returning lab_case.id
"""
HOLD = f"""
    select {", ".join(f"lab_case.{column}" for column in HeldCase._fields)}
      from lab_case
     where lab_case.id = %(case_id)s
       and lab_case.patient_id = %(patient_id)s
       for update
"""
CHANGE = """
    update lab_case
       set laboratory_id = %(laboratory_id)s, provider_id = %(provider_id)s, appointment_id = %(appointment_id)s::uuid,
           work = %(work)s, teeth = %(teeth)s::text[], shade = %(shade)s, material = %(material)s,
           instructions = %(instructions)s, due_on = %(due_on)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = lab_case.version + 1
     where lab_case.id = %(case_id)s
"""
STAND = """
    update lab_case
       set status = %(status)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = lab_case.version + 1
     where lab_case.id = %(case_id)s
"""
TAKE = """
    insert into lab_case_step (patient_id, case_id, step, before, at, reason)
    values (%(patient_id)s, %(case_id)s, %(step)s, %(before)s, %(at)s, %(reason)s)
"""
LAST = """
    select taken.id, taken.step, taken.before
      from lab_case_step as taken
     where taken.case_id = %(case_id)s
       and taken.undone_at is null
     order by taken.id desc
     limit 1
"""
UNDO = "update lab_case_step set undone_at = %(at)s, undone_by = app.actor() where lab_case_step.id = %(step_id)s"
SENT = """
    select min(taken.at) as at
      from lab_case_step as taken
     where taken.case_id = %(case_id)s
       and taken.step = 'sent'
       and taken.undone_at is null
"""


class LabCaseIsStale(Stale):
    """Somebody changed this lab case while you were editing."""


class LabCaseIsClosed(Conflict):
    """This lab case is closed and does not change any more; plan another."""


class LabStepDoesNotFollow(Conflict):
    """The lab case stands where this step does not follow; somebody may have been faster."""


class NoLabStep(Conflict):
    """Nothing has become of this lab case yet that could be taken back."""


class DueBeforeSent(Conflict):
    """It would be due before it is sent; say another day first."""


@needs("labs.write")
async def plan_case(op: Op, *, patient_id: UUID, facts: Mapping[str, Any]) -> LabCase:
    """`facts`: laboratory_id, provider_id, appointment_id, work, teeth, shade, material, instructions, due_on. Without a
    day it is due after the laboratory's usual days. Refuses NoSuchPatient, NotOnCareTeam, NoSuchAppointment, and in words
    a laboratory or a provider who is not there and a day that is past."""
    await patients.check_record(op, patient_id=patient_id)
    said = dict(facts)
    usual_days = await _check_links(op, patient_id, said)
    said["due_on"] = said["due_on"] or op.today + timedelta(days=usual_days)
    _check_due(said["due_on"], op.today)
    case_id: UUID | None = await op.db.value(PLAN, patient_id=patient_id, **said)
    if case_id is None:
        raise patients.NoSuchPatient()
    await op.emit(LabCaseChanged(case_id, patient_id))
    return await get_case(op, patient_id=patient_id, case_id=case_id)


@needs("labs.write")
async def change_case(op: Op, *, patient_id: UUID, case_id: UUID, version: int, changes: dict[str, Any]) -> LabCase:
    """Until it is checked or cancelled. Refuses NotOnCareTeam, NoSuchLabCase, LabCaseIsStale, LabCaseIsClosed, and what plan_case
    does."""
    held = await _hold(op, patient_id, case_id, version)
    if held.status in rules.CLOSED:
        raise LabCaseIsClosed()
    names = ("laboratory_id", "provider_id", "appointment_id", "work", "teeth", "shade", "material", "instructions", "due_on")
    facts = {name: changes.get(name, getattr(held, name)) for name in names}
    await _check_links(op, patient_id, facts, held)
    if facts["due_on"] != held.due_on:
        sent = await op.db.value(SENT, case_id=case_id)
        _check_due(facts["due_on"], sent.astimezone(op.clinic.zone).date() if sent else op.today)
    await op.db.run(CHANGE, case_id=case_id, **facts)
    return await _became(op, held)


@needs("labs.track")
async def take_step(
    op: Op, *, patient_id: UUID, case_id: UUID, step: str, reason: str | None = None, version: int | None = None
) -> LabCase:
    """`sent`, `received`, `checked`, `returned` to the laboratory, `cancelled`; of whoever only follows cases, the first
    two. Refuses NotAllowed, NotOnCareTeam, NoSuchLabCase, LabCaseIsStale, LabStepDoesNotFollow, DueBeforeSent."""
    held = await _hold(op, patient_id, case_id, version)
    _may_take(op, step)
    if not rules.may_follow(step, held.status):
        raise LabStepDoesNotFollow()
    if step == "sent" and held.due_on < op.today:
        raise DueBeforeSent()
    await op.db.run(
        TAKE, patient_id=patient_id, case_id=case_id, step=step, before=held.status, at=op.now, reason=reason or None
    )  # fmt: skip
    await op.db.run(STAND, case_id=case_id, status=step)
    return await _became(op, held)


@needs("labs.track")
async def take_step_back(op: Op, *, patient_id: UUID, case_id: UUID, version: int | None = None) -> LabCase:
    """The last one; it stands as before, and that it did not stays on record. Refuses NotAllowed, NotOnCareTeam, NoSuchLabCase,
    LabCaseIsStale, NoLabStep."""
    held = await _hold(op, patient_id, case_id, version)
    last = await op.db.one(LastStep, LAST, case_id=case_id)
    if last is None:
        raise NoLabStep()
    _may_take(op, last.step)
    await op.db.run(UNDO, step_id=last.id, at=op.now)
    await op.db.run(STAND, case_id=case_id, status=last.before)
    return await _became(op, held)


def _may_take(op: Op, step: str) -> None:
    if step not in rules.TRACKED:
        op.require("labs.write")


def _check_due(due_on: date, earliest: date) -> None:
    if due_on < earliest:
        raise malformed("/due_on", "before_sent", "It cannot be due before it is sent.")


async def _check_links(op: Op, patient_id: UUID, facts: Mapping[str, Any], held: HeldCase | None = None) -> int:
    """The usual days of the laboratory."""
    try:
        laboratory = await get_laboratory(op, laboratory_id=facts["laboratory_id"])
        await scheduling.get_provider(op, provider_id=facts["provider_id"])
    except NoSuchLaboratory as error:
        raise malformed("/laboratory_id", "not_found", "There is no such laboratory in this clinic.") from error
    except scheduling.NoSuchProvider as error:
        raise malformed("/provider_id", "not_found", "There is no such provider in this clinic.") from error
    if not laboratory.active and (held is None or held.laboratory_id != laboratory.id):
        raise malformed("/laboratory_id", "not_active", "This laboratory does not work for the clinic any more.")
    appointment_id = facts["appointment_id"]
    if appointment_id and (held is None or held.appointment_id != appointment_id):
        visit = await scheduling.get_appointment(op, appointment_id=appointment_id)
        if visit.patient_id != patient_id:
            raise scheduling.NoSuchAppointment()
    return laboratory.usual_days


async def _hold(op: Op, patient_id: UUID, case_id: UUID, version: int | None) -> HeldCase:
    await patients.check_record(op, patient_id=patient_id)
    held = await op.db.one(HeldCase, HOLD, case_id=case_id, patient_id=patient_id)
    await op.settle()
    if held is None:
        raise NoSuchLabCase()
    if version not in (None, held.version):
        raise LabCaseIsStale(version=held.version)
    return held


async def _became(op: Op, held: HeldCase) -> LabCase:
    await op.emit(LabCaseChanged(held.id, held.patient_id))
    return await get_case(op, patient_id=held.patient_id, case_id=held.id)
