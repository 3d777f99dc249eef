"""All that is written about a patient, to be printed or handed over."""

from typing import NamedTuple
from uuid import UUID

from chairside import charting, history, imaging, labs, notes, patients, prescribing, treatment
from chairside.kernel.audit import EXPORTED
from chairside.kernel.egress import way_out
from chairside.kernel.guard import needs
from chairside.kernel.op import Op

MANY = 10_000


class WholeRecord(NamedTuple):
    """None: not for whoever asks. Lists from the oldest on."""

    patient_id: UUID
    history: history.Whole | None
    chart: charting.Chart | None
    exams: list[charting.PerioExam] | None
    notes: list[notes.WholeNote] | None
    plans: list[treatment.PlanRow] | None
    prescriptions: list[prescribing.Prescription] | None
    lab_cases: list[labs.LabCase] | None
    images: list[imaging.Image] | None


@needs("charting.read", "notes.read")
@way_out(
    "record", "patient.first_name", "patient.last_name", "history_entry.name", "history_entry.note", "finding.condition",
    "finding.note", "perio_tooth.depth", "note.body", "note_addendum.body", "treatment_item.name", "treatment_item.price",
    "treatment_item.note", "prescription.drug", "prescription.directions", "lab_case.work", "lab_case.instructions", "image.kind",
    "image.note",
)  # fmt: skip
async def get_record(op: Op, *, patient_id: UUID) -> WholeRecord:
    """What is struck through too. That it left stands in the audit. Refuses patients.NoSuchPatient, PatientIsMerged,
    NotOnCareTeam."""
    await patients.get(op, patient_id=patient_id)
    op.db.with_next(EXPORTED, what="record", id=patient_id)
    charted = op.may("charting.read")
    whole = await history.get(op, patient_id=patient_id) if op.may("history.read") else None
    chart = await charting.get_chart(op, patient_id=patient_id) if charted else None
    exams = (await charting.list_exams(op, patient_id=patient_id))[::-1] if charted else None
    written = await notes.list_whole(op, patient_id=patient_id) if op.may("notes.read") else None
    plans = (await treatment.list_plans(op, patient_id=patient_id))[::-1] if op.may("treatment.read") else None
    prescriptions = (
        (await prescribing.list_prescriptions(op, patient_id=patient_id, limit=MANY))[::-1]
        if op.may("prescribing.read")
        else None
    )
    cases = (await labs.list_of_patient(op, patient_id=patient_id))[::-1] if op.may("labs.track") else None
    images = (await imaging.list_images(op, patient_id=patient_id))[::-1] if op.may("imaging.read") else None
    return WholeRecord(patient_id, whole, chart, exams, written, plans, prescriptions, cases, images)
