"""What the database gives back."""

from chairside.scheduling.rows.availability import Candidate, Candidates, CountedMinutes, InTheWay, Place, TakenMinutes
from chairside.scheduling.rows.calendars import CALENDAR, Asked, Calendar, Required
from chairside.scheduling.rows.claims import BLOCKOUT, TIME_HOLD, Blocked, Blockout, Claim, Hold, Holding
from chairside.scheduling.rows.feeds import CALENDAR_FEED, CalendarFeed, FeedVisit, FollowedFeed
from chairside.scheduling.rows.hours import (
    HOLIDAY,
    OVERRIDE,
    TRAVEL,
    VACATION,
    BookedVisit,
    Holiday,
    HoursOverride,
    Schedule,
    Travel,
    Vacation,
    WeeklyHours,
)
from chairside.scheduling.rows.outside import OUTSIDE_CALENDAR, OUTSIDE_CONSENT, AskedCalendar, OutsideCalendar, OutsideConsent
from chairside.scheduling.rows.series import VISIT_SERIES, SeriesVisit, VisitSeries
from chairside.scheduling.rows.setup import LICENCE, OPERATORY, PROVIDER, Licence, Operatory, Provider
from chairside.scheduling.rows.views import SCHEDULE_VIEW, ScheduleView
from chairside.scheduling.rows.visits import (
    APPOINTMENT,
    COMPLETED_ITEM,
    Appointment,
    CompletedItem,
    Happened,
    Held,
    LastStep,
    ListedService,
    Moved,
    Places,
    Tried,
    without_reason,
)

__all__ = [
    "APPOINTMENT", "BLOCKOUT", "CALENDAR", "CALENDAR_FEED", "COMPLETED_ITEM", "HOLIDAY", "LICENCE", "OPERATORY",
    "OUTSIDE_CALENDAR", "OUTSIDE_CONSENT", "OVERRIDE", "PROVIDER", "SCHEDULE_VIEW", "TIME_HOLD", "TRAVEL", "VACATION",
    "VISIT_SERIES", "Appointment", "Asked", "AskedCalendar", "Blocked", "Blockout", "BookedVisit", "Calendar", "CalendarFeed",
    "Candidate", "Candidates", "Claim", "CompletedItem", "CountedMinutes", "FeedVisit", "FollowedFeed", "Happened", "Held",
    "Hold", "Holding", "Holiday", "HoursOverride", "InTheWay", "LastStep", "Licence", "ListedService", "Moved", "Operatory",
    "OutsideCalendar", "OutsideConsent", "Place", "Places", "Provider", "Required", "Schedule", "ScheduleView", "SeriesVisit",
    "TakenMinutes", "Travel", "Tried", "Vacation", "VisitSeries", "WeeklyHours", "without_reason",
]  # fmt: skip
