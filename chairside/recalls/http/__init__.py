from chairside.recalls.http.recalls import router as recalls
from chairside.recalls.http.types import router as types
from chairside.recalls.http.waiting import router as waiting

ROUTERS = (recalls, types, waiting)

__all__ = ["ROUTERS"]
