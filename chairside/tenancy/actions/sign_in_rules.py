"""What a clinic asks of those who work in it: a second factor, and how long a session lasts."""

from datetime import datetime

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.tenancy.actions.clinics import ClinicChanged
from chairside.tenancy.events import ClinicDetailsChanged
from chairside.tenancy.queries.clinics import get_sign_in_rules
from chairside.tenancy.rows import SignInRules

CHANGE = """
    update clinic
       set mfa_from = %(mfa_from)s, mfa_grace_days = %(mfa_grace_days)s, idle_minutes = %(idle_minutes)s,
           session_hours = %(session_hours)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = clinic.version + 1
     where clinic.version = %(version)s
    returning clinic.id
"""
TIGHTEN = "select app.tighten_sessions(app.clinic())"


@needs("security.write")
async def change_sign_in_rules(
    op: Op, *, mfa_from: datetime | None, mfa_grace_days: int, idle_minutes: int | None, session_hours: int | None, version: int
) -> SignInRules:
    """Sessions that are open become as short as it says at once. Who has no second factor when it is due can still add one: the
    account is not the clinic's. Refuses StepUpNeeded, ClinicChanged."""
    op.require_proof()
    before = await get_sign_in_rules(op)
    changed = await op.db.value(
        CHANGE, mfa_from=mfa_from, mfa_grace_days=mfa_grace_days, idle_minutes=idle_minutes, session_hours=session_hours,
        version=version,
    )  # fmt: skip
    if changed is None:
        raise ClinicChanged(version=before.version)
    await op.db.run(TIGHTEN)
    await op.emit(ClinicDetailsChanged(op.clinic.id))
    return await get_sign_in_rules(op)
