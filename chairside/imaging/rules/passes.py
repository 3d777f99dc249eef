"""Addresses of files: who may do what with which file of which clinic, in which session, and until when. Signed by us; whoever is
handed one can do nothing with it in another session, and nothing that they might not do without it."""

import base64
import binascii
import struct
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple
from uuid import UUID

from chairside.kernel import links

What = Literal["original", "view", "thumb", "write"]
WHATS: tuple[What, ...] = ("original", "view", "thumb", "write")
READ_LASTS = timedelta(minutes=15)
WRITE_LASTS = timedelta(minutes=5)
STEP = 300  # seconds: within one of them the address of a picture stays the same
BODY = struct.Struct(">16s16s16s16sBQ")
PURPOSE = "file"
NO_SESSION = UUID(int=0)


class Pass(NamedTuple):
    """`session_id`: none of a program, whose key is its own."""

    clinic_id: UUID
    file_id: UUID
    principal_id: UUID
    session_id: UUID | None
    what: What
    until: datetime

    def token(self) -> str:
        body = BODY.pack(
            self.clinic_id.bytes, self.file_id.bytes, self.principal_id.bytes, (self.session_id or NO_SESSION).bytes,
            WHATS.index(self.what), int(self.until.timestamp()),
        )  # fmt: skip
        return base64.urlsafe_b64encode(body + links.signed(PURPOSE, body)).decode().rstrip("=")


def until(what: What, now: datetime) -> datetime:
    if what == "write":
        return now + WRITE_LASTS
    return datetime.fromtimestamp(now.timestamp() // STEP * STEP, UTC) + READ_LASTS


def read(token: str) -> Pass | None:
    """None of what we did not sign."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, signature = raw[: BODY.size], raw[BODY.size :]
    if len(body) != BODY.size or not links.is_ours(PURPOSE, body, signature):
        return None
    clinic, file, principal, session, what, at = BODY.unpack(body)
    held = UUID(bytes=session)
    return Pass(
        UUID(bytes=clinic), UUID(bytes=file), UUID(bytes=principal), None if held == NO_SESSION else held, WHATS[what],
        datetime.fromtimestamp(at, UTC),
    )  # fmt: skip
