from datetime import datetime, time
from typing import Any, NamedTuple
from uuid import UUID


class Message(NamedTuple):
    """What was to be sent to whom, and what became of it. `subject` and `body` are what a person wrote; without them the words
    of its kind are said; a body lies sealed, unless it was kept before they were. `reason` is a code, `reply` the mail server's
    own words."""

    clinic_id: UUID
    id: UUID
    kind: str
    invitation_id: UUID | None
    sign_up_id: UUID | None
    invoice_id: UUID | None
    payment_id: UUID | None
    person_link_id: UUID | None
    reminder_id: UUID | None
    offer_id: UUID | None
    booking_code_id: UUID | None
    booking_id: UUID | None
    patient_id: UUID | None
    channel: str
    recipient: str
    locale: str
    subject: str | None
    body: str | None
    body_sealed: bytes | None
    status: str
    reason: str | None
    reply: str | None
    attempts: int
    sent_at: datetime | None
    created_at: datetime
    created_by: UUID


MESSAGE = ", ".join(f"message.{column}" for column in Message._fields)


class Sent(NamedTuple):
    """A letter with the name of whoever sent it, if they still work here."""

    id: UUID
    kind: str
    recipient: str
    subject: str | None
    status: str
    reason: str | None
    reply: str | None
    attempts: int
    sent_at: datetime | None
    created_at: datetime
    created_by: UUID
    by: str | None


class Proposal(NamedTuple):
    """A letter as it would be sent, for a person to change first. `addresses`: those known of the patient, the primary first."""

    recipient: str | None
    addresses: list[str]
    subject: str
    body: str
    locale: str
    attachment: str


class ReminderSetting(NamedTuple):
    """How a clinic reminds. `quiet_from` and `quiet_until` are of the patient's day; alike, no hour is quiet."""

    undo_minutes: int
    quiet_from: time
    quiet_until: time
    tell_changes: bool
    version: int


USUAL = ReminderSetting(undo_minutes=10, quiet_from=time(20), quiet_until=time(8), tell_changes=True, version=0)
"""Of a clinic that has not said."""


class ReminderRule(NamedTuple):
    """A step of the cascade: `before` in days or hours. `until_confirmed`: not to whoever confirmed."""

    id: UUID
    channel: str
    before: int
    unit: str
    until_confirmed: bool


class Due(NamedTuple):
    """A reminder whose moment has come, with all that decides whether it goes. `overtaken`: a later step of the same channel is
    due, too. `others`: who hears it for the patient, in their order, as {contacts, only_email, only_phone, refuses, acts,
    schedules}; who `acts` for them and who pays, and whether they may move their visits. `minor`: not of age yet."""

    id: UUID
    appointment_id: UUID
    patient_id: UUID
    kind: str
    channel: str
    starts_at: datetime
    due_at: datetime
    until_confirmed: bool | None
    overtaken: bool
    status: str
    visit_at: datetime
    visit_ends_at: datetime
    provider: str
    first_name: str
    gone: bool
    contacts: list[dict[str, Any]]
    others: list[dict[str, Any]]
    minor: bool
    do_not_contact: bool
    email: bool
    sms: bool
    only_email: str | None
    only_phone: str | None
    language: str | None
    timezone: str | None
    unsubscribed: bool


class Recipient(NamedTuple):
    """A patient to whom something is to be said now, with all that decides whether it may be, and by which way."""

    channel: str
    first_name: str
    gone: bool
    contacts: list[dict[str, Any]]
    others: list[dict[str, Any]]
    minor: bool
    do_not_contact: bool
    email: bool
    sms: bool
    only_email: str | None
    only_phone: str | None
    language: str | None
    timezone: str | None
    unsubscribed: bool


class Spoken(NamedTuple):
    """Of what a reminder on its way speaks, as it is now."""

    appointment_id: UUID
    kind: str
    starts_at: datetime
    status: str
    visit_at: datetime
    visit_ends_at: datetime
    version: int


class ContactPreference(NamedTuple):
    """How a patient wants to be reached. `only_email` and `only_phone`: where alone it is safe to write to them."""

    do_not_contact: bool
    email: bool
    sms: bool
    only_email: str | None
    only_phone: str | None
    language: str | None
    timezone: str | None
    unsubscribed_at: datetime | None
    version: int


PREFERENCE = ", ".join(f"contact_preference.{column}" for column in ContactPreference._fields)
UNSAID = ContactPreference(False, True, True, None, None, None, None, None, 0)
"""Of a patient who has not said."""


class MessageTemplate(NamedTuple):
    """What a clinic says in place of the product's own words."""

    kind: str
    channel: str
    language: str
    subject: str | None
    body: str
    version: int


TEMPLATE = ", ".join(f"message_template.{column}" for column in MessageTemplate._fields)


class Logged(NamedTuple):
    """A line of what was sent to a patient, came from them, or is to be sent. `what`: reminder, message, inbound."""

    what: str
    id: UUID
    kind: str
    channel: str
    address: str | None
    status: str
    reason: str | None
    delivery: str | None
    delivery_reason: str | None
    at: datetime
    appointment_at: datetime | None
    subject: str | None
    body_sealed: bytes | None
    body: str | None
    sealed_for: UUID | None
    by: str | None


class InboundText(NamedTuple):
    """`patient_id`: whose number it is, while that is one patient."""

    id: UUID
    number: str
    body_sealed: bytes
    patient_id: UUID | None
    first_name: str | None
    last_name: str | None
    word: str | None
    received_at: datetime
    read_at: datetime | None
