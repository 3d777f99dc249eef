"""What a template may hold, and what becomes of it. No field is of what is treated: a text is read by whoever holds the phone."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time

from chairside.kernel.refusals import malformed
from chairside.messaging.rules.words import words

FIELD = re.compile(r"\{([^{}]*)\}")
LINKS: dict[str, Literal["confirm", "move", "cancel", "manage"]] = {
    "link": "manage", "confirm_link": "confirm", "move_link": "move", "cancel_link": "cancel",
}  # fmt: skip
"""What a patient does by each: `link` all three, each of the others one thing."""
FIELDS = ("patient", "clinic", "day", "time", "provider", "phone", *LINKS)
SMS_MOST = 480
"""Signs of a text: three or four parts of it, of which each is paid for."""


def fields_of(text: str) -> set[str]:
    return set(FIELD.findall(text))


def unknown(text: str) -> set[str]:
    """Fields that there are not, and braces without a pair."""
    stray = {"{"} if re.search(r"[{}]", FIELD.sub("", text)) else set()
    return (fields_of(text) - set(FIELDS)) | stray


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Nothing of a fact is a field again."""
    return FIELD.sub(lambda found: facts.get(found.group(1), ""), text)


def usual(kind: str, channel: str, language: str) -> tuple[str | None, str]:
    """The product's own subject and body."""
    said = words(language)["reminders"]
    return (said[f"{kind}_subject"] if channel == "email" else None), said[f"{kind}_{channel}"]


def facts_of(
    *, clinic: str, phone: str, patient: str, provider: str, starts_at: datetime, locale: str, zone: ZoneInfo
) -> dict[str, str]:
    """What stands in the fields of a template, on the clinic's clock."""
    said, local = Locale.parse(locale, sep="-"), starts_at.astimezone(zone)
    return {
        "clinic": clinic,
        "phone": phone,
        "patient": patient,
        "provider": provider,
        "day": format_date(local, "full", locale=said),
        "time": format_time(starts_at, "short", tzinfo=zone, locale=said).replace("\u202f", " "),
    }


def check_words(*, channel: str, subject: str | None, body: str) -> None:
    if channel == "email" and not subject:
        raise malformed("/subject", "required", "A letter has a subject.")
    if channel == "sms" and subject:
        raise malformed("/subject", "not_found", "A text has no subject.")
    if channel == "sms" and len(body) > SMS_MOST:
        raise malformed("/body", "too_long", f"A text has at most {SMS_MOST} signs.")
    for pointer, text in (("/subject", subject or ""), ("/body", body)):
        if strange := unknown(text):
            raise malformed(pointer, "not_found", f"There is no such field: {', '.join(sorted(strange))}.")
