import asyncio
import os
from collections.abc import Iterator
from uuid import UUID

from chairside import patients
from chairside.imaging.events import FileReceived
from chairside.imaging.queries.files import COLUMN, TABLE, NoSuchFile, check_pass, key_of
from chairside.imaging.rows import FILE, StoredFile
from chairside.imaging.rules import contents
from chairside.imaging.rules.limits import MOST_BYTES, PART_BYTES
from chairside.imaging.rules.passes import Pass
from chairside.kernel import frames, vault
from chairside.kernel.envelope import Key, Place
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, TooLarge, UnsupportedType
from chairside.kernel.store import store

NEW_ID = "select uuidv7()"
BEGIN = f"""
    insert into stored_file as file (id, patient_id, name, size, secret)
    select %(id)s, patient.id, %(name)s, %(size)s, %(secret)s
      from patient
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
    returning {FILE}
"""
# One part at a time: whoever sends another meanwhile waits, and hears where to go on.
HOLD = f"""
    select {FILE}
      from stored_file as file
     where file.id = %(file_id)s
       for no key update
"""
SECRET = "select file.secret from stored_file as file where file.id = %(file_id)s"
GROW = f"""
    update stored_file as file
       set received = file.received + %(size)s, parts = file.parts + 1,
           state = case when file.received + %(size)s = file.size then 'quarantined' else file.state end,
           kind = coalesce(file.kind, %(kind)s),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = file.version + 1
     where file.id = %(file_id)s
    returning {FILE}
"""
REFUSE = f"""
    update stored_file as file
       set state = 'refused', refusal = %(refusal)s, secret = null,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = file.version + 1
     where file.id = %(file_id)s
    returning {FILE}
"""


class ImageTooLarge(TooLarge):
    """The image is larger than {most_mb} MB."""


class NotAnImage(UnsupportedType):
    """Bring images: JPEG, PNG, TIFF, BMP, WebP or DICOM. This is something else, whatever its name says."""


class PartOutOfPlace(Conflict):
    """Go on with byte {received} of this file."""


class PartTooLarge(TooLarge):
    """A part has at most {most_bytes} bytes, and no more than are left of the file."""


class FileIsWhole(Conflict):
    """All of this file is here already."""


@needs("imaging.write")
async def begin_file(op: Op, *, patient_id: UUID, name: str, size: int) -> StoredFile:
    """Its bytes follow, part by part. `size` in bytes. Refuses NoSuchPatient, NotOnCareTeam, ImageTooLarge."""
    await patients.check_record(op, patient_id=patient_id)
    if size > MOST_BYTES:
        raise ImageTooLarge(most_mb=MOST_BYTES // 1_000_000)
    file_id: UUID = await op.db.value(NEW_ID)
    secret = await vault.seal(op, table=TABLE, column=COLUMN, row=file_id, value=os.urandom(32))
    made = await op.db.one(StoredFile, BEGIN, id=file_id, patient_id=patient_id, name=name, size=size, secret=secret)
    if made is None:
        raise patients.NoSuchPatient()
    return made


@needs("imaging.write")
async def receive_part(op: Op, *, held: Pass, offset: int, content: bytes) -> StoredFile:
    """What comes next of a file. `offset`: in bytes, where this part begins. With its last byte the file waits to be checked.
    What begins like no image is refused at once, and nothing of it stays. Refuses NoSuchFile, FileLinkIsOver, FileIsWhole,
    PartOutOfPlace, PartTooLarge, NotAnImage, store.FilesAway."""
    check_pass(op, held)
    file = await op.db.one(StoredFile, HOLD, file_id=held.file_id)
    if file is None:
        raise NoSuchFile()
    if file.state != "uploading":
        raise FileIsWhole()
    if offset != file.received:
        raise PartOutOfPlace(received=file.received)
    if not 0 < len(content) <= min(PART_BYTES, file.size - file.received):
        raise PartTooLarge(most_bytes=min(PART_BYTES, file.size - file.received))
    kind = file.kind
    if offset == 0:
        try:
            kind = contents.kind_of(content[: contents.ENOUGH])
        except contents.Refused as refused:
            raise NotAnImage(why=refused.code) from refused
    secret: bytes = await op.db.value(SECRET, file_id=file.id)
    key = await key_of(op, file.id, secret)
    await keep(op, file.id, key, f"{file.parts:05}", content)
    grown = await op.db.one(StoredFile, GROW, file_id=file.id, size=len(content), kind=kind)
    assert grown
    if grown.state == "quarantined":
        await op.emit(FileReceived(grown.patient_id, grown.id))
    return grown


async def keep(op: Op, file_id: UUID, key: Key, name: str, content: bytes) -> None:
    """Sealed, in the place of any of that name. Not a door. Refuses store.FilesAway."""
    clinic_id, lies = op.clinic.id, store()
    pieces = frames.seal(key, place(clinic_id, file_id, name), _pieces(content))
    await asyncio.to_thread(lies.put, f"{clinic_id}/{file_id}/{name}", pieces)


def place(clinic_id: UUID, file_id: UUID, name: str) -> Place:
    return Place(clinic_id, TABLE, name, str(file_id))


def read(clinic_id: UUID, file_id: UUID, key: Key, name: str) -> Iterator[bytes]:
    """What lies under that name, opened, in pieces; waits for a disk or a network. Raises DoesNotOpen, NotThere; refuses
    FilesAway."""
    yield from frames.open_(key, place(clinic_id, file_id, name), store().get(f"{clinic_id}/{file_id}/{name}"))


def _pieces(content: bytes) -> Iterator[bytes]:
    for at in range(0, len(content), frames.FRAME):
        yield content[at : at + frames.FRAME]
