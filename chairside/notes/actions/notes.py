"""A draft is one row that autosave writes over. What it said is kept as a version when its author says so, when it is signed,
when another takes it over, and when another sitting begins: nothing is lost of what one sitting did not see another write."""

from typing import Any
from uuid import UUID

from chairside import patients, scheduling
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Forbidden, Stale, malformed
from chairside.notes import rules
from chairside.notes.events import NoteChanged
from chairside.notes.queries.notes import NoSuchNote, WholeNote, get_note
from chairside.notes.rows import HeldNote

WRITE = """
    insert into note (patient_id, appointment_id, kind, title, body, editing_id, search)
    select patient.id, %(appointment_id)s::uuid, %(kind)s, %(title)s, %(body)s, %(editing_id)s,
           array_to_tsvector(%(words)s::text[])
      from patient
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
    returning note.id
"""
HOLD = f"""
    select {", ".join(f"note.{column}" for column in HeldNote._fields)}
      from note
     where note.id = %(note_id)s
       and note.patient_id = %(patient_id)s
       for update
"""
CHANGE = """
    update note
       set kind = %(kind)s, title = %(title)s, body = %(body)s, appointment_id = %(appointment_id)s::uuid,
           editing_id = %(editing_id)s, search = array_to_tsvector(%(words)s::text[]),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = note.version + 1
     where note.id = %(note_id)s
"""
# As the row stands now, unless the last version says the same already. Its author is who wrote it, whoever finds it.
LEAVE = """
    insert into note_version (patient_id, note_id, number, why, kind, title, body, created_by)
    select note.patient_id, note.id, coalesce(last.number, 0) + 1, %(why)s, note.kind, note.title, note.body, note.author_id
      from note
      left join lateral (select version.number, version.kind, version.title, version.body
                           from note_version as version
                          where version.note_id = note.id
                          order by version.number desc
                          limit 1) as last on true
     where note.id = %(note_id)s
       and (%(even_if_same)s or (note.kind, note.title, note.body) is distinct from (last.kind, last.title, last.body))
"""
HAND_OVER = """
    update note
       set author_id = member.principal_id, cosigner_id = nullif(note.cosigner_id, member.principal_id),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = note.version + 1
      from membership as member
     where note.id = %(note_id)s
       and member.principal_id = %(member_id)s
       and member.suspended_at is null
    returning note.id
"""
SET_STRUCK = """
    update note
       set struck_at = %(at)s, struck_by = case when %(at)s::timestamptz is not null then app.actor() end,
           strike_reason = %(reason)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = note.version + 1
     where note.id = %(note_id)s
"""


class NoteIsStale(Stale):
    """This note was changed in another window while you were writing."""


class NotYourNote(Forbidden):
    """Only its author changes this note."""


class NoteIsSigned(Conflict):
    """This note is signed and does not change any more; write an addendum instead."""


class NoteIsStruck(Conflict):
    """This note was struck through; restore it first."""


@needs("notes.write")
async def write(
    op: Op, *, patient_id: UUID, kind: str, body: str, editing_id: UUID, title: str | None = None,
    appointment_id: UUID | None = None,
) -> WholeNote:  # fmt: skip
    """A draft of one's own. `editing_id`: the sitting in which it is written, of whoever asks. Refuses NoSuchPatient,
    NotOnCareTeam, NoSuchAppointment."""
    await patients.check_record(op, patient_id=patient_id)
    await _check_visit(op, patient_id, appointment_id)
    note_id: UUID | None = await op.db.value(
        WRITE, patient_id=patient_id, appointment_id=appointment_id, kind=kind, title=title or None, body=body,
        editing_id=editing_id, words=rules.words_of(title, body),
    )  # fmt: skip
    if note_id is None:
        raise patients.NoSuchPatient()
    await op.emit(NoteChanged(note_id, patient_id))
    return await get_note(op, patient_id=patient_id, note_id=note_id)


