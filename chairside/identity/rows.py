from datetime import datetime
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple
from uuid import UUID


class Credentials(NamedTuple):
    principal_id: UUID | None
    password_hash: str | None
    has_totp: bool | None
    has_passkey: bool | None


class Proof(NamedTuple):
    """Who somebody is, and how they showed it: `by` password, passkey, recovery code or a provider; `mfa` when it took two
    things. `at`: when, if that was not now."""

    principal_id: UUID
    by: str
    mfa: bool
    at: datetime | None = None


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
    step_up_at: datetime
    mfa_at: datetime | None
    locked_at: datetime | None
    has_pin: bool
    enrolled_at: datetime | None


class OpenSession(NamedTuple):
    """One of somebody's, as a list shows it."""

    id: UUID
    principal_id: UUID
    ip: IPv4Address | IPv6Address | None
    agent: str | None
    proved_by: str
    mfa_at: datetime | None
    locked_at: datetime | None
    created_at: datetime
    seen_at: datetime
    ends_at: datetime


class Person(NamedTuple):
    id: UUID
    name: str


class Name(NamedTuple):
    name: str
    email: str | None


class Factors(NamedTuple):
    """What a person can prove themselves with."""

    has_totp: bool
    has_password: bool
    codes_left: int
    enrolled_at: datetime | None


class Passkey(NamedTuple):
    id: UUID
    credential_id: bytes
    name: str
    backed_up: bool
    created_at: datetime
    last_used_at: datetime | None


class KnownPasskey(NamedTuple):
    """What a signature is checked against."""

    id: UUID
    principal_id: UUID
    public_key: bytes
    sign_count: int


class Secret(NamedTuple):
    """An authenticator app's, encrypted."""

    id: UUID
    secret: bytes


class Tried(NamedTuple):
    pin_hash: str | None
    tries: int


class Trip(NamedTuple):
    """To a provider and back: `link` and `proof` for somebody who is signed in, `sign_in` and `invitation` for nobody yet.
    `back` is a path of ours."""

    purpose: str
    principal_id: UUID | None
    session_id: UUID | None
    back: str | None
    expires_at: datetime
    invitation_hash: bytes | None


class SecondStep(NamedTuple):
    """A provider has vouched; a code is still to come."""

    state_hash: bytes
    provider: str
    principal_id: UUID
    email: str


class KnownOutside(NamedTuple):
    """An account elsewhere, whose it is, and what else that person has to show."""

    id: UUID
    principal_id: UUID
    has_totp: bool
    has_passkey: bool


class OutsideIdentity(NamedTuple):
    """An account at a provider that somebody has linked with theirs here."""

    id: UUID
    issuer: str
    email: str | None
    linked_at: datetime
    last_used_at: datetime | None
