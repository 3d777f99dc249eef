"""Visits of two records that become one, or two again."""

from collections.abc import Collection
from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.scheduling.actions.claims import let_in, queue

# The rows first, the queues after: as whoever changes an appointment does it.
HOLD_VISITS = """
    select appointment.id
      from appointment
     where appointment.patient_id = any(%(patient_ids)s)
     order by appointment.id
       for update
"""


@needs("patients.merge")
async def hold_visits(op: Op, *, patient_ids: Collection[UUID]) -> None:
    """Along with the next statement: their visits stay as they are until this operation ends, and nobody books them meanwhile."""
    op.db.with_next(HOLD_VISITS, patient_ids=list(patient_ids))
    queue(op, patient_ids)


@needs("patients.merge")
async def let_in_waiting(op: Op, *, patient_id: UUID) -> None:
    """Time of theirs was released: what was booked over it, oldest first, has it as far as it now fits."""
    let_in(op, (patient_id,))
