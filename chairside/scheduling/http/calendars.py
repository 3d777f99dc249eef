from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import scheduling
from chairside.kernel.http import InOp, Route, Version
from chairside.scheduling.schemas.availability import Availability
from chairside.scheduling.schemas.calendars import CalendarPatch, Calendars, CalendarView, NewCalendar, Preview, read

router = APIRouter(prefix="/api/v1/clinics/{clinic}/calendars", tags=["scheduling"], route_class=Route)
A_WEEK = timedelta(days=7)


@router.post("", status_code=201, response_model=CalendarView)
async def add_calendar(op: InOp, new: NewCalendar) -> Any:
    return CalendarView.of(await scheduling.add_booking_calendar(op, calendar=new.calendar()))


@router.get("", response_model=Calendars)
async def list_calendars(op: InOp, active: bool | None = None) -> Any:
    """By name."""
    return {"items": [CalendarView.of(one) for one in await scheduling.list_booking_calendars(op, active=active)]}


@router.post("/preview", response_model=Availability, openapi_extra={"x-changes-nothing": True})
async def preview_calendar(op: InOp, asked: Preview) -> Any:
    """What a calendar that nobody saved would offer in the seven days from `from` (now) on."""
    since = asked.from_ or op.now
    found = await scheduling.preview_openings(
        op, calendar=asked.calendar.calendar(), service_id=asked.service_id, duration_minutes=asked.duration_minutes,
        since=since, until=since + A_WEEK,
    )  # fmt: skip
    return {"timezone": op.clinic.timezone, "slots": found.slots, "next_from": found.next_from}


@router.get("/{calendar_id}", response_model=CalendarView)
async def get_calendar(op: InOp, calendar_id: UUID) -> Any:
    return CalendarView.of(await scheduling.get_booking_calendar(op, calendar_id=calendar_id))


@router.patch("/{calendar_id}", response_model=CalendarView)
async def change_calendar(op: InOp, calendar_id: UUID, version: Version, patch: CalendarPatch) -> Any:
    """Visits that were booked stay. `active: false` archives it: it is offered nowhere any more."""
    whole = patch.model_dump()
    changes = read({field: whole[field] for field in patch.model_fields_set})
    return CalendarView.of(
        await scheduling.change_booking_calendar(op, calendar_id=calendar_id, version=version, changes=changes)
    )
