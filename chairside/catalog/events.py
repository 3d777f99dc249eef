from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event
from chairside.tenancy import SETUP


@dataclass(frozen=True)
class ServiceAdded(Event):
    name = "catalog.service_added"
    topic = SETUP

    service_id: UUID


@dataclass(frozen=True)
class ServiceChanged(Event):
    name = "catalog.service_changed"
    topic = SETUP

    service_id: UUID


@dataclass(frozen=True)
class ProceduresChanged(Event):
    """One of the clinic's list, or many at once."""

    name = "catalog.procedures_changed"
    topic = SETUP
