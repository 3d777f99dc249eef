from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event


@dataclass(frozen=True)
class MessageQueued(Event):
    name = "messaging.message_queued"

    message_id: UUID
