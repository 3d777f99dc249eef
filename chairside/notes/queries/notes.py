from typing import NamedTuple
from uuid import UUID

from chairside import patients
from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.notes import rules
from chairside.notes.rows import Note, NoteAddendum, NoteLine, NoteSignature

_NAMES = """
      left join membership as author on author.principal_id = note.author_id
      left join service_account as program on program.id = note.author_id
      left join membership as cosigner on cosigner.principal_id = note.cosigner_id
"""
NOTE = f"""
    select note.id, note.patient_id, note.author_id, coalesce(author.name, program.name) as author_name, note.appointment_id,
           note.kind, note.title, note.body, note.editing_id, note.cosigner_id, cosigner.name as cosigner_name, note.signed_at,
           note.cosigned_at, note.struck_at, note.struck_by, note.strike_reason, note.created_at, note.updated_at, note.version
      from note
    {_NAMES}
"""
GET = opened(
    f"{NOTE} where note.id = %(note_id)s and note.patient_id = %(patient_id)s",
    entity="note",
    patient="patient_id",
)
SIGNATURE = """
    select signature.id, signature.patient_id, signature.note_id, signature.role, signature.signer_id, signer.name as signer_name,
           signature.signed_at, signature.hash, signature.of_patient_id
      from note_signature as signature
      left join membership as signer on signer.principal_id = signature.signer_id
"""
SIGNATURES = shown(
    f"""
    {SIGNATURE}
     where signature.note_id = %(note_id)s
     order by signature.signed_at, signature.id
""",
    entity="note_signature",
    patient="patient_id",
)
ADDENDUM = """
    select addendum.id, addendum.patient_id, addendum.note_id, addendum.author_id, author.name as author_name, addendum.body,
           addendum.signed_at, addendum.hash
      from note_addendum as addendum
      left join membership as author on author.principal_id = addendum.author_id
"""
ADDENDA = shown(
    f"""
    {ADDENDUM}
     where addendum.note_id = %(note_id)s
     order by addendum.id
""",
    entity="note_addendum",
    patient="patient_id",
)
EXCERPT = 400
_LINE = f"""
    select note.id, note.patient_id, patient.first_name, patient.last_name, note.author_id,
           coalesce(author.name, program.name) as author_name, note.appointment_id, note.kind, note.title,
           left(note.body, {EXCERPT}) as excerpt, length(note.body) > {EXCERPT} as longer, note.cosigner_id,
           cosigner.name as cosigner_name, note.signed_at, note.cosigned_at, note.struck_at,
           (select count(*) from note_addendum as addendum where addendum.note_id = note.id) as addenda,
           note.created_at, note.version
"""
_PLACE = f"""
      join patient on patient.id = note.patient_id and patient.deleted_at is null
    {_NAMES}
"""
# The words are looked for among the patient's own: an index by them is for the whole clinic.
LIST = shown(
    f"""
    {_LINE}
      from note
    {_PLACE}
     where note.patient_id = %(patient_id)s
       and note.id < %(before)s
       and (%(wanted)s::text is null or note.search @@ %(wanted)s::tsquery)
     order by note.id desc
     limit %(limit)s
""",
    entity="note",
    patient="patient_id",
)
SEARCH = shown(
    f"""
    {_LINE}
      from app.find_notes(%(wanted)s::tsquery, %(before)s, %(limit)s) as found (id)
      join note on note.id = found.id
    {_PLACE}
     order by note.id desc
""",
    entity="note",
    patient="patient_id",
)
# What waits for somebody's signature: one's own drafts, and what one is asked to sign, too.
UNSIGNED = shown(
    f"""
    {_LINE}
      from note
    {_PLACE}
     where note.signed_at is null
       and note.struck_at is null
       and (%(person)s::uuid is null or note.author_id = %(person)s)
       and note.id > %(after)s
     order by note.id
     limit %(limit)s
""",
    entity="note",
    patient="patient_id",
)
TO_COSIGN = shown(
    f"""
    {_LINE}
      from note
    {_PLACE}
     where note.cosigner_id is not null
       and note.signed_at is not null
       and note.cosigned_at is null
       and note.struck_at is null
       and (%(person)s::uuid is null or note.cosigner_id = %(person)s)
       and note.id > %(after)s
     order by note.id
     limit %(limit)s
""",
    entity="note",
    patient="patient_id",
)
LATEST = UUID(int=2**128 - 1)
EARLIEST = UUID(int=0)


