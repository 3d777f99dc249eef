"""What the clinic does, how long it takes and what it asks for it."""

from chairside.catalog.actions.procedure_imports import import_procedures
from chairside.catalog.actions.procedures import (
    ProcedureCodeTaken,
    ProcedureIsStale,
    add_procedure,
    add_starting_list,
    archive_procedure,
    change_procedure,
    restore_procedure,
)
from chairside.catalog.actions.services import CodeTaken, ServiceIsStale, add_service, change_service
from chairside.catalog.events import ProceduresChanged, ServiceAdded, ServiceChanged
from chairside.catalog.queries.procedures import (
    FIRST_CODE,
    NoSuchProcedure,
    get_procedure,
    list_procedure_versions,
    list_procedures,
)
from chairside.catalog.queries.services import START, NoSuchService, get_service, list_services
from chairside.catalog.rows.procedures import Procedure, ProcedureVersion
from chairside.catalog.rows.services import Service
from chairside.catalog.rules.where import check_where

__all__ = [
    "FIRST_CODE", "START", "CodeTaken", "NoSuchProcedure", "NoSuchService", "Procedure", "ProcedureCodeTaken",
    "ProcedureIsStale", "ProcedureVersion", "ProceduresChanged", "Service", "ServiceAdded", "ServiceChanged", "ServiceIsStale",
    "add_procedure", "add_service", "add_starting_list", "archive_procedure", "change_procedure", "change_service", "check_where",
    "get_procedure", "get_service", "import_procedures", "list_procedure_versions", "list_procedures", "list_services",
    "restore_procedure",
]  # fmt: skip
