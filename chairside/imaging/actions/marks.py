from collections.abc import Sequence
from uuid import UUID

from chairside import patients
from chairside.imaging.events import ImagesChanged
from chairside.imaging.queries.images import NoSuchImage
from chairside.imaging.rows import MARK, ImageMark
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing

DRAW = f"""
    insert into image_mark as mark (patient_id, image_id, kind, points, words)
    select image.patient_id, image.id, %(kind)s, %(points)s::float8[], %(words)s
      from image
     where image.id = %(image_id)s
       and image.patient_id = %(patient_id)s
    returning {MARK}
"""
SET_REMOVED = f"""
    update image_mark as mark
       set removed_at = %(at)s, removed_by = case when %(at)s::timestamptz is not null then app.actor() end,
           version = mark.version + 1
     where mark.id = %(mark_id)s
       and mark.image_id = %(image_id)s
       and mark.patient_id = %(patient_id)s
    returning {MARK}
"""


class NoSuchMark(Missing):
    """There is no such mark on this image."""


@needs("imaging.write")
async def draw_mark(
    op: Op, *, patient_id: UUID, image_id: UUID, kind: str, points: Sequence[float], words: str | None = None
) -> ImageMark:
    """Over the image, never in its pixels; `points` as in `ImageMark`. Refuses NoSuchImage, NotOnCareTeam."""
    await patients.check_record(op, patient_id=patient_id)
    made = await op.db.one(
        ImageMark, DRAW, patient_id=patient_id, image_id=image_id, kind=kind, points=list(points), words=words
    )  # fmt: skip
    if made is None:
        raise NoSuchImage()
    await op.emit(ImagesChanged(patient_id, image_id))
    return made


@needs("imaging.write")
async def remove_mark(op: Op, *, patient_id: UUID, image_id: UUID, mark_id: UUID) -> ImageMark:
    """It stays on record. Refuses NoSuchMark, NotOnCareTeam."""
    return await _set(op, patient_id, image_id, mark_id, removed=True)


@needs("imaging.write")
async def restore_mark(op: Op, *, patient_id: UUID, image_id: UUID, mark_id: UUID) -> ImageMark:
    """Refuses NoSuchMark, NotOnCareTeam."""
    return await _set(op, patient_id, image_id, mark_id, removed=False)


async def _set(op: Op, patient_id: UUID, image_id: UUID, mark_id: UUID, *, removed: bool) -> ImageMark:
    await patients.check_record(op, patient_id=patient_id)
    mark = await op.db.one(
        ImageMark, SET_REMOVED, patient_id=patient_id, image_id=image_id, mark_id=mark_id, at=op.now if removed else None
    )  # fmt: skip
    if mark is None:
        raise NoSuchMark()
    await op.emit(ImagesChanged(patient_id, image_id))
    return mark
