from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event, Topic
from chairside.tenancy import SETUP

SCHEDULE = Topic("schedule", "scheduling.read")


@dataclass(frozen=True)
class ProviderAdded(Event):
    name = "scheduling.provider_added"
    topic = SETUP

    provider_id: UUID


@dataclass(frozen=True)
class ProviderChanged(Event):
    name = "scheduling.provider_changed"
    topic = SETUP

    provider_id: UUID


@dataclass(frozen=True)
class OperatoryAdded(Event):
    name = "scheduling.operatory_added"
    topic = SETUP

    operatory_id: UUID


@dataclass(frozen=True)
class OperatoryChanged(Event):
    name = "scheduling.operatory_changed"
    topic = SETUP

    operatory_id: UUID


@dataclass(frozen=True)
class CalendarAdded(Event):
    name = "scheduling.calendar_added"
    topic = SETUP

    calendar_id: UUID


@dataclass(frozen=True)
class CalendarChanged(Event):
    name = "scheduling.calendar_changed"
    topic = SETUP

    calendar_id: UUID


@dataclass(frozen=True)
class ClinicHoursChanged(Event):
    """The usual week or a holiday."""

    name = "scheduling.clinic_hours_changed"
    topic = SETUP

    clinic_id: UUID


@dataclass(frozen=True)
class ProviderHoursChanged(Event):
    """The usual week or a day that differs."""

    name = "scheduling.provider_hours_changed"
    topic = SETUP

    provider_id: UUID


@dataclass(frozen=True)
class AppointmentBooked(Event):
    name = "scheduling.appointment_booked"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class AppointmentMoved(Event):
    name = "scheduling.appointment_moved"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class AppointmentChanged(Event):
    """Its notes or what is planned."""

    name = "scheduling.appointment_changed"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class AppointmentConfirmed(Event):
    name = "scheduling.appointment_confirmed"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class PatientArrived(Event):
    name = "scheduling.patient_arrived"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class PatientSeated(Event):
    name = "scheduling.patient_seated"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class VisitCompleted(Event):
    """What was done is `scheduling.list_completed_items`."""

    name = "scheduling.visit_completed"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class VisitCancelled(Event):
    name = "scheduling.visit_cancelled"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class VisitMissed(Event):
    name = "scheduling.visit_missed"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class ConfirmationUndone(Event):
    name = "scheduling.confirmation_undone"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class ArrivalUndone(Event):
    name = "scheduling.arrival_undone"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class SeatingUndone(Event):
    name = "scheduling.seating_undone"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class CompletionUndone(Event):
    """The items of that completion are no longer listed."""

    name = "scheduling.completion_undone"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class CancellationUndone(Event):
    name = "scheduling.cancellation_undone"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class NoShowUndone(Event):
    name = "scheduling.no_show_undone"
    topic = SCHEDULE

    appointment_id: UUID
    patient_id: UUID


@dataclass(frozen=True)
class GroupSessionOpened(Event):
    name = "scheduling.group_session_opened"
    topic = SCHEDULE

    group_session_id: UUID


@dataclass(frozen=True)
class GroupSessionChanged(Event):
    """It was moved, ended, taken up again, or has another number of seats; what becomes of each seat is told of the visit."""

    name = "scheduling.group_session_changed"
    topic = SCHEDULE

    group_session_id: UUID


@dataclass(frozen=True)
class TimeBlocked(Event):
    name = "scheduling.time_blocked"
    topic = SCHEDULE

    blockout_id: UUID


@dataclass(frozen=True)
class TimeUnblocked(Event):
    name = "scheduling.time_unblocked"
    topic = SCHEDULE

    blockout_id: UUID


@dataclass(frozen=True)
class TimeHeld(Event):
    name = "scheduling.time_held"
    topic = SCHEDULE

    hold_id: UUID


@dataclass(frozen=True)
class HoldReleased(Event):
    """Before it expired; what expires by itself is not told."""

    name = "scheduling.hold_released"
    topic = SCHEDULE

    hold_id: UUID


@dataclass(frozen=True)
class OutsideCalendarAsked(Event):
    """It is to be asked now, by the worker: it was added, had back, or somebody wants to know."""

    name = "scheduling.outside_calendar_asked"
    topic = SETUP

    outside_calendar_id: UUID


@dataclass(frozen=True)
class OutsideCalendarChanged(Event):
    """It was added or removed, or how it stands is known anew."""

    name = "scheduling.outside_calendar_changed"
    topic = SETUP

    outside_calendar_id: UUID


@dataclass(frozen=True)
class OutsideTimeChanged(Event):
    """When a provider is busy elsewhere."""

    name = "scheduling.outside_time_changed"
    topic = SCHEDULE

    provider_id: UUID
