from typing import NamedTuple
from uuid import UUID

from chairside import history, patients
from chairside.history import HistoryEntry
from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.prescribing.rows import Prescription
from chairside.prescribing.rules import drugs, papers
from chairside.prescribing.rules.warnings import Known, Warning, warnings

PRESCRIPTION = """
    select prescription.id, prescription.patient_id, prescription.provider_id, provider.name as provider_name, prescription.drug,
           prescription.form, prescription.strength, prescription.dose, prescription.times_a_day, prescription.days,
           prescription.directions, prescription.quantity, prescription.refills, prescription.generic_allowed,
           prescription.warnings, prescription.override_reason, prescription.issued_at, prescription.issued_by,
           issuer.name as issued_by_name, prescription.hash, prescription.of_patient_id, prescription.cancelled_at,
           canceller.name as cancelled_by_name, prescription.cancel_reason, prescription.created_at, prescription.version
      from prescription
      join provider on provider.id = prescription.provider_id
      left join membership as issuer on issuer.principal_id = prescription.issued_by
      left join membership as canceller on canceller.principal_id = prescription.cancelled_by
"""
GET = opened(
    f"{PRESCRIPTION} where prescription.id = %(prescription_id)s and prescription.patient_id = %(patient_id)s",
    entity="prescription",
    patient="patient_id",
)
LIST = shown(
    f"""
    {PRESCRIPTION}
     where prescription.patient_id = %(patient_id)s
       and prescription.id < %(before)s
     order by prescription.id desc
     limit %(limit)s
""",
    entity="prescription",
    patient="patient_id",
)
LATEST = UUID(int=2**128 - 1)


class NoSuchPrescription(Missing):
    """There is no such prescription in this record."""


class Checked(NamedTuple):
    """What speaks against a drug for a patient. `asked`: of allergies and medications, whether the history says anything
    at all."""

    controlled: bool
    warnings: list[Warning]
    allergies: str
    medications: str


@needs("prescribing.read")
async def list_prescriptions(op: Op, *, patient_id: UUID, before: UUID = LATEST, limit: int = 50) -> list[Prescription]:
    """The newest first, going on before an id. Refuses patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam."""
    await patients.get(op, patient_id=patient_id)
    return await op.db.all(Prescription, LIST, patient_id=patient_id, before=before, limit=limit)


@needs("prescribing.read")
async def get_prescription(op: Op, *, patient_id: UUID, prescription_id: UUID) -> Prescription:
    """Refuses NotOnCareTeam, NoSuchPrescription."""
    await patients.check_record(op, patient_id=patient_id)
    found = await op.db.one(Prescription, GET, patient_id=patient_id, prescription_id=prescription_id)
    if found is None:
        raise NoSuchPrescription()
    return found


@needs("prescribing.write")
async def check(op: Op, *, patient_id: UUID, drug: str) -> Checked:
    """Against the patient's own list, by a small table of ours; no warning is no promise. Refuses NotAllowed (whoever prescribes
    reads medical histories), NoSuchPatient, NotOnCareTeam."""
    op.require("history.read")
    whole = await history.get(op, patient_id=patient_id)
    known = whole.known(op)
    against = warnings(drug, [_known(one) for one in whole.entries if history.is_in_force(one, op.today)])
    return Checked(drugs.controlled_in(drug), against, known["allergy"], known["medication"])


def is_intact(one: Prescription) -> bool:
    """What was issued is what stands here."""
    if one.issued_at is None:
        return True
    return one.hash == papers.issued_hash(
        {
            **{name: getattr(one, name) for name in papers.SAID}, "prescription": one.id, "patient": one.of_patient_id,
            "provider": one.provider_id, "signer": one.issued_by, "warnings": one.warnings,
            "override_reason": one.override_reason,
        },
        one.issued_at,
    )  # fmt: skip


def _known(entry: HistoryEntry) -> Known:
    return Known(entry.kind, entry.name or "", entry.anticoagulant)
