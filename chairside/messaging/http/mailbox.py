"""The development mailbox: letters that would have gone out. Elsewhere there is nothing here."""

from asyncio import to_thread
from typing import Any

from fastapi import APIRouter, Request, Response

from chairside.kernel.http import Polled
from chairside.kernel.refusals import NoSuchThing
from chairside.messaging import kept
from chairside.messaging.schemas import KeptLetters

router = APIRouter(prefix="/api/v1/mailbox", tags=["messaging"], route_class=Polled)
# Alone in a frame of our own page, with the styles that it brings and nothing else.
ALONE = {
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    "x-frame-options": "SAMEORIGIN",
}


@router.get("", response_model=KeptLetters)
async def list_letters(request: Request) -> Any:
    """The newest first, a hundred at most."""
    return {"items": await to_thread(kept.newest, _folder(request), 100)}


@router.get("/{letter_id}/html", response_class=Response, responses={200: {"content": {"text/html": {}}}})
async def get_letter_html(letter_id: str, request: Request) -> Response:
    found = await to_thread(kept.html, _folder(request), letter_id)
    if found is None:
        raise NoSuchThing()
    return Response(found, media_type="text/html", headers=ALONE)


@router.get("/{letter_id}/attachments/{number}", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def get_letter_attachment(letter_id: str, number: str, request: Request) -> Response:
    found = await to_thread(kept.attachment, _folder(request), letter_id, number)
    if found is None:
        raise NoSuchThing()
    name, content, kind = found
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def _folder(request: Request) -> str:
    """Refuses NoSuchThing wherever there is no mailbox."""
    settings = request.app.state.settings
    if not (settings.development and settings.mailbox):
        raise NoSuchThing()
    return str(settings.mailbox)
