from uuid import UUID

from chairside import booking
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.messaging.posts import origin


@open_to_all("asked while a message to the visit's patient is written")
async def link_to_visit(op: Op, *, appointment_id: UUID, purpose: booking.Purpose) -> str:
    """Where the patient confirms, moves or cancels it, or all three (`manage`), until it begins. Refuses
    scheduling.NoSuchAppointment."""
    made = await booking.link_for(op, appointment_id=appointment_id, purpose=purpose)
    return f"{origin()}{made.path}"
