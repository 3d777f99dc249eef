"""When somebody is busy by an iCalendar text (RFC 5545): times alone, never what they are for.

Runs as a program of its own, without the rest of Chairside (`apart.py`): a rule may go on for ever without coming to a date, and
what goes on for ever can only be ended from outside.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar

MOST = 5000
"""So many times in the window, and no more: a rule for every second comes to 86,400 a day."""
CPU_SECONDS, MEMORY = 12, 1 << 30
BEGINNING, END = b"BEGIN:VCALENDAR", b"END:VCALENDAR"
DAY = timedelta(days=1)
FREE = (("STATUS", "CANCELLED"), ("TRANSP", "TRANSPARENT"), ("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"))
Start = date | datetime


class NotRead(Exception):
    """`args[0]` is a code for screens: no_calendar, unreadable, too_many."""


class Window(NamedTuple):
    """`zone` is where days, and times that name no zone, are."""

    zone: tzinfo
    since: datetime
    until: datetime

    def instant(self, at: Start, zone: tzinfo | None = None) -> datetime:
        if not isinstance(at, datetime):
            at = datetime(at.year, at.month, at.day)
        return (at if at.tzinfo else at.replace(tzinfo=zone or self.zone)).astimezone(UTC)


class Length(NamedTuple):
    """An entry of whole days ends at a midnight, whatever the clock does meanwhile; any other after so long."""

    days: int | None
    exact: timedelta

    def span(self, at: Start, window: Window, zone: tzinfo | None) -> tuple[datetime, datetime]:
        start = window.instant(at, zone)
        if self.days is None:
            return start, start + self.exact
        day = at.date() if isinstance(at, datetime) else at
        return start, window.instant(day + self.days * DAY)


def read(text: bytes, window: Window) -> tuple[list[tuple[datetime, datetime]], int]:
    """The times within the window, in order, what touches merged; and how many entries nobody could read. Refuses NotRead."""
    if not text.removeprefix(b"\xef\xbb\xbf").lstrip()[: len(BEGINNING)].upper() == BEGINNING:
        raise NotRead("no_calendar")
    if not text.rstrip().upper().endswith(END):  # what was cut off would free the times that are missing
        raise NotRead("unreadable")
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise NotRead("unreadable") from error
    events = _newest([one for calendar in calendars for one in calendar.walk("VEVENT")])
    instead = {(str(one.get("UID", "")), _key(one["RECURRENCE-ID"].dt, window)) for one in events if "RECURRENCE-ID" in one}
    found: list[tuple[datetime, datetime]] = []
    left_out = 0
    for event in events:
        try:
            for span in _spans(event, instead, window):
                found.append(span)
                if len(found) > MOST:
                    raise NotRead("too_many")
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            left_out += 1
    for calendar in calendars:
        for free_busy in calendar.walk("VFREEBUSY"):
            found += [span for span in _said_busy(free_busy, window) if _within(span, window)]
    if len(found) > MOST:
        raise NotRead("too_many")
    return merged((max(start, window.since), min(end, window.until)) for start, end in found), left_out


def merged(spans: Any) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _newest(events: list[Any]) -> list[Any]:
    """Of what stands there twice, as after a change, the later one."""
    kept: dict[Any, Any] = {}
    for number, event in enumerate(events):
        again = event.get("RECURRENCE-ID")
        key = (str(event["UID"]), str(again.dt) if again else "") if "UID" in event else number
        if key not in kept or int(event.get("SEQUENCE", 0)) >= int(kept[key].get("SEQUENCE", 0)):
            kept[key] = event
    return list(kept.values())


def _key(at: Start, window: Window) -> datetime:
    return window.instant(at)


def _spans(event: Any, instead: set[tuple[str, datetime]], window: Window) -> Iterator[tuple[datetime, datetime]]:
    if _is_free(event):
        return
    first: Start = event["DTSTART"].dt
    zone = first.tzinfo if isinstance(first, datetime) else None
    length = _length(event, first, window)
    uid = str(event.get("UID", ""))
    single = "RECURRENCE-ID" in event
    gone, days_gone = _left_out(event, window)
    for at in [first] if single else _starts(event, first, length, window):
        start, end = length.span(at, window, zone)
        local = at.date() if isinstance(at, datetime) else at
        if not single and (start in gone or local in days_gone or (uid, start) in instead):
            continue
        if _within((start, end), window):
            yield start, end
    for start, end in () if single else _periods(event, window):
        if start not in gone and (uid, start) not in instead and _within((start, end), window):
            yield start, end


def _within(span: tuple[datetime, datetime], window: Window) -> bool:
    return span[0] < span[1] and span[0] < window.until and span[1] > window.since


def _is_free(event: Any) -> bool:
    return any(str(event.get(name, "")).upper() == word for name, word in FREE)


def _length(event: Any, first: Start, window: Window) -> Length:
    whole_days = not isinstance(first, datetime)
    if "DTEND" in event:
        last: Start = event["DTEND"].dt
        if whole_days:
            end = last.date() if isinstance(last, datetime) else last
            return Length(max((end - first).days, 1), timedelta(0))
        zone = first.tzinfo if isinstance(first, datetime) else None
        return Length(None, window.instant(last, zone) - window.instant(first))
    if "DURATION" in event:
        lasts: timedelta = event["DURATION"].dt
        return Length(max(lasts.days, 1), timedelta(0)) if whole_days else Length(None, lasts)
    return Length(1 if whole_days else None, timedelta(0))


def _starts(event: Any, first: Start, length: Length, window: Window) -> Iterator[Start]:
    """Those that come near the window, by the clock of the entry's own zone: a meeting at nine is at nine in summer, too."""
    yield first
    zone = (first.tzinfo if isinstance(first, datetime) else None) or window.zone
    longest = max(length.exact, (length.days or 0) * DAY) + DAY
    since, until = ((edge.astimezone(zone)).replace(tzinfo=None) for edge in (window.since - longest, window.until + DAY))
    naive = first.replace(tzinfo=None) if isinstance(first, datetime) else datetime(first.year, first.month, first.day)
    for rule in _all(event, "RRULE"):
        for at in rrulestr(_rule(rule, zone), dtstart=naive):
            if at > until:
                break
            if at >= since and at != naive:
                yield at.replace(tzinfo=zone) if isinstance(first, datetime) else at.date()
    for group in _all(event, "RDATE"):
        for one in group.dts:
            if not isinstance(one.dt, tuple) and one.dt != first:
                yield one.dt


