"""A provider's visits as a calendar program reads them (RFC 5545, RFC 7986): when, where, perhaps for what; never whose.

Times are instants in UTC, which need no description of a zone and are right wherever the calendar is looked at. What changed has
a higher SEQUENCE under the same UID, so that programs take the change for one.
"""

import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from chairside.scheduling.rows import FeedVisit

if TYPE_CHECKING:
    from icalendar import Event

REFRESH = timedelta(minutes=15)
VISIT = {"en": "Visit", "ro": "Vizită", "ar": "زيارة", "he": "ביקור"}
STATUS = {"requested": "TENTATIVE", "cancelled": "CANCELLED"}


def written(visits: Iterable[FeedVisit], *, name: str, locale: str) -> bytes:
    """The library is loaded when the first calendar is fetched."""
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", "-//Chairside//Schedule//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # As text, so that it is escaped: the library knows neither property.
    calendar.add("name", vText(_line(name)))
    calendar.add("x-wr-calname", vText(_line(name)))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    word = VISIT.get(locale.partition("-")[0], VISIT["en"])
    for visit in visits:
        calendar.add_component(_event(visit, word))
    return bytes(calendar.to_ical())


def _event(visit: FeedVisit, word: str) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{visit.id}@chairside")
    # When it was last revised, as it means in a calendar without a METHOD: unchanged, it is the same to the byte.
    event.add("dtstamp", visit.updated_at)
    event.add("created", visit.created_at)
    event.add("last-modified", visit.updated_at)
    event.add("sequence", visit.version - 1)
    event.add("dtstart", visit.starts_at)
    event.add("dtend", visit.ends_at)
    event.add("status", STATUS.get(visit.status, "CONFIRMED"))
    event.add("summary", _line(visit.service or word))
    if visit.operatory:
        event.add("location", _line(visit.operatory))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if visit.status == "cancelled" else "OPAQUE")
    return event


def _line(text: str) -> str:
    """Names are typed by people, and pasted: what would end a line is a space."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
