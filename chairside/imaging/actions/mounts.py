from collections.abc import Mapping
from datetime import date
from uuid import UUID

from chairside import patients
from chairside.imaging.events import MountsChanged
from chairside.imaging.queries.images import NoSuchImage
from chairside.imaging.rows import MOUNT, ImageMount
from chairside.imaging.rules.limits import TEMPLATES
from chairside.kernel.db import Jsonb, array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing, Stale, malformed

MAKE = f"""
    insert into image_mount as mount (patient_id, template, taken_on, places)
    select patient.id, %(template)s, %(taken_on)s, %(places)s
      from patient
     where patient.id = %(patient_id)s
       and patient.deleted_at is null
    returning {MOUNT}
"""
FILL = f"""
    update image_mount as mount
       set places = %(places)s,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = mount.version + 1
     where mount.id = %(mount_id)s
    returning {MOUNT}
"""
SET_REMOVED = f"""
    update image_mount as mount
       set removed_at = %(at)s, removed_by = case when %(at)s::timestamptz is not null then app.actor() end,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = mount.version + 1
     where mount.id = %(mount_id)s
       and mount.patient_id = %(patient_id)s
    returning {MOUNT}
"""
HOLD = f"""
    select {MOUNT}
      from image_mount as mount
     where mount.id = %(mount_id)s
       and mount.patient_id = %(patient_id)s
       for no key update
"""
THERE = """
    select count(*)
      from image
     where image.id = any(%(ids)s::uuid[])
       and image.patient_id = %(patient_id)s
       and image.struck_at is null
"""


class NoSuchMount(Missing):
    """There is no such mount in this record."""


class MountIsStale(Stale):
    """Somebody else changed this mount meanwhile; look at both before you go on."""


@needs("imaging.write")
async def make_mount(
    op: Op, *, patient_id: UUID, template: str, taken_on: date | None = None, places: Mapping[str, UUID] | None = None
) -> ImageMount:
    """`places`: the number of a place, from 1, and the image in it. Refuses NoSuchPatient, NotOnCareTeam, NoSuchImage."""
    await patients.check_record(op, patient_id=patient_id)
    await _check(op, patient_id, template, places or {})
    made = await op.db.one(
        ImageMount, MAKE, patient_id=patient_id, template=template, taken_on=taken_on or op.today, places=_written(places or {})
    )
    if made is None:
        raise patients.NoSuchPatient()
    await op.emit(MountsChanged(patient_id, made.id))
    return made


@needs("imaging.write")
async def fill_mount(op: Op, *, patient_id: UUID, mount_id: UUID, version: int, places: Mapping[str, UUID]) -> ImageMount:
    """All of its places, as they are from now on. Refuses NoSuchMount, NotOnCareTeam, MountIsStale, NoSuchImage."""
    await patients.check_record(op, patient_id=patient_id)
    held = await op.db.one(ImageMount, HOLD, patient_id=patient_id, mount_id=mount_id)
    if held is None:
        raise NoSuchMount()
    if held.version != version:
        raise MountIsStale(version=held.version)
    await _check(op, patient_id, held.template, places)
    filled = await op.db.one(ImageMount, FILL, mount_id=mount_id, places=_written(places))
    await op.emit(MountsChanged(patient_id, mount_id))
    return filled or held


@needs("imaging.write")
async def remove_mount(op: Op, *, patient_id: UUID, mount_id: UUID) -> ImageMount:
    """Its images stay. Refuses NoSuchMount, NotOnCareTeam."""
    return await _set(op, patient_id, mount_id, removed=True)


@needs("imaging.write")
async def restore_mount(op: Op, *, patient_id: UUID, mount_id: UUID) -> ImageMount:
    """Refuses NoSuchMount, NotOnCareTeam."""
    return await _set(op, patient_id, mount_id, removed=False)


async def _set(op: Op, patient_id: UUID, mount_id: UUID, *, removed: bool) -> ImageMount:
    await patients.check_record(op, patient_id=patient_id)
    mount = await op.db.one(
        ImageMount, SET_REMOVED, patient_id=patient_id, mount_id=mount_id, at=op.now if removed else None
    )  # fmt: skip
    if mount is None:
        raise NoSuchMount()
    await op.emit(MountsChanged(patient_id, mount_id))
    return mount


async def _check(op: Op, patient_id: UUID, template: str, places: Mapping[str, UUID]) -> None:
    if any(not place.isdecimal() or not 1 <= int(place) <= TEMPLATES[template] for place in places):
        raise malformed("/places", "no_such_place", "This mount has no such place.")
    ids = set(places.values())
    if ids and await op.db.value(THERE, patient_id=patient_id, ids=array(ids)) != len(ids):
        raise NoSuchImage()


def _written(places: Mapping[str, UUID]) -> Jsonb:
    return Jsonb({str(int(place)): str(image_id) for place, image_id in sorted(places.items())})
