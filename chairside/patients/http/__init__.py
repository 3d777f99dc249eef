from chairside.patients.http.majority import router as majority
from chairside.patients.http.patients import router as patients
from chairside.patients.http.proofs import router as proofs
from chairside.patients.http.proofs import uploads
from chairside.patients.http.proxies import router as proxies

ROUTERS = (majority, patients, proxies, proofs, uploads)

__all__ = ["ROUTERS"]
