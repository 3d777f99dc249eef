from datetime import date
from typing import Literal
from uuid import UUID

from chairside.kernel.http.shapes import Instant, MoneyShape, View
from chairside.scheduling.schemas.appointments import AppointmentView

By = Literal["operatory", "provider"]


class AlertView(View):
    id: UUID
    label: str
    severity: str
    reaction: str | None


class DayPatient(View):
    """The little that a schedule shows of a patient. `balance` is null for those who may not see it."""

    id: UUID
    name: str
    birth_date: date | None
    register_number: str
    phone: str | None
    alerts: list[AlertView]
    balance: MoneyShape | None
    forms_due: int


class DayAppointment(AppointmentView):
    """The buffers keep its provider and its operatory free around it."""

    buffer_before_minutes: int
    buffer_after_minutes: int
    patient: DayPatient


class Span(View):
    starts_at: Instant
    ends_at: Instant


class ShiftView(View):
    provider_id: UUID
    operatory_id: UUID | None
    starts_at: Instant
    ends_at: Instant


class ColumnView(View):
    id: UUID
    name: str
    shifts: list[Span]


class ScheduleView(View):
    date: date
    timezone: str
    opens_at: Instant
    closes_at: Instant
    holiday: str | None
    open: list[Span]
    columns: list[ColumnView]
    shifts: list[ShiftView]
    appointments: list[DayAppointment]


class TodayView(View):
    """`produced` and `collected` are null for those who may not see money."""

    date: date
    booked: int
    arrived: int
    completed: int
    no_show: int
    cancelled: int
    produced: MoneyShape | None
    collected: MoneyShape | None
