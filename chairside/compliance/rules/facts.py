"""How a fact is written down to be sealed, and how each seal is bound to the one before it. The database does the same
(`app.fact`, `app.linked`) when it seals; here it is done again, so that looking through a chain trusts no function in it."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

FORM = "1"
COLUMNS = (
    "clinic_id", "id", "at", "actor_id", "actor_type", "on_behalf_of", "session_id", "request_id", "ip", "purpose", "context",
    "break_glass_id", "impersonation_id", "action", "entity", "entity_id", "patient_id", "patient_ids", "outcome",
    "changed_fields", "values_digest", "txid",
)  # fmt: skip
"""Of audit_event, in the order of the form. All of them."""


def digest(values: Iterable[str | None]) -> bytes:
    """Of the values of COLUMNS as PostgreSQL writes them; the instant in microseconds since 1970, bytes in hexadecimals."""
    parts = [FORM, *(":" if value is None else f"{len(value.encode())}:{value}" for value in values)]
    return hashlib.sha256(",".join(parts).encode()).digest()


def beginning(clinic_id: UUID) -> bytes:
    """What the first seal of a clinic is bound to."""
    return hashlib.sha256(clinic_id.bytes).digest()


def link(before: bytes, *, seq: int, digest: bytes) -> bytes:
    return hashlib.sha256(before + seq.to_bytes(8, "big") + digest).digest()
