from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale, malformed
from chairside.notes import rules
from chairside.notes.events import NoteTemplatesChanged
from chairside.notes.queries.templates import get_snippet, get_template
from chairside.notes.rows import SNIPPET, TEMPLATE, NoteSnippet, NoteTemplate

ADD = f"""
    insert into note_template as template (code, name, kind, body)
    values (%(code)s, %(name)s, %(kind)s, %(body)s)
    returning {TEMPLATE}
"""
CHANGE = f"""
    update note_template as template
       set code = %(code)s, name = %(name)s, kind = %(kind)s, body = %(body)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = template.version + 1
     where template.id = %(template_id)s
       and template.version = %(version)s
    returning {TEMPLATE}
"""
REMOVE = """
    delete from note_template as template
     where template.id = %(template_id)s
       and template.version = %(version)s
    returning template.id
"""
ADD_SNIPPET = f"""
    insert into note_snippet as snippet (owner_id, code, body)
    values (%(owner_id)s::uuid, %(code)s, %(body)s)
    returning {SNIPPET}
"""
CHANGE_SNIPPET = f"""
    update note_snippet as snippet
       set code = %(code)s, body = %(body)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = snippet.version + 1
     where snippet.id = %(snippet_id)s
       and snippet.version = %(version)s
    returning {SNIPPET}
"""
REMOVE_SNIPPET = """
    delete from note_snippet as snippet
     where snippet.id = %(snippet_id)s
       and snippet.version = %(version)s
    returning snippet.id
"""


class NoteTemplateIsStale(Stale):
    """Somebody changed this template while you were editing."""


class NoteCodeTaken(Conflict):
    """Another template already has this code."""


class SnippetIsStale(Stale):
    """Somebody changed this snippet while you were editing."""


class SnippetCodeTaken(Conflict):
    """Another snippet already has this code."""


@needs("notes.templates")
async def add_template(op: Op, *, code: str, name: str, kind: str, body: str) -> NoteTemplate:
    """`code`: two to twelve letters or digits. Refuses NoteCodeTaken, and in words a slot that nothing can be filled into."""
    _check(code, body)
    try:
        template = await op.db.one(NoteTemplate, ADD, code=code.lower(), name=name, kind=kind, body=body)
    except UniqueViolation as error:
        raise NoteCodeTaken() from error
    assert template
    await op.emit(NoteTemplatesChanged(template.id))
    return template


@needs("notes.templates")
async def change_template(op: Op, *, template_id: UUID, version: int, changes: dict[str, Any]) -> NoteTemplate:
    """Notes that were begun with it stay as they are. Refuses NoSuchNoteTemplate, NoteTemplateIsStale, NoteCodeTaken."""
    before = await get_template(op, template_id=template_id)
    facts = {name: changes.get(name, getattr(before, name)) for name in ("code", "name", "kind", "body")}
    _check(facts["code"], facts["body"])
    facts["code"] = facts["code"].lower()
    try:
        template = await op.db.one(NoteTemplate, CHANGE, template_id=template_id, version=version, **facts)
    except UniqueViolation as error:
        raise NoteCodeTaken() from error
    if template is None:
        raise NoteTemplateIsStale(version=before.version)
    await op.emit(NoteTemplatesChanged(template_id))
    return template


@needs("notes.templates")
async def remove_template(op: Op, *, template_id: UUID, version: int) -> None:
    """Notes that were begun with it stay as they are. Refuses NoSuchNoteTemplate, NoteTemplateIsStale."""
    before = await get_template(op, template_id=template_id)
    if await op.db.value(REMOVE, template_id=template_id, version=version) is None:
        raise NoteTemplateIsStale(version=before.version)
    await op.emit(NoteTemplatesChanged(template_id))


@needs("notes.write", "notes.templates")
async def add_snippet(op: Op, *, code: str, body: str, of_clinic: bool = False) -> NoteSnippet:
    """One's own, or the clinic's by whoever keeps its templates. Refuses NotAllowed, SnippetCodeTaken."""
    _check(code)
    await _may_keep(op, of_clinic)
    try:
        snippet = await op.db.one(
            NoteSnippet, ADD_SNIPPET, owner_id=None if of_clinic else op.actor.id, code=code.lower(), body=body
        )
    except UniqueViolation as error:
        raise SnippetCodeTaken() from error
    assert snippet
    await op.emit(NoteTemplatesChanged(snippet.id))
    return snippet


@needs("notes.write", "notes.templates")
async def change_snippet(op: Op, *, snippet_id: UUID, version: int, changes: dict[str, Any]) -> NoteSnippet:
    """Whose it is stays. Refuses NotAllowed, NoSuchSnippet, SnippetIsStale, SnippetCodeTaken."""
    before = await get_snippet(op, snippet_id=snippet_id)
    await _may_keep(op, before.owner_id is None)
    facts = {name: changes.get(name, getattr(before, name)) for name in ("code", "body")}
    _check(facts["code"])
    facts["code"] = facts["code"].lower()
    try:
        snippet = await op.db.one(NoteSnippet, CHANGE_SNIPPET, snippet_id=snippet_id, version=version, **facts)
    except UniqueViolation as error:
        raise SnippetCodeTaken() from error
    if snippet is None:
        raise SnippetIsStale(version=before.version)
    await op.emit(NoteTemplatesChanged(snippet_id))
    return snippet


@needs("notes.write", "notes.templates")
async def remove_snippet(op: Op, *, snippet_id: UUID, version: int) -> None:
    """Refuses NotAllowed, NoSuchSnippet, SnippetIsStale."""
    before = await get_snippet(op, snippet_id=snippet_id)
    await _may_keep(op, before.owner_id is None)
    if await op.db.value(REMOVE_SNIPPET, snippet_id=snippet_id, version=version) is None:
        raise SnippetIsStale(version=before.version)
    await op.emit(NoteTemplatesChanged(snippet_id))


async def _may_keep(op: Op, of_clinic: bool) -> None:
    await op.settle()
    op.require("notes.templates" if of_clinic else "notes.write")


def _check(code: str, body: str = "") -> None:
    if not rules.is_code(code):
        raise malformed("/code", "not_a_code", "Two to twelve letters or digits, without spaces.")
    if unknown := rules.unknown_slots(body):
        raise malformed("/body", "unknown_slot", f"Nothing can be filled in for {unknown[0] or 'an empty slot'}.")