@needs("notes.write")
async def change(
    op: Op, *, patient_id: UUID, note_id: UUID, version: int, editing_id: UUID, changes: dict[str, Any], keep: bool = False
) -> WholeNote:
    """Writes over a draft: `kind`, `title`, `body`, `appointment_id`. `keep`: what it says then becomes a version. Refuses
    NotOnCareTeam, NoSuchNote, NotYourNote, NoteIsStale, NoteIsSigned, NoteIsStruck, NoSuchAppointment."""
    held = await hold(op, patient_id, note_id, version)
    check_draft(op, held)
    facts = {name: changes.get(name, getattr(held, name)) for name in ("kind", "title", "body", "appointment_id")}
    if facts["appointment_id"] != held.appointment_id:
        await _check_visit(op, patient_id, facts["appointment_id"])
    if editing_id != held.editing_id:
        op.db.with_next(LEAVE, note_id=note_id, why="left", even_if_same=False)
    facts["title"] = facts["title"] or None
    await op.db.run(
        CHANGE, note_id=note_id, editing_id=editing_id, words=rules.words_of(facts["title"], facts["body"]), **facts
    )  # fmt: skip
    if keep:
        op.db.with_next(LEAVE, note_id=note_id, why="kept", even_if_same=False)
    # Of every pause in the typing nobody else need hear.
    if keep or editing_id != held.editing_id:
        return await became(op, held)
    return await get_note(op, patient_id=patient_id, note_id=note_id)


@needs("notes.write")
async def hand_over(op: Op, *, patient_id: UUID, note_id: UUID, member_id: UUID, version: int | None = None) -> WholeNote:
    """A draft gets another author, who goes on with it and signs it; what was written until then is kept under its author's
    name. Refuses NotOnCareTeam, NoSuchNote, NotYourNote, NoteIsStale, NoteIsSigned, NoteIsStruck, and nobody who works here."""
    held = await hold(op, patient_id, note_id, version)
    check_draft(op, held)
    op.db.with_next(LEAVE, note_id=note_id, why="handed_over", even_if_same=True)
    if await op.db.value(HAND_OVER, note_id=note_id, member_id=member_id) is None:
        raise malformed("/member_id", "not_found", "Nobody of that name works here; choose somebody else.")
    return await became(op, held)


@needs("notes.write")
async def strike(op: Op, *, patient_id: UUID, note_id: UUID, reason: str, version: int | None = None) -> WholeNote:
    """It should never have stood here: kept, and struck through, by its author, or by whoever writes notes and oversees them.
    Refuses NotOnCareTeam, NoSuchNote, NotYourNote, NoteIsStale."""
    held = await hold(op, patient_id, note_id, version)
    _check_striking(op, held)
    if held.struck_at is None:
        await op.db.run(SET_STRUCK, note_id=note_id, at=op.now, reason=reason)
    return await became(op, held)


@needs("notes.write")
async def restore(op: Op, *, patient_id: UUID, note_id: UUID, version: int | None = None) -> WholeNote:
    """It stands again. Refuses NotOnCareTeam, NoSuchNote, NotYourNote, NoteIsStale."""
    held = await hold(op, patient_id, note_id, version)
    _check_striking(op, held)
    if held.struck_at is not None:
        await op.db.run(SET_STRUCK, note_id=note_id, at=None, reason=None)
    return await became(op, held)


async def hold(op: Op, patient_id: UUID, note_id: UUID, version: int | None) -> HeldNote:
    """Not a door. Refuses NotOnCareTeam, NoSuchNote, NoteIsStale."""
    await patients.check_record(op, patient_id=patient_id)
    held = await op.db.one(HeldNote, HOLD, note_id=note_id, patient_id=patient_id)
    await op.settle()
    if held is None:
        raise NoSuchNote()
    if version not in (None, held.version):
        raise NoteIsStale(version=held.version)
    return held


def check_draft(op: Op, held: HeldNote) -> None:
    """Refuses NotYourNote, NoteIsSigned, NoteIsStruck."""
    if held.author_id != op.actor.id:
        raise NotYourNote()
    if held.signed_at:
        raise NoteIsSigned()
    if held.struck_at:
        raise NoteIsStruck()


async def became(op: Op, held: HeldNote) -> WholeNote:
    await op.emit(NoteChanged(held.id, held.patient_id))
    return await get_note(op, patient_id=held.patient_id, note_id=held.id)


def _check_striking(op: Op, held: HeldNote) -> None:
    if held.author_id != op.actor.id and not op.may("notes.oversee"):
        raise NotYourNote()


async def _check_visit(op: Op, patient_id: UUID, appointment_id: UUID | None) -> None:
    if appointment_id is None:
        return
    visit = await scheduling.get_appointment(op, appointment_id=appointment_id)
    if visit.patient_id != patient_id:
        raise scheduling.NoSuchAppointment()
