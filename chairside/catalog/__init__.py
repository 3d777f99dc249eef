"""What the clinic does, how long it takes and what it asks for it."""

from chairside.catalog.actions import CodeTaken, ServiceIsStale, add_service, change_service
from chairside.catalog.events import ServiceAdded, ServiceChanged
from chairside.catalog.queries import START, NoSuchService, get_service, list_services
from chairside.catalog.rows import Service

__all__ = [
    "START", "CodeTaken", "NoSuchService", "Service", "ServiceAdded", "ServiceChanged", "ServiceIsStale", "add_service",
    "change_service", "get_service", "list_services",
]  # fmt: skip
