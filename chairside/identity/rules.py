"""How long a session lives, how often one may guess, and what codes look like."""

import hashlib
import secrets
import string
from typing import NamedTuple

MINUTES = 15
"""Of which guesses are remembered."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
CODES, CODE_LENGTH = 10, 12  # 12 of 31 letters: 59 bits, and no more than ten guesses in a quarter of an hour
PIN_TRIES = 5


class Life(NamedTuple):
    """Both ends count: the idle one moves with a person's acts, the absolute one never."""

    idle_minutes: int
    hours: int


class Guessing(NamedTuple):
    """Where a guess comes from, and how many wrong ones are heard in a quarter of an hour."""

    network: str
    per_account: int = 10
    per_network: int = 100
    everywhere: int = 2000


def account_key(email: str) -> bytes:
    """Of an address, whether or not anybody signs in with it."""
    return hashlib.sha256(b"account\0" + email.strip().lower().encode()).digest()


def network_key(network: str) -> bytes:
    return hashlib.sha256(b"network\0" + network.encode()).digest()


def new_recovery_codes() -> list[str]:
    """Written as people copy them: k7mw-x2qp-9dhc."""
    codes = ("".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH)) for _ in range(CODES))
    return ["-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4)) for code in codes]


def recovery_hash(code: str) -> bytes:
    """However it is typed: capitals, spaces, without hyphens."""
    plain = "".join(letter for letter in code.lower() if letter in string.ascii_lowercase + string.digits)
    return hashlib.sha256(b"recovery\0" + plain.encode()).digest()


def is_six_digits(code: str) -> bool:
    return len(code) == 6 and code.isascii() and code.isdigit()
