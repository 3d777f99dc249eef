from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from chairside import patients
from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.labs import rules
from chairside.labs.rows import LabCase

CASE = """
    select lab_case.id, lab_case.patient_id, patient.first_name, patient.last_name, lab_case.laboratory_id,
           laboratory.name as laboratory_name, lab_case.provider_id, provider.name as provider_name, lab_case.appointment_id,
           appointment.starts_at as visit_at, appointment.status as visit_status, lab_case.work, lab_case.teeth, lab_case.shade,
           lab_case.material, lab_case.instructions, lab_case.due_on, lab_case.status,
           coalesce((select jsonb_agg(jsonb_build_object('step', taken.step, 'at', taken.at, 'by', member.name,
                                                         'reason', taken.reason) order by taken.id)
                       from lab_case_step as taken
                       left join membership as member on member.principal_id = taken.created_by
                      where taken.case_id = lab_case.id
                        and taken.undone_at is null), '[]') as steps,
           lab_case.created_at, lab_case.version
      from lab_case
      join patient on patient.id = lab_case.patient_id and patient.deleted_at is null
      join laboratory on laboratory.id = lab_case.laboratory_id
      join provider on provider.id = lab_case.provider_id
      left join appointment on appointment.id = lab_case.appointment_id
"""
GET = opened(
    f"{CASE} where lab_case.id = %(case_id)s and lab_case.patient_id = %(patient_id)s",
    entity="lab_case",
    patient="patient_id",
)
LIST = shown(
    f"""
    {CASE}
     where (lab_case.due_on, lab_case.id) > (%(due_on)s, %(id)s::uuid)
       and lab_case.status = any(%(statuses)s::text[])
       and (%(laboratory_id)s::uuid is null or lab_case.laboratory_id = %(laboratory_id)s)
       and (%(before)s::date is null or lab_case.due_on < %(before)s)
     order by lab_case.due_on, lab_case.id
     limit %(limit)s
""",
    entity="lab_case",
    patient="patient_id",
)
OF_VISIT = shown(
    f"{CASE} where lab_case.appointment_id = %(appointment_id)s order by lab_case.due_on, lab_case.id limit 50",
    entity="lab_case",
    patient="patient_id",
)
OF_PATIENT = shown(
    f"{CASE} where lab_case.patient_id = %(patient_id)s order by lab_case.id desc limit 200",
    entity="lab_case",
    patient="patient_id",
)
FIRST = (date.min, UUID(int=0))
STATUSES = ("planned", "sent", "received", "checked", "returned", "cancelled")


class NoSuchLabCase(Missing):
    """There is no such lab case in this record."""


@needs("labs.track")
async def list_cases(
    op: Op, *, statuses: Sequence[str] = rules.AWAY, laboratory_id: UUID | None = None, overdue: bool = False,
    after: tuple[date, UUID] = FIRST, limit: int = 100,
) -> list[LabCase]:  # fmt: skip
    """Of everybody, by the day on which they are due, going on after one of them; `overdue`: due before today and not
    back. Without clinical words for whoever only follows them."""
    await op.settle()
    found = await op.db.all(
        LabCase, LIST, statuses=[one for one in statuses if not overdue or one in rules.AWAY], laboratory_id=laboratory_id,
        before=op.today if overdue else None, due_on=after[0], id=after[1], limit=limit,
    )  # fmt: skip
    return [seen(op, one) for one in found]


@needs("labs.track")
async def list_of_visit(op: Op, *, appointment_id: UUID) -> list[LabCase]:
    """What must be back for a visit; none of one that is not there."""
    await op.settle()
    return [seen(op, one) for one in await op.db.all(LabCase, OF_VISIT, appointment_id=appointment_id)]


@needs("labs.track")
async def list_of_patient(op: Op, *, patient_id: UUID) -> list[LabCase]:
    """The newest first, at most 200. Refuses patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam."""
    await patients.get(op, patient_id=patient_id)
    return [seen(op, one) for one in await op.db.all(LabCase, OF_PATIENT, patient_id=patient_id)]


@needs("labs.track")
async def get_case(op: Op, *, patient_id: UUID, case_id: UUID) -> LabCase:
    """Refuses NotOnCareTeam, NoSuchLabCase."""
    await patients.check_record(op, patient_id=patient_id)
    found = await op.db.one(LabCase, GET, patient_id=patient_id, case_id=case_id)
    await op.settle()
    if found is None:
        raise NoSuchLabCase()
    return seen(op, found)


def seen(op: Op, case: LabCase) -> LabCase:
    """As whoever asks may see it: the front desk what, of which teeth, where and when. Not a door."""
    if op.may("labs.read"):
        return case
    steps: list[dict[str, Any]] = [{**step, "reason": None} for step in case.steps]
    return case._replace(shade=None, material=None, instructions=None, steps=steps)
