"""When and with whom: providers, operatories, hours, visits, and the claims that keep two from meeting."""

from chairside.scheduling.actions.assigning import NobodyIsFree, SessionIsFull
from chairside.scheduling.actions.away import (
    NoSuchTravel,
    NoSuchVacation,
    TravelOverlaps,
    VacationOverlaps,
    add_travel,
    add_vacation,
    remove_travel,
    remove_vacation,
)
from chairside.scheduling.actions.blockouts import NewlyBlocked, NoSuchBlockout, block_time, unblock_time
from chairside.scheduling.actions.bookings import (
    Item,
    OperatoryIsInactive,
    PatientIsArchived,
    ProviderIsInactive,
    ServiceIsInactive,
    book,
)
from chairside.scheduling.actions.calendars import (
    CalendarIsStale,
    CalendarNameTaken,
    add_booking_calendar,
    change_booking_calendar,
)
from chairside.scheduling.actions.changes import VisitIsOver, change_appointment, reschedule
from chairside.scheduling.actions.claims import TimeTaken
from chairside.scheduling.actions.completions import Done, complete
from chairside.scheduling.actions.consents import (
    ConsentDenied,
    Consented,
    ConsentExpired,
    ConsentNotHeard,
    NoSuchCalendarKind,
    begin_consent,
    end_consent,
    hear_consent,
)
from chairside.scheduling.actions.feeds import (
    CalendarIsAPersons,
    FeedJustMade,
    NewFeed,
    NoSuchFeed,
    NotYourCalendar,
    make_feed,
    note_fetch,
    revoke_feed,
)
from chairside.scheduling.actions.holding import AppointmentIsStale, NotOwnSchedule
from chairside.scheduling.actions.holds import (
    HoldWasExtended,
    NoSuchHold,
    TooManyHolds,
    adopt_hold,
    await_answer,
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
    add_holidays,
    add_override,
    remove_holiday,
    remove_override,
    set_hours,
    set_provider_hours,
)
from chairside.scheduling.actions.licences import LicenceIsStale, add_licence, change_licence, remove_licence
from chairside.scheduling.actions.merges import hold_visits, let_in_waiting
from chairside.scheduling.actions.outside import (
    NoSuchOutsideCalendar,
    NotYourOutsideCalendar,
    TooManyOutsideCalendars,
    add_outside_calendar,
    ask_outside_calendar,
    remove_outside_calendar,
    restore_outside_calendar,
)
from chairside.scheduling.actions.series import (
    BookedSeries,
    CancelledSeries,
    NoSuchSeriesCancellation,
    NothingLeftInSeries,
    SeriesClashes,
    book_series,
    cancel_series,
    undo_series_cancellation,
)
from chairside.scheduling.actions.series_moves import MovedSeries, reschedule_series
from chairside.scheduling.actions.session_acts import (
    CalendarIsForOne,
    CancelledSession,
    GroupSessionIsStale,
    NoSuchSessionCancellation,
    SeatsAreTaken,
    SessionHasBegun,
    cancel_group_session,
    change_group_session,
    open_group_session,
    undo_session_cancellation,
)
from chairside.scheduling.actions.session_moves import SeatKeepsItsSession, reschedule_group_session
from chairside.scheduling.actions.sessions import SessionHasEnded
from chairside.scheduling.actions.setup import (
    MemberIsAProvider,
    OperatoryIsStale,
    ProviderIsStale,
    add_operatory,
    add_provider,
    change_operatory,
    change_provider,
)
from chairside.scheduling.actions.signatures import NotASignature, keep_signature, remove_signature
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
from chairside.scheduling.actions.views import (
    TooManyViews,
    ViewIsStale,
    ViewNameTaken,
    change_view,
    keep_view,
    remove_view,
)
from chairside.scheduling.events import (
    AppointmentBooked,
    AppointmentChanged,
    AppointmentConfirmed,
    AppointmentMoved,
    ArrivalUndone,
    CalendarAdded,
    CalendarChanged,
    CancellationUndone,
    ClinicHoursChanged,
    CompletionUndone,
    ConfirmationUndone,
    GroupSessionChanged,
    GroupSessionOpened,
    HoldReleased,
    NoShowUndone,
    OperatoryAdded,
    OperatoryChanged,
    OutsideCalendarAsked,
    OutsideCalendarChanged,
    OutsideTimeChanged,
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
from chairside.scheduling.outside import kinds as outside_kinds
from chairside.scheduling.queries.appointments import (
    NoSuchAppointment,
    get_appointment,
    list_appointments,
    list_completed_items,
    list_day,
    list_history,
)
from chairside.scheduling.queries.availability import Opening, Openings, list_openings, preview_openings
from chairside.scheduling.queries.away import list_booked, list_travels, list_vacations
from chairside.scheduling.queries.calendars import NoSuchCalendar, NoSuchResource, get_booking_calendar, list_booking_calendars
from chairside.scheduling.queries.candidates import CalendarIsArchived, ServiceNotInCalendar, Wanted
from chairside.scheduling.queries.explanations import Because, Explained, Explanation, explain_time
from chairside.scheduling.queries.feeds import ProviderCalendar, follow_feed, get_calendar, list_feeds
from chairside.scheduling.queries.hours import Hours, Shift, get_hours, get_provider_hours, list_shifts
from chairside.scheduling.queries.licences import NoSuchLicence, Prescriber, get_licence, get_prescriber, list_licences
from chairside.scheduling.queries.outside import list_outside_calendars
from chairside.scheduling.queries.public_holidays import Suggested, suggest_holidays
from chairside.scheduling.queries.series import (
    NoSuchSeries,
    Obstacle,
    Occurrence,
    get_series,
    list_series_visits,
    preview_series,
)
from chairside.scheduling.queries.sessions import (
    NoSuchGroupSession,
    find_group_session,
    get_group_session,
    list_group_sessions,
    list_seats,
)
from chairside.scheduling.queries.setup import (
    FIRST_PLACE,
    START,
    NoSuchOperatory,
    NoSuchProvider,
    get_operatory,
    get_provider,
    get_whole_provider,
    list_holidays,
    list_operatories,
    list_overrides,
    list_providers,
)
from chairside.scheduling.queries.signatures import NoSignature, NotYourSignature, Signature, get_signature
from chairside.scheduling.queries.views import NoSuchView, get_view, list_views
from chairside.scheduling.rows import (
    Appointment,
    Blockout,
    BookedVisit,
    Calendar,
    CalendarFeed,
    CompletedItem,
    FollowedFeed,
    GroupSession,
    Happened,
    Hold,
    Holiday,
    HoursOverride,
    Licence,
    Operatory,
    OutsideCalendar,
    Provider,
    ScheduleView,
    SeriesVisit,
    Travel,
    Vacation,
    VisitSeries,
)
from chairside.scheduling.rules.calendar import written as write_calendar
from chairside.scheduling.rules.hours import Interval, clip, day_interval, merge, opening
from chairside.scheduling.rules.identifiers import standing
from chairside.scheduling.rules.series import Rule

__all__ = [
    "FIRST_PLACE", "START", "Appointment", "AppointmentBooked", "AppointmentChanged", "AppointmentConfirmed",
    "AppointmentIsStale", "AppointmentMoved", "ArrivalUndone", "Because", "Blockout", "BookedSeries", "BookedVisit",
    "Calendar", "CalendarAdded", "CalendarChanged", "CalendarFeed", "CalendarIsAPersons", "CalendarIsArchived",
    "CalendarIsForOne", "CalendarIsStale", "CalendarNameTaken", "CancellationUndone", "CancelledSeries", "CancelledSession",
    "ClinicHoursChanged", "CompletedItem", "CompletionUndone", "ConfirmationUndone", "ConsentDenied", "ConsentExpired",
    "ConsentNotHeard", "Consented", "Done", "Explained", "Explanation", "FeedJustMade", "FollowedFeed", "GroupSession",
    "GroupSessionChanged", "GroupSessionIsStale", "GroupSessionOpened", "Happened", "Hold", "HoldReleased", "HoldWasExtended",
    "Holiday", "HolidayExists", "Hours", "HoursAreStale", "HoursOverride", "Interval", "Item", "Licence", "LicenceIsStale",
    "MemberIsAProvider", "MovedSeries", "NewFeed", "NewlyBlocked", "NoShowUndone", "NoSignature", "NoSuchAppointment",
    "NoSuchBlockout", "NoSuchCalendar", "NoSuchCalendarKind", "NoSuchFeed", "NoSuchGroupSession", "NoSuchHold",
    "NoSuchHoliday", "NoSuchLicence", "NoSuchOperatory", "NoSuchOutsideCalendar", "NoSuchOverride", "NoSuchProvider",
    "NoSuchResource", "NoSuchSeries", "NoSuchSeriesCancellation", "NoSuchSessionCancellation", "NoSuchStep", "NoSuchTravel",
    "NoSuchVacation", "NoSuchView", "NobodyIsFree", "NotASignature", "NotOwnSchedule", "NotTheLastStep", "NotYourCalendar",
    "NotYourOutsideCalendar", "NotYourSignature", "NothingLeftInSeries", "Obstacle", "Occurrence", "Opening", "Openings",
    "Operatory", "OperatoryAdded", "OperatoryChanged", "OperatoryIsInactive", "OperatoryIsStale", "OutsideCalendar",
    "OutsideCalendarAsked", "OutsideCalendarChanged", "OutsideTimeChanged", "OverrideExists", "PatientArrived",
    "PatientIsArchived", "PatientSeated", "Prescriber", "Provider", "ProviderAdded", "ProviderCalendar", "ProviderChanged",
    "ProviderHoursChanged", "ProviderIsInactive", "ProviderIsStale", "Rule", "ScheduleView", "SeatKeepsItsSession",
    "SeatingUndone", "SeatsAreTaken", "SeriesClashes", "SeriesVisit", "ServiceIsInactive", "ServiceNotInCalendar",
    "SessionHasBegun", "SessionHasEnded", "SessionIsFull", "Shift", "Signature", "StepNotPossible", "Suggested", "TimeBlocked",
    "TimeHeld", "TimeTaken", "TimeUnblocked", "TooLateToUndo", "TooManyHolds", "TooManyOutsideCalendars", "TooManyViews",
    "Travel", "TravelOverlaps", "Vacation", "VacationOverlaps", "ViewIsStale", "ViewNameTaken", "VisitCancelled",
    "VisitCompleted", "VisitIsOver", "VisitMissed", "VisitSeries", "Wanted", "add_booking_calendar", "add_holiday",
    "add_holidays", "add_licence", "add_operatory", "add_outside_calendar", "add_override", "add_provider", "add_travel",
    "add_vacation", "adopt_hold", "arrive", "ask_outside_calendar", "await_answer", "begin_consent", "block_time", "book",
    "book_series", "cancel", "cancel_group_session", "cancel_series", "change_appointment", "change_booking_calendar",
    "change_group_session", "change_licence", "change_operatory", "change_provider", "change_view", "clip", "complete",
    "confirm", "day_interval", "end_consent", "explain_time", "extend_hold", "find_group_session", "follow_feed",
    "get_appointment", "get_booking_calendar", "get_calendar", "get_group_session", "get_hold", "get_hours", "get_licence",
    "get_operatory", "get_prescriber", "get_provider", "get_provider_hours", "get_series", "get_signature", "get_view",
    "get_whole_provider",
    "hear_consent", "hold_time", "hold_visits", "keep_signature", "keep_view", "let_in_waiting", "list_appointments",
    "list_booked", "list_booking_calendars", "list_completed_items", "list_day", "list_feeds", "list_group_sessions",
    "list_history", "list_holidays", "list_licences", "list_openings", "list_operatories", "list_outside_calendars",
    "list_overrides", "list_providers", "list_seats", "list_series_visits", "list_shifts", "list_travels", "list_vacations",
    "list_views", "make_feed", "merge", "miss", "note_fetch", "open_group_session", "opening", "outside_kinds",
    "preview_openings", "preview_series", "release_hold", "remove_holiday", "remove_licence", "remove_outside_calendar",
    "remove_override", "remove_signature", "remove_travel", "remove_vacation", "remove_view", "reschedule",
    "reschedule_group_session", "reschedule_series", "restore_outside_calendar", "revoke_feed", "seat", "set_hours",
    "set_provider_hours", "standing", "suggest_holidays", "unblock_time", "undo", "undo_series_cancellation",
    "undo_session_cancellation", "write_calendar",
]  # fmt: skip
