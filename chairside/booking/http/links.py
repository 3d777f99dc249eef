"""What a patient does with the link of a letter. To open it changes nothing: programs look through mail before people do."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from chairside import booking
from chairside.booking.http.public import written
from chairside.booking.schemas.public import LinkView, Move, PublicOpenings
from chairside.kernel.http import InOp, Route
from chairside.kernel.http.limits import count_address
from chairside.tenancy.http.session import from_our_pages

router = APIRouter(prefix="/api/v1/links/{token}", tags=["public"], route_class=Route)
CALENDAR: dict[int | str, dict[str, Any]] = {200: {"content": {"text/calendar": {}}}}


@router.get("", response_model=LinkView)
async def read_patient_link(op: InOp, token: str, request: Request) -> Any:
    """The visit that it is about, and what may still be done."""
    await _count(request)
    return _shown(await booking.read_link(op, token=token))


@router.get("/openings", response_model=PublicOpenings)
async def list_link_openings(
    op: InOp,
    token: str,
    request: Request,
    from_: Annotated[date | None, Query(alias="from")] = None,
    days: Annotated[int, Query(ge=1, le=31)] = 7,
) -> Any:
    """When it could be instead."""
    await _count(request)
    found = await booking.list_times_for_link(op, token=token, from_on=from_, days=days)
    return found._asdict() | {"timezone": op.clinic.timezone}


@router.get("/visit.ics", response_class=Response, responses=CALENDAR)
async def fetch_visit(op: InOp, token: str, request: Request) -> Response:
    """For a calendar: where and when."""
    await _count(request)
    body = await booking.read_visit(op, token=token)
    headers = {"content-disposition": 'attachment; filename="visit.ics"'}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


@router.post("/confirmation", status_code=201, response_model=LinkView, openapi_extra={"x-kept": False})
async def confirm_by_link(op: InOp, token: str, request: Request) -> Any:
    """They will come. A link does what it does once; sent again, it is told again."""
    await _count(request)
    return _shown(await booking.confirm_by_link(op, token=token))


@router.post("/rescheduling", status_code=201, response_model=LinkView, openapi_extra={"x-kept": False})
async def move_by_link(op: InOp, token: str, request: Request, move: Move) -> Any:
    """To one of the times offered, until the clinic's deadline."""
    await _count(request)
    return _shown(await booking.move_by_link(op, token=token, starts_at=move.starts_at))


@router.post("/cancellation", status_code=201, response_model=LinkView, openapi_extra={"x-kept": False})
async def cancel_by_link(op: InOp, token: str, request: Request) -> Any:
    """They will not, until the clinic's deadline."""
    await _count(request)
    return _shown(await booking.cancel_by_link(op, token=token))


def _shown(state: booking.LinkedState) -> dict[str, Any]:
    visit, link = state.visit, state.link
    return visit._asdict() | {
        "purpose": link.purpose, "used_for": link.used_for, "address": written(visit.address), "timezone": state.timezone,
        "slug": visit.clinic_slug if visit.page_open else None, "locale": state.locale, "acts": state.acts,
        "changes_until": state.changes_until, "again": state.again,
    }  # fmt: skip


async def _count(request: Request) -> None:
    from_our_pages(request)
    await count_address(request, "patient link", most=request.app.state.settings.requests_per_address, window=10)
