"""When a visit could be: every case that was agreed on, and a slow model that looks at each minute by itself."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from chairside.cli.availability_cases import offered
from chairside.scheduling.rules import availability
from chairside.scheduling.rules.availability import EPOCH, Busy, Calendar, Hours, Need, Resource, Travel, reasons
from chairside.scheduling.rules.availability.days import blocks_of, days_of
from chairside.scheduling.rules.availability.laid import laid
from chairside.scheduling.rules.availability.ticks import frame, minutes_of
from tests.operations.started import command
from tests.scheduling.model import MINUTE, Slow

FILE = Path(__file__).parents[1] / "cases/availability.json"
CASES = json.loads(FILE.read_text())["cases"]


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


@st.composite
def weeks(draw):
    week = {}
    for weekday in range(1, 8):
        edges = sorted(draw(st.just([9, 93]) | st.lists(st.integers(0, 95), min_size=0, max_size=4, unique=True)))
        pairs = list(zip(edges[::2], edges[1::2], strict=False))
        week[str(weekday)] = [[f"{a // 4:02}:{a % 4 * 15:02}", f"{b // 4:02}:{b % 4 * 15:02}"] for a, b in pairs]
    if draw(st.booleans()):
        week[draw(st.sampled_from("1234567"))] = [["21:30", "02:15"]]
    return week


def times(since):
    """What keeps somebody busy."""
    return st.lists(st.builds(
        lambda start, length, before, after, counts: Busy(
            since + start * MINUTE, since + (start + length) * MINUTE, before, after, counts=counts
        ),
        st.integers(-60, 1800), st.integers(1, 120), st.sampled_from([0, 0, 10]), st.sampled_from([0, 5]), st.booleans(),
    ), max_size=4)  # fmt: skip


def sessions(since, calendar):
    """On the quarter hour, where they may be on the grid. One that is not as long as a visit is no session of the calendar. One in
    which nobody sits yet is in nobody's way where there is one seat: the app asks for no such thing."""
    return st.lists(st.builds(
        lambda quarter, length, before, seats: Busy(
            since + quarter * 15 * MINUTE, since + (quarter * 15 + length) * MINUTE, before, seats=seats
        ),
        st.integers(-4, 120), st.sampled_from([calendar.duration, calendar.duration, 30]), st.sampled_from([0, 0, 10]),
        st.integers(1 if calendar.seats == 1 else 0, 3),
    ), max_size=6)  # fmt: skip


@st.composite
def hours(draw, since, *, travels=False):
    day = since.date() + timedelta(days=1)
    overrides = draw(st.sampled_from([{}, {}, {day.isoformat(): []}, {day.isoformat(): [["10:00", "12:00"]]}]))
    travel = draw(st.sampled_from([(), (Travel(day, day, "Asia/Kolkata"),)])) if travels else ()
    holidays = draw(st.sampled_from([frozenset(), frozenset(), frozenset({since.date()})]))
    return Hours(draw(st.sampled_from(ZONES)), draw(weeks()), overrides, holidays, travel)


