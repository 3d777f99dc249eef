from datetime import date
from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.patients.actions.proxies import ADD, array
from chairside.patients.actions.register import register
from chairside.patients.events import ProxiesChanged
from chairside.patients.rows import Patient

SCOPES = ["schedule", "message"]
"""What whoever books for a child may do for them, until somebody has seen a proof and says more."""


@needs("patients.register")
async def register_child(
    op: Op, *, first_name: str, last_name: str, birth_date: date | None, holder_id: UUID | None = None, name: str | None = None,
    phone: str | None = None,
) -> Patient:  # fmt: skip
    """A new patient for whom their parent acts from today until they come of age: a patient (`holder_id`), or somebody with a
    `name` and a `phone`. Refuses what registering refuses."""
    child = await register(op, first_name=first_name, last_name=last_name, birth_date=birth_date)
    op.db.with_next(
        ADD, patient_id=child.id, holder_id=holder_id, name=None if holder_id else name, phone=None if holder_id else phone,
        email=None, relationship="parent", scopes=array(SCOPES), proof=None, starts_on=op.today, ends_on=None,
        ends_at_majority=True,
    )  # fmt: skip
    await op.emit(ProxiesChanged(child.id))
    return child
