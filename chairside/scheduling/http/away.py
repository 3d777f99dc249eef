"""Days on which a provider is away, or works elsewhere, and who is booked on them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chairside import scheduling
from chairside.kernel.http import InOp, Route
from chairside.scheduling.schemas.away import (
    BookedVisits,
    NewTravel,
    NewVacation,
    Travels,
    TravelView,
    Vacations,
    VacationView,
)
from chairside.scheduling.schemas.setup import Day

router = APIRouter(prefix="/api/v1/clinics/{clinic}/providers/{provider_id}", tags=["scheduling"], route_class=Route)
From = Annotated[Day | None, Query(alias="from")]


@router.post("/vacations", status_code=201, response_model=VacationView)
async def add_vacation(op: InOp, provider_id: UUID, new: NewVacation) -> Any:
    """What is booked on these days stays booked; `booked-visits` lists it."""
    return await scheduling.add_vacation(op, provider_id=provider_id, **new.model_dump())


@router.get("/vacations", response_model=Vacations)
async def list_vacations(op: InOp, provider_id: UUID, from_: From = None, to: Day | None = None) -> Any:
    """Those that touch these days."""
    return {"items": await scheduling.list_vacations(op, provider_id=provider_id, **_between(from_, to))}


@router.delete("/vacations/{vacation_id}", status_code=204)
async def remove_vacation(op: InOp, provider_id: UUID, vacation_id: UUID) -> None:
    await scheduling.remove_vacation(op, provider_id=provider_id, vacation_id=vacation_id)


@router.post("/travels", status_code=201, response_model=TravelView)
async def add_travel(op: InOp, provider_id: UUID, new: NewTravel) -> Any:
    """The provider's hours are of another zone for a while."""
    return await scheduling.add_travel(op, provider_id=provider_id, **new.model_dump())


@router.get("/travels", response_model=Travels)
async def list_travels(op: InOp, provider_id: UUID, from_: From = None, to: Day | None = None) -> Any:
    """Those that touch these days."""
    return {"items": await scheduling.list_travels(op, provider_id=provider_id, **_between(from_, to))}


@router.delete("/travels/{travel_id}", status_code=204)
async def remove_travel(op: InOp, provider_id: UUID, travel_id: UUID) -> None:
    await scheduling.remove_travel(op, provider_id=provider_id, travel_id=travel_id)


@router.get("/booked-visits", response_model=BookedVisits)
async def list_booked_visits(op: InOp, provider_id: UUID, from_: Annotated[Day, Query(alias="from")], to: Day) -> Any:
    """Visits of the provider that are still to be, on these days, both included: whom a vacation would leave waiting."""
    visits = await scheduling.list_booked(op, provider_id=provider_id, first=from_, last=to)
    return {"items": [_shown(one) for one in visits]}


def _shown(visit: scheduling.BookedVisit) -> dict[str, Any]:
    return visit._asdict() | {"patient": {"id": visit.patient_id, "name": f"{visit.first_name} {visit.last_name}"}}


def _between(first: Day | None, last: Day | None) -> dict[str, Any]:
    return {name: day for name, day in (("first", first), ("last", last)) if day}
