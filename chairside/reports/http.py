from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from chairside import reports, scheduling
from chairside.kernel.http import InOp, Polled, Route
from chairside.reports.schemas import (
    By,
    ChangedVisits,
    DayReportView,
    LinesView,
    Name,
    RecordView,
    ScheduleView,
    TodayView,
    WeekView,
)

SHOWN = 500
router = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["reports"], route_class=Route)
refreshed = APIRouter(prefix="/api/v1/clinics/{clinic}", tags=["reports"], route_class=Polled)
polled = APIRouter(prefix="/api/v1/clinics/{clinic}/reports", tags=["reports"], route_class=Polled)

Ids = Annotated[list[UUID], Query(min_length=1, max_length=100)]


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
        "group_sessions": board.group_sessions,
        "taken": board.taken,
    }  # fmt: skip


@router.get("/schedule/week", response_model=WeekView)
async def get_week(
    op: InOp, from_: Annotated[date, Query(alias="from")], to: date, by: By = "provider", of: UUID | None = None
) -> Any:
    """The days from `from` to `to`, both included and at most fourteen, of one provider or operatory, or of all."""
    week = await reports.get_week(op, first=from_, last=to, by=by, of=of)
    return {
        "timezone": op.clinic.timezone,
        "days": [
            {"date": day.date, "opens_at": day.opens_at, "closes_at": day.closes_at, "holiday": day.holiday,
             "open": _spans(day.open)}
            for day in week.days
        ],
        "shifts": week.shifts,
        "appointments": [_visit(visit, op.clinic.currency) for visit in week.appointments],
        "group_sessions": week.group_sessions,
        "taken": week.taken,
    }  # fmt: skip


@refreshed.get("/schedule/changes", response_model=ChangedVisits)
async def list_changed_visits(op: InOp, ids: Ids, date: date, days: Annotated[int, Query(ge=1, le=42)] = 1) -> Any:
    """What became of these visits, as far as they stand on the day or, from it on, so many days."""
    found = await reports.list_changed(op, first=date, last=date + timedelta(days=days - 1), ids=ids)
    there = {visit.id for visit in found}
    return {
        "appointments": [_visit(visit, op.clinic.currency) for visit in found],
        "gone": [id for id in ids if id not in there],
    }


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


@router.get("/reports/day", response_model=DayReportView)
async def get_day_report(op: InOp, date: date | None = None) -> Any:
    """A day in figures; today when none is named."""
    report = await reports.get_day(op, day=date or op.today)
    currency = op.clinic.currency
    return {
        "date": report.day, "timezone": op.clinic.timezone, "starts_at": report.starts_at, "ends_at": report.ends_at,
        "holiday": report.holiday,
        "figures": [
            {"figure": one.figure, "count": one.many, "amount": _money(one.amount, currency)} for one in report.figures
        ],
        "closes": [{**one._asdict(), "closed_at": one.created_at} for one in report.closes],
    }  # fmt: skip


@router.get("/reports/day/lines", response_model=LinesView)
async def list_day_lines(op: InOp, figure: Annotated[list[Name], Query(max_length=20)], date: date | None = None) -> Any:
    """What stands behind figures of the day."""
    lines = await reports.list_day_lines(op, day=date or op.today, figures=list(figure), limit=SHOWN + 1)
    currency = op.clinic.currency
    items = [{**line._asdict(), "on": line.on_day, "amount": _money(line.amount, currency)} for line in lines[:SHOWN]]
    return {"items": items, "more": len(lines) > SHOWN}


@router.get("/reports/day.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def export_day(op: InOp, date: date | None = None) -> Response:
    """Every line of the day, for a spreadsheet."""
    day = date or op.today
    table = await reports.export_day(op, day=day)
    headers = {"content-disposition": f'attachment; filename="day-{day}.csv"'}
    return Response(table.encode(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/reports/day-sheet", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def draw_day_sheet(op: InOp, date: date | None = None, by: By = "provider", money: bool = True) -> Response:
    """The day on paper, and on its last page the money of the day for those who may see it."""
    paper = await reports.draw_day_sheet(op, day=date or op.today, by=by, money=money)
    headers = {"content-disposition": f'inline; filename="{paper.name}"'}
    return Response(paper.pdf, media_type="application/pdf", headers=headers)


@router.get("/reports/route-slips", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def draw_route_slips(op: InOp, date: date | None = None, appointment_id: UUID | None = None) -> Response:
    """A page of each visit of the day, or of one visit: what goes with the patient through the practice."""
    paper = await reports.draw_route_slips(op, day=date or op.today, appointment_id=appointment_id)
    headers = {"content-disposition": f'inline; filename="{paper.name}"'}
    return Response(paper.pdf, media_type="application/pdf", headers=headers)


@router.get("/patients/{patient_id}/record", response_model=RecordView)
async def get_record(op: InOp, patient_id: UUID) -> Any:
    """All that is written in a patient's record, as far as whoever asks may read it: to print, to keep, to hand over."""
    return RecordView.of(op, await reports.get_record(op, patient_id=patient_id))


def _spans(intervals: list[scheduling.Interval]) -> list[dict[str, Any]]:
    return [{"starts_at": starts_at, "ends_at": ends_at} for starts_at, ends_at in intervals]


def _money(amount: int | None, currency: str) -> dict[str, Any] | None:
    return None if amount is None else {"amount": amount, "currency": currency}


def _visit(visit: reports.DayVisit, currency: str) -> dict[str, Any]:
    patient = {
        "id": visit.patient_id, "name": f"{visit.first_name} {visit.last_name}", "birth_date": visit.birth_date,
        "register_number": visit.register_number, "phone": visit.phone,
        "safe_for_voicemail": visit.safe_for_voicemail, "alerts": [alert._asdict() for alert in visit.alerts],
        "balance": _money(visit.balance, currency), "restricted": visit.restricted,
    }  # fmt: skip
    return {**visit._asdict(), "duration_minutes": visit.duration_minutes, "patient": patient}
