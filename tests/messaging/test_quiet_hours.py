"""Quiet hours are what the clock on the wall says, also in the nights in which it is set."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.messaging.rules.reminders import is_quiet, loud_at

BUCHAREST, NEW_YORK = ZoneInfo("Europe/Bucharest"), ZoneInfo("America/New_York")
NIGHT = (time(20), time(8))
CLOCK = st.times().map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0))
NOW = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
ZONES = st.sampled_from(["Europe/Bucharest", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]).map(ZoneInfo)


@given(NOW, ZONES, CLOCK, CLOCK)
def test_what_waits_goes_when_it_is_loud_and_no_later_than_a_day(now, zone, start, end):
    until = loud_at(now, zone=zone, quiet=(start, end))
    assert now <= until <= now + timedelta(hours=25)
    if until > now:
        assert is_quiet(now.astimezone(zone).time(), start, end)
        assert not is_quiet(until.astimezone(zone).time(), start, end)


@pytest.mark.parametrize(
    "now, zone, loud",
    [
        # Clocks go forward in the night of March 28, 2027 in Bucharest: eight is five in UTC, and was six.
        (datetime(2027, 3, 27, 19, tzinfo=UTC), BUCHAREST, datetime(2027, 3, 28, 5, tzinfo=UTC)),
        (datetime(2027, 3, 26, 19, tzinfo=UTC), BUCHAREST, datetime(2027, 3, 27, 6, tzinfo=UTC)),
        # And back on October 31.
        (datetime(2027, 10, 30, 19, tzinfo=UTC), BUCHAREST, datetime(2027, 10, 31, 6, tzinfo=UTC)),
        (datetime(2027, 3, 14, 3, tzinfo=UTC), NEW_YORK, datetime(2027, 3, 14, 12, tzinfo=UTC)),
        (datetime(2027, 3, 28, 12, tzinfo=UTC), BUCHAREST, datetime(2027, 3, 28, 12, tzinfo=UTC)),
    ],
)
def test_the_morning_is_the_mornings_clock(now, zone, loud):
    assert loud_at(now, zone=zone, quiet=NIGHT) == loud


def test_an_end_that_the_clock_skips_comes_an_hour_later():
    """Half past three does not exist in that night: the clock goes from three to four."""
    now = datetime(2027, 3, 28, 0, tzinfo=UTC)
    assert loud_at(now, zone=BUCHAREST, quiet=(time(20), time(3, 30))) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_an_end_that_comes_twice_is_waited_for_twice():
    """From four back to three: in the repeated hour it is quiet again."""
    quiet = (time(20), time(3, 30))
    first = loud_at(datetime(2027, 10, 31, 0, tzinfo=UTC), zone=BUCHAREST, quiet=quiet)
    assert first == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    again = loud_at(datetime(2027, 10, 31, 1, 10, tzinfo=UTC), zone=BUCHAREST, quiet=quiet)
    assert again == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_no_hour_is_quiet_where_they_begin_as_they_end():
    now = datetime(2027, 3, 28, 0, tzinfo=UTC)
    assert loud_at(now, zone=BUCHAREST, quiet=(time(0), time(0))) == now
