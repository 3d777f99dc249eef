from datetime import datetime
from uuid import UUID

from chairside import patients
from chairside.charting.rows import FINDING, Bearing, Chart, Finding
from chairside.kernel.audit import opened
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing

_STRUCK = ("struck_at", "struck_by", "strike_reason")
_SHOWN = ", ".join(
    f"'{column}', case when %(at)s::timestamptz is null or finding.struck_at <= %(at)s then finding.{column} end"
    if column in _STRUCK
    else f"'{column}', finding.{column}"
    for column in Finding._fields
    if column != "patient_id"
)
# One row for the whole chart, and one record that it was opened, also where nothing is written down yet. As of an instant: what
# stood in the record then, whatever was struck or restored since.
CHART = opened(
    f"""
    select patient.id, patient.birth_date, coalesce(dentition.stage, 'by_age') as stage,
           coalesce((select jsonb_agg(jsonb_build_object({_SHOWN}) order by finding.noted_on, finding.id)
                       from finding
                      where finding.patient_id = patient.id
                        and (%(at)s::timestamptz is null or finding.created_at <= %(at)s)), '[]') as findings
      from patient
      left join dentition on dentition.patient_id = patient.id
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
""",
    entity="tooth_chart",
)
GET = opened(
    f"""
    select {FINDING}
      from finding
     where finding.id = %(finding_id)s
       and finding.patient_id = %(patient_id)s
""",
    entity="finding",
    patient="patient_id",
)
# Asked while somebody writes to this chart; what it answers is not shown.
BEARING = """
    select finding.condition, finding.layer, finding.teeth, finding.pontics
      from finding
     where finding.patient_id = %(patient_id)s
       and finding.struck_at is null
       and finding.condition in ('missing', 'extraction', 'unerupted', 'impacted', 'erupted', 'root_remnant', 'implant', 'bridge')
       and finding.layer in ('condition', 'existing', 'existing_other', 'done')
     order by finding.noted_on, finding.id
"""


class NoSuchFinding(Missing):
    """There is no such finding in this chart."""


@needs("charting.read")
async def get_chart(op: Op, *, patient_id: UUID, at: datetime | None = None) -> Chart:
    """With what is struck through. `at`: as the record stood then; who struck what after it is left out.
    Refuses NoSuchPatient, NotOnCareTeam."""
    await patients.check_record(op, patient_id=patient_id)
    chart = await op.db.one(Chart, CHART, patient_id=patient_id, at=at)
    if chart is None:
        raise patients.NoSuchPatient()
    return chart


@needs("charting.read")
async def get_finding(op: Op, *, patient_id: UUID, finding_id: UUID) -> Finding:
    """Refuses NoSuchFinding, NotOnCareTeam."""
    await patients.check_record(op, patient_id=patient_id)
    found = await op.db.one(Finding, GET, finding_id=finding_id, patient_id=patient_id)
    if found is None:
        raise NoSuchFinding()
    return found


async def list_bearing(op: Op, patient_id: UUID) -> list[Bearing]:
    return await op.db.all(Bearing, BEARING, patient_id=patient_id)
