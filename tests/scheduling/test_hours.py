from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as given_that
from hypothesis import strategies as st

from chairside import scheduling
from chairside.scheduling.rows import Schedule
from chairside.scheduling.rules import hours

BUCHAREST = ZoneInfo("Europe/Bucharest")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # both Sundays
NOBODY = UUID(int=1)


def schedule(weekly, overrides=None, holidays=()):
    return Schedule(NOBODY, None, None, weekly, overrides or {}, list(holidays))


def working(day, weekly, zone=BUCHAREST, **more):
    found = hours.working_time(schedule(weekly, **more), first=day, last=day, zone=zone)
    return [f"{a:%d %H:%M}-{b:%d %H:%M}" for a, b in found]


class TestWorkingTime:
    def test_is_in_utc_whatever_the_season(self):
        assert working(date(2026, 1, 5), {"1": [["09:00", "17:00"]]}) == ["05 07:00-05 15:00"]
        assert working(date(2026, 7, 6), {"1": [["09:00", "17:00"]]}) == ["06 06:00-06 14:00"]

    def test_a_whole_day_is_as_long_as_the_clocks_make_it(self):
        whole = {"7": [["00:00", "24:00"]]}
        assert working(SPRING, whole) == ["28 22:00-29 21:00"]  # 23 hours
        assert working(AUTUMN, whole) == ["24 21:00-25 22:00"]  # 25 hours

    def test_a_time_that_spring_skips_moves_forward_by_the_gap(self):
        assert working(SPRING, {"7": [["03:30", "05:00"]]}) == ["29 01:30-29 02:00"]  # 04:30 to 05:00
        assert working(SPRING, {"7": [["03:00", "04:00"]]}) == []

    def test_a_time_that_autumn_repeats_is_the_earlier(self):
        assert working(AUTUMN, {"7": [["03:30", "05:00"]]}) == ["25 00:30-25 03:00"]
        assert working(AUTUMN, {"7": [["01:00", "03:30"]]}) == ["24 22:00-25 00:30"]

    def test_crosses_midnight_and_is_cut_at_it(self):
        night = {"1": [["22:00", "02:00"]]}
        assert working(date(2026, 1, 5), night) == ["05 20:00-05 22:00"]
        assert working(date(2026, 1, 6), night) == ["05 22:00-06 00:00"]

    def test_an_override_replaces_the_whole_day_and_cuts_the_night_before(self):
        weekly = {"1": [["22:00", "02:00"]], "2": [["09:00", "17:00"]]}
        other = {"overrides": {"2026-01-06": [["12:00", "13:00"]]}}
        assert working(date(2026, 1, 6), weekly, **other) == ["06 10:00-06 11:00"]
        assert working(date(2026, 1, 6), weekly, overrides={"2026-01-06": []}) == []

    def test_a_holiday_is_off_unless_the_day_has_other_hours(self):
        weekly, day = {"1": [["09:00", "17:00"]]}, date(2026, 1, 5)
        assert working(day, weekly, holidays=[day]) == []
        assert working(day, weekly, holidays=[day], overrides={"2026-01-05": [["09:00", "10:00"]]}) == ["05 07:00-05 08:00"]

    def test_a_day_that_the_zone_skipped_has_no_hours(self):
        every = {str(day): [["09:00", "10:00"]] for day in range(1, 8)}
        apia = ZoneInfo("Pacific/Apia")
        found = hours.working_time(schedule(every), first=date(2011, 12, 29), last=date(2011, 12, 31), zone=apia)
        assert [start.astimezone(apia).date() for start, _ in found] == [date(2011, 12, 29), date(2011, 12, 31)]

    @given_that(
        st.dates(date(2020, 1, 1), date(2030, 12, 31)),
        st.sampled_from(["Europe/Bucharest", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]),
        st.lists(st.tuples(st.integers(0, 47), st.integers(1, 48)), max_size=4),
    )
    def test_days_add_up_to_the_week(self, first, zone, blocks):
        """A week looked at day by day holds the same minutes as at once, in order and apart."""
        zone = ZoneInfo(zone)
        day = [[f"{a // 2:02}:{a % 2 * 30:02}", f"{b // 2:02}:{b % 2 * 30:02}"] for a, b in blocks]
        weekly = {str(weekday): day for weekday in range(1, 8)}
        last = first + timedelta(days=6)
        whole = hours.working_time(schedule(weekly), first=first, last=last, zone=zone)
        daily = [
            interval
            for n in range(7)
            for interval in hours.working_time(
                schedule(weekly), first=first + timedelta(days=n), last=first + timedelta(days=n), zone=zone
            )
        ]
        assert hours.merge(daily) == whole
        assert all(a < b for a, b in whole)
        assert all(one[1] < two[0] for one, two in pairwise(whole))


