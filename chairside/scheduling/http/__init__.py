from chairside.scheduling.http.appointments import router as appointments
from chairside.scheduling.http.setup import router as setup
from chairside.scheduling.http.steps import router as steps

__all__ = ["appointments", "setup", "steps"]
