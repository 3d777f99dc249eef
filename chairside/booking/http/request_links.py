"""How a request stands, for whoever asked. To open it changes nothing."""

from typing import Any

from fastapi import APIRouter, Request

from chairside import booking
from chairside.booking.http.public import written
from chairside.booking.schemas.public import RequestLinkView, VisitLink
from chairside.kernel.http import InOp, Route
from chairside.kernel.http.limits import count_address
from chairside.tenancy.http.session import from_our_pages

router = APIRouter(prefix="/api/v1/requests/{token}", tags=["public"], route_class=Route)


@router.get("", response_model=RequestLinkView)
async def read_request_link(op: InOp, token: str, request: Request) -> Any:
    """Waiting, or what came of it, with the clinic's words."""
    await _count(request)
    return _shown(await booking.read_request(op, token=token))


@router.post("/withdrawal", status_code=201, response_model=RequestLinkView, openapi_extra={"x-kept": False})
async def withdraw_request_by_link(op: InOp, token: str, request: Request) -> Any:
    """They want the time no more; 409 where the clinic has answered meanwhile."""
    await _count(request)
    return _shown(await booking.withdraw_request(op, token=token))


@router.post("/visit-link", status_code=201, response_model=VisitLink, openapi_extra={"x-kept": False})
async def link_request_to_visit(op: InOp, token: str, request: Request) -> Any:
    """Of the visit that came of it: a token with which it is confirmed, moved or cancelled."""
    await _count(request)
    return {"link": (await booking.link_of_request(op, token=token)).token}


def _shown(state: booking.RequestState) -> dict[str, Any]:
    request = state.request
    return request._asdict() | {
        "state": state.stand, "starts_at": state.starts_at, "ends_at": state.ends_at, "timezone": state.timezone,
        "locale": state.locale, "address": written(request.address), "words": request.answer_words,
        "slug": request.clinic_slug if request.page_open else None,
        "answer_by": request.expires_at if state.stand == "waiting" else None,
    }  # fmt: skip


async def _count(request: Request) -> None:
    from_our_pages(request)
    await count_address(request, "request link", most=request.app.state.settings.requests_per_address, window=10)
