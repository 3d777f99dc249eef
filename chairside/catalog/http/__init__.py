from chairside.catalog.http.procedures import router as procedures
from chairside.catalog.http.services import router as services

ROUTERS = (services, procedures)

__all__ = ["ROUTERS"]
