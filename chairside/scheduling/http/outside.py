"""Calendars that providers keep elsewhere, and that keep them busy here."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import scheduling
from chairside.kernel.http import InOp, Route
from chairside.scheduling.schemas.outside import NewOutsideCalendar, OutsideCalendars, OutsideCalendarView

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["scheduling"], route_class=Route)


@router.get("/outside-calendars", response_model=OutsideCalendars)
async def list_outside_calendars(op: InOp, provider_id: UUID | None = None) -> Any:
    """One's own; everybody's for whoever runs the practice."""
    kinds = [kind for kind in scheduling.outside_kinds() if kind != "ics"]
    return {"kinds": kinds, "items": await scheduling.list_outside_calendars(op, provider_id=provider_id)}


@router.post("/providers/{provider_id}/outside-calendars", status_code=201, response_model=OutsideCalendarView)
async def add_outside_calendar(op: InOp, provider_id: UUID, new: NewOutsideCalendar) -> Any:
    """It is asked at once by the worker, and then about every ten minutes; when somebody is busy there they are busy here."""
    return await scheduling.add_outside_calendar(op, provider_id=provider_id, name=new.name, address=new.address)


@router.post("/outside-calendars/{outside_id}/refresh", status_code=202, response_model=OutsideCalendarView)
async def ask_outside_calendar(op: InOp, outside_id: UUID) -> Any:
    """As it stands until the worker has asked it."""
    return await scheduling.ask_outside_calendar(op, calendar_id=outside_id)


@router.delete("/outside-calendars/{outside_id}", status_code=204)
async def remove_outside_calendar(op: InOp, outside_id: UUID) -> None:
    """For a day it may be had back (`restoration`); then its address is forgotten."""
    await scheduling.remove_outside_calendar(op, calendar_id=outside_id)


@router.post("/outside-calendars/{outside_id}/restoration", response_model=OutsideCalendarView)
async def restore_outside_calendar(op: InOp, outside_id: UUID) -> Any:
    return await scheduling.restore_outside_calendar(op, calendar_id=outside_id)
