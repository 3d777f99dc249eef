from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import booking
from chairside.booking.schemas.requests import Acceptance, BookingRequests, BookingRequestView, Newcomers, Refusal
from chairside.kernel.http import InOp, Route, SeenVersion
from chairside.kernel.op import Op

router = APIRouter(prefix="/api/v1/clinics/{clinic}/booking-requests", tags=["booking"], route_class=Route)


@router.get("", response_model=BookingRequests)
async def list_booking_requests(op: InOp) -> Any:
    """Those that wait for an answer, by time."""
    return {"items": [_shown(op, one) for one in await booking.list_requests(op)]}


@router.get("/newcomers", response_model=Newcomers)
async def list_booking_newcomers(op: InOp) -> Any:
    """Whose records the page made, and still want completing."""
    return {"items": await booking.list_newcomers(op)}


@router.get("/{request_id}", response_model=BookingRequestView)
async def get_booking_request(op: InOp, request_id: UUID) -> Any:
    return _shown(op, await booking.get_request(op, request_id=request_id))


@router.post("/{request_id}/acceptance", status_code=201, response_model=BookingRequestView)
async def accept_booking_request(op: InOp, request_id: UUID, version: SeenVersion, acceptance: Acceptance) -> Any:
    """The visit is booked; 409 TimeTaken for one that has lapsed and whose time is gone."""
    accepted = await booking.accept_request(op, request_id=request_id, version=version, **acceptance.model_dump())
    return _shown(op, accepted)


@router.post("/{request_id}/refusal", status_code=201, response_model=BookingRequestView)
async def decline_booking_request(op: InOp, request_id: UUID, version: SeenVersion, refusal: Refusal) -> Any:
    """The time is free again."""
    return _shown(op, await booking.decline_request(op, request_id=request_id, version=version, **refusal.model_dump()))


def _shown(op: Op, request: booking.BookingRequest) -> dict[str, Any]:
    return request._asdict() | {"lapsed": request.status == "requested" and request.expires_at <= op.now}
