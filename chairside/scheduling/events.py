from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event


@dataclass(frozen=True)
class ProviderAdded(Event):
    name = "scheduling.provider_added"

    provider_id: UUID


@dataclass(frozen=True)
class ProviderChanged(Event):
    name = "scheduling.provider_changed"

    provider_id: UUID


@dataclass(frozen=True)
class OperatoryAdded(Event):
    name = "scheduling.operatory_added"

    operatory_id: UUID


@dataclass(frozen=True)
class OperatoryChanged(Event):
    name = "scheduling.operatory_changed"

    operatory_id: UUID


@dataclass(frozen=True)
class ClinicHoursChanged(Event):
    """The usual week or a holiday."""

    name = "scheduling.clinic_hours_changed"

    clinic_id: UUID


@dataclass(frozen=True)
class ProviderHoursChanged(Event):
    """The usual week or a day that differs."""

    name = "scheduling.provider_hours_changed"

    provider_id: UUID


@dataclass(frozen=True)
class AppointmentBooked(Event):
    name = "scheduling.appointment_booked"

    appointment_id: UUID


@dataclass(frozen=True)
class AppointmentMoved(Event):
    name = "scheduling.appointment_moved"

    appointment_id: UUID


@dataclass(frozen=True)
class AppointmentChanged(Event):
    """Its notes or what is planned."""

    name = "scheduling.appointment_changed"

    appointment_id: UUID


@dataclass(frozen=True)
class AppointmentConfirmed(Event):
    name = "scheduling.appointment_confirmed"

    appointment_id: UUID


@dataclass(frozen=True)
class PatientArrived(Event):
    name = "scheduling.patient_arrived"

    appointment_id: UUID


@dataclass(frozen=True)
class PatientSeated(Event):
    name = "scheduling.patient_seated"

    appointment_id: UUID


@dataclass(frozen=True)
class VisitCompleted(Event):
    """What was done is `scheduling.list_completed_items`."""

    name = "scheduling.visit_completed"

    appointment_id: UUID


@dataclass(frozen=True)
class VisitCancelled(Event):
    name = "scheduling.visit_cancelled"

    appointment_id: UUID


@dataclass(frozen=True)
class VisitMissed(Event):
    name = "scheduling.visit_missed"

    appointment_id: UUID


@dataclass(frozen=True)
class ConfirmationUndone(Event):
    name = "scheduling.confirmation_undone"

    appointment_id: UUID


@dataclass(frozen=True)
class ArrivalUndone(Event):
    name = "scheduling.arrival_undone"

    appointment_id: UUID


@dataclass(frozen=True)
class SeatingUndone(Event):
    name = "scheduling.seating_undone"

    appointment_id: UUID


@dataclass(frozen=True)
class CompletionUndone(Event):
    """The items of that completion are no longer listed."""

    name = "scheduling.completion_undone"

    appointment_id: UUID


@dataclass(frozen=True)
class CancellationUndone(Event):
    name = "scheduling.cancellation_undone"

    appointment_id: UUID


@dataclass(frozen=True)
class NoShowUndone(Event):
    name = "scheduling.no_show_undone"

    appointment_id: UUID