class TestOpening:
    def test_shows_whole_hours_around_every_shift_and_visit(self):
        day = date(2026, 1, 5)
        shifts = [(datetime(2026, 1, 5, 7, 30, tzinfo=UTC), datetime(2026, 1, 5, 15, 10, tzinfo=UTC))]
        assert hours.opening(shifts, day=day, zone=BUCHAREST) == (
            datetime(2026, 1, 5, 7, tzinfo=UTC),
            datetime(2026, 1, 5, 16, tzinfo=UTC),
        )
        assert hours.opening([], day=day, zone=BUCHAREST) == (
            datetime(2026, 1, 5, 6, tzinfo=UTC),
            datetime(2026, 1, 5, 16, tzinfo=UTC),
        )


class TestSetHours:
    async def test_shows_a_usual_week_until_one_is_set(self, north):
        found = (await north.ask("GET", "/hours")).json()
        assert (found["is_default"], found["version"], found["weekly"]["1"]) == (True, 0, [["09:00", "17:00"]])
        weekly = {"1": [["08:00", "12:00"], ["13:00", "24:00"]], "6": []}
        answer = await north.ask("PUT", "/hours", json={"weekly": weekly}, version=0)
        assert answer.status_code == 200, answer.text
        assert answer.json() == {"weekly": weekly, "timezone": "Europe/Bucharest", "is_default": False, "version": 1}
        assert (await north.ask("GET", "/hours")).json() == answer.json()
        stale = await north.ask("PUT", "/hours", json={"weekly": {}}, version=0)
        assert (stale.status_code, stale.json()["facts"]) == (412, {"version": 1})
        assert (await north.ask("PUT", "/hours", json={"weekly": {}})).json()["version"] == 2

    @pytest.mark.parametrize(
        "weekly, pointer, code",
        [
            ({"8": []}, "/weekly/8", "not_a_weekday"),
            ({"1": [["09:00", "25:00"]]}, "/weekly/1/0", "not_a_block"),
            ({"1": [["24:00", "09:00"]]}, "/weekly/1/0", "not_a_block"),
            ({"1": [["9:00", "10:00"]]}, "/weekly/1/0", "not_a_block"),
            ({"1": [["09:00"]]}, "/weekly/1/0", "not_a_block"),
            ({"1": [["09:00", "12:00"], ["11:00", "13:00"]]}, "/weekly/1/1", "overlaps"),
            ({"1": [["22:00", "02:00"]], "2": [["01:00", "03:00"]]}, "/weekly/2/0", "overlaps"),
            ({"7": [["22:00", "02:00"]], "1": [["01:59", "03:00"]]}, "/weekly/1/0", "overlaps"),
            ({"1": [["00:00", "00:30"]] * 13}, "/weekly/1", "too_long"),
        ],
    )
    async def test_points_at_what_is_wrong(self, north, weekly, pointer, code):
        answer = await north.ask("PUT", "/hours", json={"weekly": weekly})
        assert answer.status_code == 422
        assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]

    async def test_touching_blocks_are_fine(self, north):
        weekly = {"1": [["22:00", "02:00"]], "2": [["02:00", "03:00"], ["03:00", "04:00"]]}
        assert (await north.ask("PUT", "/hours", json={"weekly": weekly})).status_code == 200


class TestSetProviderHours:
    async def test_follows_the_clinic_until_they_keep_other_hours_and_again(self, north, given):
        provider = await given.provider(north, timezone="Europe/Lisbon")
        path = f"/providers/{provider.id}/hours"
        await north.ask("PUT", "/hours", json={"weekly": {"3": [["10:00", "11:00"]]}})
        found = (await north.ask("GET", path)).json()
        assert found == {"weekly": {"3": [["10:00", "11:00"]]}, "timezone": "Europe/Lisbon", "is_default": True, "version": 0}
        own = (await north.ask("PUT", path, json={"weekly": {}}, version=0)).json()
        assert (own["weekly"], own["is_default"], own["version"]) == ({}, False, 1)
        again = (await north.ask("PUT", path, json={"weekly": None}, version=1)).json()
        assert (again["weekly"], again["is_default"], again["version"]) == ({"3": [["10:00", "11:00"]]}, True, 2)
        assert (await north.ask("PUT", path, json={"weekly": {}}, version=1)).status_code == 412

    async def test_does_not_know_a_provider_of_another_clinic(self, north, south, given):
        theirs = await given.provider(south)
        for method, more in (("GET", {}), ("PUT", {"json": {"weekly": {}}})):
            answer = await north.ask(method, f"/providers/{theirs.id}/hours", **more)
            assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchProvider")


