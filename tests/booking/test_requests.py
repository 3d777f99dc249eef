"""Where the clinic wants to say yes first: the time waits, and so does whoever asked."""

import asyncio
from datetime import datetime

import pytest

from tests.booking.conftest import WHO


@pytest.fixture
async def asking(page):
    await page.set(needs_confirmation=True, answer_hours=24)
    return page


async def requested(page, **more):
    made = await page.booked(await page.time(), **more)
    assert (made["status"], made["link"]) == ("requested", None)
    items = (await page.clinic.ask("GET", "/booking-requests")).json()["items"]
    return next(one for one in items if one["starts_at"] == made["starts_at"])


async def answer(page, request, what, body=None, **more):
    return await page.clinic.ask("POST", f"/booking-requests/{request['id']}/{what}", json=body or {}, **more)


class TestRequest:
    async def test_keeps_the_time_and_makes_no_record_of_anybody(self, asking):
        at = await asking.time()
        request = await requested(asking)
        assert (request["first_name"], request["mobile"], request["lapsed"]) == ("Maria", WHO["mobile"], False)
        assert at not in await asking.times()
        assert await asking.visits() == await asking.patients() == []

    async def test_sent_twice_is_one(self, asking):
        hold = await asking.kept()
        first, second = await asyncio.gather(asking.book(hold), asking.book(hold))
        assert (first.status_code, second.status_code, first.json()) == (201, 201, second.json())
        assert len((await asking.clinic.ask("GET", "/booking-requests")).json()["items"]) == 1

    async def test_lapses_and_gives_the_time_back(self, asking, later):
        at = await asking.time()
        await requested(asking)
        later(hours=23)
        assert at not in await asking.times()
        later(hours=25)
        assert at in await asking.times()
        [request] = (await asking.clinic.ask("GET", "/booking-requests")).json()["items"]
        assert request["lapsed"]

    async def test_is_had_after_the_hold_ran_out_if_the_time_is_free(self, asking, later):
        hold = await asking.kept()
        later(minutes=6)
        assert (await asking.book(hold)).json()["status"] == "requested"

    async def test_does_not_count_among_the_times_that_are_being_chosen(self, asking, monkeypatch):
        from chairside.scheduling.actions import holds

        monkeypatch.setattr(holds, "MOST", 1)
        for _ in range(3):
            await requested(asking)


class TestAccept:
    async def test_books_the_visit_for_a_new_patient(self, asking):
        request = await requested(asking, note="Molar")
        done = await answer(asking, request, "acceptance", version=request["version"])
        assert (done.status_code, done.json()["status"]) == (201, "accepted")
        assert done.json()["mobile"] is done.json()["first_name"] is None
        [visit] = await asking.visits()
        assert (visit["id"], visit["starts_at"], visit["notes"]) == (done.json()["appointment_id"], request["starts_at"], "Molar")
        assert [one["last_name"] for one in await asking.patients()] == ["Ionescu"]

    async def test_books_it_for_whoever_is_named_or_known(self, asking, given, north):
        known = await given.patient(
            north, first_name="Maria", last_name="Ionescu", contacts=[{"type": "mobile", "value": "0722123456"}]
        )
        named = await given.patient(north, first_name="Other")
        await answer(asking, await requested(asking), "acceptance")
        await answer(asking, await requested(asking), "acceptance", {"patient_id": str(named.id)})
        assert sorted(visit["patient_id"] for visit in await asking.visits()) == sorted([str(known.id), str(named.id)])

    async def test_books_it_for_a_new_one_where_that_is_said_though_somebody_is_known_by_that_name(self, asking, given, north):
        known = await given.patient(
            north, first_name="Maria", last_name="Ionescu", contacts=[{"type": "mobile", "value": "0722123456"}]
        )
        done = await answer(asking, await requested(asking), "acceptance", {"as_new": True})
        assert done.status_code == 201, done.text
        [visit] = await asking.visits()
        assert visit["patient_id"] != str(known.id)
        assert [one["last_name"] for one in await asking.patients()].count("Ionescu") == 2

    async def test_is_done_once(self, asking):
        request = await requested(asking)
        told = await asyncio.gather(*(answer(asking, request, "acceptance") for _ in range(3)))
        assert sorted(one.status_code for one in told) == [201, 409, 409]
        assert len(await asking.visits()) == 1

    async def test_of_one_that_lapsed_has_the_time_if_it_is_free(self, asking, later, given, north):
        first = await requested(asking)
        second = await requested(asking)
        later(hours=25)
        assert (await answer(asking, first, "acceptance")).status_code == 201
        await given.appointment(north, starts_at=datetime.fromisoformat(second["starts_at"]), provider=asking.provider)
        late = await answer(asking, second, "acceptance")
        assert (late.status_code, late.json()["code"]) == (409, "TimeTaken")


class TestDecline:
    async def test_forgets_who_asked_after_a_while(self, asking, later, root):
        names = "select first_name, last_name, mobile, note from public_booking where clinic_id = %s and status = 'declined'"
        await answer(asking, await requested(asking, note="x"), "refusal")
        later(days=60)
        await asking.kept()
        assert root.execute(names, [asking.clinic.id]).fetchone() == ("Maria", "Ionescu", WHO["mobile"], "x")
        later(days=150)
        await asking.kept()
        assert root.execute(names, [asking.clinic.id]).fetchone() == (None, None, None, None)

    async def test_gives_the_time_back_and_remembers_who_asked(self, asking):
        at = await asking.time()
        request = await requested(asking)
        done = await answer(asking, request, "refusal", {"reason": "Fully booked"})
        assert (done.status_code, done.json()["status"], done.json()["first_name"]) == (201, "declined", "Maria")
        assert at in await asking.times()
        assert (await answer(asking, request, "acceptance")).json()["code"] == "RequestIsAnswered"

    async def test_is_of_ones_own_clinic(self, asking, south):
        request = await requested(asking)
        for what in ("acceptance", "refusal"):
            there = await south.ask("POST", f"/booking-requests/{request['id']}/{what}", json={})
            assert there.status_code == 404
        assert (await south.ask("GET", "/booking-requests")).json()["items"] == []
