from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from chairside import scheduling
from chairside.kernel.http import InOp, Route
from chairside.kernel.http.shapes import NewInstant
from chairside.scheduling.http.edges import instant_of, shown
from chairside.scheduling.schemas.appointments import Edge
from chairside.scheduling.schemas.availability import Availability, ExplanationView

router = APIRouter(prefix="/api/v1/clinics/{clinic}/availability", tags=["scheduling"], route_class=Route)

Minutes = Annotated[int | None, Query(ge=5, le=720)]
Increment = Annotated[int, Query(ge=5, le=240)]
Providers = Annotated[list[UUID] | None, Query(alias="provider_id", max_length=200)]
Clock = Annotated[str | None, Query(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
Weekdays = Annotated[list[Annotated[int, Field(ge=1, le=7)]] | None, Query(alias="weekday", max_length=7)]
Moving = Annotated[UUID | None, Query(alias="appointment_id")]
A_FORTNIGHT = timedelta(days=14)


@router.get("", response_model=Availability)
async def list_openings(
    op: InOp,
    calendar_id: UUID | None = None,
    service_id: UUID | None = None,
    duration_minutes: Minutes = None,
    provider_ids: Providers = None,
    operatory_id: UUID | None = None,
    patient_id: UUID | None = None,
    appointment_id: Moving = None,
    from_: Annotated[Edge | None, Query(alias="from")] = None,
    to: Edge | None = None,
    weekdays: Weekdays = None,
    earliest: Clock = None,
    latest: Clock = None,
    who: Literal["each", "any"] = "each",
    increment: Increment = 15,
    limit: Annotated[int, Query(ge=1, le=5000)] = 500,
) -> Any:
    """When a visit could start, from `from` (now) until `to` (two weeks later): days of the clinic, both included, or instants,
    the second not. Of each provider who could take it (`provider_id` may be repeated; none: whoever works here), or of `any` one.
    `appointment_id` is a visit to be moved: it is in nobody's way. Without an operatory asked for, the usual one is named if it
    is free, or another; where none is free the time is offered all the same. `weekday` (1 to 7, repeated), `earliest` and
    `latest` (local times, the second not included) are of the clinic's days. By a calendar (`calendar_id`; its increment and its
    first service unless another is named) each time is there once, with the provider who would take it."""
    since = instant_of(op, from_, end=False) if from_ else op.now
    until = instant_of(op, to, end=True) if to else since + A_FORTNIGHT
    wanted = scheduling.Wanted(
        service_id, duration_minutes, provider_ids or (), operatory_id, patient_id, appointment_id, increment,
        weekdays=frozenset(weekdays or ()), earliest=_minutes(earliest or "00:00"), latest=_minutes(latest or "24:00"),
        calendar_id=calendar_id,
    )  # fmt: skip
    found = await scheduling.list_openings(op, wanted=wanted, since=since, until=until, each=who == "each", limit=limit)
    return {"timezone": op.clinic.timezone, "slots": found.slots, "next_from": found.next_from}


@router.get("/explanation", response_model=ExplanationView)
async def explain_time(
    op: InOp,
    at: NewInstant,
    calendar_id: UUID | None = None,
    service_id: UUID | None = None,
    duration_minutes: Minutes = None,
    provider_ids: Providers = None,
    operatory_id: UUID | None = None,
    patient_id: UUID | None = None,
    appointment_id: Moving = None,
    increment: Increment = 15,
) -> Any:
    """Why a visit could not start then: every reason of everybody whom it would need."""
    wanted = scheduling.Wanted(
        service_id, duration_minutes, provider_ids or (), operatory_id, patient_id, appointment_id, increment,
        calendar_id=calendar_id,
    )  # fmt: skip
    found = await scheduling.explain_time(op, wanted=wanted, at=_minute(at))
    return found._asdict() | {
        "timezone": op.clinic.timezone,
        "reasons": [shown(one) for one in found.reasons],
        "resources": [one._asdict() | {"reasons": [shown(because) for because in one.reasons]} for one in found.resources],
    }


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
