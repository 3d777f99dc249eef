from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic

IMAGES = Topic("images", "imaging.read")


@dataclass(frozen=True)
class FileReceived(Event):
    """Its last byte came; nobody has looked into it yet."""

    name = "imaging.file_received"
    topic = IMAGES

    patient_id: UUID
    file_id: UUID


@dataclass(frozen=True)
class ImageAdded(Event):
    """A file is to be an image of this patient; its bytes are here, or on their way."""

    name = "imaging.image_added"
    topic = IMAGES

    patient_id: UUID
    image_id: UUID
    file_id: UUID


@dataclass(frozen=True)
class ImagesChanged(Event):
    """An image was brought, checked, described, struck or restored, or something was drawn over one."""

    name = "imaging.images_changed"
    topic = IMAGES

    patient_id: UUID
    image_id: UUID


@dataclass(frozen=True)
class MountsChanged(Event):
    """A mount was made, filled, or taken away."""

    name = "imaging.mounts_changed"
    topic = IMAGES

    patient_id: UUID
    mount_id: UUID
