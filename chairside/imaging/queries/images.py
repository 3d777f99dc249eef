from uuid import UUID

from chairside import patients
from chairside.imaging.rows import IMAGE, MARK, MOUNT, Image, ImageMark, ImageMount
from chairside.kernel.audit import opened, shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing

LIST = shown(
    f"""
    select {IMAGE}
      from image
      join stored_file as file on file.id = image.file_id
     where image.patient_id = %(patient_id)s
     order by image.taken_on desc, image.id desc
     limit 2000
""",
    entity="image",
    patient="patient_id",
)
GET = opened(
    f"""
    select {IMAGE}
      from image
      join stored_file as file on file.id = image.file_id
     where image.id = %(image_id)s
       and image.patient_id = %(patient_id)s
""",
    entity="image",
    patient="patient_id",
)
MARKS = shown(
    f"""
    select {MARK}
      from image_mark as mark
     where mark.image_id = %(image_id)s
       and mark.patient_id = %(patient_id)s
       and mark.removed_at is null
     order by mark.id
""",
    entity="image_mark",
    patient="patient_id",
)
MOUNTS = shown(
    f"""
    select {MOUNT}
      from image_mount as mount
     where mount.patient_id = %(patient_id)s
       and mount.removed_at is null
     order by mount.taken_on desc, mount.id desc
""",
    entity="image_mount",
    patient="patient_id",
)


class NoSuchImage(Missing):
    """There is no such image in this record."""


@needs("imaging.read")
async def list_images(op: Op, *, patient_id: UUID) -> list[Image]:
    """The newest first, with what is struck through. Refuses patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam."""
    await patients.get(op, patient_id=patient_id)
    return await op.db.all(Image, LIST, patient_id=patient_id)


@needs("imaging.read")
async def get_image(op: Op, *, patient_id: UUID, image_id: UUID) -> Image:
    """Refuses NoSuchImage, NotOnCareTeam."""
    await patients.check_record(op, patient_id=patient_id)
    found = await op.db.one(Image, GET, patient_id=patient_id, image_id=image_id)
    if found is None:
        raise NoSuchImage()
    return found


@needs("imaging.read")
async def list_marks(op: Op, *, patient_id: UUID, image_id: UUID) -> list[ImageMark]:
    """In the order in which they were drawn. Refuses NoSuchImage, NotOnCareTeam."""
    await get_image(op, patient_id=patient_id, image_id=image_id)
    return await op.db.all(ImageMark, MARKS, patient_id=patient_id, image_id=image_id)


@needs("imaging.read")
async def list_mounts(op: Op, *, patient_id: UUID) -> list[ImageMount]:
    """The newest first. Refuses patients.NoSuchPatient, PatientIsMerged, NotOnCareTeam."""
    await patients.get(op, patient_id=patient_id)
    return await op.db.all(ImageMount, MOUNTS, patient_id=patient_id)
