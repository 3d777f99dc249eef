"""When a visit could be: every case that was agreed on, and a slow model that looks at each minute by itself."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from chairside.cli.availability_cases import offered
from chairside.scheduling.rules import availability
from chairside.scheduling.rules.availability import Busy, Calendar, Hours, Need, Resource, Travel, reasons
from chairside.scheduling.rules.availability.days import blocks_of, days_of
from chairside.scheduling.rules.availability.laid import laid
from chairside.scheduling.rules.availability.ticks import frame, minutes_of
from tests.operations.started import command

FILE = Path(__file__).parents[1] / "cases/availability.json"
CASES = json.loads(FILE.read_text())["cases"]
MINUTE = timedelta(minutes=1)


def written(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case(case):
    found, expected = offered(case["input"]), case["expected"]
    assert [written(at) for at in found] == expected["slots"]
    if "who" in expected:
        assert {written(at): found.who(at) for at in found} == expected["who"]
    if "seats_left" in expected:
        assert {written(at): found.seats_left(at) for at in found if found.seats_left(at)} == expected["seats_left"]
    if "assigned" in expected:
        of = {one["id"]: Resource(one["id"], priority=one["priority"]) for one in case["input"]["specialists"]}
        taken = {written(at): availability.assigned("priority", [of[id] for id in found.who(at)]).id for at in found}
        assert taken == expected["assigned"]
    if "display" in expected:
        zone, days = ZoneInfo(case["input"]["display_timezone"]), {}
        for at in found:
            local = at.astimezone(zone)
            days.setdefault(f"{local:%Y-%m-%d}", []).append(f"{local:%H:%M}")
        assert days == expected["display"]


def test_the_command_prints_the_same_and_nothing_else():
    printed = command("availability", "cases", str(FILE))
    assert printed.returncode == 0
    assert json.loads(printed.stdout) == {case["id"]: case["expected"]["slots"] for case in CASES}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cases": 1}', '{"cases": [{"id": "x", "input": {}}]}'])
def test_the_command_says_what_is_no_file_of_cases(tmp_path, text):
    file = tmp_path / "cases.json"
    file.write_text(text)
    printed = command("availability", "cases", str(file))
    assert printed.returncode == 1 and "is not a file of cases" in printed.stderr and not printed.stdout


# The model: for each minute of the range, by the words of the rules and nothing clever.


@dataclass
class Slow:
    calendar: Calendar
    one: Resource
    others: dict[str, Resource]

    def zone_on(self, day: date) -> ZoneInfo:
        for span in self.one.hours.travel:
            if span.first <= day and (span.last is None or day <= span.last):
                return ZoneInfo(span.timezone)
        return ZoneInfo(self.one.hours.timezone)

    def days(self, around: datetime) -> list[date]:
        first = around.date() - timedelta(days=3)
        return [day for n in range(7) if self.exists(day := first + timedelta(days=n))]

    def exists(self, day: date) -> bool:
        zone = self.zone_on(day)
        return self.instant(day, 12 * 60).astimezone(zone).date() == day

    def instant(self, day: date, minute: int) -> datetime:
        local = datetime.combine(day, time()) + minute * MINUTE
        return local.replace(tzinfo=self.zone_on(day), fold=0).astimezone(UTC)

    def blocks(self, day: date) -> list[tuple[datetime, datetime, datetime]]:
        """Start, end, and the start of what it is merged with on that day."""
        hours = self.one.hours
        blocks = hours.overrides.get(day.isoformat())
        if blocks is None:
            blocks = [] if day in hours.holidays else hours.weekly.get(str(day.isoweekday()), [])
        clipped = (day + timedelta(days=1)).isoformat() in hours.overrides
        found, anchor, reached = [], 0, -1
        for start, end in sorted((minutes(a), minutes(b)) for a, b in blocks):
            to = end if end > start else end + 1440
            anchor = start if start > reached else anchor
            reached = max(reached, to)
            to = min(to, 1440) if clipped else to
            found.append((self.instant(day, start), self.instant(day, to), self.instant(day, anchor)))
        return [block for block in found if block[0] < block[1]]

    def works(self, at: datetime) -> bool:
        return any(a <= at < b for day in self.days(at) for a, b, _ in self.blocks(day))

    def on_grid(self, at: datetime) -> bool:
        if self.calendar.grid == "clock":
            days = [day for day in self.days(at) if self.instant(day, 0) <= at < self.instant(day, 1440)]
            local = [at.astimezone(self.zone_on(day)) for day in days]  # none, or two, where a provider changes zones
            return any((one.hour * 60 + one.minute) % self.calendar.increment == 0 for one in local)
        anchors = [(a, b, c) for day in self.days(at) for a, b, c in self.blocks(day)]
        return any(a <= at < b and (at - anchor) // MINUTE % self.calendar.increment == 0 for a, b, anchor in anchors)

    def busy(self, who: Resource, start: datetime, end: datetime) -> bool:
        """Nobody is busy in no time at all: a need may begin where the visit ends."""
        if start >= end:
            return False
        return any(start < one.ends_at + one.after * MINUTE and one.starts_at - one.before * MINUTE < end for one in who.busy)

    def fits(self, at: datetime) -> bool:
        calendar = self.calendar
        end, before, after = at + calendar.duration * MINUTE, calendar.before * MINUTE, calendar.after * MINUTE
        first, last = (at - before, end + after) if calendar.buffers_inside_hours else (at, end)
        if not all(self.works(first + n * MINUTE) for n in range((last - first) // MINUTE)):
            return False
        if self.busy(self.one, at - before, end + after):
            return False
        for need in calendar.needs:
            to = calendar.duration if need.end is None else need.end
            start = at + need.start * MINUTE - (before if need.start == 0 else 0 * MINUTE)
            until = at + to * MINUTE + (after if to == calendar.duration else 0 * MINUTE)
            if sum(not self.busy(self.others[id], start, until) for id in need.any_of) < need.many:
                return False
        return True


def minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


ZONES = [
    "UTC",
    "Europe/Bucharest",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
]
MOMENTS = [
    datetime(2026, 3, 28, 20),
    datetime(2026, 10, 24, 20),
    datetime(2026, 3, 7, 22),
    datetime(2026, 6, 10),
    datetime(2026, 4, 4, 10),
]
clocks = st.integers(0, 95).map(lambda n: f"{n // 4:02}:{n % 4 * 15:02}")


@st.composite
def weeks(draw):
    week = {}
    for weekday in range(1, 8):
        edges = sorted(draw(st.lists(st.integers(0, 95), min_size=0, max_size=4, unique=True)))
        pairs = list(zip(edges[::2], edges[1::2], strict=False))
        week[str(weekday)] = [[f"{a // 4:02}:{a % 4 * 15:02}", f"{b // 4:02}:{b % 4 * 15:02}"] for a, b in pairs]
    if draw(st.booleans()):
        week[draw(st.sampled_from("1234567"))] = [["21:30", "02:15"]]
    return week


@st.composite
def asked(draw):
    since = draw(st.sampled_from(MOMENTS)).replace(tzinfo=UTC)
    until = since + timedelta(hours=draw(st.integers(1, 30)))
    day = since.date() + timedelta(days=1)
    overrides = draw(st.sampled_from([{}, {day.isoformat(): []}, {day.isoformat(): [["10:00", "12:00"]]}]))
    travel = draw(st.sampled_from([(), (Travel(day, day, "Asia/Kolkata"),)]))
    holidays = draw(st.sampled_from([frozenset(), frozenset({since.date()})]))
    hours = Hours(draw(st.sampled_from(ZONES)), draw(weeks()), overrides, holidays, travel)
    busy = st.builds(
        lambda start, length, before, after: Busy(since + start * MINUTE, since + (start + length) * MINUTE, before, after),
        st.integers(-60, 1800), st.integers(1, 120), st.sampled_from([0, 0, 10]), st.sampled_from([0, 5]),
    )  # fmt: skip
    times = st.lists(busy, max_size=5)
    duration = draw(st.sampled_from([5, 20, 45, 60, 150]))
    needs = draw(st.sampled_from([(), (Need(("a", "b")),), (Need(("a", "b"), 2, 5, None),), (Need(("a",), 1, 0, 5),)]))
    calendar = Calendar(
        duration, draw(st.sampled_from([5, 15, 20, 50])), draw(st.sampled_from(["hours", "clock"])), draw(st.sampled_from([0, 10])),
        draw(st.sampled_from([0, 15])), draw(st.booleans()), draw(st.sampled_from([0, 90])), needs=needs,
    )  # fmt: skip
    others = {id: Resource(id, busy=draw(times)) for id in "ab"}
    return calendar, Resource("one", hours.timezone, hours, draw(times)), others, since, until


@settings(max_examples=60, deadline=None)
@for_all(asked())
def test_the_engine_finds_what_the_model_finds(wanted):
    calendar, one, others, since, until = wanted
    now = since + timedelta(minutes=30)
    model = Slow(calendar, one, others)
    expected = []
    for n in range((until - since) // MINUTE):
        at = since + n * MINUTE
        if at >= now + calendar.notice * MINUTE and model.on_grid(at) and model.fits(at):
            expected.append(at)
    assert list(availability.offers(calendar, [one], others, now=now, since=since, until=until)) == expected


@settings(max_examples=60, deadline=None)
@for_all(asked(), st.integers(1, 400), st.sampled_from([5, 20, 50]))
def test_days_laid_one_after_the_other_are_all_of_their_blocks(wanted, length, increment):
    _, one, _, since, _ = wanted
    within = frame(since, since + timedelta(days=length), before=100, after=100)
    days = days_of(one.hours, within.origin, within.instant(within.size))
    blocks = [block for of_day in blocks_of(one.hours, days, within) for block in of_day]
    worked, grid = laid(one.hours, days, within, increment=increment)
    assert worked & within.all == within.union(blocks)
    starts = {at for start, end in blocks for at in range(start, end, increment)}
    assert set(minutes_of(grid & within.all)) == {at for at in starts if 0 <= at < within.size}


@settings(max_examples=60, deadline=None)
@for_all(asked())
def test_there_are_reasons_for_what_the_model_does_not_find_and_for_nothing_else(wanted):
    calendar, one, _, since, until = wanted
    calendar = calendar._replace(needs=())
    now = since + timedelta(minutes=30)
    model = Slow(calendar, one, {})
    for n in range(0, (until - since) // MINUTE, 5):
        at = since + n * MINUTE
        found = {reason.code for reason in reasons.of_provider(calendar, one, at, now=now)}
        assert ("off_grid" in found) == (model.fits(at) and not model.on_grid(at))
        assert bool(found) == (not (model.fits(at) and model.on_grid(at)))
        first, last = at - calendar.before * MINUTE, at + (calendar.duration + calendar.after) * MINUTE
        assert bool(found & {"taken", "in_a_buffer"}) == model.busy(one, first, last)
