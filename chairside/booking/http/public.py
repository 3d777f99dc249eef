"""The booking page of a clinic, for everybody: no session, no cookie, and little at a time from one address."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request

from chairside import booking
from chairside.booking.schemas.public import (
    NewPublicBooking,
    NewPublicCode,
    NewPublicHold,
    NewPublicHoldView,
    NewPublicWaiting,
    PublicCode,
    PublicConfirmation,
    PublicHold,
    PublicOpenings,
    PublicPage,
    PublicProof,
    PublicWaiting,
    SaidCode,
    Who,
    seconds,
)
from chairside.kernel.http import InOp, Route
from chairside.kernel.http.limits import count, count_address
from chairside.kernel.op import Op
from chairside.tenancy.http.session import from_our_pages

router = APIRouter(prefix="/api/v1/public/clinics/{slug}", tags=["public"], route_class=Route)
HOUR, MINUTES_5 = 3600, 300
AT_ONE_CLINIC = 20
"""So many times as often as from one address."""
TO_A_NUMBER = 4
"""So many times less often are codes sent to one number, from wherever they are asked for: nobody is flooded."""


@router.get("", response_model=PublicPage)
async def get_public_page(op: InOp, slug: str, request: Request) -> Any:
    """What may be booked here, and with whom; 404 where the page is closed."""
    await _count_reading(request)
    offered = await booking.list_offered(op, slug=slug)
    page, clinic = offered.page, offered.clinic
    policy = {"url": page.policy_url, "words": page.policy_words} if page.policy_url else None
    services = [
        one._asdict() | {"price": {"amount": one.price, "currency": one.currency} if page.shows_prices else None}
        for one in offered.services
    ]
    return page._asdict() | {
        "name": clinic.name, "phone": clinic.phone, "address": written(clinic.address), "timezone": op.clinic.timezone,
        "locale": op.clinic.locale, "policy": policy, "services": services, "providers": offered.providers,
    }  # fmt: skip


@router.get("/openings", response_model=PublicOpenings)
async def list_public_openings(
    op: InOp,
    slug: str,
    request: Request,
    service_id: UUID,
    provider_id: UUID | None = None,
    from_: Annotated[date | None, Query(alias="from")] = None,
    days: Annotated[int, Query(ge=1, le=31)] = 7,
) -> Any:
    """From a day of the clinic (today) on, for so many days."""
    await _count_reading(request)
    found = await booking.list_times(op, slug=slug, service_id=service_id, provider_id=provider_id, from_on=from_, days=days)
    return found._asdict() | {"timezone": op.clinic.timezone}


@router.post("/holds", status_code=201, response_model=NewPublicHoldView, openapi_extra={"x-kept": False})
async def hold_public_time(op: InOp, slug: str, request: Request, new: NewPublicHold) -> Any:
    """For five minutes nobody else is given this time; a taken one is 409 TimeTaken. Book it with its `token`."""
    from_our_pages(request)
    most = request.app.state.settings.bookings_per_address
    await count_address(request, "public hold", most=2 * most, window=MINUTES_5)
    held = await booking.keep_time(op, slug=slug, **new.model_dump())
    return _held(op, held.booking) | {"token": held.token}


@router.post("/holds/{token}/extension", status_code=201, response_model=PublicHold)
async def extend_public_hold(op: InOp, slug: str, token: str, request: Request) -> Any:
    """Five minutes from now, once."""
    await _count_reading(request)
    return _held(op, await booking.keep_longer(op, slug=slug, token=token))


@router.delete("/holds/{token}", status_code=204)
async def release_public_hold(op: InOp, slug: str, token: str, request: Request) -> None:
    await _count_reading(request)
    await booking.let_time_go(op, slug=slug, token=token)


@router.post("/bookings", status_code=201, response_model=PublicConfirmation, openapi_extra={"x-kept": False})
async def book_public_time(op: InOp, slug: str, request: Request, new: NewPublicBooking) -> Any:
    """The time that was kept is theirs, or asked for where the clinic wants to say yes first. Sent twice, it is done once; the
    answer is the same whoever they are."""
    await _count_writing(request, slug)
    made = await booking.book(op, slug=slug, token=new.hold, visitor=_visitor(new), note=new.note, proof=new.proof)
    link = None
    if made.booking.appointment_id:
        link = (await booking.link_for(op, appointment_id=made.booking.appointment_id, purpose="manage")).token
    facts = {
        "status": "requested" if made.requested else "booked",
        "answer_by": made.answer_by,
        "link": link,
        "request_link": made.link,
    }
    return made.booking._asdict() | facts


@router.post("/waitlist", status_code=201, response_model=PublicWaiting)
async def join_public_waitlist(op: InOp, slug: str, request: Request, new: NewPublicWaiting) -> Any:
    """To be called when there is a time."""
    await _count_writing(request, slug)
    await booking.join_waitlist(
        op, slug=slug, service_id=new.service_id, visitor=_visitor(new), proof=new.proof, parts=list(new.parts),
        weekdays=new.weekdays,
    )  # fmt: skip
    return {"status": "waiting"}


@router.post("/codes", status_code=201, response_model=PublicCode, openapi_extra={"x-kept": False})
async def send_public_code(op: InOp, slug: str, request: Request, new: NewPublicCode) -> Any:
    """To a number, whosever it is: the answer is the same. 404 where the page asks for none."""
    await _count_writing(request, slug)
    number = "".join(letter for letter in new.mobile if letter.isdigit())[-9:]
    most = max(1, request.app.state.settings.bookings_per_address // TO_A_NUMBER)
    await count(request, "public code to a number", number, most=most, window=HOUR)
    sent = await booking.send_code(op, slug=slug, **new.model_dump())
    kept = sent.kept_until
    return sent._asdict() | {"kept_seconds": seconds(kept, op.now) if kept else None}


@router.post("/codes/{token}/proof", status_code=201, response_model=PublicProof, openapi_extra={"x-kept": False})
async def prove_public_number(op: InOp, slug: str, token: str, request: Request, said: SaidCode) -> Any:
    """Five tries; `proved` says whether it was the one."""
    await _count_reading(request)
    return (await booking.prove_number(op, slug=slug, token=token, code=said.code))._asdict()


def _visitor(who: Who) -> booking.Visitor:
    child = booking.Child(**who.child.model_dump()) if who.child else None
    return booking.Visitor(who.first_name, who.last_name, who.mobile, child)


def _held(op: Op, made: booking.PublicBooking) -> dict[str, Any]:
    return made._asdict() | {"seconds_left": seconds(made.expires_at, op.now)}


def written(address: dict[str, Any] | None) -> list[str]:
    found = address or {}
    return [found[line] for line in ("line1", "line2", "city") if found.get(line)]


async def _count_reading(request: Request) -> None:
    from_our_pages(request)
    await count_address(request, "public page", most=request.app.state.settings.requests_per_address, window=10)


async def _count_writing(request: Request, slug: str) -> None:
    """From one address few, in one clinic some: nobody fills a schedule by themselves."""
    from_our_pages(request)
    most = request.app.state.settings.bookings_per_address
    await count_address(request, "public booking", most=most, window=HOUR)
    await count(request, "public booking of a clinic", slug, most=AT_ONE_CLINIC * most, window=HOUR)
