from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic
from chairside.tenancy import SETUP

MESSAGES = Topic("messages", "billing.read")
CONVERSATIONS = Topic("conversations", "messages.read")


@dataclass(frozen=True)
class MessageQueued(Event):
    name = "messaging.message_queued"
    topic = MESSAGES

    message_id: UUID


@dataclass(frozen=True)
class PreferenceChanged(Event):
    """How a patient wants to be reached."""

    name = "messaging.preference_changed"
    topic = CONVERSATIONS

    patient_id: UUID


@dataclass(frozen=True)
class TextReceived(Event):
    name = "messaging.text_received"
    topic = CONVERSATIONS

    inbound_text_id: UUID


@dataclass(frozen=True)
class TextRead(Event):
    """Somebody has seen it, or said whose it is."""

    name = "messaging.text_read"
    topic = CONVERSATIONS

    inbound_text_id: UUID


@dataclass(frozen=True)
class RemindersChanged(Event):
    """The cascade, the quiet hours, or what is said."""

    name = "messaging.reminders_changed"
    topic = SETUP

    clinic_id: UUID
