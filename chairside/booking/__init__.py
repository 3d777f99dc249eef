"""What patients do by themselves: they book on a clinic's page, and confirm, move and cancel their visits by links."""

from chairside.booking.actions.bookings import Outcome, book
from chairside.booking.actions.codes import CodeSent, NoSuchCode, NumberNotProved, Proof, prove_number, send_code
from chairside.booking.actions.holds import HeldTime, PageIsBusy, keep_longer, keep_time, let_time_go
from chairside.booking.actions.links import (
    LinkUsed,
    NewLink,
    Purpose,
    TooLateToChange,
    cancel_by_link,
    confirm_by_link,
    link_for,
    move_by_link,
)
from chairside.booking.actions.pages import BookingPageIsStale, set_page
from chairside.booking.actions.requests import (
    RequestIsAnswered,
    RequestIsStale,
    RequestWasWithdrawn,
    accept_request,
    decline_request,
)
from chairside.booking.actions.waiting import join_waitlist
from chairside.booking.actions.withdrawals import link_of_request, withdraw_request
from chairside.booking.events import BookingPageChanged, CodeWanted, RequestAnswered, RequestWithdrawn, VisitRequested
from chairside.booking.queries.codes import code_of, find_code
from chairside.booking.queries.entering import Child, Visitor
from chairside.booking.queries.links import LinkedState, NoSuchLink, list_times_for_link, read_link, read_visit
from chairside.booking.queries.openings import list_times
from chairside.booking.queries.pages import Offered, PageSettings, get_page, list_embedders, list_offered
from chairside.booking.queries.request_links import RequestState, path_of_request, read_request
from chairside.booking.queries.requests import NoSuchRequest, get_request, list_newcomers, list_requests
from chairside.booking.rows import BookingCode, BookingPage, BookingRequest, Newcomer, PublicBooking

__all__ = [
    "BookingCode", "BookingPage", "BookingPageChanged", "BookingPageIsStale", "BookingRequest", "Child", "CodeSent",
    "CodeWanted", "HeldTime", "LinkUsed", "LinkedState", "NewLink", "Newcomer", "NoSuchCode", "NoSuchLink", "NoSuchRequest",
    "NumberNotProved", "Offered", "Outcome", "PageIsBusy", "PageSettings", "Proof", "PublicBooking", "Purpose", "RequestAnswered",
    "RequestIsAnswered", "RequestIsStale", "RequestState", "RequestWasWithdrawn", "RequestWithdrawn", "TooLateToChange",
    "VisitRequested", "Visitor", "accept_request", "book", "cancel_by_link", "code_of", "confirm_by_link",
    "decline_request", "find_code", "get_page", "get_request", "join_waitlist", "keep_longer", "keep_time", "let_time_go",
    "link_for", "link_of_request", "list_embedders", "list_newcomers", "list_offered", "list_requests", "list_times",
    "list_times_for_link", "move_by_link", "path_of_request", "prove_number", "read_link", "read_request", "read_visit",
    "send_code", "set_page", "withdraw_request",
]  # fmt: skip