@st.composite
def someone(draw, id, calendar, since):
    """A provider; of what keeps them busy some is merged beforehand. A gap is in one zone: of travellers nobody has said whose
    clock it goes by."""
    worked = draw(hours(since, travels=calendar.grid != "gap"))
    always = draw(st.integers(0, 3)) == 3
    minutes = st.integers(-60, 1800).map(lambda n: (since - EPOCH) // MINUTE + n)
    edges = sorted(draw(st.lists(minutes, max_size=4, unique=True)))
    busy = [*draw(times(since)), *draw(sessions(since, calendar))]
    return Resource(id, worked.timezone, None if always else worked, busy, taken=edges[: len(edges) // 2 * 2])


class Asked(NamedTuple):
    calendar: Calendar
    providers: list[Resource]
    others: dict[str, Resource]
    now: datetime
    since: datetime
    until: datetime

    def models(self):
        return [Slow(self.calendar, one, self.others, self.now, self.since) for one in self.providers]


@st.composite
def asked(draw):
    since = draw(st.sampled_from(MOMENTS)).replace(tzinfo=UTC)
    until = since + timedelta(hours=draw(st.sampled_from([3, 20, 30])))
    first = since.date() + timedelta(days=draw(st.integers(-1, 1)))
    needs = draw(st.sampled_from([
        (), (), (Need(("a", "b")),), (Need(("a", "b"), 2, 5, None),), (Need(("a",), 1, 0, 5),),
        (Need(("a",), buffered=False),), (Need(("a",)), Need(("b",), 1, 2, 4)),
    ]))  # fmt: skip
    calendar = Calendar(
        draw(st.sampled_from([5, 20, 45, 60, 150])), draw(st.sampled_from([5, 7, 15, 20, 50])),
        draw(st.sampled_from(["hours", "clock", "gap"])), draw(st.sampled_from([0, 10])), draw(st.sampled_from([0, 15])),
        draw(st.booleans()), draw(st.sampled_from([0, 90])),
        days_ahead=draw(st.sampled_from([None, None, None, 0, 1])),
        window=draw(st.sampled_from([None, None, None, (first, first), (first, first + timedelta(days=1))])),
        per_day=draw(st.sampled_from([None, None, None, 1, 2])), seats=draw(st.sampled_from([1, 1, 3])),
        strategy=draw(st.sampled_from(["single", "round_robin", "priority", "collective"])), needs=needs,
    )  # fmt: skip
    providers = [draw(someone(id, calendar, since)) for id in ("one", "two", "three")[: draw(st.integers(1, 3))]]
    assistant = draw(st.none() | hours(since)) if calendar.duration > 5 else None  # of a need that takes no time
    others = {"a": Resource("a", busy=draw(times(since)))}
    others["b"] = Resource("b", assistant.timezone if assistant else "UTC", assistant, draw(times(since)))
    wanted = Asked(calendar, providers, others, since + timedelta(minutes=30), since, until)
    for model in wanted.models():
        assume(all(model.is_said(at) for at in [wanted.now, *(one.starts_at for one in model.one.busy if one.counts)]))
    return wanted


@settings(max_examples=60, deadline=None)
@for_all(asked())
def test_the_engine_finds_what_the_model_finds(wanted):
    calendar, providers, others, now, since, until = wanted
    models, expected = wanted.models(), []
    for n in range((until - since) // MINUTE):
        at = since + n * MINUTE
        if all(model.is_said(at) for model in models):
            who = [model.one.id for model in models if model.offers(at)]
            if who and (calendar.strategy != "collective" or len(who) == len(providers)):
                expected.append((at, who))
    found = availability.offers(calendar, providers, others, now=now, since=since, until=until)
    assert [(at, found.who(at)) for at in found if all(model.is_said(at) for model in models)] == expected
    if len(models) == 1:  # else it is anybody's session
        assert all(found.seats_left(at) in (models[0].seats_left(at) or {None}) for at in found)


@settings(max_examples=30, deadline=None)
@for_all(asked())
def test_a_time_that_is_offered_is_offered_to_whoever_asks_for_it_alone(wanted):
    calendar, providers, others, now, since, until = wanted
    found = availability.offers(calendar, providers, others, now=now, since=since, until=until)
    for at in list(found)[:20]:
        alone = availability.offers(calendar, providers, others, now=now, since=at, until=at + MINUTE)
        assert at in alone and alone.who(at) == found.who(at)


@pytest.mark.parametrize("increment", [15, 45, 50])
def test_who_is_always_there_has_the_same_gap_from_wherever_one_looks(increment):
    calendar, since = Calendar(60, increment, "gap"), datetime(2026, 6, 10, tzinfo=UTC)
    one = Resource("one", "UTC", Hours("UTC", {str(day): [["00:00", "24:00"]] for day in range(1, 8)}))
    found = list(availability.offers(calendar, [one], now=since, since=since, until=since + timedelta(days=2)))
    assert found[0] == since and len(found) == 2 * -(-1440 // increment)
    for at in found:
        assert list(availability.offers(calendar, [one], now=since, since=at, until=at + MINUTE)) == [at]


@settings(max_examples=60, deadline=None)
@for_all(asked(), st.integers(1, 400), st.sampled_from([5, 20, 50]))
def test_days_laid_one_after_the_other_are_all_of_their_blocks(wanted, length, increment):
    one, since = wanted.providers[0], wanted.since
    assume(one.hours)
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
    calendar, one = wanted.calendar, wanted.providers[0]._replace(taken=())
    model = Slow(calendar, one, {}, wanted.now, wanted.since)
    for n in range(0, (wanted.until - wanted.since) // MINUTE, 5):
        at = wanted.since + n * MINUTE
        if not model.is_said(at):
            continue
        found = {reason.code for reason in reasons.of_provider(calendar, one, at, now=wanted.now)}
        assert ("off_grid" in found) == (model.fits(at) and not model.on_grid(at))
        assert bool(found) == (not (model.fits(at) and model.on_grid(at)))
        assert bool(found & {"taken", "in_a_buffer"}) == model.is_taken(at)
        for day in model.days_at(at):
            assert ("too_far_ahead" in found) == model.is_too_far(day)
            assert ("outside_window" in found) == model.is_outside_window(day)
            assert ("day_is_full" in found) == model.is_full(day)
