from uuid import UUID

from chairside.kernel.op import Op
from chairside.patients import NoSuchPatient

FAMILY_OF = """
    select coalesce(patient.guarantor_id, patient.id)
      from patient
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
"""


async def family_of(op: Op, *, patient_id: UUID) -> UUID:
    """The one who answers for the patient's bills, often themselves: what makes a family. Refuses patients.NoSuchPatient."""
    family_id: UUID | None = await op.db.value(FAMILY_OF, patient_id=patient_id)
    if family_id is None:
        raise NoSuchPatient()
    return family_id
