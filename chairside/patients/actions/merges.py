"""Two records of one person, as far as the register goes."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.patients.actions.register import CHANGE, CHANGEABLE, stored
from chairside.patients.rows import PATIENT, Patient

# Whoever books or charges for one of them meanwhile waits here, and then finds the duplicate gone (`app.patient_is_there`).
HOLD_RECORDS = shown(f"""
    select {PATIENT}
      from patient
     where patient.id = any(%(patient_ids)s)
       and (patient.deleted_at is null or patient.merged_into_id is not null)
     order by patient.id
       for update
""")


@needs("patients.merge")
async def hold_records(op: Op, *, patient_ids: Collection[UUID]) -> dict[UUID, Patient]:
    """Those of them who are there, merged ones too; until this operation ends nobody else does anything with them."""
    return {one.id: one for one in await op.db.all(Patient, HOLD_RECORDS, patient_ids=list(patient_ids))}


@needs("patients.merge")
async def rewrite(op: Op, *, patient: Patient, changes: Mapping[str, Any]) -> Patient:
    """Fields among CHANGEABLE become these, as they are; and the patient is found anew by the numbers of those merged into them.
    For whoever holds the record and has looked at its family."""
    wanted = {field: changes.get(field, getattr(patient, field)) for field in CHANGEABLE}
    changed = await op.db.one(Patient, CHANGE, **stored(wanted), patient_id=patient.id, version=patient.version)
    assert changed, "nobody else changes what is held"
    return changed
