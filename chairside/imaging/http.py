from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import iterate_in_threadpool
from starlette.requests import ClientDisconnect

from chairside import imaging
from chairside.imaging.actions.files import read
from chairside.imaging.rules.limits import PART_BYTES
from chairside.imaging.schemas import (
    FileView,
    FilledMount,
    ImagePatch,
    Images,
    ImageView,
    Marks,
    MarkView,
    Mounts,
    MountView,
    NewFile,
    NewImage,
    NewMark,
    NewMount,
    Reason,
)
from chairside.kernel.http import InOp, Personal, Route, SeenVersion, Upload, Version
from chairside.kernel.http.entering import READING, token_of
from chairside.kernel.http.route import CutOff
from chairside.kernel.op import Op

BYTES: Any = {"schema": {"type": "string", "format": "binary"}}
KINDS = ("application/octet-stream", "image/jpeg", "image/png", "image/tiff", "image/bmp", "image/webp", "application/dicom")
# Whatever is in it, nothing of it runs on our pages.
ALONE = {
    "content-security-policy": "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
}
OF_PATIENT = "/api/v1/clinics/{clinic}/patients/{patient_id}"


class Sent(Upload):
    """By the address alone, in the session that it was given to."""

    personal = True


files = APIRouter(prefix="/api/v1/clinics/{clinic}/files", tags=["imaging"], route_class=Route)
images = APIRouter(prefix=f"{OF_PATIENT}/images", tags=["imaging"], route_class=Route)
mounts = APIRouter(prefix=f"{OF_PATIENT}/image-mounts", tags=["imaging"], route_class=Route)
opened = APIRouter(prefix="/api/v1/files", tags=["imaging"], route_class=Personal)
sent = APIRouter(prefix="/api/v1/files", tags=["imaging"], route_class=Sent)


@files.post("", status_code=201, response_model=FileView, openapi_extra={"x-kept": False})
async def begin_file(op: InOp, new: NewFile) -> Any:
    """Its bytes follow at `upload`, in parts of 4 MiB at most, one after the other."""
    return FileView.of(op, await imaging.begin_file(op, patient_id=new.patient_id, name=new.name, size=new.size))


@files.get("/{file_id}", response_model=FileView)
async def get_file(op: InOp, file_id: UUID) -> Any:
    """How far it came, and where the next part goes."""
    return FileView.of(op, await imaging.get_file(op, file_id=file_id))


@sent.put("/{token}", response_model=FileView, openapi_extra={"requestBody": {"required": True, "content": {KINDS[0]: BYTES}}})
async def send_part(op: InOp, token: str, offset: Annotated[int, Query(ge=0, le=10**12)], request: Request) -> Any:
    """`offset`: the byte of the file with which this part begins."""
    held = await imaging.claimed(op, token=token)
    if not hasattr(request.state, "content"):  # run again after a lost race, it is here already
        await _enter(op, held.clinic_id, request)
        op.require("imaging.write")
        async with op.apart():
            request.state.content = await _receive(request)
    await _enter(op, held.clinic_id, request)
    return FileView.of(op, await imaging.receive_part(op, held=held, offset=offset, content=request.state.content))


