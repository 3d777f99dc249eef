from chairside.filling.http.fills import candidates, fills
from chairside.filling.http.offers import router as offers

ROUTERS = (candidates, fills, offers)

__all__ = ["ROUTERS"]
