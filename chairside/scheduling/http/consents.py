"""A calendar behind an account: there, and back again."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from chairside import scheduling
from chairside.kernel.http import InOp, Route
from chairside.kernel.http.entering import token_of
from chairside.kernel.http.limits import count_address
from chairside.kernel.refusals import Refusal
from chairside.scheduling.schemas.outside import ConsentView, Kind, NewConsent

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["scheduling"], route_class=Route)
public = APIRouter(prefix="/api/v1/outside-calendars", tags=["scheduling"], route_class=Route)
PAGES = {"providers": "admin/providers", "account": "account"}


@router.post("/providers/{provider_id}/outside-calendars/{kind}", status_code=201, response_model=ConsentView)
async def go_to_calendar(op: InOp, provider_id: UUID, kind: Kind, given: NewConsent, request: Request) -> Any:
    """Where the browser goes to grant a look at when somebody is busy, and nothing else; it comes back to `return`."""
    back = f"/c/{op.clinic.slug}/{PAGES[given.back]}"
    address = await scheduling.begin_consent(
        op, provider_id=provider_id, kind=kind, name=given.name, back=back, redirect_uri=_redirect_uri(request)
    )
    return {"address": address}


@public.get("/return", status_code=302, response_class=RedirectResponse)
async def come_back_from_calendar(op: InOp, request: Request, state: str = "", code: str = "", error: str = "") -> Response:
    """Where whoever keeps the calendar sends the browser. It goes on to a page that says in one sentence what came of it."""
    await count_address(request, "calendar-consent", most=request.app.state.settings.requests_per_address, window=10)
    back, said = "/", {"calendar": "connected"}
    try:
        clinic, consent_id, token = _read(state)
        address = request.client.host if request.client else None
        await op.enter(token_of(request), str(clinic), address=address, act=True, durable=True)
        consented = await scheduling.end_consent(op, consent_id=consent_id, token=token)
        back = consented.consent.back
        await scheduling.hear_consent(op, consented=consented, code=code, error=error, redirect_uri=_redirect_uri(request))
    except Refusal as refusal:
        await op.db.undo()
        request.scope["code"] = refusal.code
        said = {"calendar": refusal.code}
    return RedirectResponse(f"{back}?{urlencode(said)}", status_code=302)


def _read(state: str) -> tuple[UUID, UUID, str]:
    """Refuses ConsentExpired of what we never gave."""
    try:
        clinic, consent, token = state.split(".")
        return UUID(hex=clinic), UUID(hex=consent), token
    except ValueError:
        raise scheduling.ConsentExpired() from None


def _redirect_uri(request: Request) -> str:
    settings = request.app.state.settings
    return f"{settings.origin or str(request.base_url).rstrip('/')}/api/v1/outside-calendars/return"
