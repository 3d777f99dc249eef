from typing import Any

from fastapi import APIRouter, Request

from chairside import booking
from chairside.booking.schemas.pages import BookingPageShape, BookingPageView
from chairside.kernel.http import InOp, Route, SeenVersion
from chairside.kernel.refusals import malformed

router = APIRouter(prefix="/api/v1/clinics/{clinic}/booking-page", tags=["booking"], route_class=Route)


@router.get("", response_model=BookingPageView)
async def get_booking_page(op: InOp) -> Any:
    """What patients may book by themselves; closed, and version 0, until it was set."""
    return BookingPageView.of(await booking.get_page(op))


@router.put("", response_model=BookingPageView)
async def set_booking_page(op: InOp, version: SeenVersion, page: BookingPageShape, request: Request) -> Any:
    """Codes can only be asked for where this deployment sends texts."""
    settings = request.app.state.settings
    if page.asks_code and not (settings.sms or settings.phone):
        raise malformed("/asks_code", "no_texts", "This deployment sends no texts; nobody could book.")
    facts = page.model_dump()
    services = {one["service_id"]: one["provider_ids"] for one in facts.pop("services")}
    return BookingPageView.of(await booking.set_page(op, page=facts, services=services, version=version))
