from datetime import date
from typing import Any

from fastapi import APIRouter

from chairside import reports, scheduling
from chairside.kernel.http import InOp, Polled, Route
from chairside.reports.schemas import By, ScheduleView, TodayView

router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["reports"], route_class=Route)
polled = APIRouter(prefix="/api/v1/clinics/{clinic}/reports", tags=["reports"], route_class=Polled)


@router.get("/schedule", response_model=ScheduleView)
async def get_schedule(op: InOp, date: date | None = None, by: By = "operatory") -> Any:
    """A day of the clinic; today's when none is named."""
    board = await reports.get_board(op, date=date or op.today, by=by)
    return {
        "date": board.date, "timezone": board.timezone, "opens_at": board.opens_at, "closes_at": board.closes_at,
        "holiday": board.holiday, "open": _spans(board.open),
        "columns": [{"id": column.id, "name": column.name, "shifts": _spans(column.shifts)} for column in board.columns],
        "shifts": board.shifts,
        "appointments": [_visit(visit, op.clinic.currency) for visit in board.appointments],
    }  # fmt: skip


@polled.get("/today", response_model=TodayView)
async def get_today(op: InOp, date: date | None = None) -> Any:
    """What a day came to so far."""
    numbers = await reports.get_numbers(op, date=date or op.today)
    currency = op.clinic.currency
    return {
        "date": numbers.date, "booked": numbers.booked, "arrived": numbers.arrived, "completed": numbers.completed,
        "no_show": numbers.no_show, "cancelled": numbers.cancelled,
        "produced": _money(numbers.produced, currency), "collected": _money(numbers.collected, currency),
    }  # fmt: skip


def _spans(intervals: list[scheduling.Interval]) -> list[dict[str, Any]]:
    return [{"starts_at": starts_at, "ends_at": ends_at} for starts_at, ends_at in intervals]


def _money(amount: int | None, currency: str) -> dict[str, Any] | None:
    return None if amount is None else {"amount": amount, "currency": currency}


def _visit(visit: reports.DayVisit, currency: str) -> dict[str, Any]:
    patient = {
        "id": visit.patient_id, "name": f"{visit.first_name} {visit.last_name}", "birth_date": visit.birth_date,
        "register_number": visit.register_number, "phone": visit.phone, "alerts": [], "forms_due": 0,
        "balance": _money(visit.balance, currency),
    }  # fmt: skip
    return {**visit._asdict(), "duration_minutes": visit.duration_minutes, "patient": patient}
