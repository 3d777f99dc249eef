from datetime import datetime, timedelta
from typing import NamedTuple

from chairside import tenancy
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.messaging.rules.templates import LINKS, check_words, facts_of, filled

NAMES = {"en": ("Maria", "Dr. Ellis"), "ro": ("Maria", "Dr. Ionescu"), "ar": ("مريم", "د. ليلى"), "he": ("מרים", "ד״ר לוי")}


class Preview(NamedTuple):
    """A template with an example in its fields."""

    subject: str | None
    body: str


@needs("clinic.read")
async def preview(op: Op, *, language: str, channel: str, subject: str | None, body: str) -> Preview:
    """For a patient who is invented, at ten on the day after tomorrow. Refuses what could not be kept."""
    check_words(channel=channel, subject=subject, body=body)
    clinic = await tenancy.get(op)
    patient, provider = NAMES.get(language, NAMES["en"])
    day = op.today + timedelta(days=2)
    locale = op.clinic.locale if op.clinic.locale.partition("-")[0] == language else language
    facts = facts_of(
        clinic=clinic.name, phone=clinic.phone or clinic.email or "", patient=patient, provider=provider,
        starts_at=datetime(day.year, day.month, day.day, 10, tzinfo=op.clinic.zone), locale=locale, zone=op.clinic.zone,
    )  # fmt: skip
    facts |= dict.fromkeys(LINKS, "https://…")
    return Preview(subject and filled(subject, facts), filled(body, facts))
