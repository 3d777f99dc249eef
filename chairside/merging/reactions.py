"""With the visits that came along, or went back, recalls are due on other days: in the same commit."""

from chairside import recalls
from chairside.kernel.events import on
from chairside.kernel.op import Op
from chairside.merging.events import MergeTakenApart, PatientsMerged


@on(PatientsMerged)
async def follow(op: Op, event: PatientsMerged) -> None:
    await recalls.follow_visits(op, patient_id=event.patient_id)


@on(MergeTakenApart)
async def follow_both(op: Op, event: MergeTakenApart) -> None:
    for patient_id in (event.patient_id, event.duplicate_id):
        await recalls.follow_visits(op, patient_id=patient_id)
