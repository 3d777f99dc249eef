"""A clinic whose day is just beginning, whatever the time is where the tests run."""

from datetime import datetime
from zoneinfo import ZoneInfo

ZONES = [
    "Pacific/Pago_Pago", "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Phoenix", "America/Chicago",
    "America/Toronto", "America/Halifax", "America/Sao_Paulo", "Atlantic/South_Georgia", "Atlantic/Azores", "Europe/London",
    "Europe/Madrid", "Africa/Cairo", "Africa/Nairobi", "Asia/Dubai", "Asia/Karachi", "Asia/Dhaka", "Asia/Bangkok",
    "Asia/Singapore", "Asia/Tokyo", "Australia/Brisbane", "Pacific/Noumea", "Pacific/Auckland",
]  # fmt: skip


def where_it_is(hour: int) -> str:
    """A time zone in which it is about this hour now, so that a visit later today is later than now."""
    return min(ZONES, key=lambda zone: abs(datetime.now(ZoneInfo(zone)).hour - hour))
