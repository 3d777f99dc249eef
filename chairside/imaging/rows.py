from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID


class StoredFile(NamedTuple):
    """`state`: uploading, quarantined (nobody saw yet what is in it), held (it says another patient), ready, refused. `size`,
    `received` in bytes."""

    id: UUID
    patient_id: UUID
    name: str
    size: int
    received: int
    parts: int
    state: str
    refusal: str | None
    kind: str | None
    sha256: bytes | None
    said: dict[str, Any] | None
    created_at: datetime
    version: int


FILE = ", ".join(f"file.{column}" for column in StoredFile._fields)


class SealedFile(NamedTuple):
    """What it takes to read a file: its parts, and its key as it lies."""

    id: UUID
    patient_id: UUID
    name: str
    size: int
    parts: int
    state: str
    kind: str | None
    secret: bytes | None
    picture: str | None


SEALED = (
    "file.id, file.patient_id, file.name, file.size, file.parts, file.state, file.kind, file.secret, "
    "(select image.picture from image where image.file_id = file.id) as picture"
)


class Image(NamedTuple):
    """`state`, `refusal`, `said`, `name`, `size` and `content` (its media type) are its file's. `window_centre` and
    `window_width` in the greys of the picture; `mm_per_pixel` as `measured_by` says: file, hand."""

    id: UUID
    patient_id: UUID
    file_id: UUID
    kind: str
    teeth: list[str]
    taken_on: date
    note: str | None
    confirmed: str | None
    picture: str | None
    width: int | None
    height: int | None
    window_centre: float | None
    window_width: float | None
    inverted: bool
    series: str | None
    mm_per_pixel: float | None
    measured_by: str | None
    struck_at: datetime | None
    struck_by: UUID | None
    strike_reason: str | None
    created_at: datetime
    created_by: UUID
    version: int
    name: str
    size: int
    state: str
    refusal: str | None
    content: str | None
    said: dict[str, Any] | None


_OF_FILE = ("name", "size", "state", "refusal")
IMAGE = ", ".join(
    [f"image.{column}" for column in Image._fields[: Image._fields.index("name")]]
    + [f"file.{column}" for column in _OF_FILE]
    + ["file.kind as content", "file.said"]
)


class ImageMark(NamedTuple):
    """Over an image: `points` are x and y in its pixels, one after the other."""

    id: UUID
    patient_id: UUID
    image_id: UUID
    kind: str
    points: list[float]
    words: str | None
    removed_at: datetime | None
    created_at: datetime
    created_by: UUID
    version: int


MARK = ", ".join(f"mark.{column}" for column in ImageMark._fields)


class ImageMount(NamedTuple):
    """`places`: the number of a place, and the image in it."""

    id: UUID
    patient_id: UUID
    template: str
    taken_on: date
    places: dict[str, str]
    removed_at: datetime | None
    created_at: datetime
    created_by: UUID
    version: int


MOUNT = ", ".join(f"mount.{column}" for column in ImageMount._fields)
