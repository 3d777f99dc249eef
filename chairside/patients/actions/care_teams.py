from uuid import UUID

from psycopg.errors import ForeignKeyViolation

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing, malformed
from chairside.patients.events import CareTeamChanged
from chairside.patients.queries.patients import get

ADD = """
    insert into care_team (patient_id, member_id)
    values (%(patient_id)s, %(member_id)s)
    on conflict (clinic_id, patient_id, member_id) do nothing
    returning care_team.id
"""
REMOVE = """
    delete from care_team
     where care_team.patient_id = %(patient_id)s
       and care_team.member_id = %(member_id)s
    returning care_team.id
"""


class NoSuchTeamMember(Missing):
    """Nobody like that is named on this care team."""


@needs("patients.assign")
async def add_to_care_team(op: Op, *, patient_id: UUID, member_id: UUID) -> None:
    """Whoever is on it already stays. Refuses NoSuchPatient, NotOnCareTeam, a member that is not there."""
    await get(op, patient_id=patient_id)
    try:
        added = await op.db.value(ADD, patient_id=patient_id, member_id=member_id)
    except ForeignKeyViolation as error:
        raise malformed("/member_id", "not_found", "Nobody of that kind works in this clinic.") from error
    if added:
        await op.emit(CareTeamChanged(patient_id))


@needs("patients.assign")
async def remove_from_care_team(op: Op, *, patient_id: UUID, member_id: UUID) -> None:
    """Whoever has a visit stays on it by that. Refuses NoSuchPatient, NotOnCareTeam, NoSuchTeamMember."""
    await get(op, patient_id=patient_id)
    if await op.db.value(REMOVE, patient_id=patient_id, member_id=member_id) is None:
        raise NoSuchTeamMember()
    await op.emit(CareTeamChanged(patient_id))