@opened.get("/{token}", response_class=Response, responses={200: {"content": dict.fromkeys(KINDS, BYTES)}})
async def open_file(op: InOp, token: str, request: Request) -> Response:
    """Its bytes. That they were opened stands in the audit."""
    held = await imaging.claimed(op, token=token)
    await _enter(op, held.clinic_id, request)
    file = await imaging.open_file(op, held=held)
    headers = dict(ALONE)
    if held.what == "original":
        plain = "".join(c for c in file.name if c.isascii() and (c.isalnum() or c in "-_. ")) or "image"
        headers["content-disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
        headers["content-length"] = str(file.size)
    return StreamingResponse(_streamed(file), media_type=file.kind or KINDS[0], headers=headers)


@images.get("", response_model=Images)
async def list_images(op: InOp, patient_id: UUID) -> Any:
    """The newest first, with what is struck through."""
    return Images(items=[ImageView.of(op, one) for one in await imaging.list_images(op, patient_id=patient_id)])


@images.post("", status_code=201, response_model=ImageView, openapi_extra={"x-kept": False})
async def add_image(op: InOp, patient_id: UUID, new: NewImage) -> Any:
    return ImageView.of(op, await imaging.add_image(op, patient_id=patient_id, **new.model_dump()))


@images.get("/{image_id}", response_model=ImageView)
async def get_image(op: InOp, patient_id: UUID, image_id: UUID) -> Any:
    return ImageView.of(op, await imaging.get_image(op, patient_id=patient_id, image_id=image_id))


@images.patch("/{image_id}", response_model=ImageView, openapi_extra={"x-kept": False})
async def change_image(op: InOp, patient_id: UUID, image_id: UUID, version: Version, patch: ImagePatch) -> Any:
    changed = await imaging.change_image(
        op, patient_id=patient_id, image_id=image_id, version=version, changes=patch.changes()
    )  # fmt: skip
    return ImageView.of(op, changed)


@images.post("/{image_id}/strike", status_code=201, response_model=ImageView, openapi_extra={"x-kept": False})
async def strike_image(op: InOp, patient_id: UUID, image_id: UUID, version: SeenVersion, strike: Reason) -> Any:
    """It should not stand here; it stays to be read, struck through, and its bytes stay."""
    struck = await imaging.strike_image(op, patient_id=patient_id, image_id=image_id, reason=strike.reason, version=version)
    return ImageView.of(op, struck)


@images.delete("/{image_id}/strike", response_model=ImageView, openapi_extra={"x-kept": False})
async def restore_image(op: InOp, patient_id: UUID, image_id: UUID, version: SeenVersion) -> Any:
    return ImageView.of(op, await imaging.restore_image(op, patient_id=patient_id, image_id=image_id, version=version))


@images.post("/{image_id}/confirmation", status_code=201, response_model=ImageView, openapi_extra={"x-kept": False})
async def confirm_image(op: InOp, patient_id: UUID, image_id: UUID, version: SeenVersion, why: Reason) -> Any:
    """It is this patient's although the file says somebody else."""
    confirmed = await imaging.confirm_image(
        op, patient_id=patient_id, image_id=image_id, reason=why.reason, version=version
    )  # fmt: skip
    return ImageView.of(op, confirmed)


@images.get("/{image_id}/marks", response_model=Marks)
async def list_marks(op: InOp, patient_id: UUID, image_id: UUID) -> Any:
    return Marks.model_validate({"items": await imaging.list_marks(op, patient_id=patient_id, image_id=image_id)})


@images.post("/{image_id}/marks", status_code=201, response_model=MarkView)
async def draw_mark(op: InOp, patient_id: UUID, image_id: UUID, new: NewMark) -> Any:
    return await imaging.draw_mark(op, patient_id=patient_id, image_id=image_id, **new.model_dump())


@images.post("/{image_id}/marks/{mark_id}/removal", status_code=201, response_model=MarkView)
async def remove_mark(op: InOp, patient_id: UUID, image_id: UUID, mark_id: UUID) -> Any:
    return await imaging.remove_mark(op, patient_id=patient_id, image_id=image_id, mark_id=mark_id)


@images.delete("/{image_id}/marks/{mark_id}/removal", response_model=MarkView)
async def restore_mark(op: InOp, patient_id: UUID, image_id: UUID, mark_id: UUID) -> Any:
    return await imaging.restore_mark(op, patient_id=patient_id, image_id=image_id, mark_id=mark_id)


@mounts.get("", response_model=Mounts)
async def list_mounts(op: InOp, patient_id: UUID) -> Any:
    """The newest first."""
    return Mounts.model_validate({"items": await imaging.list_mounts(op, patient_id=patient_id)})


@mounts.post("", status_code=201, response_model=MountView)
async def make_mount(op: InOp, patient_id: UUID, new: NewMount) -> Any:
    return await imaging.make_mount(op, patient_id=patient_id, **new.model_dump())


@mounts.put("/{mount_id}/places", response_model=MountView)
async def fill_mount(op: InOp, patient_id: UUID, mount_id: UUID, version: Version, filled: FilledMount) -> Any:
    """All of its places, as they are from now on."""
    return await imaging.fill_mount(op, patient_id=patient_id, mount_id=mount_id, version=version, places=filled.places)


@mounts.post("/{mount_id}/removal", status_code=201, response_model=MountView)
async def remove_mount(op: InOp, patient_id: UUID, mount_id: UUID) -> Any:
    """Its images stay."""
    return await imaging.remove_mount(op, patient_id=patient_id, mount_id=mount_id)


@mounts.delete("/{mount_id}/removal", response_model=MountView)
async def restore_mount(op: InOp, patient_id: UUID, mount_id: UUID) -> Any:
    return await imaging.restore_mount(op, patient_id=patient_id, mount_id=mount_id)


async def _enter(op: Op, clinic_id: UUID, request: Request) -> None:
    address = request.client.host if request.client else None
    await op.enter(token_of(request), str(clinic_id), address=address, act=request.method not in READING, durable=True)


async def _receive(request: Request) -> bytes:
    if int(request.headers.get("content-length") or 0) > PART_BYTES:
        raise imaging.PartTooLarge(most_bytes=PART_BYTES)
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > PART_BYTES:
                raise imaging.PartTooLarge(most_bytes=PART_BYTES)
    except ClientDisconnect as error:
        raise CutOff() from error
    return bytes(content)


def _streamed(file: imaging.Opened) -> AsyncIterator[bytes]:
    def pieces() -> Iterator[bytes]:
        for name in file.objects:
            yield from read(file.clinic_id, file.file_id, file.key, name.rpartition("/")[2])

    return iterate_in_threadpool(pieces())


ROUTERS = (files, images, mounts, opened, sent)
