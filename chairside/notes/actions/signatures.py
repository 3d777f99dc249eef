from uuid import UUID, uuid4

from psycopg.errors import CheckViolation, ForeignKeyViolation, UniqueViolation

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Forbidden, malformed
from chairside.notes import rules
from chairside.notes.actions.notes import LEAVE, NoteIsStruck, NotYourNote, became, check_draft, hold
from chairside.notes.queries.notes import WholeNote
from chairside.notes.rows import HeldNote

SIGN = """
    update note
       set signed_at = %(at)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = note.version + 1
     where note.id = %(note_id)s
"""
PUT_NAME = """
    insert into note_signature (patient_id, note_id, role, signed_at, hash, of_patient_id)
    values (%(patient_id)s, %(note_id)s, %(role)s, %(at)s, %(hash)s, %(patient_id)s)
"""
COSIGN = """
    update note
       set cosigned_at = %(at)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = note.version + 1
     where note.id = %(note_id)s
"""
SET_COSIGNER = """
    update note
       set cosigner_id = %(member_id)s::uuid,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = note.version + 1
     where note.id = %(note_id)s
"""
ADD = """
    insert into note_addendum (id, patient_id, note_id, body, signed_at, hash)
    values (%(addendum_id)s, %(patient_id)s, %(note_id)s, %(body)s, %(at)s, %(hash)s)
"""


class NoteIsEmpty(Conflict):
    """There is nothing in this note to sign."""


class SlotsAreLeft(Conflict):
    """Something is not filled in yet: {slots}."""


class NoteIsNotSigned(Conflict):
    """Its author has not signed this note yet."""


class NotAskedToCosign(Forbidden):
    """Nobody asked you to sign this note."""


class NoteIsCosigned(Conflict):
    """This note was signed by the other already."""


class OnlyPeopleSign(Forbidden):
    """Only a person signs notes; a program cannot."""


@needs("notes.sign")
async def sign(op: Op, *, patient_id: UUID, note_id: UUID, version: int | None = None) -> WholeNote:
    """Its author puts their name to what it says; from then on nobody changes it. Asks for a proof of who one is. Refuses
    NotOnCareTeam, NoSuchNote, NotYourNote, NoteIsStale, NoteIsSigned, NoteIsStruck, NoteIsEmpty, SlotsAreLeft, StepUpNeeded,
    OnlyPeopleSign."""
    held = await hold(op, patient_id, note_id, version)
    check_draft(op, held)
    if not held.body.strip():
        raise NoteIsEmpty()
    if slots := rules.slots_left(held.body):
        raise SlotsAreLeft(slots=", ".join(slots))
    _check_person(op)
    await op.db.run(SIGN, note_id=note_id, at=op.now)
    op.db.with_next(LEAVE, note_id=note_id, why="signed", even_if_same=True)
    await _put_name(op, held, "author")
    return await became(op, held)


@needs("notes.write")
async def ask_cosigner(
    op: Op, *, patient_id: UUID, note_id: UUID, member_id: UUID | None, version: int | None = None
) -> WholeNote:
    """Its author asks another to sign it, too; or, with nobody, no more. Refuses NotOnCareTeam, NoSuchNote, NotYourNote,
    NoteIsStale, NoteIsStruck, NoteIsCosigned, and nobody who works here."""
    held = await hold(op, patient_id, note_id, version)
    if held.author_id != op.actor.id:
        raise NotYourNote()
    if held.struck_at:
        raise NoteIsStruck()
    if held.cosigned_at:
        raise NoteIsCosigned()
    try:
        await op.db.run(SET_COSIGNER, note_id=note_id, member_id=member_id)
    except ForeignKeyViolation as error:
        raise malformed("/member_id", "not_found", "Nobody of that name works here; choose somebody else.") from error
    except CheckViolation as error:
        raise malformed("/member_id", "self", "Its author cannot sign it twice; choose somebody else.") from error
    return await became(op, held)


@needs("notes.cosign")
async def cosign(op: Op, *, patient_id: UUID, note_id: UUID, version: int | None = None) -> WholeNote:
    """Whoever was asked puts their name under what its author signed. Refuses NotOnCareTeam, NoSuchNote, NoteIsStale,
    NoteIsStruck, NoteIsNotSigned, NotAskedToCosign, NoteIsCosigned, StepUpNeeded, OnlyPeopleSign."""
    held = await hold(op, patient_id, note_id, version)
    if held.cosigner_id != op.actor.id:
        raise NotAskedToCosign()
    if held.struck_at:
        raise NoteIsStruck()
    if held.signed_at is None:
        raise NoteIsNotSigned()
    _check_person(op)
    try:
        await _put_name(op, held, "cosigner")
    except UniqueViolation as error:
        raise NoteIsCosigned() from error
    await op.db.run(COSIGN, note_id=note_id, at=op.now)
    return await became(op, held)


@needs("notes.sign")
async def add(op: Op, *, patient_id: UUID, note_id: UUID, body: str) -> WholeNote:
    """What is said of a signed note afterwards, by anybody who signs notes, and signed at once. Refuses NotOnCareTeam,
    NoSuchNote, NoteIsNotSigned, NoteIsStruck, StepUpNeeded, OnlyPeopleSign."""
    held = await hold(op, patient_id, note_id, None)
    if held.struck_at:
        raise NoteIsStruck()
    if held.signed_at is None:
        raise NoteIsNotSigned()
    _check_person(op)
    addendum_id = uuid4()
    signed = rules.addendum_hash(addendum_id=addendum_id, note_id=note_id, author_id=op.actor.id, body=body, at=op.now)
    await op.db.run(
        ADD, addendum_id=addendum_id, patient_id=patient_id, note_id=note_id, body=body, at=op.now, hash=signed
    )  # fmt: skip
    return await became(op, held)


async def _put_name(op: Op, held: HeldNote, role: str) -> None:
    signed = rules.signed_hash(
        note_id=held.id, patient_id=held.patient_id, author_id=held.author_id, appointment_id=held.appointment_id,
        kind=held.kind, title=held.title, body=held.body, signer_id=op.actor.id, at=op.now,
    )  # fmt: skip
    await op.db.run(PUT_NAME, patient_id=held.patient_id, note_id=held.id, role=role, at=op.now, hash=signed)


def _check_person(op: Op) -> None:
    if op.actor.program:
        raise OnlyPeopleSign()
    op.require_proof()
