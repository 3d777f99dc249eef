"""Whatever happens to a visit, the patient's recalls follow in the same commit."""

from typing import Any

from chairside import recalls, scheduling
from chairside.kernel.events import on
from chairside.kernel.op import Op

QUEUED: tuple[type[Any], ...] = (
    scheduling.AppointmentBooked, scheduling.AppointmentMoved, scheduling.VisitCancelled, scheduling.CancellationUndone,
    scheduling.VisitMissed, scheduling.NoShowUndone,
)  # fmt: skip
"""Time was taken or released: the patient's queue was entered for that."""

OTHERS: tuple[type[Any], ...] = (scheduling.AppointmentChanged, scheduling.VisitCompleted, scheduling.CompletionUndone)


async def follow(op: Op, event: Any) -> None:
    await recalls.follow_visits(op, patient_id=event.patient_id, queued=isinstance(event, QUEUED))


for kind in (*QUEUED, *OTHERS):
    on(kind)(follow)
