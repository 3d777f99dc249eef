"""The last look before something goes to a patient: whether it is still so, and whether they still want it."""

from uuid import UUID

from chairside.kernel.op import Op
from chairside.messaging.actions.stopping import why_stopped
from chairside.messaging.queries.preferences import is_stopped, preference_of
from chairside.messaging.rows import Message, Spoken
from chairside.messaging.rules.numbers import region_of
from chairside.messaging.rules.reminders import holds
from chairside.messaging.rules.safe import is_safe_email, is_safe_number

SPOKEN = """
    select reminder.appointment_id, reminder.kind, reminder.starts_at, visit.status, visit.starts_at, visit.ends_at, visit.version
      from reminder
      join appointment as visit on visit.id = reminder.appointment_id
     where reminder.id = %(reminder_id)s
"""


class Withdrawn(Exception):
    """What it was about is no longer so: the invitation taken back, the invoice voided, the visit moved. Or it is not wanted."""

    def __init__(self, reason: str = "withdrawn") -> None:
        super().__init__(reason)
        self.reason = reason


async def check_still_wanted(op: Op, message: Message) -> None:
    """Refuses Withdrawn."""
    if message.patient_id is None:
        return
    wish = await preference_of(op, message.patient_id)
    if wish.do_not_contact:
        raise Withdrawn("do_not_contact")
    # Said after it was queued: another address than the one to which it would go.
    region = region_of(op.clinic.locale)
    safe = is_safe_number(wish, message.recipient, region) if message.channel == "sms" else is_safe_email(wish, message.recipient)
    if not safe:
        raise Withdrawn("preference")
    if message.channel == "sms" and await is_stopped(op, number=message.recipient):
        raise Withdrawn("stopped")
    if message.channel == "email" and (reason := await why_stopped(op, address=message.recipient)):
        raise Withdrawn(reason)
    if message.reminder_id is None and message.offer_id is None:
        return
    if message.channel == "email" and wish.unsubscribed_at:
        raise Withdrawn("unsubscribed")
    if not (wish.email if message.channel == "email" else wish.sms):
        raise Withdrawn("preference")
    if message.reminder_id is None:
        return  # an offer that is over was taken out of the outbox
    spoken = await spoken_of(op, message.reminder_id)
    so = holds(spoken.kind, spoken_of=spoken.starts_at, visit_at=spoken.visit_at, status=spoken.status)
    if not so or op.now >= spoken.visit_at:
        raise Withdrawn


async def spoken_of(op: Op, reminder_id: UUID) -> Spoken:
    spoken = await op.db.one(Spoken, SPOKEN, reminder_id=reminder_id)
    assert spoken, "a message names a reminder that is there"
    return spoken
