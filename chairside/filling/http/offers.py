"""What a patient does with the link of an offer. To open it changes nothing: programs look through mail before people do."""

from typing import Any

from fastapi import APIRouter, Request

from chairside import filling
from chairside.booking.http.public import written
from chairside.filling.schemas.fills import OfferView
from chairside.kernel.http import InOp, Route
from chairside.kernel.http.limits import count_address
from chairside.tenancy.http.session import from_our_pages

router = APIRouter(prefix="/api/v1/offers/{token}", tags=["public"], route_class=Route)


@router.get("", response_model=OfferView)
async def read_offer(op: InOp, token: str, request: Request) -> Any:
    """The time that is offered, and whether it is still to be had."""
    await _count(request)
    return _shown(await filling.read_offer(op, token=token))


@router.post("/acceptance", status_code=201, response_model=OfferView, openapi_extra={"x-kept": False})
async def accept_offer(op: InOp, token: str, request: Request) -> Any:
    """Yes. The first has it; sent again, it is told again."""
    await _count(request)
    return _shown(await filling.accept_offer(op, token=token))


@router.post("/refusal", status_code=201, response_model=OfferView, openapi_extra={"x-kept": False})
async def decline_offer(op: InOp, token: str, request: Request) -> Any:
    """No, thank you. As long as the time is free, a yes may follow."""
    await _count(request)
    return _shown(await filling.decline_offer(op, token=token))


def _shown(state: filling.OfferState) -> dict[str, Any]:
    time = state.time
    return time._asdict() | {
        "answer": state.answer, "address": written(time.address), "timezone": state.timezone, "locale": state.locale,
        "link": state.link,
    }  # fmt: skip


async def _count(request: Request) -> None:
    from_our_pages(request)
    await count_address(request, "opening offer", most=request.app.state.settings.requests_per_address, window=10)
