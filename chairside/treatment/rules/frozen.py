"""What is frozen when a plan is shown, and when it is signed: SHA-256 of JSON with its keys in order, without
spaces, in UTF-8."""

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from chairside.kernel.digests import digest_of
from chairside.treatment.rows import TreatmentItem

SHOWN = (
    "id", "phase", "position", "choice", "procedure_version_id", "code", "name", "tooth", "through", "surfaces", "quadrant",
    "arch", "price", "duration_minutes", "visits", "status",
)  # fmt: skip
"""Of an item. Never a note or a finding: paper and screen are the patient's."""
MOST_UNPACKED = 8 * 1600 * 800 + 800
"""Of a picture of 1600 by 800 with four channels of sixteen bits, and a byte for each line."""


def frozen(item: TreatmentItem, estimate: Mapping[str, Any] | None) -> dict[str, Any]:
    values = item._asdict()
    kept = {name: str(values[name]) if isinstance(values[name], UUID) else values[name] for name in SHOWN}
    return kept | {"estimate": dict(estimate) if estimate else None}


def presented_hash(
    *, plan_id: UUID, patient_id: UUID, number: int, title: str, currency: str, body: Iterable[Mapping[str, Any]]
) -> bytes:  # fmt: skip
    return digest_of(
        {
            "what": "treatment plan", "plan": plan_id, "patient": patient_id, "number": number, "title": title,
            "currency": currency, "items": list(body),
        }
    )  # fmt: skip


def signed_hash(
    *, presented: bytes, decisions: Mapping[str, str], signer_name: str, picture_hash: bytes, at: datetime
) -> bytes:  # fmt: skip
    """Of the version that was shown, by its own hash, what was said of it, by whom, and how they signed."""
    return digest_of(
        {
            "what": "acceptance", "presented": presented.hex(), "decisions": dict(decisions), "signer": signer_name,
            "picture": picture_hash.hex(), "at": at.astimezone(UTC).isoformat(),
        }
    )  # fmt: skip


def picture_hash(picture: bytes) -> bytes:
    return hashlib.sha256(picture).digest()


def is_drawn(png: bytes) -> bool:
    """Something is on it: not every byte of its pixels is nothing. What cannot be unpacked has nothing on it."""
    pixels, at = bytearray(), 8
    while at + 12 <= len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            pixels += png[at + 8 : at + 8 + length]
        at += 12 + length
    try:
        return any(zlib.decompressobj().decompress(bytes(pixels), MOST_UNPACKED))
    except zlib.error:
        return False
