"""Who people are, and how they prove it."""

from chairside.identity.actions import (
    EmailTaken,
    WrongCredentials,
    add_person,
    hash_password,
    open_session,
    prove,
    sign_in,
    sign_out,
)
from chairside.identity.queries import get_session
from chairside.identity.rows import LiveSession, NewSession
from chairside.identity.rules import Life

__all__ = [
    "EmailTaken", "Life", "LiveSession", "NewSession", "WrongCredentials", "add_person", "get_session", "hash_password",
    "open_session", "prove", "sign_in", "sign_out",
]  # fmt: skip
