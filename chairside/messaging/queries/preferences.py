from uuid import UUID

from chairside import patients
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.messaging.rows import PREFERENCE, UNSAID, ContactPreference

OF = f"select {PREFERENCE} from contact_preference where contact_preference.patient_id = %(patient_id)s"
STOPPED = """
    select exists (select from stopped_number
                    where stopped_number.number = %(number)s
                      and stopped_number.lifted_at is null)
"""


@needs("messages.read")
async def get_preference(op: Op, *, patient_id: UUID) -> ContactPreference:
    """Refuses patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam."""
    await patients.get(op, patient_id=patient_id)
    return await preference_of(op, patient_id)


async def preference_of(op: Op, patient_id: UUID) -> ContactPreference:
    """Not a door."""
    return await op.db.one(ContactPreference, OF, patient_id=patient_id) or UNSAID


async def is_stopped(op: Op, *, number: str) -> bool:
    """Whoever has this number answered STOP. Not a door."""
    return bool(await op.db.value(STOPPED, number=number))
