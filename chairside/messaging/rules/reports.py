"""What a notice tells: a text that came in, what became of one that went out, what became of a letter. Anything else is nobody's.

https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html
https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-format.html
https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html"""

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

ARRIVED, FAILED = "delivered", "undelivered"
# SUCCESSFUL says that the carrier has it, UNKNOWN that nobody knows: neither is an answer.
TEXTS = {
    "TEXT_DELIVERED": (ARRIVED, None),
    "TEXT_INVALID": (FAILED, "invalid"),
    "TEXT_INVALID_MESSAGE": (FAILED, "rejected"),
    "TEXT_UNREACHABLE": (FAILED, "unreachable"),
    "TEXT_CARRIER_UNREACHABLE": (FAILED, "unreachable"),
    "TEXT_BLOCKED": (FAILED, "blocked"),
    "TEXT_CARRIER_BLOCKED": (FAILED, "blocked"),
    "TEXT_PROTECT_BLOCKED": (FAILED, "blocked"),
    "TEXT_SPAM": (FAILED, "spam"),
    "TEXT_TTL_EXPIRED": (FAILED, "expired"),
}
LONGEST = 1600 * 4
"""Characters of a text that is kept; a network splits what is longer."""


class CameIn(NamedTuple):
    """`origin`: whoever wrote, `written_to`: the number that they wrote to. `answers`: the network's id of what they answer."""

    origin: str
    written_to: str
    body: str
    id: str
    answers: str | None


class Became(NamedTuple):
    """Of what was sent, under the network's id of it: delivered or undelivered, and of the latter why. `last`: a text that
    arrived has; a letter that a server took may come back for days. `stops`: nothing goes there any more."""

    id: str
    delivery: str
    reason: str | None
    at: datetime
    last: bool = True
    stops: bool = False


def read(message: str) -> CameIn | Became | None:
    """None for what tells nothing that is kept."""
    try:
        told = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    if "inboundMessageId" in told:
        return _came_in(told)
    if str(told.get("eventType", "")).startswith("TEXT_"):
        return _became(told)
    kind = told.get("eventType", told.get("notificationType"))  # of a configuration set, or of an identity
    if isinstance(kind, str) and isinstance(told.get("mail"), dict):
        return _of_a_letter(kind, told["mail"], told)
    return None


def _of_a_letter(kind: str, mail: dict[str, Any], told: dict[str, Any]) -> Became | None:
    id, at = mail.get("messageId"), _instant(mail.get("timestamp"))
    if not isinstance(id, str) or not id or at is None:
        return None
    more = told.get(kind.lower())
    more = more if isinstance(more, dict) else {}
    heard = _instant(more.get("timestamp")) or at
    match kind:
        case "Delivery":
            return Became(id[:200], ARRIVED, None, heard)
        case "Bounce":
            gone = more.get("bounceType") == "Permanent"
            return Became(id[:200], FAILED, "bounced" if gone else "returned", heard, last=False, stops=gone)
        case "Complaint":
            return Became(id[:200], ARRIVED, "complained", heard, last=False, stops=True)
        case "Reject":
            return Became(id[:200], FAILED, "rejected", heard)
    return None


def _instant(text: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else None


def _came_in(told: dict[str, Any]) -> CameIn | None:
    names = ("originationNumber", "destinationNumber", "messageBody", "inboundMessageId")
    origin, written_to, body, id = (told.get(name) for name in names)
    if not all(isinstance(one, str) and one for one in (origin, written_to, id)) or not isinstance(body, str):
        return None
    answers = told.get("previousPublishedMessageId")
    body = body.replace("\0", "")[:LONGEST]
    return CameIn(str(origin)[:40], str(written_to)[:40], body, str(id)[:200], answers if isinstance(answers, str) else None)


def _became(told: dict[str, Any]) -> Became | None:
    found, id, at = TEXTS.get(told["eventType"]), told.get("messageId"), told.get("eventTimestamp")
    if found is None or not isinstance(id, str) or not id or not isinstance(at, int) or not 0 < at < 10**14:
        return None
    return Became(id[:200], *found, datetime.fromtimestamp(at / 1000, UTC))
