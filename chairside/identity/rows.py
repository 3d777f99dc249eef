from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Credentials(NamedTuple):
    principal_id: UUID | None
    password_hash: str | None


class Opened(NamedTuple):
    id: UUID
    idle_ends_at: datetime
    ends_at: datetime


class NewSession(NamedTuple):
    """What the browser gets once; only the hash of the token is kept."""

    principal_id: UUID
    token: str
    idle_ends_at: datetime
    ends_at: datetime


class LiveSession(NamedTuple):
    id: UUID
    principal_id: UUID
    name: str
    email: str
    idle_ends_at: datetime
    ends_at: datetime


class Person(NamedTuple):
    id: UUID
    name: str
