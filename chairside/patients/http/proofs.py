"""The file of what was shown for it that somebody acts for a patient."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import StringConstraints
from starlette.requests import ClientDisconnect

from chairside import patients
from chairside.kernel.http import InOp, Route, Upload
from chairside.kernel.http.entering import token_of
from chairside.kernel.http.route import CutOff
from chairside.patients.schemas.proxies import ProxyView

PREFIX = "/api/v1/clinics/{clinic}/patients/{patient_id}/proxies/{proxy_id}/proof-file"
KINDS = ("application/pdf", "image/jpeg", "image/png")
BYTES: Any = {"schema": {"type": "string", "format": "binary"}}
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f/\\]+$"), Query()
]
# Whatever is in it, nothing of it runs on our pages.
ALONE = {
    "content-security-policy": "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
}

router = APIRouter(prefix=PREFIX, tags=["patients"], route_class=Route)
uploads = APIRouter(prefix=PREFIX, tags=["patients"], route_class=Upload)


@uploads.put(
    "", response_model=ProxyView, openapi_extra={"requestBody": {"required": True, "content": dict.fromkeys(KINDS, BYTES)}}
)
async def keep_proof_file(op: InOp, patient_id: UUID, proxy_id: UUID, name: Name, request: Request) -> Any:
    """A PDF, a JPEG or a PNG, 10 MB at most, in the place of any that was there."""
    op.require("patients.write")
    await patients.get_proxy(op, patient_id=patient_id, proxy_id=proxy_id)
    patients.check_size(int(request.headers.get("content-length") or 0))
    if not hasattr(request.state, "content"):  # run again after a lost race, it is here already
        async with op.apart():
            request.state.content = await _receive(request)
        address = request.client.host if request.client else None
        await op.enter(token_of(request), str(op.clinic.id), address=address, act=True, durable=True)
    kept = await patients.keep_proof(op, patient_id=patient_id, proxy_id=proxy_id, name=name, content=request.state.content)
    return ProxyView.of(kept, op.today)


@router.get("", response_class=Response, responses={200: {"content": dict.fromkeys(KINDS, BYTES)}})
async def open_proof_file(op: InOp, patient_id: UUID, proxy_id: UUID) -> Response:
    """Its bytes. That they were opened stands in the audit."""
    file = await patients.open_proof(op, patient_id=patient_id, proxy_id=proxy_id)
    plain = "".join(c for c in file.name if c.isascii() and (c.isalnum() or c in "-_. ")) or "proof"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    return Response(file.content, media_type=file.kind, headers={"content-disposition": disposition, **ALONE})


@router.delete("", response_model=ProxyView)
async def remove_proof_file(op: InOp, patient_id: UUID, proxy_id: UUID) -> Any:
    """For good: that there was one stays on record, and its bytes go."""
    return ProxyView.of(await patients.remove_proof(op, patient_id=patient_id, proxy_id=proxy_id), op.today)


async def _receive(request: Request) -> bytes:
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            patients.check_size(len(content))
    except ClientDisconnect as error:
        raise CutOff() from error
    return bytes(content)
