"""What exactly is issued, and how a prescription stands on paper. No database, no clock."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from chairside.kernel.digests import digest_of

UNITS = {
    "tablet": "piece", "capsule": "piece", "lozenge": "piece", "suspension": "ml", "solution": "ml", "mouthwash": "ml",
    "drops": "ml", "spray": "ml", "gel": "g", "ointment": "g",
}  # fmt: skip
"""Of each form, what its quantity counts."""
SAID = (
    "drug", "form", "strength", "dose", "times_a_day", "days", "directions", "quantity", "refills", "generic_allowed",
)  # fmt: skip
"""What a prescription says, as opposed to whose it is and what became of it."""


def issued_hash(content: Mapping[str, Any], at: datetime) -> bytes:
    """SHA-256 of a prescription as it was issued.
    `content`: what it says (SAID), `prescription`, `patient`, `provider`, `signer`, `warnings`, `override_reason`."""
    return digest_of({**content, "what": "prescription", "at": at.astimezone(UTC).isoformat()})


def in_words(number: int, language: str) -> str:
    """1 to 999, as it is spoken; English where the language is not known."""
    return {"ro": _romanian, "ar": _arabic}.get(language, _english)(number)


_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _english(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    below = _EN[rest] if rest < 20 else _EN_TENS[tens] + (f"-{_EN[ones]}" if ones else "")
    if not hundreds:
        return below
    return f"{_EN[hundreds]} hundred" + (f" and {below}" if rest else "")


_RO = [
    "zero", "unu", "doi", "trei", "patru", "cinci", "șase", "șapte", "opt", "nouă", "zece", "unsprezece", "doisprezece",
    "treisprezece", "paisprezece", "cincisprezece", "șaisprezece", "șaptesprezece", "optsprezece", "nouăsprezece",
]  # fmt: skip
_RO_TENS = ["-", "-", "douăzeci", "treizeci", "patruzeci", "cincizeci", "șaizeci", "șaptezeci", "optzeci", "nouăzeci"]


def _romanian(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    below = _RO[rest] if rest < 20 else _RO_TENS[tens] + (f" și {_RO[ones]}" if ones else "")
    if not hundreds:
        return below
    named = {1: "o sută", 2: "două sute"}.get(hundreds, f"{_RO[hundreds]} sute")
    return f"{named} {below}" if rest else named


_AR = ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
_AR_TEENS = {11: "أحد عشر", 12: "اثنا عشر"}
_AR_TENS = ["-", "-", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
_AR_HUNDREDS = ["-", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]


def _arabic(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if rest <= 10:
        below = _AR[rest]
    elif rest < 20:
        below = _AR_TEENS.get(rest, f"{_AR[ones]} عشر")
    else:
        below = (f"{_AR[ones]} و" if ones else "") + _AR_TENS[tens]
    if not hundreds:
        return below
    return f"{_AR_HUNDREDS[hundreds]} و{below}" if rest else _AR_HUNDREDS[hundreds]
