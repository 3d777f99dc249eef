from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation

from chairside import patients
from chairside.imaging.events import ImageAdded, ImagesChanged
from chairside.imaging.queries.files import NoSuchFile
from chairside.imaging.queries.images import NoSuchImage, get_image
from chairside.imaging.rows import Image
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Stale, malformed

ADD = """
    insert into image (patient_id, file_id, kind, teeth, taken_on, note)
    select file.patient_id, file.id, %(kind)s, %(teeth)s::text[], %(taken_on)s, %(note)s
      from stored_file as file
     where file.id = %(file_id)s
       and file.patient_id = %(patient_id)s
    returning image.id
"""
HOLD = """
    select image.version, image.struck_at is not null as struck, file.state
      from image
      join stored_file as file on file.id = image.file_id
     where image.id = %(image_id)s
       and image.patient_id = %(patient_id)s
       for no key update of image
"""
CHANGE = """
    update image
       set kind = %(kind)s, teeth = %(teeth)s::text[], taken_on = %(taken_on)s, note = %(note)s,
           mm_per_pixel = %(mm_per_pixel)s, measured_by = %(measured_by)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = image.version + 1
     where image.id = %(image_id)s
"""
SET_STRUCK = """
    update image
       set struck_at = %(at)s, struck_by = case when %(at)s::timestamptz is not null then app.actor() end,
           strike_reason = %(reason)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = image.version + 1
     where image.id = %(image_id)s
"""
CONFIRM = """
    with confirmed as (
        update image
           set confirmed = %(reason)s,
               updated_at = transaction_timestamp(), updated_by = app.actor(), version = image.version + 1
         where image.id = %(image_id)s
        returning image.file_id
    )
    update stored_file
       set state = 'ready', updated_at = transaction_timestamp(), updated_by = app.actor(), version = stored_file.version + 1
      from confirmed
     where stored_file.id = confirmed.file_id
"""
CHANGEABLE = ("kind", "teeth", "taken_on", "note", "mm_per_pixel")


class ImageIsStale(Stale):
    """Somebody else changed this image meanwhile; look at both before you go on."""


class ImageIsStruck(Conflict):
    """This image is struck through; restore it first."""


class ImageIsNotHeld(Conflict):
    """Nothing of this image waits to be confirmed."""


class FileIsAnImage(Conflict):
    """This file is an image already."""


class Held:
    """What of an image an act has to know."""

    def __init__(self, version: int, struck: bool, state: str) -> None:
        self.version, self.struck, self.state = version, struck, state


@needs("imaging.write")
async def add_image(
    op: Op, *, patient_id: UUID, file_id: UUID, kind: str, teeth: Sequence[str] = (), taken_on: date | None = None,
    note: str | None = None,
) -> Image:  # fmt: skip
    """Of a file of this patient's, whose bytes are here or on their way. A DICOM file's own day comes in the place of `taken_on`.
    Refuses NoSuchFile, FileIsAnImage, NotOnCareTeam."""
    await patients.check_record(op, patient_id=patient_id)
    _check_day(op, taken_on)
    try:
        made: UUID | None = await op.db.value(
            ADD, patient_id=patient_id, file_id=file_id, kind=kind, teeth=list(teeth), taken_on=taken_on or op.today, note=note
        )
    except UniqueViolation as error:
        raise FileIsAnImage() from error
    if made is None:
        raise NoSuchFile()
    await op.emit(ImageAdded(patient_id, made, file_id))
    return await get_image(op, patient_id=patient_id, image_id=made)


@needs("imaging.write")
async def change_image(op: Op, *, patient_id: UUID, image_id: UUID, version: int, changes: dict[str, Any]) -> Image:
    """Of CHANGEABLE those that are named. Refuses NoSuchImage, NotOnCareTeam, ImageIsStale, ImageIsStruck."""
    await _held(op, patient_id, image_id, version)
    image = await get_image(op, patient_id=patient_id, image_id=image_id)
    _check_day(op, changes.get("taken_on"))
    said = {name: changes.get(name, getattr(image, name)) for name in CHANGEABLE}
    scale = said["mm_per_pixel"]
    by = image.measured_by if scale == image.mm_per_pixel else "hand"
    await op.db.run(CHANGE, image_id=image_id, measured_by=by if scale else None, **{**said, "teeth": list(said["teeth"])})
    return await _became(op, patient_id, image_id)


@needs("imaging.strike")
async def strike_image(op: Op, *, patient_id: UUID, image_id: UUID, reason: str, version: int | None = None) -> Image:
    """It should not stand here; its bytes stay. Refuses NoSuchImage, NotOnCareTeam, ImageIsStale, ImageIsStruck."""
    await _held(op, patient_id, image_id, version)
    await op.db.run(SET_STRUCK, image_id=image_id, at=op.now, reason=reason)
    return await _became(op, patient_id, image_id)


@needs("imaging.strike")
async def restore_image(op: Op, *, patient_id: UUID, image_id: UUID, version: int | None = None) -> Image:
    """Refuses NoSuchImage, NotOnCareTeam, ImageIsStale."""
    await _held(op, patient_id, image_id, version, struck=True)
    await op.db.run(SET_STRUCK, image_id=image_id, at=None, reason=None)
    return await _became(op, patient_id, image_id)


@needs("imaging.write")
async def confirm_image(op: Op, *, patient_id: UUID, image_id: UUID, reason: str, version: int | None = None) -> Image:
    """It is this patient's although the file says somebody else. Refuses NoSuchImage, NotOnCareTeam, ImageIsStale,
    ImageIsStruck, ImageIsNotHeld."""
    held = await _held(op, patient_id, image_id, version)
    if held.state != "held":
        raise ImageIsNotHeld()
    await op.db.run(CONFIRM, image_id=image_id, reason=reason)
    return await _became(op, patient_id, image_id)


async def _held(op: Op, patient_id: UUID, image_id: UUID, version: int | None, *, struck: bool = False) -> Held:
    await patients.check_record(op, patient_id=patient_id)
    held = await op.db.one(Held, HOLD, patient_id=patient_id, image_id=image_id)
    if held is None:
        raise NoSuchImage()
    if version not in (None, held.version):
        raise ImageIsStale(version=held.version)
    if held.struck and not struck:
        raise ImageIsStruck()
    return held


def _check_day(op: Op, day: date | None) -> None:
    if day and day > op.today:
        raise malformed("/taken_on", "in_the_future", "Nothing is taken before its day; choose today or earlier.")


async def _became(op: Op, patient_id: UUID, image_id: UUID) -> Image:
    await op.emit(ImagesChanged(patient_id, image_id))
    return await get_image(op, patient_id=patient_id, image_id=image_id)
