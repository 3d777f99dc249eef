"""On which days a visit repeats, and that the clock on the wall is what is kept."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chairside.kernel.refusals import Malformed
from chairside.scheduling.rules.hours import instant
from chairside.scheduling.rules.series import MOST, Rule, shifted, turns_of

TODAY = date(2026, 11, 30)
BUCHAREST = ZoneInfo("Europe/Bucharest")
ZONES = [ZoneInfo(name) for name in ("Europe/Bucharest", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")]
rules = some.builds(
    Rule,
    unit=some.sampled_from(["day", "week", "month"]),
    every=some.integers(1, 3),
    first=some.dates(TODAY, TODAY + timedelta(days=200)),
    minute=some.integers(0, 24 * 60 - 1),
    weekdays=some.frozensets(some.integers(1, 7)),
    month_day=some.none() | some.integers(1, 31),
    times=some.integers(1, 12),
)


def days(rule, zone=BUCHAREST):
    return [turn.on.isoformat() for turn in turns_of(rule, today=TODAY, zone=zone)]


class TestTurns:
    def test_every_so_many_days(self):
        assert days(Rule("day", 3, date(2027, 2, 27), 540, times=3)) == ["2027-02-27", "2027-03-02", "2027-03-05"]

    def test_of_weeks_are_on_the_weekday_of_the_first_unless_others_are_said(self):
        assert days(Rule("week", 2, date(2027, 3, 2), 540, times=2)) == ["2027-03-02", "2027-03-16"]
        both = Rule("week", 2, date(2027, 3, 3), 540, frozenset({1, 4}), times=4)
        assert days(both) == ["2027-03-04", "2027-03-15", "2027-03-18", "2027-03-29"], "the Monday before the first is past"

    def test_of_the_31st_are_on_the_last_of_shorter_months_and_the_31st_again(self):
        assert days(Rule("month", 1, date(2027, 1, 31), 540, times=4)) == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]
        assert days(Rule("month", 12, date(2027, 2, 1), 540, month_day=30, times=2)) == ["2027-02-28", "2028-02-29"]
        assert days(Rule("month", 3, date(2027, 3, 15), 540, month_day=10, times=2)) == ["2027-06-10", "2027-09-10"]

    def test_go_on_until_a_day_that_counts_too(self):
        assert days(Rule("week", 1, date(2027, 3, 1), 540, until=date(2027, 3, 15))) == ["2027-03-01", "2027-03-08", "2027-03-15"]

    def test_leave_out_a_day_that_the_zone_skipped(self):
        """Apia went from Thursday the 29th to Saturday the 31st of December 2011."""
        rule = Rule("day", 1, date(2011, 12, 29), 540, times=3)
        found = [turn.on.day for turn in turns_of(rule, today=date(2011, 12, 1), zone=ZoneInfo("Pacific/Apia"))]
        assert found == [29, 31, 1]

    @pytest.mark.parametrize(
        "rule, pointer, code",
        [
            (Rule("day", 1, date(2027, 1, 1), 540, until=date(2026, 12, 31)), "/repeat/until", "runs_backward"),
            (Rule("week", 1, date(2027, 1, 4), 540, frozenset({7}), until=date(2027, 1, 9)), "/repeat/until", "runs_backward"),
            (Rule("day", 1, date(2027, 1, 1), 540, until=date(2027, 6, 1)), "/repeat/until", "too_many_visits"),
            (Rule("month", 6, date(2027, 1, 1), 540, times=6), "/repeat/times", "two_years_ahead"),
            (Rule("week", 1, date(2199, 1, 1), 540, times=1), "/repeat/times", "two_years_ahead"),
        ],
    )
    def test_refuse_what_never_comes_or_never_ends(self, rule, pointer, code):
        with pytest.raises(Malformed) as refused:
            turns_of(rule, today=TODAY, zone=BUCHAREST)
        assert [(at, why) for at, why, _ in refused.value.errors] == [(pointer, code)]

    def test_are_at_most_a_year_of_weeks(self):
        assert len(days(Rule("week", 1, date(2027, 1, 4), 540, times=MOST))) == 52

    @given(rule=rules, zone=some.sampled_from(ZONES))
    @settings(max_examples=300, deadline=None)
    def test_keep_the_clock_on_the_wall_whatever_the_clocks_do(self, rule, zone):
        """Where the clocks skip that time it is later by what they skip, and never on another day or twice."""
        try:
            turns = turns_of(rule, today=TODAY, zone=zone)
        except Malformed:
            return
        assert [turn.on for turn in turns] == sorted({turn.on for turn in turns})
        for turn in turns:
            local = turn.starts_at.astimezone(zone)
            late = local.hour * 60 + local.minute - rule.minute
            assert local.date() == turn.on
            assert late == 0 or (local - timedelta(hours=late + 180, minutes=0)).utcoffset() != local.utcoffset()
            if rule.unit == "week":
                assert turn.on.isoweekday() in (rule.weekdays or {rule.first.isoweekday()})


class TestShifted:
    def test_keeps_what_lies_between_on_the_clock_also_over_a_change_of_it(self):
        at = [instant(date(2027, 3, day), 600, BUCHAREST) for day in (16, 23, 30)]
        becomes = instant(date(2027, 3, 17), 15 * 60, BUCHAREST)
        moved = [shifted(one, was=at[0], becomes=becomes, zone=BUCHAREST).astimezone(BUCHAREST) for one in at]
        assert [f"{one:%d %H:%M}" for one in moved] == ["17 15:00", "24 15:00", "31 15:00"]

    def test_goes_over_midnight(self):
        at, becomes = instant(date(2027, 3, 16), 600, BUCHAREST), instant(date(2027, 3, 15), 23 * 60, BUCHAREST)
        other = instant(date(2027, 3, 23), 14 * 60, BUCHAREST)
        assert shifted(other, was=at, becomes=becomes, zone=BUCHAREST) == instant(date(2027, 3, 23), 3 * 60, BUCHAREST)
