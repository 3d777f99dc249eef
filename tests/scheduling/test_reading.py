"""What a calendar text says: of every kind of entry the times in which somebody is busy."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chairside.scheduling.outside.apart import read_apart
from chairside.scheduling.outside.asking import NotRefreshed
from chairside.scheduling.outside.reading import NotRead, Window, merged, read
from chairside.scheduling.rules import outside as rules
from tests.scheduling.servers import calendar, event

BUCHAREST = ZoneInfo("Europe/Bucharest")
SINCE, UNTIL = datetime(2027, 2, 28, tzinfo=UTC), datetime(2027, 8, 28, tzinfo=UTC)
WINDOW = Window(BUCHAREST, SINCE, UNTIL)
HOUR = timedelta(hours=1)


def busy(*events: str) -> list[str]:
    """In UTC, each as month and day, beginning and end."""
    spans, left_out = read(calendar(*events), WINDOW)
    assert left_out == 0
    return [f"{start:%m-%d %H:%M}–{end:%H:%M}" for start, end in spans]


class TestAnEntry:
    def test_is_at_its_own_zones_hour(self):
        assert busy(event(start=";TZID=America/New_York:20270301T090000", end=";TZID=America/New_York:20270301T100000")) == [
            "03-01 14:00–15:00"
        ]

    def test_without_a_zone_or_with_one_nobody_knows_is_in_the_providers(self):
        assert busy(event(start=":20270301T090000", end=":20270301T100000")) == ["03-01 07:00–08:00"]
        assert busy(event(start=";TZID=Our own:20270301T090000", end=";TZID=Our own:20270301T100000")) == ["03-01 07:00–08:00"]

    def test_may_name_its_zone_as_windows_does(self):
        zone = ";TZID=W. Europe Standard Time:20270301T"
        assert busy(event(start=f"{zone}090000", end=f"{zone}100000")) == ["03-01 08:00–09:00"]

    def test_of_days_goes_from_midnight_to_midnight_there_also_when_the_clock_changes(self):
        """The 28th of March has 23 hours in Bucharest."""
        [(start, end)], _ = read(calendar(event(start=";VALUE=DATE:20270328")), WINDOW)
        assert (start, end - start) == (datetime(2027, 3, 27, 22, tzinfo=UTC), 23 * HOUR)
        [(start, end)], _ = read(calendar(event(start=";VALUE=DATE:20270327", end=";VALUE=DATE:20270330")), WINDOW)
        assert end - start == 71 * HOUR

    def test_may_say_how_long_it_takes(self):
        assert busy(event("DURATION:PT90M", start=":20270301T090000Z")) == ["03-01 09:00–10:30"]
        assert busy(event("DURATION:P1D", start=";VALUE=DATE:20270302")) == ["03-01 22:00–22:00"]

    def test_that_takes_no_time_keeps_nobody(self):
        assert busy(event(start=":20270301T090000Z"), event(start=":20270301T090000Z", end=":20270301T080000Z", uid="b")) == []

    @pytest.mark.parametrize("word", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"])
    def test_that_is_free_or_called_off_keeps_nobody(self, word):
        assert busy(event(word, start=":20270301T090000Z", end=":20270301T100000Z")) == []

    @pytest.mark.parametrize("word", ["TRANSP:OPAQUE", "STATUS:TENTATIVE", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"])
    def test_that_is_not_sure_yet_keeps_them(self, word):
        assert busy(event(word, start=":20270301T090000Z", end=":20270301T100000Z")) == ["03-01 09:00–10:00"]

    def test_outside_of_the_window_is_left_and_at_its_edge_cut(self):
        found, _ = read(calendar(event(start=";VALUE=DATE:20200101", end=";VALUE=DATE:20350101")), WINDOW)
        assert found == [(SINCE, UNTIL)]
        assert busy(event(start=":20260101T090000Z", end=":20260101T100000Z")) == []

    def test_that_stands_there_twice_is_the_later_one(self):
        old = event("SEQUENCE:1", start=":20270301T090000Z", end=":20270301T100000Z")
        new = event("SEQUENCE:2", start=":20270301T110000Z", end=":20270301T120000Z")
        assert busy(new, old) == busy(old, new) == ["03-01 11:00–12:00"]

    def test_that_touches_another_is_one_time_with_it(self):
        nine = event(start=":20270301T090000Z", end=":20270301T100000Z")
        assert busy(nine, event(start=":20270301T100000Z", end=":20270301T110000Z", uid="b")) == ["03-01 09:00–11:00"]

    def test_that_nobody_can_read_is_left_out_and_counted(self):
        nine = event(start=":20270301T090000Z", end=":20270301T100000Z", uid="b")
        spans, left_out = read(calendar(event(start=":one of these days"), nine), WINDOW)
        assert (len(spans), left_out) == (1, 1)


class TestASeries:
    WEEKLY = {"start": ";TZID=Europe/Bucharest:20270301T090000", "end": ";TZID=Europe/Bucharest:20270301T100000"}

    def test_keeps_its_hour_when_the_clock_changes(self):
        assert busy(event("RRULE:FREQ=WEEKLY;COUNT=5", **self.WEEKLY)) == [
            "03-01 07:00–08:00", "03-08 07:00–08:00", "03-15 07:00–08:00", "03-22 07:00–08:00", "03-29 06:00–07:00",
        ]  # fmt: skip

    def test_leaves_out_what_it_excepts(self):
        assert busy(
            event("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Bucharest:20270308T090000", **self.WEEKLY)
        ) == busy(event("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20270308T070000Z", **self.WEEKLY)) == [
            "03-01 07:00–08:00", "03-15 07:00–08:00",
        ]  # fmt: skip
        assert len(busy(event("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20270308", **self.WEEKLY))) == 2

    def test_has_one_moved_and_one_called_off(self):
        moved = event("RECURRENCE-ID:20270308T070000Z", start=":20270308T140000Z", end=":20270308T150000Z")
        off = event("RECURRENCE-ID:20270315T070000Z", "STATUS:CANCELLED", start=":20270315T070000Z", end=":20270315T080000Z")
        assert busy(event("RRULE:FREQ=WEEKLY;COUNT=4", **self.WEEKLY), moved, off) == [
            "03-01 07:00–08:00", "03-08 14:00–15:00", "03-22 07:00–08:00",
        ]  # fmt: skip

    def test_ends_on_its_last_day_in_whatever_zone_that_is_said(self):
        for until in ("20270315T070000Z", "20270315T090000", "20270315"):
            assert len(busy(event(f"RRULE:FREQ=WEEKLY;UNTIL={until}", **self.WEEKLY))) == 3

    def test_may_come_on_further_days(self):
        assert busy(event("RDATE:20270303T090000Z,20270304T090000Z", start=":20270302T090000Z", end=":20270302T100000Z")) == [
            "03-02 09:00–10:00", "03-03 09:00–10:00", "03-04 09:00–10:00",
        ]  # fmt: skip
        assert busy(event("RDATE;VALUE=PERIOD:20270303T090000Z/PT2H", start=":20270302T090000Z", end=":20270302T100000Z")) == [
            "03-02 09:00–10:00", "03-03 09:00–11:00",
        ]  # fmt: skip

    def test_of_days_is_on_those_days(self):
        assert busy(event("RRULE:FREQ=YEARLY", start=";VALUE=DATE:19900305")) == ["03-04 22:00–22:00"]

    def test_that_began_long_ago_still_goes_on(self):
        assert "03-01 09:00–10:00" in busy(event("RRULE:FREQ=DAILY", start=":20000101T090000Z", end=":20000101T100000Z"))

    def test_of_every_second_is_too_many(self):
        with pytest.raises(NotRead, match="too_many"):
            read(calendar(event("RRULE:FREQ=SECONDLY", start=":20270301T090000Z", end=":20270301T090001Z")), WINDOW)


class TestPublishedBusyTimes:
    def test_are_busy_but_those_that_are_free(self):
        lines = ["BEGIN:VFREEBUSY", "UID:x", "FREEBUSY;FBTYPE=BUSY:20270302T090000Z/PT1H,20270303T090000Z/20270303T110000Z"]
        text = "\r\n".join([*lines, "FREEBUSY;FBTYPE=FREE:20270304T090000Z/PT1H", "END:VFREEBUSY", ""])
        assert busy(text) == ["03-02 09:00–10:00", "03-03 09:00–11:00"]


class TestApart:
    async def told(self, text: bytes, **more) -> str:
        with pytest.raises(NotRefreshed) as refused:
            await read_apart(text, zone="Europe/Bucharest", since=SINCE, until=UNTIL, **more)
        return refused.value.reason

    async def test_reads_the_same(self):
        text = calendar(event(start=":20270301T090000Z", end=":20270301T100000Z"))
        found = await read_apart(text, zone="Europe/Bucharest", since=SINCE, until=UNTIL)
        assert (found.spans, found.left_out) == read(text, WINDOW)

    async def test_ends_what_would_never_come_to_a_date(self):
        """The thirtieth of February, looked for second by second."""
        never = event("RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", start=":20270301T090000Z", end=":20270301T090001Z")
        assert await self.told(calendar(never), seconds=2) == "too_much"

    @pytest.mark.parametrize("text", [b"", b"<html>", b"\x00" * 1000, b"BEGIN:VCARD\r\nEND:VCARD\r\n"])
    async def test_does_not_take_anything_else_for_a_calendar(self, text):
        assert await self.told(text) == "no_calendar"

    async def test_does_not_take_half_a_calendar_for_one(self):
        text = calendar(event(start=":20270301T090000Z", end=":20270301T100000Z"))
        assert await self.told(text[: len(text) // 2]) == "unreadable"


class TestWindow:
    def test_is_whole_days_of_the_zone(self):
        since, until = rules.window(datetime(2027, 3, 1, 23, tzinfo=UTC), BUCHAREST)
        assert (since, until) == (datetime(2027, 2, 28, 22, tzinfo=UTC), datetime(2027, 8, 29, 21, tzinfo=UTC))


class TestPieces:
    def test_are_no_longer_than_a_claim_may_be_and_leave_nothing_out(self):
        found = rules.pieces([(SINCE, SINCE + 50 * HOUR), (UNTIL - HOUR, UNTIL)])
        assert [end - start for start, end in found] == [24 * HOUR, 24 * HOUR, 2 * HOUR, HOUR]
        assert merged(found) == [(SINCE, SINCE + 50 * HOUR), (UNTIL - HOUR, UNTIL)]
