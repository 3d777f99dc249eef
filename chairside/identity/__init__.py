"""Who people are, and how they prove it."""

from chairside.identity.actions import (
    EmailTaken,
    WrongCredentials,
    WrongPassword,
    add_person,
    change_password,
    end_sessions,
    hash_password,
    open_session,
    prove,
    rename,
    sign_in,
    sign_out,
)
from chairside.identity.queries import find_person, get_session
from chairside.identity.rows import LiveSession, NewSession, Person
from chairside.identity.rules import Life

__all__ = [
    "EmailTaken", "Life", "LiveSession", "NewSession", "Person", "WrongCredentials", "WrongPassword", "add_person",
    "change_password", "end_sessions", "find_person", "get_session", "hash_password", "open_session", "prove", "rename",
    "sign_in", "sign_out",
]  # fmt: skip
