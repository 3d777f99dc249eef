from dataclasses import dataclass
from uuid import UUID

from chairside.kernel.events import Event
from chairside.scheduling.events import SCHEDULE
from chairside.tenancy import SETUP


@dataclass(frozen=True)
class BookingPageChanged(Event):
    name = "booking.page_changed"
    topic = SETUP


@dataclass(frozen=True)
class CodeWanted(Event):
    """Somebody on the page is to be sent a code."""

    name = "booking.code_wanted"
    topic = SETUP

    code_id: UUID


@dataclass(frozen=True)
class VisitRequested(Event):
    """Somebody asked for a time on the page; it is kept for them until it is answered or has lapsed."""

    name = "booking.visit_requested"
    topic = SCHEDULE

    booking_id: UUID


@dataclass(frozen=True)
class RequestWithdrawn(Event):
    """By whoever asked, before it was answered."""

    name = "booking.request_withdrawn"
    topic = SCHEDULE

    booking_id: UUID


@dataclass(frozen=True)
class RequestAnswered(Event):
    name = "booking.request_answered"
    topic = SCHEDULE

    booking_id: UUID