class TestOverrides:
    async def test_come_and_go(self, north, given):
        provider = await given.provider(north)
        path = f"/providers/{provider.id}/overrides"
        new = {"date": "2026-03-02", "blocks": [["10:00", "12:00"]], "reason": "Course"}
        added = await north.ask("POST", path, json=new)
        assert added.status_code == 201, added.text
        assert (await north.ask("POST", path, json=new)).json()["code"] == "OverrideExists"
        assert (await north.ask("POST", path, json={"date": "2026-03-03", "blocks": []})).status_code == 201
        listed = (await north.ask("GET", path)).json()["items"]
        assert [(item["date"], item["blocks"]) for item in listed] == [("2026-03-02", [["10:00", "12:00"]]), ("2026-03-03", [])]
        ranged = await north.ask("GET", path, params={"from": "2026-03-03", "to": "2026-03-31"})
        assert [item["date"] for item in ranged.json()["items"]] == ["2026-03-03"]
        assert (await north.ask("DELETE", f"{path}/{added.json()['id']}")).status_code == 204
        assert (await north.ask("DELETE", f"{path}/{added.json()['id']}")).status_code == 404
        assert len((await north.ask("GET", path)).json()["items"]) == 1

    async def test_point_at_what_is_wrong(self, north, given):
        provider = await given.provider(north)
        answer = await north.ask(
            "POST", f"/providers/{provider.id}/overrides", json={"date": "2026-03-02", "blocks": [["1", "2"]]}
        )
        assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [("/blocks/0", "not_a_block")]

    async def test_are_not_known_to_another_clinic(self, north, south, given):
        theirs = await given.provider(south)
        new = {"date": "2026-03-02", "blocks": []}
        added = (await south.ask("POST", f"/providers/{theirs.id}/overrides", json=new)).json()
        assert (await north.ask("POST", f"/providers/{theirs.id}/overrides", json=new)).status_code == 404
        assert (await north.ask("GET", f"/providers/{theirs.id}/overrides")).status_code == 404
        assert (await north.ask("DELETE", f"/providers/{theirs.id}/overrides/{added['id']}")).status_code == 404


class TestHolidays:
    async def test_come_and_go(self, north, south):
        added = await north.ask("POST", "/holidays", json={"date": "2026-12-25", "name": "Crăciun"})
        assert added.status_code == 201, added.text
        assert (await north.ask("POST", "/holidays", json={"date": "2026-12-25", "name": "X"})).json()["code"] == "HolidayExists"
        assert (await south.ask("DELETE", f"/holidays/{added.json()['id']}")).status_code == 404
        assert (await north.ask("GET", "/holidays")).json()["items"] == [added.json()]
        assert (await north.ask("GET", "/holidays", params={"to": "2026-12-24"})).json()["items"] == []
        assert (await north.ask("DELETE", f"/holidays/{added.json()['id']}")).status_code == 204
        assert (await north.ask("GET", "/holidays")).json()["items"] == []


class TestListShifts:
    async def test_knows_everyones_day(self, north, given):
        chair = await given.operatory(north)
        ana = await given.provider(north, name="Ana", operatory_id=chair.id)
        await given.provider(north, name="Bogdan", timezone="America/New_York")
        away = await given.provider(north, name="Carmen")
        await given.provider(north, name="Dana", active=False)
        await north.ask("PUT", "/hours", json={"weekly": {"7": [["09:00", "12:00"]]}})
        await north.ask("POST", f"/providers/{away.id}/overrides", json={"date": "2026-03-29", "blocks": []})
        async with north.op() as op:
            shifts = await scheduling.list_shifts(op, date=SPRING)
        assert [(shift.operatory_id, f"{shift.starts_at:%H:%M}", f"{shift.ends_at:%H:%M}") for shift in shifts] == [
            (chair.id, "06:00", "09:00"),  # summer time since this morning
            (None, "13:00", "16:00"),  # nine to twelve in New York
        ]
        assert shifts[0].provider_id == ana.id

    async def test_on_a_holiday_only_who_says_so_works(self, north, given):
        await given.provider(north)
        busy = await given.provider(north, name="Busy")
        await north.ask("POST", "/holidays", json={"date": "2026-03-02", "name": "Free"})
        blocks = {"date": "2026-03-02", "blocks": [["10:00", "11:00"]]}
        await north.ask("POST", f"/providers/{busy.id}/overrides", json=blocks)
        async with north.op() as op:
            shifts = await scheduling.list_shifts(op, date=date(2026, 3, 2))
        assert [shift.provider_id for shift in shifts] == [busy.id]
