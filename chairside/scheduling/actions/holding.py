"""An appointment kept still while it is changed."""

from uuid import UUID

from chairside import patients
from chairside.kernel.audit import opened
from chairside.kernel.op import Op
from chairside.kernel.refusals import Forbidden, Stale
from chairside.scheduling.queries.appointments import NoSuchAppointment, get_appointment
from chairside.scheduling.rows import APPOINTMENT, Held

# The row first, the queues of its resources after: whoever changes an appointment does it in this order.
HOLD = opened(
    f"""
    select {APPOINTMENT},
           appointment.buffer_before_minutes, appointment.buffer_after_minutes,
           (select provider.member_id from provider where provider.id = appointment.provider_id) as member_id
      from appointment
     where appointment.id = %(appointment_id)s
       for update
""",
    entity="appointment",
    patient="patient_id",
)


# Before the row: seats of a calendar's sessions are taken and given up one after the other. Of other visits nothing is asked.
QUEUE_OF_SEAT = """
    select app.queue_for(array[appointment.calendar_id], %(now)s)
      from appointment
     where appointment.id = %(appointment_id)s
       and appointment.group_session_id is not null
"""


class AppointmentIsStale(Stale):
    """Somebody changed this appointment while you were looking."""


class NotOwnSchedule(Forbidden):
    """Your role lets you change your own schedule only."""


async def hold(op: Op, appointment_id: UUID, *, version: int | None) -> Held:
    """Refuses NoSuchAppointment, NotOnCareTeam, NotOwnSchedule, AppointmentIsStale."""
    op.db.with_next(QUEUE_OF_SEAT, appointment_id=appointment_id, now=op.now)
    held = await op.db.one(Held, HOLD, appointment_id=appointment_id)
    if held is None:
        if op.actor.restricted:  # it may be there, and not for them to touch
            found = await get_appointment(op, appointment_id=appointment_id)
            await patients.check_record(op, patient_id=found.patient_id)
        raise NoSuchAppointment()
    check_own(op, held.member_id)
    if version is not None and version != held.version:
        raise AppointmentIsStale(version=held.version)
    return held


def check_own(op: Op, member_id: UUID | None) -> None:
    """Who may book everywhere may; who may book their own must be the provider. Refuses NotOwnSchedule."""
    if not op.may("scheduling.book") and member_id != op.actor.id:
        raise NotOwnSchedule(permission="scheduling.book")
