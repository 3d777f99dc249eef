"""Numbers under which the United States know those who treat patients; each checks itself."""

import re
from datetime import date, timedelta

PREFIX = "80840"
"""Of the issuer, on a card; it is in the sum of every NPI, written or not."""
# Who registers (hospitals, practitioners, makers, distributors, mid-level practitioners, treatment programs); then the initial
# of a name, or 9 for a business.
DEA = re.compile(r"[A-HJ-MP-UX][A-Z9][0-9]{7}")
RUNS_OUT_WITHIN = timedelta(days=60)
"""Boards ask for the renewal one to three months ahead; after that a day matters."""


def is_npi(text: str) -> bool:
    """Ten digits, the last a check digit by Luhn over the prefix 80840 and the other nine (45 CFR 162.406)."""
    return len(text) == 10 and _luhn(PREFIX + text)


def is_card_issuer(text: str) -> bool:
    """The same with its prefix written out, as cards have it: fifteen digits. No NPI where one is asked for."""
    return len(text) == 15 and text.startswith(PREFIX) and _luhn(text)


def is_dea(text: str) -> bool:
    """Two letters (the second may be 9) and seven digits, in capitals. The last digit is that of the first, third and fifth
    together with twice the second, fourth and sixth (Drug Enforcement Administration, Practitioner's Manual)."""
    if not text.isascii() or not DEA.fullmatch(text):
        return False
    digits = [int(digit) for digit in text[2:]]
    return (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]


def standing(expires_on: date | None, *, today: date) -> str:
    """Of a licence: `valid`, `runs_out` (soon), `expired`. It is good on its last day."""
    if expires_on is None or expires_on > today + RUNS_OUT_WITHIN:
        return "valid"
    return "runs_out" if expires_on >= today else "expired"


def _luhn(text: str) -> bool:
    if not text.isascii() or not text.isdigit():
        return False
    digits = [int(digit) for digit in reversed(text)]
    doubled = (sum(divmod(digit * 2, 10)) for digit in digits[1::2])
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0
