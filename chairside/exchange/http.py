from tempfile import TemporaryFile
from typing import Annotated, Any, BinaryIO
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.requests import ClientDisconnect

from chairside import exchange
from chairside.exchange.schemas import ImportBrief, ImportPage, ImportView, Mapping, NewImport
from chairside.kernel import pages
from chairside.kernel.http import InOp, Polled, Route, SeenVersion, Upload
from chairside.kernel.http.entering import token_of
from chairside.kernel.op import Op
from chairside.kernel.refusals import Invalid

PREFIX = "/api/v1/clinics/{clinic}/imports"


router = APIRouter(prefix=PREFIX, tags=["imports"], route_class=Route)
polled = APIRouter(prefix=PREFIX, tags=["imports"], route_class=Polled)
uploads = APIRouter(prefix=PREFIX, tags=["imports"], route_class=Upload)
ROUTERS = (router, polled, uploads)


class UploadCutOff(Invalid):
    """The upload ended before the file did; upload it again."""


@router.post("", status_code=201, response_model=ImportView)
async def create_import(op: InOp, new: NewImport) -> Any:
    """Announces a file; its bytes go to `upload_url` with PUT, at most 50 MB."""
    return await _view(op, await exchange.create(op, **new.model_dump()))


@router.get("", response_model=ImportPage)
async def list_imports(
    op: InOp, cursor: Annotated[str, Query(max_length=2000)] = "", limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> Any:
    """Newest first."""
    before = pages.unseal(cursor, UUID)[0] if cursor else exchange.LATEST
    items = await exchange.list_(op, before=before, limit=limit)
    last = items[-1] if len(items) == limit else None
    told = [ImportBrief.told(item, op.clinic.currency) for item in items]
    return {"items": told, "next_cursor": pages.seal(last.id) if last else None}


@polled.get("/{import_id}", response_model=ImportView)
async def get_import(op: InOp, import_id: UUID) -> Any:
    return await _view(op, await exchange.get(op, import_id=import_id))


@uploads.put(
    "/{import_id}/content", response_model=ImportView,
    openapi_extra={"requestBody": {"required": True, "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}},
)  # fmt: skip
async def upload_import(op: InOp, import_id: UUID, request: Request) -> Any:
    """The bytes of the file, of any content type. Another file before the run takes the place of the first."""
    await exchange.await_file(op, import_id=import_id)
    exchange.check_size(int(request.headers.get("content-length") or 0))
    if not hasattr(request.state, "content"):  # run again after a lost race, it is here already
        async with op.apart():
            request.state.content = await _receive(request)
        # It may have taken minutes: are they still signed in?
        address = request.client.host if request.client else None
        await op.enter(token_of(request), str(op.clinic.id), address=address, act=True, durable=True)
    return await _view(op, await exchange.keep_file(op, import_id=import_id, content=request.state.content))


@router.put("/{import_id}/mapping", response_model=ImportView)
async def correct_import(op: InOp, import_id: UUID, version: SeenVersion, mapping: Mapping) -> Any:
    """In the place of earlier decisions; the file is looked at anew."""
    corrections = mapping.as_corrections()
    return await _view(op, await exchange.correct_mapping(op, import_id=import_id, corrections=corrections, version=version))


@router.get(
    "/{import_id}/refused", response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The refused rows"}},
)  # fmt: skip
async def get_refused_rows(op: InOp, import_id: UUID) -> StreamingResponse:
    """The refused rows as a CSV file to correct and bring again: the original columns, and behind them the reason."""
    name, rows = await exchange.open_refused(op, import_id=import_id)
    plain = "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-_. ")) or "refused.csv"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers={"content-disposition": disposition})


@router.post("/{import_id}/run", status_code=202, response_model=ImportView, openapi_extra={"x-idempotency": "required"})
async def run_import(op: InOp, import_id: UUID, version: SeenVersion) -> Any:
    """A job does it: `progress` tells how far it is."""
    return await _view(op, await exchange.start(op, import_id=import_id, version=version))


@router.post(
    "/{import_id}/undo", response_model=ImportView, openapi_extra={"x-idempotency": "required"},
    responses={202: {"model": ImportView, "description": "A job is at it"}},
)  # fmt: skip
async def undo_import(op: InOp, import_id: UUID, version: SeenVersion, response: Response) -> Any:
    """Takes everybody out again; who was touched since is kept and named in `undone`. Of more than 2,000 patients a job does it:
    202, and `progress` tells how far it is, in patients."""
    found = await exchange.undo(op, import_id=import_id, version=version)
    if found.status != "undone":
        response.status_code = 202
    return await _view(op, found)


async def _view(op: Op, found: exchange.Import) -> Any:
    state = await exchange.get_state(op, import_id=found.id)
    kept = await exchange.list_kept(op, import_id=found.id) if found.undoing else []
    url = f"/api/v1/clinics/{op.clinic.slug}/imports/{found.id}/content"
    return ImportView.of(found, state, kept, upload_url=url, currency=op.clinic.currency)


async def _receive(request: Request) -> BinaryIO:
    """In a temporary file without a name, which goes with the request."""
    content: BinaryIO = TemporaryFile()  # noqa: SIM115
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            exchange.check_size(size)
            content.write(chunk)
    except ClientDisconnect as error:
        raise UploadCutOff() from error
    return content
