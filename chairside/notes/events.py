from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic

NOTES = Topic("notes", "notes.read")


@dataclass(frozen=True)
class NoteChanged(Event):
    """A note was written, signed, struck through or added to."""

    name = "notes.note_changed"
    topic = NOTES

    note_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class NoteTemplatesChanged(Event):
    """A template or a snippet was made, changed or removed."""

    name = "notes.templates_changed"
    topic = NOTES

    template_id: UUID
