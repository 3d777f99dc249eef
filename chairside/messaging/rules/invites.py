"""A visit as mail programs put it into a calendar (RFC 5546, RFC 6047): under one UID, with a SEQUENCE that rises with each
change, so that what was moved moves there, too, and what was cancelled goes."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Invite(NamedTuple):
    appointment_id: UUID
    version: int
    cancelled: bool
    starts_at: datetime
    ends_at: datetime
    summary: str
    place: str
    organizer: str
    attendee: str
    at: datetime


def written(invite: Invite) -> bytes:
    from icalendar import Calendar, Event, vCalAddress

    calendar = Calendar()
    calendar.add("prodid", "-//Chairside//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method(invite))
    event = Event()
    event.add("uid", f"{invite.appointment_id}@chairside")
    event.add("sequence", invite.version - 1)
    event.add("dtstamp", invite.at)
    event.add("dtstart", invite.starts_at)
    event.add("dtend", invite.ends_at)
    event.add("summary", _line(invite.summary))
    if invite.place:
        event.add("location", _line(invite.place))
    event.add("organizer", vCalAddress(f"mailto:{invite.organizer}"))
    attendee = vCalAddress(f"mailto:{invite.attendee}")
    attendee.params["RSVP"] = "FALSE"
    attendee.params["PARTSTAT"] = "ACCEPTED"
    event.add("attendee", attendee, encode=False)
    event.add("status", "CANCELLED" if invite.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def method(invite: Invite) -> str:
    return "CANCEL" if invite.cancelled else "REQUEST"


def _line(text: str) -> str:
    return " ".join(text.split())
