"""Vacations and days in another zone: what becomes of the hours, who is booked on them, and two who say it at once."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from chairside import scheduling
from chairside.scheduling.rows import Schedule
from chairside.scheduling.rules import availability, hours
from tests.conftest import NOON

BUCHAREST = ZoneInfo("Europe/Bucharest")
EVERY_DAY = {str(day): [["09:00", "17:00"]] for day in range(1, 8)}
MARCH = {"first_on": "2027-03-08", "last_on": "2027-03-12", "reason": "Skiing"}


def day(number, month=3):
    return date(2027, month, number)


async def shifts(clinic, first, last):
    async with clinic.op() as op:
        found = await scheduling.list_shifts(op, date=first, until=last)
    return [f"{one.starts_at:%d %H:%M}-{one.ends_at:%d %H:%M}" for one in found]


class TestVacations:
    async def test_take_every_day_of_the_span_and_give_it_back_in_one_act(self, north, given):
        provider = await given.provider(north)
        await north.ask("PUT", "/hours", json={"weekly": EVERY_DAY})
        path = f"/providers/{provider.id}/vacations"
        added = await north.ask("POST", path, json=MARCH)
        assert added.status_code == 201, added.text
        assert added.json() == {"id": added.json()["id"], "provider_id": str(provider.id), **MARCH}
        assert await shifts(north, day(7), day(13)) == ["07 07:00-07 15:00", "13 07:00-13 15:00"]
        assert (await north.ask("DELETE", f"{path}/{added.json()['id']}")).status_code == 204
        assert len(await shifts(north, day(7), day(13))) == 7
        gone = await north.ask("DELETE", f"{path}/{added.json()['id']}")
        assert (gone.status_code, gone.json()["code"]) == (404, "NoSuchVacation")

    async def test_leave_a_day_with_hours_of_its_own(self, north, given):
        provider = await given.provider(north)
        blocks = {"date": "2027-03-10", "blocks": [["10:00", "12:00"]]}
        await north.ask("POST", f"/providers/{provider.id}/overrides", json=blocks)
        await north.ask("POST", f"/providers/{provider.id}/vacations", json=MARCH)
        assert await shifts(north, day(8), day(12)) == ["10 08:00-10 10:00"]

    async def test_end_the_night_before_at_midnight(self, north, given):
        provider = await given.provider(north)
        await north.ask("PUT", f"/providers/{provider.id}/hours", json={"weekly": {"7": [["22:00", "02:00"]]}})
        assert await shifts(north, day(7), day(8)) == ["07 20:00-08 00:00"]
        await north.ask("POST", f"/providers/{provider.id}/vacations", json=MARCH)
        assert await shifts(north, day(7), day(8)) == ["07 20:00-07 22:00"]

    async def test_are_no_time_that_is_suggested(self, north, given):
        provider, patient = await given.provider(north), await given.patient(north)
        await north.ask("POST", f"/providers/{provider.id}/vacations", json={"first_on": "2027-03-01", "last_on": "2027-03-12"})
        async with north.op() as op:
            wanted = scheduling.Wanted(duration_minutes=30, provider_ids=(provider.id,), patient_id=patient.id)
            found = await scheduling.list_openings(op, wanted=wanted, since=NOON, until=NOON + timedelta(days=28), limit=1)
        assert found.slots[0].starts_at == datetime(2027, 3, 15, 7, tzinfo=UTC)

    async def test_may_touch_but_not_overlap(self, north, given):
        provider = await given.provider(north)
        path = f"/providers/{provider.id}/vacations"
        await north.ask("POST", path, json=MARCH)
        again = await north.ask("POST", path, json={"first_on": "2027-03-12", "last_on": "2027-03-20"})
        assert (again.status_code, again.json()["code"]) == (409, "VacationOverlaps")
        assert (await north.ask("POST", path, json={"first_on": "2027-03-13", "last_on": "2027-03-13"})).status_code == 201
        other = await given.provider(north, name="Other")
        assert (await north.ask("POST", f"/providers/{other.id}/vacations", json=MARCH)).status_code == 201

    async def test_of_two_who_say_it_at_once_one_is_told(self, north, given):
        provider = await given.provider(north)
        asked = [north.ask("POST", f"/providers/{provider.id}/vacations", json=MARCH) for _ in range(6)]
        answers = await asyncio.gather(*asked)
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5

    @pytest.mark.parametrize(
        "first, last, pointer, code",
        [
            ("2027-03-08", "2027-03-07", "/last_on", "before_the_first"),
            ("2027-03-08", "2028-03-08", "/last_on", "too_far"),
            ("0001-01-01", "2027-03-08", "/first_on", "out_of_range"),
        ],
    )
    async def test_point_at_what_is_wrong(self, north, given, first, last, pointer, code):
        provider = await given.provider(north)
        answer = await north.ask("POST", f"/providers/{provider.id}/vacations", json={"first_on": first, "last_on": last})
        assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [(pointer, code)]

    async def test_are_listed_by_the_days_that_they_touch(self, north, given):
        provider = await given.provider(north)
        path = f"/providers/{provider.id}/vacations"
        await north.ask("POST", path, json=MARCH)
        for first, last, count in (
            ("2027-03-12", "2027-04-01", 1),
            ("2027-03-13", "2027-04-01", 0),
            ("2027-01-01", "2027-03-08", 1),
        ):
            listed = await north.ask("GET", path, params={"from": first, "to": last})
            assert len(listed.json()["items"]) == count

    async def test_are_not_known_to_another_clinic(self, north, south, given):
        theirs = await given.provider(south)
        for kind, new in (("vacations", MARCH), ("travels", {**MARCH, "timezone": "Asia/Tokyo"})):
            new = {name: value for name, value in new.items() if name != "reason"}
            added = (await south.ask("POST", f"/providers/{theirs.id}/{kind}", json=new)).json()
            assert (await north.ask("POST", f"/providers/{theirs.id}/{kind}", json=new)).status_code == 404
            assert (await north.ask("GET", f"/providers/{theirs.id}/{kind}")).status_code == 404
            assert (await north.ask("DELETE", f"/providers/{theirs.id}/{kind}/{added['id']}")).status_code == 404


class TestBookedVisits:
    async def test_names_whom_a_vacation_would_leave_waiting(self, north, given, root):
        provider, other = await given.provider(north), await given.provider(north, name="Other")
        ana = await given.patient(north)
        path = f"/providers/{provider.id}/booked-visits"
        asked = {"from": "2027-03-08", "to": "2027-03-12"}
        at = datetime(2027, 3, 8, 8, tzinfo=UTC)
        visit = await given.appointment(north, patient=ana, provider=provider, starts_at=at)
        last = await given.appointment(north, provider=provider, starts_at=datetime(2027, 3, 12, 21, 30, tzinfo=UTC))
        await given.appointment(north, provider=provider, starts_at=datetime(2027, 3, 12, 22, 30, tzinfo=UTC))  # the 13th there
        await given.appointment(north, provider=other, starts_at=at)
        gone = await given.appointment(north, provider=provider, starts_at=at + timedelta(hours=2))
        await north.ask("POST", f"/appointments/{gone.id}/cancellation", json={"reason": "x"})
        listed = (await north.ask("GET", path, params=asked)).json()["items"]
        assert [one["id"] for one in listed] == [str(visit.id), str(last.id)]
        assert listed[0]["patient"] == {"id": str(ana.id), "name": "Ana Popescu"}
        shown = root.execute(
            "select patient_ids from audit_event where clinic_id = %s and action = 'read' and entity = 'appointment' "
            "order by at desc, id desc limit 1", [north.id],
        ).fetchone()  # fmt: skip
        assert ana.id in shown[0]

    async def test_needs_the_schedule_and_both_days(self, north, given, ask_with):
        provider = await given.provider(north)
        path = f"/providers/{provider.id}/booked-visits"
        assert (await north.ask("GET", path)).status_code == 422
        refused = await ask_with("clinic.read", "GET", path, params={"from": "2027-03-08", "to": "2027-03-12"})
        assert refused.status_code == 403


class TestTravels:
    async def test_make_the_hours_those_of_another_zone(self, north, given):
        provider = await given.provider(north)
        await north.ask("PUT", "/hours", json={"weekly": EVERY_DAY})
        path = f"/providers/{provider.id}/travels"
        new = {"first_on": "2027-03-09", "last_on": "2027-03-10", "timezone": "Europe/Lisbon"}
        added = await north.ask("POST", path, json=new)
        assert added.status_code == 201, added.text
        assert (await north.ask("GET", path)).json()["items"] == [
            {"id": added.json()["id"], "provider_id": str(provider.id), **new}
        ]
        expected = ["08 07:00-08 15:00", "09 09:00-09 17:00", "10 09:00-10 17:00", "11 07:00-11 15:00"]
        assert await shifts(north, day(8), day(11)) == expected
        overlapping = await north.ask("POST", path, json=new | {"first_on": "2027-03-10", "last_on": "2027-03-20"})
        assert overlapping.json()["code"] == "TravelOverlaps"
        assert (await north.ask("DELETE", f"{path}/{added.json()['id']}")).status_code == 204
        assert (await shifts(north, day(9), day(9))) == ["09 07:00-09 15:00"]
        gone = await north.ask("DELETE", f"{path}/{added.json()['id']}")
        assert gone.json()["code"] == "NoSuchTravel"

    async def test_need_a_zone(self, north, given):
        provider = await given.provider(north)
        wrong = {"first_on": "2027-03-09", "last_on": "2027-03-10", "timezone": "Mars/Base"}
        answer = await north.ask("POST", f"/providers/{provider.id}/travels", json=wrong)
        assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [("/timezone", "not_a_time_zone")]

    @pytest.mark.parametrize("elsewhere", ["Asia/Tokyo", "America/New_York", "Pacific/Kiritimati", "Europe/Bucharest"])
    def test_are_what_the_engine_takes_them_for(self, elsewhere):
        """Shifts on the schedule and times that are offered come from two pieces of code: they agree."""
        first, last = day(27), day(29)  # the clocks of Europe change on the 28th
        found = hours.working_time(
            Schedule(UUID(int=1), None, None, EVERY_DAY, {}, [], [[first.isoformat(), last.isoformat(), elsewhere]]),
            first=first, last=last, zone=BUCHAREST,
        )  # fmt: skip
        travel = (availability.Travel(first, last, elsewhere),)
        one = availability.Resource("one", hours=availability.Hours("Europe/Bucharest", EVERY_DAY, travel=travel))
        since, until = found[0][0], found[-1][1]
        offers = availability.offers(
            availability.Calendar(duration=480), [one], {}, now=since - timedelta(days=9), since=since, until=until
        )
        whole = timedelta(hours=8)  # the last day at home may reach into the first one elsewhere
        assert [start for start, end in found if end - start == whole] == list(offers)
