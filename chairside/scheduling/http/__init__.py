from chairside.scheduling.http.appointments import router as appointments
from chairside.scheduling.http.availability import router as availability
from chairside.scheduling.http.away import router as away
from chairside.scheduling.http.blockouts import router as blockouts
from chairside.scheduling.http.calendars import router as calendars
from chairside.scheduling.http.consents import public as public_consents
from chairside.scheduling.http.consents import router as consents
from chairside.scheduling.http.feeds import public as public_feeds
from chairside.scheduling.http.feeds import router as feeds
from chairside.scheduling.http.holds import router as holds
from chairside.scheduling.http.licences import router as licences
from chairside.scheduling.http.outside import router as outside
from chairside.scheduling.http.series import router as series
from chairside.scheduling.http.sessions import router as sessions
from chairside.scheduling.http.setup import router as setup
from chairside.scheduling.http.signatures import router as signatures
from chairside.scheduling.http.steps import router as steps
from chairside.scheduling.http.views import router as views

__all__ = [
    "appointments", "availability", "away", "blockouts", "calendars", "consents", "feeds", "holds", "licences", "outside",
    "public_consents", "public_feeds", "series", "sessions", "setup", "signatures", "steps", "views",
]  # fmt: skip
