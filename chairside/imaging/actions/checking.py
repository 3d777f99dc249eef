"""What the worker does with a file whose last byte came: looks whether it is what it says, makes what is shown of it, and lets it
out of quarantine; or refuses it, and nothing of it stays."""

import asyncio
import hashlib
from datetime import date
from typing import NamedTuple
from uuid import UUID

from chairside.imaging import scanning
from chairside.imaging.actions.files import REFUSE, SECRET, keep, read
from chairside.imaging.events import ImagesChanged
from chairside.imaging.queries.files import key_of
from chairside.imaging.rows import FILE, StoredFile
from chairside.imaging.rules import contents, dicom, pictures
from chairside.imaging.rules.pictures import Shown
from chairside.kernel.db import Jsonb
from chairside.kernel.envelope import Key
from chairside.kernel.op import Op
from chairside.kernel.store import NotThere, store

# Another worker may be at it: then it is theirs.
TAKE = f"""
    select {FILE}
      from stored_file as file
     where file.id = %(file_id)s
       and file.state = 'quarantined'
       for no key update skip locked
"""
WHOSE = """
    select patient.first_name, patient.last_name, patient.birth_date
      from patient
     where patient.id = %(patient_id)s
"""
SETTLE = """
    update stored_file
       set state = %(state)s, kind = %(kind)s, sha256 = %(sha256)s, said = %(said)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = stored_file.version + 1
     where stored_file.id = %(file_id)s
"""
SHOW = """
    update image
       set picture = %(picture)s, width = %(width)s, height = %(height)s, window_centre = %(window_centre)s,
           window_width = %(window_width)s, inverted = %(inverted)s, series = %(series)s,
           taken_on = coalesce(%(taken_on)s::date, image.taken_on),
           mm_per_pixel = coalesce(image.mm_per_pixel, %(mm_per_pixel)s),
           measured_by = coalesce(image.measured_by, case when %(mm_per_pixel)s::float8 is not null then 'file' end),
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = image.version + 1
     where image.file_id = %(file_id)s
    returning image.id
"""
OF_FILE = "select image.id from image where image.file_id = %(file_id)s"


class Whose(NamedTuple):
    first_name: str
    last_name: str
    birth_date: date | None


class Looked(NamedTuple):
    kind: str
    sha256: bytes
    shown: Shown
    said: dicom.Said | None


async def check_file(op: Op, *, file_id: UUID, clamd: str = "") -> None:
    """Does nothing where the file is not in quarantine, or its image is not there yet: whoever adds that asks again. Refuses
    FilesAway, ScannerAway: it stays in quarantine, and is looked at again."""
    image_id: UUID | None = await op.db.value(OF_FILE, file_id=file_id)
    file = await op.db.one(StoredFile, TAKE, file_id=file_id)
    if file is None or image_id is None:
        return
    secret: bytes = await op.db.value(SECRET, file_id=file_id)
    key = await key_of(op, file_id, secret)
    try:
        looked = await asyncio.to_thread(_look, op.clinic.id, file, key, clamd)
    except contents.Refused as refused:
        await op.db.one(StoredFile, REFUSE, file_id=file_id, refusal=refused.code)
        await op.emit(ImagesChanged(file.patient_id, image_id))
        await asyncio.to_thread(store().remove, f"{op.clinic.id}/{file_id}")
        return
    await keep(op, file_id, key, "view", looked.shown.view)
    await keep(op, file_id, key, "thumb", looked.shown.thumb)
    said = await _said(op, file.patient_id, looked.said)
    await op.db.run(
        SETTLE, file_id=file_id, state="held" if said else "ready", kind=looked.kind, sha256=looked.sha256,
        said=Jsonb(said) if said else None,
    )  # fmt: skip
    shown = looked.shown
    await op.db.run(
        SHOW, file_id=file_id, picture=shown.picture, width=shown.width, height=shown.height,
        window_centre=shown.window_centre, window_width=shown.window_width, inverted=shown.inverted,
        mm_per_pixel=shown.mm_per_pixel, series=looked.said.series or None if looked.said else None,
        taken_on=looked.said.taken_on if looked.said else None,
    )  # fmt: skip
    await op.emit(ImagesChanged(file.patient_id, image_id))


async def _said(op: Op, patient_id: UUID, said: dicom.Said | None) -> dict[str, object] | None:
    """What the file says of its patient, where that is not what the record says."""
    if said is None:
        return None
    whose = await op.db.one(Whose, WHOSE, patient_id=patient_id)
    assert whose
    differs = dicom.differs(said, first_name=whose.first_name, last_name=whose.last_name, birth_date=whose.birth_date)
    if not differs:
        return None
    born = said.birth_date.isoformat() if said.birth_date else None
    return {"name": said.name, "birth_date": born, "number": said.patient_number, "differs": differs}


def _look(clinic_id: UUID, file: StoredFile, key: Key, clamd: str) -> Looked:
    """Raises contents.Refused."""
    whole, digest = bytearray(), hashlib.sha256()
    try:
        for number in range(file.parts):
            for piece in read(clinic_id, file.id, key, f"{number:05}"):
                whole += piece
                digest.update(piece)
    except NotThere as error:
        raise contents.Refused("incomplete") from error
    content = bytes(whole)
    del whole
    if len(content) != file.size:
        raise contents.Refused("incomplete")
    if clamd and scanning.is_infected(clamd, content):
        raise contents.Refused("infected")
    kind = contents.kind_of(content[: contents.ENOUGH])
    if kind == contents.DICOM:
        found = dicom.read(content)
        return Looked(kind, digest.digest(), dicom.shown(found), dicom.said(found))
    contents.check_end(kind, content)
    return Looked(kind, digest.digest(), pictures.shown(kind, content), None)
