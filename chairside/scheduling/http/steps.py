from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chairside import scheduling
from chairside.kernel.http import InOp, Route, SeenVersion
from chairside.kernel.http.shapes import MoneyShape
from chairside.kernel.money import Money
from chairside.scheduling.schemas.appointments import AppointmentView, Cancellation, Completion, StepNote

router = APIRouter(prefix="/api/v1/clinics/{clinic}/appointments/{appointment_id}", tags=["scheduling"], route_class=Route)


@router.post("/confirmation", status_code=201, response_model=AppointmentView)
async def confirm_appointment(op: InOp, appointment_id: UUID, version: SeenVersion, note: StepNote | None = None) -> Any:
    return await scheduling.confirm(op, appointment_id=appointment_id, version=version, reason=_reason(note))


@router.delete("/confirmation", response_model=AppointmentView)
async def undo_confirmation(op: InOp, appointment_id: UUID, version: SeenVersion) -> Any:
    return await scheduling.undo(op, appointment_id=appointment_id, step="confirmation", version=version)


@router.post("/arrival", status_code=201, response_model=AppointmentView)
async def mark_arrived(op: InOp, appointment_id: UUID, version: SeenVersion, note: StepNote | None = None) -> Any:
    return await scheduling.arrive(op, appointment_id=appointment_id, version=version, reason=_reason(note))


@router.delete("/arrival", response_model=AppointmentView)
async def undo_arrival(op: InOp, appointment_id: UUID, version: SeenVersion) -> Any:
    return await scheduling.undo(op, appointment_id=appointment_id, step="arrival", version=version)


@router.post("/seating", status_code=201, response_model=AppointmentView)
async def seat_patient(op: InOp, appointment_id: UUID, version: SeenVersion, note: StepNote | None = None) -> Any:
    return await scheduling.seat(op, appointment_id=appointment_id, version=version, reason=_reason(note))


@router.delete("/seating", response_model=AppointmentView)
async def undo_seating(op: InOp, appointment_id: UUID, version: SeenVersion) -> Any:
    return await scheduling.undo(op, appointment_id=appointment_id, step="seating", version=version)


@router.post("/completion", status_code=201, response_model=AppointmentView, openapi_extra={"x-idempotency": "required"})
async def complete_visit(op: InOp, appointment_id: UUID, version: SeenVersion, done: Completion) -> Any:
    """What was done is charged in the same moment."""
    items = [scheduling.Done(item.service_id, item.quantity, _money(item.price), item.price_reason) for item in done.items]
    return await scheduling.complete(op, appointment_id=appointment_id, version=version, items=items)


@router.delete("/completion", response_model=AppointmentView)
async def undo_completion(op: InOp, appointment_id: UUID, version: SeenVersion) -> Any:
    """Its charges are reversed; refused once they are invoiced."""
    return await scheduling.undo(op, appointment_id=appointment_id, step="completion", version=version)


@router.post("/cancellation", status_code=201, response_model=AppointmentView)
async def cancel_appointment(op: InOp, appointment_id: UUID, version: SeenVersion, why: Cancellation) -> Any:
    return await scheduling.cancel(op, appointment_id=appointment_id, version=version, reason=why.reason)


@router.delete("/cancellation", response_model=AppointmentView)
async def undo_cancellation(op: InOp, appointment_id: UUID, version: SeenVersion) -> Any:
    """Its time is taken again, if it is still free."""
    return await scheduling.undo(op, appointment_id=appointment_id, step="cancellation", version=version)


@router.post("/no-show", status_code=201, response_model=AppointmentView)
async def mark_no_show(op: InOp, appointment_id: UUID, version: SeenVersion, note: StepNote | None = None) -> Any:
    return await scheduling.miss(op, appointment_id=appointment_id, version=version, reason=_reason(note))


@router.delete("/no-show", response_model=AppointmentView)
async def undo_no_show(op: InOp, appointment_id: UUID, version: SeenVersion) -> Any:
    """Its time is taken again, if it is still free."""
    return await scheduling.undo(op, appointment_id=appointment_id, step="no_show", version=version)


def _reason(note: StepNote | None) -> str | None:
    return note.reason if note else None


def _money(price: MoneyShape | None) -> Money | None:
    return Money(price.amount, price.currency) if price else None