class NoSuchNote(Missing):
    """There is no such note in this record."""


class WholeNote(NamedTuple):
    """A note with who signed it and what was added. `intact`: every signature is of what stands here."""

    note: Note
    signatures: list[NoteSignature]
    addenda: list[NoteAddendum]
    intact: bool


class Unsigned(NamedTuple):
    """Drafts, and signed notes that wait for another signature; the oldest first."""

    drafts: list[NoteLine]
    to_cosign: list[NoteLine]


@needs("notes.read")
async def list_notes(
    op: Op, *, patient_id: UUID, text: str = "", before: UUID = LATEST, limit: int = 50
) -> list[NoteLine]:  # fmt: skip
    """The newest first, going on before an id; with a `text`, those in which every word of it begins one. Refuses
    patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam."""
    await patients.get(op, patient_id=patient_id)
    wanted = rules.wanted(text)
    if text.strip() and wanted is None:
        return []
    return await op.db.all(NoteLine, LIST, patient_id=patient_id, wanted=wanted, before=before, limit=limit)


@needs("notes.read")
async def search(op: Op, *, text: str, before: UUID = LATEST, limit: int = 20) -> list[NoteLine]:
    """In the notes of all patients, the newest first; those of records that are closed to the reader are left out."""
    wanted = rules.wanted(text)
    if wanted is None:
        return []
    return await op.db.all(NoteLine, SEARCH, wanted=wanted, before=before, limit=limit)


@needs("notes.read")
async def get_note(op: Op, *, patient_id: UUID, note_id: UUID) -> WholeNote:
    """Its signatures are held against what stands here. Refuses NotOnCareTeam, NoSuchNote."""
    await patients.check_record(op, patient_id=patient_id)
    note = await op.db.one(Note, GET, patient_id=patient_id, note_id=note_id)
    if note is None:
        raise NoSuchNote()
    if note.signed_at is None:
        return WholeNote(note, [], [], intact=True)
    signatures = await op.db.all(NoteSignature, SIGNATURES, note_id=note_id)
    addenda = await op.db.all(NoteAddendum, ADDENDA, note_id=note_id)
    return WholeNote(note, signatures, addenda, is_intact(note, signatures, addenda))


@needs("notes.write", "notes.cosign", "notes.oversee")
async def list_unsigned(op: Op, *, everybody: bool = False, after: UUID = EARLIEST, limit: int = 100) -> Unsigned:
    """One's own; of `everybody` for whoever oversees notes. Refuses NotAllowed."""
    if everybody:
        op.require("notes.oversee")
    await op.settle()
    person = None if everybody else op.actor.id
    asked = {"person": person, "after": after, "limit": limit}
    return Unsigned(await op.db.all(NoteLine, UNSIGNED, **asked), await op.db.all(NoteLine, TO_COSIGN, **asked))


def is_intact(note: Note, signatures: list[NoteSignature], addenda: list[NoteAddendum]) -> bool:
    """Whether what was signed is what stands here. Not a door."""

    def holds(signature: NoteSignature) -> bool:
        return signature.hash == rules.signed_hash(
            note_id=note.id, patient_id=signature.of_patient_id, author_id=note.author_id, appointment_id=note.appointment_id,
            kind=note.kind, title=note.title, body=note.body, signer_id=signature.signer_id, at=signature.signed_at,
        )  # fmt: skip

    def stands(addendum: NoteAddendum) -> bool:
        return addendum.hash == rules.addendum_hash(
            addendum_id=addendum.id, note_id=note.id, author_id=addendum.author_id, body=addendum.body, at=addendum.signed_at
        )

    authors = [one for one in signatures if one.role == "author"]
    return bool(authors) and authors[0].signed_at == note.signed_at and all(map(holds, signatures)) and all(map(stands, addenda))
