from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic

MESSAGES = Topic("messages", "billing.read")


@dataclass(frozen=True)
class MessageQueued(Event):
    name = "messaging.message_queued"
    topic = MESSAGES

    message_id: UUID
