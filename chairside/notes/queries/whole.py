from collections import defaultdict
from uuid import UUID

from chairside import patients
from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.notes.queries.notes import ADDENDUM, NOTE, SIGNATURE, WholeNote, is_intact
from chairside.notes.rows import Note, NoteAddendum, NoteSignature

ALL = shown(
    f"""
    {NOTE}
     where note.patient_id = %(patient_id)s
     order by note.id
""",
    entity="note",
    patient="patient_id",
)
ALL_SIGNATURES = shown(
    f"""
    {SIGNATURE}
     where signature.patient_id = %(patient_id)s
     order by signature.signed_at, signature.id
""",
    entity="note_signature",
    patient="patient_id",
)
ALL_ADDENDA = shown(
    f"""
    {ADDENDUM}
     where addendum.patient_id = %(patient_id)s
     order by addendum.id
""",
    entity="note_addendum",
    patient="patient_id",
)


@needs("notes.read")
async def list_whole(op: Op, *, patient_id: UUID) -> list[WholeNote]:
    """Every note of a record from its first word to its last addendum, the oldest first; drafts and struck ones too. Refuses
    patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam."""
    await patients.get(op, patient_id=patient_id)
    found = await op.db.all(Note, ALL, patient_id=patient_id)
    signatures, addenda = defaultdict[UUID, list[NoteSignature]](list), defaultdict[UUID, list[NoteAddendum]](list)
    for signature in await op.db.all(NoteSignature, ALL_SIGNATURES, patient_id=patient_id):
        signatures[signature.note_id].append(signature)
    for addendum in await op.db.all(NoteAddendum, ALL_ADDENDA, patient_id=patient_id):
        addenda[addendum.note_id].append(addendum)
    return [_whole(note, signatures[note.id], addenda[note.id]) for note in found]


def _whole(note: Note, signatures: list[NoteSignature], addenda: list[NoteAddendum]) -> WholeNote:
    return WholeNote(note, signatures, addenda, intact=note.signed_at is None or is_intact(note, signatures, addenda))
