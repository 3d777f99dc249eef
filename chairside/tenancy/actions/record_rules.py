"""Whose business a patient's record is: everybody's whose role reads patients, or their care team's."""

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.tenancy.actions.clinics import ClinicChanged
from chairside.tenancy.events import ClinicDetailsChanged
from chairside.tenancy.queries.clinics import get_record_rules
from chairside.tenancy.rows import RecordRules

CHANGE = """
    update clinic
       set care_teams = %(care_teams)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = clinic.version + 1
     where clinic.version = %(version)s
    returning clinic.care_teams, clinic.version
"""


@needs("security.write")
async def change_record_rules(op: Op, *, care_teams: bool, version: int) -> RecordRules:
    """From everybody's next request on. Refuses StepUpNeeded, ClinicChanged."""
    op.require_proof()
    changed = await op.db.one(RecordRules, CHANGE, care_teams=care_teams, version=version)
    if changed is None:
        raise ClinicChanged(version=(await get_record_rules(op)).version)
    await op.emit(ClinicDetailsChanged(op.clinic.id))
    return changed
