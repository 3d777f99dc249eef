"""What exactly is signed, which words a note is found by, and how a template becomes a text. No database, no clock."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from uuid import UUID

from chairside import patients
from chairside.kernel.digests import digest_of

KINDS = ("progress", "consultation", "phone", "other")
FILLED = (
    "visit.date", "visit.services", "chart.today", "patient.first_name", "patient.last_name", "patient.birth_date",
    "provider.name",
)  # fmt: skip
"""What `{{…}}` in a template may name."""
LEFT_TO_READERS = frozenset({"chart.today"})
"""Filled by the screen, which has the words for conditions of teeth in the reader's language."""
MOST_WORDS = 8
_LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")
_FILLED = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_FREE = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_CODE = re.compile(r"[^\W_]{2,12}")


def signed_hash(
    *, note_id: UUID, patient_id: UUID, author_id: UUID, appointment_id: UUID | None, kind: str, title: str | None, body: str,
    signer_id: UUID, at: datetime,
) -> bytes:  # fmt: skip
    """SHA-256 of a note as it was signed: of a JSON object with its keys in order, without spaces, in UTF-8."""
    return digest_of(
        {
            "what": "note", "note": note_id, "patient": patient_id, "author": author_id, "appointment": appointment_id,
            "kind": kind, "title": title, "body": body, "signer": signer_id, "at": _instant(at),
        }
    )  # fmt: skip


def addendum_hash(*, addendum_id: UUID, note_id: UUID, author_id: UUID, body: str, at: datetime) -> bytes:
    """The same of an addendum, which is signed as it is written."""
    return digest_of(
        {"what": "addendum", "addendum": addendum_id, "note": note_id, "author": author_id, "body": body, "at": _instant(at)}
    )


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def words_of(*texts: str | None) -> list[str]:
    """What it is found by: words without accents and case, each once."""
    return sorted({word[:_LONGEST_WORD] for text in texts if text for word in _words(text)})


def wanted(typed: str) -> str | None:
    """Notes in which every word begins as one that was typed, as PostgreSQL writes it; None where nothing was typed."""
    found = list(dict.fromkeys(word[:_LONGEST_WORD] for word in _words(typed)))[:MOST_WORDS]
    return " & ".join(f"'{word}':*" for word in found) or None


def _words(text: str) -> list[str]:
    # Twice: some letters, 🅂 among them, become capitals when Unicode takes them apart.
    return _WORD.findall(patients.fold(patients.fold(text)))


def is_code(code: str) -> bool:
    """Two to twelve letters and digits, of whatever script."""
    return bool(_CODE.fullmatch(code))


def unknown_slots(body: str) -> list[str]:
    """What stands in `{{…}}` and is nothing that can be filled in."""
    return [name for name in _FILLED.findall(body) if name not in FILLED]


def fill(body: str, values: Mapping[str, str | None]) -> str:
    """Every `{{…}}` by its value; what nobody knows becomes a free slot to be typed."""

    def filled(found: re.Match[str]) -> str:
        name = found[1]
        if name in LEFT_TO_READERS:
            return found[0]
        return values.get(name) or f"[[{name}]]"

    return _FILLED.sub(filled, body)


def slots_left(body: str) -> list[str]:
    """What nobody has typed yet, `[[…]]`, and what nobody filled in."""
    return [*_FREE.findall(body), *_FILLED.findall(body)]


def services_said(services: Iterable[Mapping[str, object]]) -> str | None:
    """`Filling 26 MO, Polishing ×2`."""
    said = []
    for one in services:
        surfaces = one.get("surfaces") or ""
        parts = [one["name"], one.get("tooth"), "".join(surfaces) if isinstance(surfaces, list) else surfaces]
        times = f" ×{one['quantity']}" if one.get("quantity") not in (None, 1) else ""
        said.append(" ".join(str(part) for part in parts if part) + times)
    return ", ".join(said) or None
