"""A slow model of when a visit could be: each minute by itself, by the words of the rules and nothing clever."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from chairside.scheduling.rules.availability import EPOCH, Busy, Calendar, Need, Resource

MINUTE = timedelta(minutes=1)
ALWAYS = [["00:00", "24:00"]]


@dataclass
class Slow:
    """One provider, three days before `since` and four after it."""

    calendar: Calendar
    one: Resource
    others: dict[str, Resource]
    now: datetime
    since: datetime
    known: dict[datetime, bool] = field(init=False, default_factory=dict)

    def offers(self, at: datetime) -> bool:
        return at >= self.now + self.calendar.notice * MINUTE and self.on_grid(at) and self.fits(at) and self.equipped(at)

    # Local days

    @cached_property
    def days(self) -> dict[date, tuple[datetime, datetime]]:
        first = self.since.date() - timedelta(days=3)
        days = [day for n in range(8) if self.exists(day := first + timedelta(days=n))]
        return {day: (self.instant(day, 0), self.instant(day, 1440)) for day in days}

    def zone_on(self, day: date) -> ZoneInfo:
        for span in self.one.hours.travel if self.one.hours else ():
            if span.first <= day and (span.last is None or day <= span.last):
                return ZoneInfo(span.timezone)
        return ZoneInfo(self.one.timezone)

    def exists(self, day: date) -> bool:
        zone = self.zone_on(day)
        return self.instant(day, 12 * 60).astimezone(zone).date() == day

    def instant(self, day: date, minute: int) -> datetime:
        local = datetime.combine(day, time()) + minute * MINUTE
        return local.replace(tzinfo=self.zone_on(day), fold=0).astimezone(UTC)

    def days_at(self, at: datetime) -> list[date]:
        """None, or two, where a provider changes zones."""
        return [day for day, (start, end) in self.days.items() if start <= at < end]

    def clock(self, day: date, at: datetime) -> int:
        local = at.astimezone(self.zone_on(day))
        return local.hour * 60 + local.minute

    # Working time

    @cached_property
    def worked(self) -> dict[datetime, set[datetime]]:
        """Each minute of it, with the beginnings of the blocks it is of."""
        found: dict[datetime, set[datetime]] = {}
        for day in self.days:
            for start, end, anchor in self.blocks(day):
                for n in range((end - start) // MINUTE):
                    found.setdefault(start + n * MINUTE, set()).add(anchor)
        return found

    def blocks(self, day: date) -> list[tuple[datetime, datetime, datetime]]:
        """Start, end, and the start of what it is merged with on that day."""
        hours, blocks = self.one.hours, ALWAYS
        if hours:
            usual = [] if day in hours.holidays else hours.weekly.get(str(day.isoweekday()), [])
            blocks = hours.overrides.get(day.isoformat(), usual)
        clipped = hours is not None and (day + timedelta(days=1)).isoformat() in hours.overrides
        found, anchor, reached = [], 0, -1
        for start, end in sorted((minutes(a), minutes(b)) for a, b in blocks):
            to = end if end > start else end + 1440
            anchor = start if start > reached else anchor
            reached = max(reached, to)
            to = min(to, 1440) if clipped else to
            found.append((self.instant(day, start), self.instant(day, to), self.instant(day, anchor)))
        return [block for block in found if block[0] < block[1]]

    # The grid

    def on_grid(self, at: datetime) -> bool:
        increment = self.calendar.increment
        if self.calendar.grid == "hours":
            return any((at - anchor) // MINUTE % increment == 0 for anchor in self.worked.get(at, ()))
        if self.calendar.grid == "clock":
            return any(self.clock(day, at) % increment == 0 for day in self.days_at(at))
        first, midnights = at, {start for start, _ in self.days.values()}
        while first not in midnights and self.fits(first - MINUTE):
            first -= MINUTE
        rounding = max((one for one in (5, 10, 15, 20, 30, 60) if increment % one == 0), default=1)
        [day] = self.days_at(first)
        while self.clock(day, first) % rounding:
            first += MINUTE
        return at >= first and (at - first) // MINUTE % increment == 0

    # What is in the way

    def fits(self, at: datetime) -> bool:
        """Of the provider: whatever the grid, and what else is needed."""
        if at not in self.known:
            self.known[at] = self.works(at) and self.is_open(at) and not self.is_taken(at)
        return self.known[at]

    def works(self, at: datetime) -> bool:
        calendar = self.calendar
        inside = calendar.buffers_inside_hours
        first = -calendar.before if inside else 0
        last = calendar.duration + (calendar.after if inside else 0)
        return all(at + n * MINUTE in self.worked for n in range(first, last))

    def is_open(self, at: datetime) -> bool:
        if not self.is_limited:
            return True
        [day] = self.days_at(at)
        return not (self.is_outside_window(day) or self.is_too_far(day) or self.is_full(day))

    def is_said(self, at: datetime) -> bool:
        """Between two zones a minute is of no day, or of two: what closes a day does then nobody has said."""
        return not self.is_limited or len(self.days_at(at)) == 1

    @property
    def is_limited(self) -> bool:
        calendar = self.calendar
        return calendar.window is not None or calendar.days_ahead is not None or calendar.per_day is not None

    def is_outside_window(self, day: date) -> bool:
        window = self.calendar.window
        return window is not None and not window[0] <= day <= window[1]

    def is_too_far(self, day: date) -> bool:
        if self.calendar.days_ahead is None:
            return False
        [today] = self.days_at(self.now)
        return (day - today).days > self.calendar.days_ahead

    def is_full(self, day: date) -> bool:
        visits = [one for one in self.one.busy if one.counts and day in self.days_at(one.starts_at)]
        return self.calendar.per_day is not None and len(visits) >= self.calendar.per_day

    def is_taken(self, at: datetime) -> bool:
        calendar = self.calendar
        first, last = at - calendar.before * MINUTE, at + (calendar.duration + calendar.after) * MINUTE
        return self.is_busy(self.one, first, last, joining=at)

    def equipped(self, at: datetime) -> bool:
        return all(sum(self.helps(need, id, at) for id in need.any_of) >= need.many for need in self.calendar.needs)

    @cached_property
    def with_whom(self) -> dict[str, "Slow"]:
        return {id: Slow(self.calendar, one, {}, self.now, self.since) for id, one in self.others.items()}

    def helps(self, need: Need, id: str, at: datetime) -> bool:
        calendar = self.calendar
        to = calendar.duration if need.end is None else need.end
        before = calendar.before if need.buffered and need.start == 0 else 0
        after = calendar.after if need.buffered and to == calendar.duration else 0
        if not all(at + n * MINUTE in self.with_whom[id].worked for n in range(need.start, to)):
            return False
        return not self.is_busy(self.others[id], at + (need.start - before) * MINUTE, at + (to + after) * MINUTE)

    def is_busy(self, who: Resource, start: datetime, end: datetime, *, joining: datetime | None = None) -> bool:
        """Nobody is busy in no time at all: a need may begin where the visit ends. A session is not in the way of whoever joins
        it when it begins."""
        if start >= end:
            return False
        spans = [(EPOCH + a * MINUTE, EPOCH + b * MINUTE) for a, b in zip(who.taken[::2], who.taken[1::2], strict=True)]
        for one in who.busy:
            if not (self.has_seats(one) and one.starts_at == joining):
                spans.append((one.starts_at - one.before * MINUTE, one.ends_at + one.after * MINUTE))
        return any(start < b and a < end for a, b in spans)

    def has_seats(self, one: Busy) -> bool:
        is_as_long = one.ends_at - one.starts_at == self.calendar.duration * MINUTE
        return self.calendar.seats > 1 and one.seats is not None and one.seats < self.calendar.seats and is_as_long

    def seats_left(self, at: datetime) -> set[int]:
        return {self.calendar.seats - one.seats for one in self.one.busy if self.has_seats(one) and one.starts_at == at}


def minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])
