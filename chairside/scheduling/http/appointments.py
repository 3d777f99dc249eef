from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chairside import scheduling
from chairside.kernel import pages
from chairside.kernel.http import InOp, Route, SeenVersion, Version
from chairside.kernel.refusals import malformed
from chairside.scheduling.http.edges import instant_of
from chairside.scheduling.schemas.appointments import (
    AppointmentPage,
    AppointmentPatch,
    AppointmentView,
    CompletedItems,
    CompletedItemView,
    Edge,
    History,
    NewAppointment,
    NewItem,
    Rescheduling,
    Status,
)

router = APIRouter(prefix="/api/v1/clinics/{clinic}/appointments", tags=["scheduling"], route_class=Route)


@router.post("", status_code=201, response_model=AppointmentView)
async def book_appointment(op: InOp, new: NewAppointment) -> Any:
    """A taken time is 409 TimeTaken; with `suggest` its facts name the next free ones, with `overbooking_reason` it is booked
    over whatever has it. `hold_id`, one's own, gives its time to the visit. With a `calendar_id` the time must be one that it
    offers, and whoever's turn it is takes the visit: 409 NobodyIsFree where nobody can. Of a calendar with more seats than one it
    is a seat: 409 SessionIsFull where every one is taken. `group_session_id` names the session."""
    return await scheduling.book(
        op, patient_id=new.patient_id, provider_id=new.provider_id, operatory_id=new.operatory_id, calendar_id=new.calendar_id,
        service_id=new.service_id,
        items=_items(new.items), starts_at=new.starts_at, duration_minutes=new.duration_minutes, notes=new.notes,
        overbooking_reason=new.overbooking_reason, suggest=new.suggest, hold_id=new.hold_id,
        group_session_id=new.group_session_id,
    )  # fmt: skip


@router.get("", response_model=AppointmentPage)
async def list_appointments(
    op: InOp,
    patient_id: UUID | None = None,
    provider_id: UUID | None = None,
    operatory_id: UUID | None = None,
    status: Annotated[list[Status] | None, Query()] = None,
    from_: Annotated[Edge | None, Query(alias="from")] = None,
    to: Edge | None = None,
    sort: Annotated[str, Query(pattern="^-?starts_at$")] = "starts_at",
    cursor: Annotated[str, Query(max_length=2000)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """Those that start from `from` to `to`: days of the clinic, both included, or instants, the second not. `status` may be
    repeated; `sort` is starts_at or -starts_at."""
    edges: dict[str, Any] = {}
    if from_ is not None:
        edges["since"] = instant_of(op, from_, end=False)
    if to is not None:
        edges["until"] = instant_of(op, to, end=True)
    after = pages.unseal(cursor, datetime.fromisoformat, UUID) if cursor else None
    items = await scheduling.list_appointments(
        op, patient_id=patient_id, provider_id=provider_id, operatory_id=operatory_id,
        statuses=list(status) if status else None, latest_first=sort.startswith("-"), after=after, limit=limit, **edges,
    )  # fmt: skip
    last = items[-1] if len(items) == limit else None
    return {"items": items, "next_cursor": pages.seal(last.starts_at.isoformat(), last.id) if last else None}


@router.get("/{appointment_id}", response_model=AppointmentView)
async def get_appointment(op: InOp, appointment_id: UUID) -> Any:
    return await scheduling.get_appointment(op, appointment_id=appointment_id)


@router.patch("/{appointment_id}", response_model=AppointmentView)
async def change_appointment(op: InOp, appointment_id: UUID, version: Version, patch: AppointmentPatch) -> Any:
    """Notes, and what is planned. Place, time and length change by `rescheduling`."""
    changes = {"notes": patch.notes} if "notes" in patch.model_fields_set else {}
    items = _items(patch.items) if "items" in patch.model_fields_set else None
    return await scheduling.change_appointment(op, appointment_id=appointment_id, version=version, changes=changes, items=items)


@router.post("/{appointment_id}/rescheduling", status_code=201, response_model=AppointmentView)
async def reschedule_appointment(op: InOp, appointment_id: UUID, version: SeenVersion, moved: Rescheduling) -> Any:
    changes = moved.model_dump(exclude_unset=True, exclude={"overbooking_reason", "suggest"})
    if not changes:
        raise malformed("", "required", "Say what changes: the time, the provider, the operatory or the length.")
    return await scheduling.reschedule(
        op, appointment_id=appointment_id, version=version, changes=changes,
        overbooking_reason=moved.overbooking_reason, suggest=moved.suggest,
    )  # fmt: skip


@router.get("/{appointment_id}/history", response_model=History)
async def list_history(op: InOp, appointment_id: UUID) -> Any:
    """That it was booked and every step since, by time, with who took it and who took it back."""
    return {"items": await scheduling.list_history(op, appointment_id=appointment_id)}


@router.get("/{appointment_id}/completed-items", response_model=CompletedItems)
async def list_completed_items(op: InOp, appointment_id: UUID) -> Any:
    """What was done, as it was called and priced that day."""
    await scheduling.get_appointment(op, appointment_id=appointment_id)
    return {"items": [_completed(item) for item in await scheduling.list_completed_items(op, appointment_id=appointment_id)]}


def _completed(item: scheduling.CompletedItem) -> CompletedItemView:
    unit_price = {"amount": item.unit_price, "currency": item.currency}
    list_price = {"amount": item.list_price, "currency": item.currency}
    return CompletedItemView.model_validate(item._asdict() | {"unit_price": unit_price, "list_price": list_price})


def _items(items: list[NewItem] | None) -> list[scheduling.Item] | None:
    if items is None:
        return None
    return [scheduling.Item(item.service_id, item.quantity, item.tooth, item.surfaces) for item in items]
