"""From a reminder's message to its letter, with the visit for a calendar and the way out of getting more; from an offer's; or to
a text."""

from chairside import tenancy
from chairside.kernel.op import Op
from chairside.messaging.actions.booking_texts import written
from chairside.messaging.actions.owning import own_number
from chairside.messaging.actions.unsubscribing import addresses_for
from chairside.messaging.actions.wanting import spoken_of
from chairside.messaging.bodies import body_of
from chairside.messaging.phones import Text
from chairside.messaging.rows import Message
from chairside.messaging.rules import invites
from chairside.messaging.rules.invites import Invite
from chairside.messaging.rules.letters import Action, CalendarPart, Letter
from chairside.messaging.rules.words import language_of, words


async def write_reminder(op: Op, message: Message, *, sender: str) -> Letter:
    assert message.reminder_id
    clinic = await tenancy.get(op)
    spoken = await spoken_of(op, message.reminder_id)
    said = words(language_of(message.locale))["reminders"]
    invite = Invite(
        appointment_id=spoken.appointment_id, version=spoken.version, cancelled=spoken.kind == "cancelled",
        starts_at=spoken.visit_at, ends_at=spoken.visit_ends_at, summary=said["visit"].format(clinic=clinic.name),
        place=", ".join(str(part) for part in (clinic.address or {}).values() if part), organizer=sender,
        attendee=message.recipient, at=op.now,
    )  # fmt: skip
    letter = await write_offer(op, message)
    return letter._replace(calendar=CalendarPart(invites.method(invite), invites.written(invite)))


async def write_offer(op: Op, message: Message) -> Letter:
    """What it says, and the way out of getting more."""
    clinic = await tenancy.get(op)
    page, one_click = addresses_for(op, message)
    body = await body_of(op, message)
    paragraphs: list[str | Action] = [part.strip() for part in body.split("\n\n") if part.strip()]
    said = words(language_of(message.locale))["reminders"]
    return Letter(
        id=str(message.id), recipient=message.recipient, sender_name=clinic.name, reply_to=clinic.email,
        language=language_of(message.locale), subject=message.subject or "",
        blocks=[*paragraphs, Action(said["unsubscribe"], page)], attachments=[], at=op.now, unsubscribe=one_click,
    )  # fmt: skip


async def write_text(op: Op, message: Message) -> Text:
    clinic = await tenancy.get(op)
    body = await body_of(op, message) if message.body_sealed or message.body else await written(op, message, clinic.name)
    return Text(op.clinic.id, message.id, clinic.name, message.recipient, body, op.now, await own_number(op))
