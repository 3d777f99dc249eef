"""The books of two records that become one, or two again."""

from collections.abc import Collection
from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op

HOLD_INVOICES = "select invoice.id from invoice where invoice.patient_id = any(%(patient_ids)s) order by invoice.id for update"
HOLD_CREDITS = "select credit.id from credit where credit.patient_id = any(%(patient_ids)s) order by credit.id for update"
HOLD_CHARGES = "select charge.id from charge where charge.patient_id = any(%(patient_ids)s) order by charge.id for update"


@needs("patients.merge")
async def hold_books(op: Op, *, patient_ids: Collection[UUID]) -> None:
    """Along with the next statement, in the order of whoever moves money (`locks`): nobody pays, bills or refunds meanwhile."""
    whose = list(patient_ids)
    op.db.with_next(HOLD_INVOICES, patient_ids=whose)
    op.db.with_next(HOLD_CREDITS, patient_ids=whose)
    op.db.with_next(HOLD_CHARGES, patient_ids=whose)