def _rule(rule: Any, zone: tzinfo) -> str:
    """With its end by the same clock as its beginning."""
    words = dict(rule)
    ends = words.pop("UNTIL", None)
    text = type(rule)(words).to_ical().decode()
    if not ends:
        return str(text)
    last = ends[0] if isinstance(ends, list) else ends
    if not isinstance(last, datetime):
        last = datetime(last.year, last.month, last.day, 23, 59, 59)
    if last.tzinfo:
        last = last.astimezone(zone).replace(tzinfo=None)
    return f"{text};UNTIL={last:%Y%m%dT%H%M%S}"


def _periods(event: Any, window: Window) -> Iterator[tuple[datetime, datetime]]:
    for group in _all(event, "RDATE"):
        for one in group.dts:
            if isinstance(one.dt, tuple):
                yield _period(one.dt, window)


def _period(period: tuple[Any, Any], window: Window) -> tuple[datetime, datetime]:
    start = window.instant(period[0])
    return start, start + period[1] if isinstance(period[1], timedelta) else window.instant(period[1])


def _left_out(event: Any, window: Window) -> tuple[set[datetime], set[date]]:
    instants, days = set(), set()
    for group in _all(event, "EXDATE"):
        for one in group.dts:
            if isinstance(one.dt, datetime):
                instants.add(window.instant(one.dt))
            else:
                days.add(one.dt)
    return instants, days


def _said_busy(free_busy: Any, window: Window) -> Iterator[tuple[datetime, datetime]]:
    for one in _all(free_busy, "FREEBUSY"):
        for period in one if isinstance(one, list) else [one]:
            if str(period.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                yield _period(period.dt, window)


def _all(component: Any, name: str) -> list[Any]:
    found = component.get(name)
    return found if isinstance(found, list) else [] if found is None else [found]


def main() -> None:
    """A line of JSON says for which window, the calendar follows; the answer is a line of JSON."""
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ValueError, OSError):  # a stricter limit is set already, or this system knows none
        pass
    asked = json.loads(sys.stdin.buffer.readline())
    window = Window(ZoneInfo(asked["zone"]), *(datetime.fromtimestamp(asked[edge], UTC) for edge in ("since", "until")))
    try:
        spans, left_out = read(sys.stdin.buffer.read(), window)
    except NotRead as error:
        answer: dict[str, Any] = {"failure": error.args[0]}
    else:
        answer = {"spans": [(int(start.timestamp()), int(end.timestamp())) for start, end in spans], "left_out": left_out}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
