from datetime import datetime
from typing import NamedTuple
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
    patient_id: UUID | None
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
