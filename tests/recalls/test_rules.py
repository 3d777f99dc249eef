"""When a recall is due: the rule alone, and that the database counts as the rule does."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chairside.recalls import Interval
from chairside.recalls.rules import Choice, Visit, due_on

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
intervals = st.builds(Interval, st.integers(1, 520), st.sampled_from(["months", "weeks"]))
months = st.builds(Interval, st.integers(1, 520), st.just("months"))
instants = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
visits = st.none() | st.builds(Visit, days, instants)
choices = st.none() | st.builds(Choice, days, instants)


class TestInterval:
    @pytest.mark.parametrize(
        "day, every, unit, due",
        [
            ("2027-01-15", 6, "months", "2027-07-15"),
            ("2027-08-31", 6, "months", "2028-02-29"),
            ("2026-08-31", 6, "months", "2027-02-28"),
            ("2028-02-29", 12, "months", "2029-02-28"),
            ("2027-12-31", 1, "months", "2028-01-31"),
            ("2027-01-31", 3, "months", "2027-04-30"),
            ("2027-03-27", 1, "weeks", "2027-04-03"),
            ("2027-12-20", 6, "weeks", "2028-01-31"),
        ],
    )
    def test_counts_as_a_calendar_does(self, day, every, unit, due):
        assert Interval(every, unit).after(date.fromisoformat(day)) == date.fromisoformat(due)

    @given(days, months)
    def test_of_months_keeps_the_day_or_takes_the_last_of_the_month(self, day, interval):
        due = interval.after(day)
        assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == interval.every
        assert due.day == min(day.day, monthrange(due.year, due.month)[1])

    @given(days, days, intervals)
    def test_never_lets_the_later_visit_be_due_earlier(self, one, other, interval):
        first, second = sorted((one, other))
        assert first < interval.after(first) <= interval.after(second)

    @given(days, st.integers(1, 260), st.integers(1, 260))
    def test_of_weeks_adds_up(self, day, one, other):
        assert Interval(other, "weeks").after(Interval(one, "weeks").after(day)) == Interval(one + other, "weeks").after(day)


class TestDueOn:
    @given(intervals, days, visits, choices)
    def test_is_the_chosen_day_until_they_come_again(self, interval, begun_on, last, choice):
        due = due_on(interval, begun_on=begun_on, last=last, choice=choice)
        if choice and (last is None or last.over_at <= choice.at):
            assert due == choice.on
        else:
            assert due == interval.after(last.on if last else begun_on)

    @given(intervals, days, st.builds(Visit, days, instants), choices)
    def test_forgets_a_visit_that_is_undone(self, interval, begun_on, last, choice):
        before = due_on(interval, begun_on=begun_on, choice=choice)
        due_on(interval, begun_on=begun_on, last=last, choice=choice)
        assert due_on(interval, begun_on=begun_on, choice=choice) == before


class TestTheDatabase:
    @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(days, intervals)
    @example(date(2028, 2, 29), Interval(12, "months"))
    @example(date(2027, 8, 31), Interval(6, "months"))
    def test_counts_as_the_rule_does(self, root, day, interval):
        """`FOLLOW` adds an interval with these words."""
        added = {"months": "make_interval(months => %s)", "weeks": "make_interval(weeks => %s)"}[interval.unit]
        [due] = root.execute(f"select (%s::date + {added})::date", [day, interval.every]).fetchone()
        assert due == interval.after(day)

    def test_these_are_its_words(self):
        from chairside.recalls.actions.following import FOLLOW

        assert "make_interval(months => coalesce(recall.every, type.every))" in FOLLOW
        assert "make_interval(weeks => coalesce(recall.every, type.every))" in FOLLOW
        assert timedelta(weeks=1).days == 7
