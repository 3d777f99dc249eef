from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event


@dataclass(frozen=True)
class ServiceAdded(Event):
    name = "catalog.service_added"

    service_id: UUID


@dataclass(frozen=True)
class ServiceChanged(Event):
    name = "catalog.service_changed"

    service_id: UUID
