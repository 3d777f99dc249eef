"""Whatever happened to a free time on offer, what is due of it is done at once; what comes by the clock, by the minute."""

from chairside import scheduling
from chairside.filling.actions.freed import offer_freed, offer_left
from chairside.filling.actions.waves import go_on
from chairside.filling.events import OpeningFillChanged
from chairside.kernel.events import later
from chairside.kernel.op import Op


@later(OpeningFillChanged)
async def go_on_offering(op: Op, event: OpeningFillChanged) -> None:
    await go_on(op, fill_id=event.fill_id)


@later(scheduling.VisitCancelled)
async def offer_freed_time(op: Op, event: scheduling.VisitCancelled) -> None:
    await offer_freed(op, appointment_id=event.appointment_id, patient_id=event.patient_id)


@later(scheduling.AppointmentMoved)
async def offer_left_time(op: Op, event: scheduling.AppointmentMoved) -> None:
    await offer_left(op, appointment_id=event.appointment_id, patient_id=event.patient_id)
