from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID


class Note(NamedTuple):
    """`editing_id`: the sitting in which it was written in last. Signed: it does not change any more. Struck: it should never
    have stood here, and stays to be read."""

    id: UUID
    patient_id: UUID
    author_id: UUID
    author_name: str | None
    appointment_id: UUID | None
    kind: str
    title: str | None
    body: str
    editing_id: UUID
    cosigner_id: UUID | None
    cosigner_name: str | None
    signed_at: datetime | None
    cosigned_at: datetime | None
    struck_at: datetime | None
    struck_by: UUID | None
    strike_reason: str | None
    created_at: datetime
    updated_at: datetime
    version: int


class NoteLine(NamedTuple):
    """One of a list: `excerpt` is how it begins, `longer` whether it goes on; `addenda`, how many."""

    id: UUID
    patient_id: UUID
    first_name: str
    last_name: str
    author_id: UUID
    author_name: str | None
    appointment_id: UUID | None
    kind: str
    title: str | None
    excerpt: str
    longer: bool
    cosigner_id: UUID | None
    cosigner_name: str | None
    signed_at: datetime | None
    cosigned_at: datetime | None
    struck_at: datetime | None
    addenda: int
    created_at: datetime
    version: int


class HeldNote(NamedTuple):
    """One that nobody else changes until this transaction ends."""

    id: UUID
    patient_id: UUID
    author_id: UUID
    appointment_id: UUID | None
    kind: str
    title: str | None
    body: str
    editing_id: UUID
    cosigner_id: UUID | None
    signed_at: datetime | None
    cosigned_at: datetime | None
    struck_at: datetime | None
    version: int


class NoteSignature(NamedTuple):
    """`hash`: of exactly what was signed, by whom and when. `of_patient_id`: whose record it was in then."""

    id: UUID
    patient_id: UUID
    note_id: UUID
    role: str
    signer_id: UUID
    signer_name: str | None
    signed_at: datetime
    hash: bytes
    of_patient_id: UUID


class NoteAddendum(NamedTuple):
    """Signed as it was written."""

    id: UUID
    patient_id: UUID
    note_id: UUID
    author_id: UUID
    author_name: str | None
    body: str
    signed_at: datetime
    hash: bytes


class NoteVersion(NamedTuple):
    """A text that was left behind: by hand (`kept`), to another sitting (`left`) or author (`handed_over`), or signed."""

    id: UUID
    patient_id: UUID
    note_id: UUID
    number: int
    why: str
    kind: str
    title: str | None
    body: str
    created_at: datetime
    created_by_name: str | None


class NoteTemplate(NamedTuple):
    id: UUID
    code: str
    name: str
    kind: str
    body: str
    version: int


class NoteSnippet(NamedTuple):
    """The clinic's where it has no owner."""

    id: UUID
    owner_id: UUID | None
    code: str
    body: str
    version: int


class Visit(NamedTuple):
    """What a template says of a patient (`id`) and a visit. `services` as {name, quantity, tooth, surfaces}."""

    id: UUID
    first_name: str
    last_name: str
    birth_date: date | None
    appointment_id: UUID | None
    starts_at: datetime | None
    provider_name: str | None
    services: list[dict[str, Any]]


class Found(NamedTuple):
    """Of the tooth chart, what was written down on a day."""

    teeth: list[str]
    surfaces: list[str]
    condition: str
    layer: str
    material: str | None


TEMPLATE = ", ".join(f"template.{column}" for column in NoteTemplate._fields)
SNIPPET = ", ".join(f"snippet.{column}" for column in NoteSnippet._fields)
