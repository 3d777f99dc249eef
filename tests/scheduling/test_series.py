"""A visit that repeats: all of it or none, whoever else wants one of its times."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from tests.scheduling.conftest import at

TUESDAYS = {"unit": "week", "every": 1, "starts_on": "2027-03-02", "time": "10:00", "times": 5}
OFF = {"date": "2027-03-16", "name": "x"}


@pytest.fixture
def repeat(chairside, given):
    """Asks for a series; a fresh patient unless one is given. Five Tuesdays at ten in Bucharest, unless said otherwise."""

    async def body(*, patient=None, repeat=None, **more):
        patient = patient or await given.patient(chairside.clinic)
        return {
            "patient_id": str(patient.id), "provider_id": str(chairside.provider.id), "operatory_id": str(chairside.operatory.id),
            "service_id": str(chairside.service.id), "repeat": TUESDAYS | (repeat or {}), **more,
        }  # fmt: skip

    async def repeat_(**more):
        return await chairside.clinic.ask("POST", "/series", json=await body(**more))

    repeat_.body = body
    return repeat_


@pytest.fixture
def preview(chairside, repeat):
    async def preview_(**more):
        answer = await chairside.clinic.ask("POST", "/series/preview", json=await repeat.body(**more))
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    return preview_


async def made(answer):
    answer = await answer
    assert answer.status_code == 201, answer.text
    return answer.json()


def starts(series):
    return [visit["starts_at"] for visit in series["visits"] if visit["status"] != "cancelled"]


class TestPreview:
    async def test_keeps_the_time_on_the_wall_when_the_clocks_go_forward(self, preview):
        """On the 28th of March: ten in Bucharest is eight before it, and seven after it, in UTC."""
        found = await preview()
        assert [one["starts_at"][5:16] for one in found] == [
            "03-02T08:00", "03-09T08:00", "03-16T08:00", "03-23T08:00", "03-30T07:00",
        ]  # fmt: skip
        assert all(one["free"] and one["reasons"] == [] and one["instead"] is None for one in found)

    async def test_says_which_cannot_be_had_why_and_what_is_nearest(self, chairside, north, preview):
        await chairside.booked(8, day=8)  # the 9th of March at ten
        await north.ask("POST", "/holidays", json=OFF)
        taken, off = (await preview())[1:3]
        assert (taken["on"], taken["free"], taken["instead"][:16]) == ("2027-03-09", False, "2027-03-09T07:30")
        assert {(one["kind"], one["because"]["code"]) for one in taken["reasons"]} == {
            ("provider", "taken"),
            ("operatory", "taken"),
        }
        assert [(one["kind"], one["because"]["code"]) for one in off["reasons"]] == [("provider", "holiday")]
        assert off["instead"][:10] in ("2027-03-15", "2027-03-17")

    async def test_writes_nothing(self, chairside, north, preview):
        await preview()
        assert (await north.ask("GET", "/appointments")).json()["items"] == []

    async def test_takes_ones_own_hold_for_free(self, chairside, north, preview):
        body = {"provider_id": str(chairside.provider.id), "starts_at": at(8, day=1).isoformat(), "duration_minutes": 30}
        hold = (await north.ask("POST", "/holds", json=body)).json()
        assert [one["free"] for one in await preview()] == [False, True, True, True, True]
        assert all(one["free"] for one in await preview(hold_id=hold["id"]))


class TestBookSeries:
    async def test_books_all_of_it_numbered_in_order(self, chairside, north, repeat):
        booked = await made(repeat(notes="Aligners"))
        assert booked["left_out"] == []
        series = booked["series"]
        assert [one["number"] for one in series["visits"]] == [1, 2, 3, 4, 5]
        assert (series["weekdays"], series["time"], series["times"]) == ([2], "10:00", 5)
        assert (await north.ask("GET", f"/series/{series['id']}")).json() == series
        visit = await chairside.get(series["visits"][2])
        assert (visit["series_id"], visit["series_number"], visit["notes"]) == (series["id"], 3, "Aligners")
        assert (await chairside.book(8, day=15)).json()["code"] == "TimeTaken"

    async def test_books_nothing_when_one_cannot_be_had_and_says_which(self, chairside, north, repeat):
        await chairside.booked(8, day=8)
        answer = await repeat()
        assert (answer.status_code, answer.json()["code"]) == (409, "SeriesClashes")
        assert [one["on"] for one in answer.json()["facts"]["clashes"]] == ["2027-03-09"]
        assert len((await north.ask("GET", "/appointments")).json()["items"]) == 1
        assert (await chairside.book(8, day=1)).status_code == 201

    async def test_leaves_out_what_cannot_be_had_or_is_not_wanted(self, chairside, repeat):
        await chairside.booked(8, day=8)
        booked = await made(repeat(clashes="leave_out", skip=["2027-03-23"]))
        assert [one["on"] for one in booked["left_out"]] == ["2027-03-09"]
        assert [one["number"] for one in booked["series"]["visits"]] == [1, 2, 3]
        assert [start[5:10] for start in starts(booked["series"])] == ["03-02", "03-16", "03-30"]

    async def test_takes_another_time_for_a_day_also_outside_of_working_time(self, chairside, repeat):
        await chairside.booked(8, day=8)
        booked = await made(repeat(instead=[{"on": "2027-03-09", "starts_at": at(20, day=8).isoformat()}]))
        assert [start[8:16] for start in starts(booked["series"])] == ["02T08:00", "09T20:00", "16T08:00", "23T08:00", "30T07:00"]

    async def test_does_not_take_a_chosen_time_that_is_taken(self, chairside, repeat):
        await chairside.booked(20, day=8)
        await chairside.booked(8, day=8)
        answer = await repeat(instead=[{"on": "2027-03-09", "starts_at": at(20, day=8).isoformat()}])
        assert answer.json()["facts"]["clashes"] == [{"on": "2027-03-09", "starts_at": "2027-03-09T20:00:00Z"}]

    async def test_books_nobody_on_a_holiday_by_rule(self, north, repeat):
        await north.ask("POST", "/holidays", json=OFF)
        assert [one["on"] for one in (await repeat()).json()["facts"]["clashes"]] == ["2027-03-16"]

    async def test_gives_ones_hold_to_it(self, chairside, north, repeat):
        body = {"provider_id": str(chairside.provider.id), "starts_at": at(8, day=1).isoformat(), "duration_minutes": 30}
        hold = (await north.ask("POST", "/holds", json=body)).json()
        await made(repeat(hold_id=hold["id"]))
        assert (await north.ask("GET", f"/holds/{hold['id']}")).status_code == 404

    @pytest.mark.parametrize(
        "more, pointers",
        [
            ({"repeat": {"times": 53}}, ["/repeat/times"]),
            ({"repeat": {"every": 0}}, ["/repeat/every"]),
            ({"repeat": {"unit": "year"}}, ["/repeat/unit"]),
            ({"repeat": {"time": "24:00"}}, ["/repeat/time"]),
            ({"repeat": {"weekdays": [8]}}, ["/repeat/weekdays/0"]),
            ({"repeat": {"until": "2027-04-01"}}, ["/repeat/until"]),
            ({"repeat": {"times": None}}, ["/repeat/until"]),
            ({"repeat": {"unit": "month", "every": 52, "times": 3}}, ["/repeat/times"]),
            ({"repeat": {"starts_on": "2200-01-01"}}, ["/repeat/times"]),
            ({"service_id": None}, ["/duration_minutes"]),
            ({"instead": [{"on": "2027-03-03", "starts_at": "2027-03-03T09:00:00Z"}]}, ["/instead"]),
            ({"skip": ["2027-03-02", "2027-03-09", "2027-03-16", "2027-03-23", "2027-03-30"]}, ["/skip"]),
        ],
    )
    async def test_points_at_what_is_wrong(self, repeat, more, pointers):
        answer = await repeat(**more)
        assert answer.status_code == 422, answer.text
        assert [error["pointer"] for error in answer.json()["errors"]] == pointers

    async def test_does_not_know_what_is_another_clinics(self, chairside, south, given, repeat, north):
        theirs = {"patient_id": await given.patient(south), "provider_id": await given.provider(south)}
        for name, thing in theirs.items():
            assert (await repeat(**{name: str(thing.id)})).status_code == 404
        series = (await made(repeat()))["series"]
        assert (await south.ask("GET", f"/series/{series['id']}")).json()["code"] == "NoSuchSeries"
        cancelled = await south.ask("POST", f"/series/{series['id']}/cancellations", json={"number": 1, "reason": "x"})
        assert cancelled.json()["code"] == "NoSuchSeries"
        assert len(starts((await north.ask("GET", f"/series/{series['id']}")).json())) == 5

    async def test_sent_twice_is_booked_once(self, chairside, north, repeat):
        asked = {"json": await repeat.body(), "headers": {"idempotency-key": "the same"}}
        first, second = [await north.ask("POST", "/series", **asked) for _ in range(2)]
        assert first.json() == second.json()
        assert len((await north.ask("GET", "/appointments")).json()["items"]) == 5


class TestCancelSeries:
    async def cancel(self, north, series, number=3):
        return await north.ask("POST", f"/series/{series['id']}/cancellations", json={"number": number, "reason": "Moves away"})

    async def test_releases_that_one_and_all_that_follow_and_takes_it_back(self, chairside, north, repeat):
        series = (await made(repeat()))["series"]
        cancelled = await made(self.cancel(north, series))
        assert cancelled["appointment_ids"] == [one["id"] for one in series["visits"][2:]]
        now = (await north.ask("GET", f"/series/{series['id']}")).json()
        assert [one["status"] for one in now["visits"]] == ["scheduled"] * 2 + ["cancelled"] * 3
        undone = await north.ask("DELETE", f"/series/{series['id']}/cancellations/{cancelled['id']}")
        assert [one["status"] for one in undone.json()["visits"]] == ["scheduled"] * 5
        assert (await chairside.book(8, day=15)).json()["code"] == "TimeTaken"
        again = await north.ask("DELETE", f"/series/{series['id']}/cancellations/{cancelled['id']}")
        assert (again.status_code, again.json()["code"]) == (404, "NoSuchSeriesCancellation")

    async def test_leaves_who_has_come_and_what_was_cancelled_alone(self, chairside, north, repeat):
        series = (await made(repeat()))["series"]
        third, fourth = series["visits"][2:4]
        await chairside.step(third, "arrival")
        await chairside.step(fourth, "cancellation", {"reason": "x"})
        cancelled = await made(self.cancel(north, series))
        assert cancelled["appointment_ids"] == [series["visits"][4]["id"]]
        assert (await self.cancel(north, series)).json()["code"] == "NothingLeftInSeries"
        await north.ask("DELETE", f"/series/{series['id']}/cancellations/{cancelled['id']}")
        assert (await chairside.get(fourth))["status"] == "cancelled"

    async def test_takes_nothing_back_when_one_time_is_gone(self, chairside, north, repeat):
        series = (await made(repeat()))["series"]
        cancelled = await made(self.cancel(north, series))
        await chairside.booked(8, day=15)
        undone = await north.ask("DELETE", f"/series/{series['id']}/cancellations/{cancelled['id']}")
        assert (undone.status_code, undone.json()["code"]) == (409, "TimeTaken")
        assert len(starts((await north.ask("GET", f"/series/{series['id']}")).json())) == 2

    async def test_leaves_to_its_own_what_was_taken_back_alone(self, chairside, north, repeat):
        series = (await made(repeat()))["series"]
        cancelled = await made(self.cancel(north, series))
        assert (await chairside.undo(series["visits"][3], "cancellation")).status_code == 200
        undone = await north.ask("DELETE", f"/series/{series['id']}/cancellations/{cancelled['id']}")
        assert undone.status_code == 200 and len(starts(undone.json())) == 5


class TestRescheduleSeries:
    async def move(self, north, series, number=3, hour=13, day=17):
        """The third, on Tuesday the 16th at ten, is on Thursday the 18th at three."""
        body = {"number": number, "starts_at": at(hour, day=day).isoformat()}
        return await north.ask("POST", f"/series/{series['id']}/reschedulings", json=body)

    async def test_keeps_the_distance_on_the_calendar_and_on_the_clock(self, chairside, north, repeat):
        series = (await made(repeat()))["series"]
        moved = (await made(self.move(north, series)))["series"]
        assert [start[5:16] for start in starts(moved)] == [
            "03-02T08:00", "03-09T08:00", "03-18T13:00", "03-25T13:00", "04-01T12:00",
        ]  # fmt: skip
        assert (await chairside.book(8, day=15)).status_code == 201
        assert (await chairside.book(13, day=17)).json()["code"] == "TimeTaken"

    async def test_is_undone_by_moving_it_back(self, north, repeat):
        series = (await made(repeat()))["series"]
        await made(self.move(north, series))
        moved = (await made(self.move(north, series, hour=8, day=15)))["series"]
        assert starts(moved) == starts(series)

    async def test_may_go_where_others_of_it_were(self, north, repeat):
        series = (await made(repeat()))["series"]
        moved = (await made(self.move(north, series, number=1, hour=8, day=8)))["series"]
        assert starts(moved)[:4] == starts(series)[1:]

    async def test_moves_nothing_when_one_time_is_taken_and_says_which(self, chairside, north, repeat):
        series = (await made(repeat()))["series"]
        await chairside.booked(13, day=24)
        answer = await self.move(north, series)
        assert (answer.status_code, answer.json()["code"]) == (409, "SeriesClashes")
        assert answer.json()["facts"]["clashes"] == [{"on": "2027-03-25", "starts_at": "2027-03-25T13:00:00Z"}]
        assert starts((await north.ask("GET", f"/series/{series['id']}")).json()) == starts(series)

    async def test_says_on_which_days_nobody_works_then(self, north, repeat):
        await north.ask("POST", "/holidays", json=OFF | {"date": "2027-03-25"})
        series = (await made(repeat()))["series"]
        assert (await made(self.move(north, series)))["outside"] == ["2027-03-25"]

    async def test_leaves_who_has_come_where_they_are(self, chairside, north, repeat):
        series = (await made(repeat()))["series"]
        for visit in series["visits"][2:]:
            await chairside.step(visit, "arrival")
        assert (await self.move(north, series)).json()["code"] == "NothingLeftInSeries"


class TestRaces:
    @pytest.mark.parametrize("round", range(12))
    async def test_a_series_and_singles_on_one_of_its_times(self, chairside, north, given, repeat, root, round):
        """All of it or nothing of it; the time they all want is one's, whoever it is."""
        bodies = [await chairside.body(8, day=15) for _ in range(32)]
        singles = [north.ask("POST", "/appointments", json=body) for body in bodies]
        asked = [north.ask("POST", "/series", json=await repeat.body())]
        place = round * 3 % 32
        answers = await asyncio.gather(*singles[:place], *asked, *singles[place:])
        series = answers.pop(place)
        said = Counter((answer.status_code, answer.json().get("code")) for answer in answers)
        lost = {(409, "TimeTaken"): 31, (201, None): 1}
        if series.status_code == 201:
            assert said == {(409, "TimeTaken"): 32}
        else:
            assert ((series.status_code, series.json()["code"]), said) == ((409, "SeriesClashes"), lost)
        root.rollback()
        [there] = root.execute("select count(*) from appointment where clinic_id = %s", [north.id]).fetchone()
        assert there == (5 if series.status_code == 201 else 1)

    @pytest.mark.parametrize("round", range(4))
    async def test_series_that_cross_each_other(self, chairside, north, given, repeat, root, round):
        """Each Tuesday's and each Wednesday's and both: of those that share a time one is booked, whole."""
        bodies = [
            await repeat.body(repeat={"weekdays": days, "times": times})
            for days, times in (([2], 5), ([3], 5), ([2, 3], 10), ([2, 4], 6), ([2], 3), ([3, 5], 8))
        ]
        answers = await asyncio.gather(*(north.ask("POST", "/series", json=body) for body in bodies))
        assert {answer.status_code for answer in answers} <= {201, 409}
        root.rollback()
        doubled = root.execute(
            "select provider_id, starts_at from appointment where clinic_id = %s group by 1, 2 having count(*) > 1", [north.id]
        ).fetchall()
        booked = sum(len(answer.json()["series"]["visits"]) for answer in answers if answer.status_code == 201)
        assert doubled == []
        assert root.execute("select count(*) from appointment where clinic_id = %s", [north.id]).fetchone() == (booked,)

    async def test_cancelling_the_rest_while_single_visits_of_it_are_cancelled_and_moved(self, chairside, north, repeat):
        for _ in range(4):
            series = (await made(repeat()))["series"]
            third, fourth, fifth = series["visits"][2:]
            later = (at(15, day=29) + timedelta(hours=1)).isoformat()
            answers = await asyncio.gather(
                north.ask("POST", f"/series/{series['id']}/cancellations", json={"number": 2, "reason": "x"}),
                chairside.step(fourth, "cancellation", {"reason": "x"}),
                chairside.step(fifth, "rescheduling", {"starts_at": later}),
                north.ask("POST", f"/series/{series['id']}/cancellations", json={"number": 3, "reason": "x"}),
                chairside.step(third, "confirmation"),
                north.ask("POST", f"/series/{series['id']}/reschedulings", json={"number": 4, "starts_at": later}),
            )
            assert {answer.status_code for answer in answers} <= {200, 201, 409}, [answer.text for answer in answers]
            left = starts((await north.ask("GET", f"/series/{series['id']}")).json())
            assert len(left) == 1
            await north.ask("POST", f"/series/{series['id']}/cancellations", json={"number": 1, "reason": "x"})
