"""Progress notes: drafts of their authors, signed notes that nobody changes, addenda, and the templates that they begin with."""

from chairside.notes.actions.notes import (
    NoteIsSigned,
    NoteIsStale,
    NoteIsStruck,
    NotYourNote,
    change,
    hand_over,
    restore,
    strike,
    write,
)
from chairside.notes.actions.signatures import (
    NotAskedToCosign,
    NoteIsCosigned,
    NoteIsEmpty,
    NoteIsNotSigned,
    OnlyPeopleSign,
    SlotsAreLeft,
    add,
    ask_cosigner,
    cosign,
    sign,
)
from chairside.notes.actions.templates import (
    NoteCodeTaken,
    NoteTemplateIsStale,
    SnippetCodeTaken,
    SnippetIsStale,
    add_snippet,
    add_template,
    change_snippet,
    change_template,
    remove_snippet,
    remove_template,
)
from chairside.notes.events import NOTES, NoteChanged, NoteTemplatesChanged
from chairside.notes.queries.notes import (
    EARLIEST,
    LATEST,
    NoSuchNote,
    Unsigned,
    WholeNote,
    get_note,
    list_notes,
    list_unsigned,
    search,
)
from chairside.notes.queries.templates import (
    Filled,
    NoSuchNoteTemplate,
    NoSuchSnippet,
    fill_template,
    get_snippet,
    get_template,
    list_snippets,
    list_templates,
)
from chairside.notes.queries.versions import NoSuchNoteVersion, get_version, list_versions
from chairside.notes.queries.whole import list_whole
from chairside.notes.rows import Found, Note, NoteAddendum, NoteLine, NoteSignature, NoteSnippet, NoteTemplate, NoteVersion

__all__ = [
    "EARLIEST", "LATEST", "NOTES", "Filled", "Found", "NoSuchNote", "NoSuchNoteTemplate", "NoSuchNoteVersion", "NoSuchSnippet",
    "NotAskedToCosign", "NotYourNote", "Note", "NoteAddendum", "NoteChanged", "NoteCodeTaken", "NoteIsCosigned", "NoteIsEmpty",
    "NoteIsNotSigned", "NoteIsSigned", "NoteIsStale", "NoteIsStruck", "NoteLine", "NoteSignature", "NoteSnippet",
    "NoteTemplate", "NoteTemplateIsStale", "NoteTemplatesChanged", "NoteVersion", "OnlyPeopleSign", "SlotsAreLeft",
    "SnippetCodeTaken", "SnippetIsStale", "Unsigned", "WholeNote", "add", "add_snippet", "add_template", "ask_cosigner",
    "change", "change_snippet", "change_template", "cosign", "fill_template", "get_note", "get_snippet", "get_template",
    "get_version", "hand_over", "list_notes", "list_snippets", "list_templates", "list_unsigned", "list_versions", "list_whole",
    "remove_snippet", "remove_template", "restore", "search", "sign", "strike", "write",
]  # fmt: skip
