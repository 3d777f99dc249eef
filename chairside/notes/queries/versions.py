from uuid import UUID

from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing
from chairside.notes.queries.notes import get_note
from chairside.notes.rows import NoteVersion

VERSION = """
    select version.id, version.patient_id, version.note_id, version.number, version.why, version.kind, version.title,
           version.body, version.created_at, coalesce(author.name, program.name) as created_by_name
      from note_version as version
      left join membership as author on author.principal_id = version.created_by
      left join service_account as program on program.id = version.created_by
"""
LIST = shown(
    f"""
    {VERSION}
     where version.note_id = %(note_id)s
     order by version.number desc
     limit 200
""",
    entity="note_version",
    patient="patient_id",
)
ONE = opened(
    f"{VERSION} where version.note_id = %(note_id)s and version.number = %(number)s", entity="note_version", patient="patient_id"
)


class NoSuchNoteVersion(Missing):
    """There is no such version of this note."""


@needs("notes.read")
async def list_versions(op: Op, *, patient_id: UUID, note_id: UUID) -> list[NoteVersion]:
    """The latest first, two hundred at most. Refuses NotOnCareTeam, NoSuchNote."""
    await get_note(op, patient_id=patient_id, note_id=note_id)
    return await op.db.all(NoteVersion, LIST, note_id=note_id)


@needs("notes.read")
async def get_version(op: Op, *, patient_id: UUID, note_id: UUID, number: int) -> NoteVersion:
    """Refuses NotOnCareTeam, NoSuchNote, NoSuchNoteVersion."""
    await get_note(op, patient_id=patient_id, note_id=note_id)
    version = await op.db.one(NoteVersion, ONE, note_id=note_id, number=number)
    if version is None:
        raise NoSuchNoteVersion()
    return version
