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
    """The little that a schedule shows of a patient. `balance` is null for those who may not see it. `restricted`: only the name
    and the date of birth are for whoever asks."""

    id: UUID
    name: str
    birth_date: date | None
    register_number: str
    phone: str | None
    safe_for_voicemail: bool | None
    alerts: list[AlertView]
    balance: MoneyShape | None
    forms_due: int
    restricted: bool


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


class TakenView(View):
    """The minutes kept free around included. `held_until`: nobody has it yet, somebody is booking it. `blockout_id`: blocked, for
    the `reason`, and whoever books may free it. `elsewhere`: by a calendar that the provider keeps elsewhere."""

    provider_id: UUID | None
    operatory_id: UUID | None
    starts_at: Instant
    ends_at: Instant
    held_until: Instant | None
    blockout_id: UUID | None
    reason: str | None
    elsewhere: bool


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
    taken: list[TakenView]


class WeekDayView(View):
    """Nobody works while it is not `open`; a closed day has no such time."""

    date: date
    opens_at: Instant
    closes_at: Instant
    holiday: str | None
    open: list[Span]


class WeekView(View):
    """`taken` is when others have a provider and an operatory, the minutes kept free around included."""

    timezone: str
    days: list[WeekDayView]
    shifts: list[ShiftView]
    appointments: list[DayAppointment]
    taken: list[TakenView]


class ChangedVisits(View):
    """`gone` are those asked about that do not stand on these days: moved elsewhere, cancelled, or never there."""

    appointments: list[DayAppointment]
    gone: list[UUID]


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


Name = Literal[
    "produced", "collected_cash", "collected_card", "collected_check", "collected_transfer", "refunded", "adjusted",
    "requested", "scheduled", "confirmed", "arrived", "in_chair", "completed", "no_show", "cancelled", "new_patients",
    "unbilled", "overdue",
]  # fmt: skip
"""What a day is counted in; `adjusted` is positive where patients owe more, `refunded` below zero."""


class FigureView(View):
    figure: Name
    count: int
    amount: MoneyShape | None


class CloseView(View):
    id: UUID
    number: int
    closed_at: Instant
    closed_by: str | None


class DayReportView(View):
    """From `starts_at` to `ends_at`, two midnights of the clinic. `unbilled` and `overdue` are as they stand now."""

    date: date
    timezone: str
    starts_at: Instant
    ends_at: Instant
    holiday: str | None
    figures: list[FigureView]
    closes: list[CloseView]


class LineView(View):
    figure: Name
    id: UUID
    at: Instant | None
    on: date | None
    patient_id: UUID
    patient_name: str
    register_number: str
    description: str
    method: Literal["cash", "card", "check", "transfer"] | None
    amount: MoneyShape | None
    phone: str | None
    safe_for_voicemail: bool | None
    opens: Literal["appointment", "payment", "patient"]
    opens_id: UUID


class LinesView(View):
    """The first 500; `more` when there are others."""

    items: list[LineView]
    more: bool
