from uuid import UUID

from chairside import patients
from chairside.charting.events import ChartChanged
from chairside.kernel.guard import needs
from chairside.kernel.op import Op

SET = """
    insert into dentition (patient_id, stage)
    select patient.id, %(stage)s
      from patient
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
        on conflict on constraint dentition_is_one do update
       set stage = excluded.stage,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = dentition.version + 1
    returning dentition.id
"""


@needs("charting.write", "charting.scribe")
async def set_stage(op: Op, *, patient_id: UUID, stage: str) -> None:
    """`by_age`, primary, mixed or permanent. Refuses NoSuchPatient, NotOnCareTeam."""
    await patients.check_record(op, patient_id=patient_id)
    if await op.db.value(SET, patient_id=patient_id, stage=stage) is None:
        raise patients.NoSuchPatient()
    await op.emit(ChartChanged(patient_id))
