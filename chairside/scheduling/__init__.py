"""When and with whom: providers, operatories, hours, visits, and the claims that keep two from meeting."""

from chairside.scheduling.actions.blockouts import NewlyBlocked, NoSuchBlockout, block_time, unblock_time
from chairside.scheduling.actions.bookings import (
    Item,
    OperatoryIsInactive,
    PatientIsArchived,
    ProviderIsInactive,
    ServiceIsInactive,
    book,
)
from chairside.scheduling.actions.changes import VisitIsOver, change_appointment, reschedule
from chairside.scheduling.actions.claims import TimeTaken
from chairside.scheduling.actions.completions import Done, complete
from chairside.scheduling.actions.holding import AppointmentIsStale, NotOwnSchedule
from chairside.scheduling.actions.holds import (
    HoldWasExtended,
    NoSuchHold,
    TooManyHolds,
    extend_hold,
    get_hold,
    hold_time,
    release_hold,
)
from chairside.scheduling.actions.hours import (
    HolidayExists,
    HoursAreStale,
    NoSuchHoliday,
    NoSuchOverride,
    OverrideExists,
    add_holiday,
    add_override,
    remove_holiday,
    remove_override,
    set_hours,
    set_provider_hours,
)
from chairside.scheduling.actions.setup import (
    MemberIsAProvider,
    OperatoryIsStale,
    ProviderIsStale,
    add_operatory,
    add_provider,
    change_operatory,
    change_provider,
)
from chairside.scheduling.actions.steps import (
    NoSuchStep,
    NotTheLastStep,
    StepNotPossible,
    TooLateToUndo,
    arrive,
    cancel,
    confirm,
    miss,
    seat,
    undo,
)
from chairside.scheduling.events import (
    AppointmentBooked,
    AppointmentChanged,
    AppointmentConfirmed,
    AppointmentMoved,
    ArrivalUndone,
    CancellationUndone,
    ClinicHoursChanged,
    CompletionUndone,
    ConfirmationUndone,
    HoldReleased,
    NoShowUndone,
    OperatoryAdded,
    OperatoryChanged,
    PatientArrived,
    PatientSeated,
    ProviderAdded,
    ProviderChanged,
    ProviderHoursChanged,
    SeatingUndone,
    TimeBlocked,
    TimeHeld,
    TimeUnblocked,
    VisitCancelled,
    VisitCompleted,
    VisitMissed,
)
from chairside.scheduling.queries.appointments import (
    NoSuchAppointment,
    get_appointment,
    list_appointments,
    list_completed_items,
    list_day,
    list_history,
)
from chairside.scheduling.queries.availability import Opening, Openings, Wanted, list_openings
from chairside.scheduling.queries.explanations import Because, Explained, Explanation, explain_time
from chairside.scheduling.queries.hours import Hours, Shift, get_hours, get_provider_hours, list_shifts
from chairside.scheduling.queries.setup import (
    FIRST_PLACE,
    START,
    NoSuchOperatory,
    NoSuchProvider,
    get_operatory,
    get_provider,
    list_holidays,
    list_operatories,
    list_overrides,
    list_providers,
)
from chairside.scheduling.rows import (
    Appointment,
    Blockout,
    CompletedItem,
    Happened,
    Hold,
    Holiday,
    HoursOverride,
    Operatory,
    Provider,
)
from chairside.scheduling.rules.hours import Interval, clip, day_interval, merge, opening

__all__ = [
    "FIRST_PLACE", "START", "Appointment", "AppointmentBooked", "AppointmentChanged", "AppointmentConfirmed",
    "AppointmentIsStale", "AppointmentMoved", "ArrivalUndone", "Because", "Blockout", "CancellationUndone",
    "ClinicHoursChanged", "CompletedItem", "CompletionUndone", "ConfirmationUndone", "Done", "Explained", "Explanation",
    "Happened", "Hold", "HoldReleased", "HoldWasExtended", "Holiday", "HolidayExists", "Hours", "HoursAreStale",
    "HoursOverride", "Interval", "Item", "MemberIsAProvider", "NewlyBlocked", "NoShowUndone", "NoSuchAppointment",
    "NoSuchBlockout", "NoSuchHold", "NoSuchHoliday", "NoSuchOperatory", "NoSuchOverride", "NoSuchProvider", "NoSuchStep",
    "NotOwnSchedule", "NotTheLastStep", "Opening", "Openings", "Operatory", "OperatoryAdded", "OperatoryChanged",
    "OperatoryIsInactive", "OperatoryIsStale", "OverrideExists", "PatientArrived", "PatientIsArchived", "PatientSeated",
    "Provider", "ProviderAdded", "ProviderChanged", "ProviderHoursChanged", "ProviderIsInactive", "ProviderIsStale",
    "SeatingUndone", "ServiceIsInactive", "Shift", "StepNotPossible", "TimeBlocked", "TimeHeld", "TimeTaken", "TimeUnblocked",
    "TooLateToUndo", "TooManyHolds", "VisitCancelled", "VisitCompleted", "VisitIsOver", "VisitMissed", "Wanted", "add_holiday",
    "add_operatory", "add_override", "add_provider", "arrive", "block_time", "book", "cancel", "change_appointment",
    "change_operatory", "change_provider", "clip", "complete", "confirm", "day_interval", "explain_time", "extend_hold",
    "get_appointment", "get_hold", "get_hours", "get_operatory", "get_provider", "get_provider_hours", "hold_time",
    "list_appointments", "list_completed_items", "list_day", "list_history", "list_holidays", "list_openings",
    "list_operatories", "list_overrides", "list_providers", "list_shifts", "merge", "miss", "opening", "release_hold",
    "remove_holiday", "remove_override", "reschedule", "seat", "set_hours", "set_provider_hours", "unblock_time", "undo",
]  # fmt: skip
