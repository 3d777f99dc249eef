from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from chairside.charting.rules.teeth import check_tooth
from chairside.imaging.queries.files import link
from chairside.imaging.rows import Image, StoredFile
from chairside.kernel.http import Strict, View
from chairside.kernel.http.shapes import Instant, Line
from chairside.kernel.op import Op
from chairside.kernel.refusals import Wrong

Kind = Literal["bitewing", "periapical", "panoramic", "photo", "other"]
State = Literal["uploading", "quarantined", "held", "ready", "refused"]
Why = Literal[
    "unknown_type", "executable", "archive", "document", "two_in_one", "truncated", "damaged", "too_many_pixels", "no_picture",
    "unread_compression", "infected", "incomplete",
]  # fmt: skip
Content = Literal["image/jpeg", "image/png", "image/tiff", "image/bmp", "image/webp", "application/dicom"]
Template = Literal["bitewings_2", "bitewings_4", "full_18", "full_20", "photos_8"]
FileName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f/\\]+$")
]
Tooth = Annotated[str, AfterValidator(lambda text: check_tooth(text).id)]
Teeth = Annotated[list[Tooth], Field(max_length=52)]
Scale = Annotated[float, Field(gt=0, lt=100, allow_inf_nan=False)]
Coordinate = Annotated[float, Field(ge=-100_000, le=100_000, allow_inf_nan=False)]


class NewFile(Strict):
    """`size` in bytes."""

    patient_id: UUID
    name: FileName
    size: Annotated[int, Field(ge=1, le=1_000_000_000_000)]


class FileView(View):
    """`size` and `received` in bytes: where to go on. `upload`: the address for the next parts, while some are missing, good
    for five minutes in this session. `refusal`: why it was not kept."""

    id: UUID
    patient_id: UUID
    name: str
    size: int
    received: int
    state: State
    refusal: Why | None
    content: Content | None
    sha256: str | None
    upload: str | None

    @classmethod
    def of(cls, op: Op, file: StoredFile) -> Any:
        return cls.model_validate(
            {
                **file._asdict(),
                "content": file.kind,
                "sha256": file.sha256.hex() if file.sha256 else None,
                "upload": link(op, file.id, "write") if file.state == "uploading" else None,
            }
        )


class NewImage(Strict):
    file_id: UUID
    kind: Kind
    teeth: Teeth = []
    taken_on: date | None = None
    note: Line | None = None


class ImagePatch(Strict):
    """`mm_per_pixel`: as somebody measured it."""

    kind: Kind | None = None
    teeth: Teeth | None = None
    taken_on: date | None = None
    note: Line | None = None
    mm_per_pixel: Scale | None = None

    def changes(self) -> dict[str, Any]:
        said = self.model_dump(exclude_unset=True)
        return {name: value for name, value in said.items() if value is not None or name in ("note", "mm_per_pixel")}


class Reason(Strict):
    reason: Line


class SaidView(View):
    """What a DICOM file says of whom it shows: `differs` from the record in name, birth_date; or it names nobody."""

    name: str
    birth_date: date | None
    number: str
    differs: list[Literal["name", "birth_date", "nobody"]]


class Links(View):
    """Addresses, good for fifteen minutes in this session: the small picture, the one to be looked at, the bytes as they came."""

    thumb: str | None
    view: str | None
    original: str | None


class ImageView(View):
    """`picture`: gray16 are two bytes a pixel, the lower first. The window in its greys."""

    id: UUID
    patient_id: UUID
    file_id: UUID
    kind: Kind
    teeth: list[str]
    taken_on: date
    note: str | None
    confirmed: str | None
    picture: Literal["gray16", "jpeg", "png"] | None
    width: int | None
    height: int | None
    window_centre: float | None
    window_width: float | None
    inverted: bool
    series: str | None
    mm_per_pixel: float | None
    measured_by: Literal["file", "hand"] | None
    struck_at: Instant | None
    struck_by: UUID | None
    strike_reason: str | None
    created_at: Instant
    created_by: UUID
    version: int
    name: str
    size: int
    state: State
    refusal: Why | None
    content: Content | None
    said: SaidView | None
    links: Links

    @classmethod
    def of(cls, op: Op, image: Image) -> Any:
        ready, there = image.state == "ready", image.state in ("ready", "held")
        links = {
            "thumb": link(op, image.file_id, "thumb") if ready else None,
            "view": link(op, image.file_id, "view") if ready else None,
            "original": link(op, image.file_id, "original") if there else None,
        }
        said = image.said if image.state == "held" else None
        return cls.model_validate({**image._asdict(), "said": said, "links": links})


class Images(View):
    items: list[ImageView]


class NewMark(Strict):
    """`points`: x and y in pixels of the image, one after the other: one point of a text, two of the others."""

    kind: Literal["length", "arrow", "text"]
    points: Annotated[list[Coordinate], Field(min_length=2, max_length=4)]
    words: Line | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if len(self.points) != (2 if self.kind == "text" else 4):
            raise Wrong("wrong_points", "One point of a text, two of a line, each with x and y.")
        if self.kind == "text" and not self.words:
            raise Wrong("required", "This cannot be empty.")
        return self


class MarkView(View):
    id: UUID
    patient_id: UUID
    image_id: UUID
    kind: Literal["length", "arrow", "text"]
    points: list[float]
    words: str | None
    removed_at: Instant | None
    created_at: Instant
    created_by: UUID
    version: int


class Marks(View):
    items: list[MarkView]


Places = Annotated[dict[str, UUID], Field(max_length=20)]


class NewMount(Strict):
    """`places`: the number of a place, from 1, and the image in it."""

    template: Template
    taken_on: date | None = None
    places: Places = {}


class FilledMount(Strict):
    places: Places


class MountView(View):
    id: UUID
    patient_id: UUID
    template: Template
    taken_on: date
    places: dict[str, UUID]
    removed_at: Instant | None
    created_at: Instant
    created_by: UUID
    version: int


class Mounts(View):
    items: list[MountView]
