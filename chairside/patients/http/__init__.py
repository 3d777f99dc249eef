from chairside.patients.http.patients import router as patients
from chairside.patients.http.proxies import router as proxies

ROUTERS = (patients, proxies)

__all__ = ["ROUTERS"]
