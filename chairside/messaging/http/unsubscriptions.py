"""What a letter's own way out leads to. To look changes nothing: mail programs and their guards look at every link."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from chairside import messaging
from chairside.kernel.http import InOp, Route
from chairside.kernel.http.limits import count_address

router = APIRouter(prefix="/api/v1", tags=["messaging"], route_class=Route)
HERE = "/unsubscriptions/{clinic_id}/{message_id}/{token}"


@router.get(HERE, status_code=303, response_class=RedirectResponse)
async def show_unsubscription(clinic_id: UUID, message_id: UUID, token: str) -> RedirectResponse:
    """To the page that asks whether they mean it."""
    return RedirectResponse(f"/unsubscribe#{clinic_id}/{message_id}/{token[:100]}", status_code=303)


@router.post(HERE, status_code=204)
async def unsubscribe(op: InOp, clinic_id: UUID, message_id: UUID, token: str, request: Request) -> None:
    """From reminders by e-mail; also what a mail program posts by itself (RFC 8058)."""
    await count_address(request, "links", most=request.app.state.settings.requests_per_address, window=10)
    await messaging.unsubscribe(op, clinic_id=clinic_id, message_id=message_id, token=token)
