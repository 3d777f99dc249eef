from datetime import date
from typing import Literal, Self
from uuid import UUID

from chairside.charting.schemas.charts import ToothChart
from chairside.charting.schemas.perio import PerioSheet
from chairside.history.schemas import HistoryView
from chairside.imaging.schemas import ImageView
from chairside.kernel.http.shapes import Instant, MoneyShape, View
from chairside.kernel.op import Op
from chairside.labs.schemas import LabCaseView
from chairside.notes.schemas import NoteView
from chairside.prescribing.schemas import PrescriptionView
from chairside.reports.queries.record import WholeRecord
from chairside.scheduling.schemas.appointments import AppointmentView
from chairside.scheduling.schemas.sessions import GroupSessionView
from chairside.treatment.schemas.shown import TreatmentPlanView

By = Literal["operatory", "provider"]


class DayAlert(View):
    """As in the patient's history; the label of a pregnancy is empty."""

    id: UUID
    kind: Literal["allergy", "anticoagulant", "premedication", "pregnancy"]
    label: str
    severity: Literal["mild", "moderate", "severe", "life_threatening"] | None
    detail: str | None


class DayPatient(View):
    """The little that a schedule shows of a patient. `balance` is null for those who may not see it. `restricted`: only the name
    and the date of birth are for whoever asks."""

    id: UUID
    name: str
    birth_date: date | None
    register_number: str
    phone: str | None
    safe_for_voicemail: bool | None
    alerts: list[DayAlert]
    balance: MoneyShape | None
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
    group_sessions: list[GroupSessionView]
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
    group_sessions: list[GroupSessionView]
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


class RecordView(View):
    """A patient's whole record as it stands at `drawn_at`, what is struck through too: lists from the oldest on. Null: not for
    whoever asks."""

    patient_id: UUID
    drawn_at: Instant
    medical_history: HistoryView | None
    tooth_chart: ToothChart | None
    perio_exams: list[PerioSheet] | None
    notes: list[NoteView] | None
    treatment_plans: list[TreatmentPlanView] | None
    prescriptions: list[PrescriptionView] | None
    lab_cases: list[LabCaseView] | None
    images: list[ImageView] | None

    @classmethod
    def of(cls, op: Op, record: WholeRecord) -> Self:
        history, chart, exams, notes = record.history, record.chart, record.exams, record.notes
        plans, papers, cases, images = record.plans, record.prescriptions, record.lab_cases, record.images
        return cls(
            patient_id=record.patient_id,
            drawn_at=op.now,
            medical_history=history and HistoryView.of(op, history),
            tooth_chart=chart and ToothChart.model_validate(ToothChart.of(chart, op.today)),
            perio_exams=None if exams is None else [PerioSheet.of(one) for one in exams],
            notes=None if notes is None else [NoteView.of(one) for one in notes],
            treatment_plans=None if plans is None else [TreatmentPlanView.of(one) for one in plans],
            prescriptions=None if papers is None else [PrescriptionView.of(one) for one in papers],
            lab_cases=None if cases is None else [LabCaseView.of(op, one) for one in cases],
            images=None if images is None else [ImageView.of(op, one) for one in images],
        )
