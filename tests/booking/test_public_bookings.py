"""Somebody books by themselves: a time kept, a form, a visit."""

import asyncio
from dataclasses import replace

import httpx
import pytest

from chairside.app import build, enveloped
from tests.booking.conftest import WHO, never


class TestHold:
    async def test_keeps_a_time_for_minutes_and_says_how_many(self, page):
        found = await page.kept()
        assert 295 <= found["seconds_left"] <= 300
        assert (await page.keep(await page.time())).status_code == 201

    async def test_is_refused_for_a_time_that_is_not_offered(self, page, later):
        at = await page.time()
        for other in (at.replace(hour=1), at.replace(minute=at.minute + 5)):
            answer = await page.keep(other)
            assert (answer.status_code, answer.json()["code"]) == (409, "TimeTaken")

    async def test_goes_to_one_of_many_who_want_the_same(self, page):
        at = await page.time()
        answers = await asyncio.gather(*(page.keep(at) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7

    async def test_lets_go_of_the_one_before(self, page):
        at = await page.time()
        first = await page.kept(at)
        other = next(one for one in await page.times() if one > at)
        await page.kept(other, instead_of=first["token"])
        assert at in await page.times()
        assert (await page.book(first)).status_code == 404

    async def test_is_extended_once(self, page, later):
        found = await page.kept()
        later(minutes=4)
        longer = await page.anybody("POST", f"/holds/{found['token']}/extension")
        assert (longer.status_code, longer.json()["extended"]) == (201, True)
        assert longer.json()["seconds_left"] > 290
        again = await page.anybody("POST", f"/holds/{found['token']}/extension")
        assert (again.status_code, again.json()["code"]) == (409, "HoldWasExtended")

    async def test_is_let_go_by_its_token_alone(self, page):
        at = await page.time()
        found = await page.kept(at)
        assert (await page.anybody("DELETE", f"/holds/{never()}")).status_code == 404
        assert at not in await page.times()
        assert (await page.anybody("DELETE", f"/holds/{found['token']}")).status_code == 204
        assert at in await page.times()


class TestBook:
    async def test_makes_a_visit_and_a_record_to_be_completed(self, page):
        made = await page.booked(note="Molar upper left")
        [visit] = await page.visits()
        assert (made["status"], made["starts_at"]) == ("booked", visit["starts_at"])
        assert (visit["status"], visit["notes"], visit["operatory_id"]) == (
            "scheduled",
            "Molar upper left",
            str(page.operatory.id),
        )
        [patient] = await page.patients()
        assert (patient["first_name"], patient["last_name"], patient["birth_date"]) == ("Maria", "Ionescu", None)
        assert [(one["type"], one["value"]) for one in patient["contacts"]] == [("mobile", WHO["mobile"])]
        newcomers = (await page.clinic.ask("GET", "/booking-requests/newcomers")).json()["items"]
        assert [one["patient_id"] for one in newcomers] == [patient["id"]]

    async def test_names_nobody_in_what_it_answers(self, page):
        made = await page.booked()
        assert set(made) == {"status", "starts_at", "ends_at", "provider_id", "service_id", "answer_by", "link", "request_link"}

    async def test_knows_who_was_there_before_and_does_not_say_so(self, page, given, north):
        known = await given.patient(
            north, first_name="María", last_name="IONESCU", contacts=[{"type": "mobile", "value": "0722123456"}]
        )
        first = await page.booked()
        second = await page.booked(first_name="Other")
        assert set(first) == set(second)
        visits = await page.visits()
        assert [visit["patient_id"] for visit in visits if visit["starts_at"] == first["starts_at"]] == [str(known.id)]
        assert len(await page.patients()) == 2

    async def test_takes_nobody_for_whom_only_a_name_or_a_number_speaks(self, page, given, north):
        await given.patient(north, first_name="Maria", last_name="Ionescu", contacts=[{"type": "mobile", "value": "0722000000"}])
        await given.patient(north, first_name="Ana", last_name="Ionescu", contacts=[{"type": "mobile", "value": "0722123456"}])
        await page.booked()
        assert len(await page.patients()) == 3

    async def test_does_not_tell_that_somebody_known_is_elsewhere_at_that_time(self, page, given, north):
        known = await given.patient(
            north, first_name="Maria", last_name="Ionescu", contacts=[{"type": "mobile", "value": "0722123456"}]
        )
        at = await page.time()
        await given.appointment(north, starts_at=at, patient=known)
        made = await page.booked(at)
        assert made["status"] == "booked"
        assert {visit["starts_at"] for visit in await page.visits()} == {made["starts_at"]}
        assert len(await page.patients()) == 2

    async def test_sent_twice_is_done_once_and_told_twice(self, page):
        hold = await page.kept()
        first, second = await asyncio.gather(page.book(hold), page.book(hold))
        assert first.status_code == second.status_code == 201
        assert first.json() | {"link": ""} == second.json() | {"link": ""}
        assert (await page.book(hold)).status_code == 201
        assert len(await page.visits()) == len(await page.patients()) == 1

    async def test_has_its_time_after_the_hold_ran_out_if_nobody_else_took_it(self, page, later):
        at = await page.time()
        slow, other = await page.kept(at), None
        later(minutes=6)
        assert (await page.book(slow)).status_code == 201
        at = await page.time()
        slow = await page.kept(at)
        later(minutes=12, seconds=30)
        other = await page.kept(at)
        answer = await page.book(slow)
        assert (answer.status_code, answer.json()["code"]) == (409, "TimeTaken")
        assert (await page.book(other, first_name="Other")).status_code == 201
        assert len(await page.visits()) == 2

    async def test_is_refused_long_after_the_hold_ran_out(self, page, later):
        hold = await page.kept()
        later(minutes=40)
        assert (await page.book(hold)).json()["code"] == "NoSuchHold"
        assert await page.patients() == []

    @pytest.mark.parametrize(
        "wrong",
        [{"consent": False}, {"consent": None}, {"mobile": "none"}, {"first_name": " "}, {"last_name": ""}, {"patient_id": "x"}, {"note": "x" * 501}],
    )  # fmt: skip
    async def test_refuses_what_is_no_answer_to_the_form_and_writes_nothing(self, page, wrong):
        hold = await page.kept()
        answer = await page.book(hold, **wrong)
        assert answer.status_code == 422
        assert await page.patients() == await page.visits() == []

    async def test_knows_no_token_of_another_clinic(self, page, south):
        hold = await page.kept()
        body = {"hold": hold["token"], **WHO}
        assert (await page.clinic.http.post(f"/public/clinics/{south.slug}/bookings", json=body)).status_code == 404
        await south.ask("PUT", "/booking-page", json={"open": True})
        answer = await page.clinic.http.post(f"/public/clinics/{south.slug}/bookings", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchHold")

    async def test_is_no_way_in_for_whoever_works_there(self, page):
        """A session opens nothing more here."""
        await page.booked()
        assert (await page.anybody("GET", "/../clinics/" + page.clinic.slug + "/patients")).status_code in (401, 404)


class TestWaitlist:
    async def test_takes_whoever_finds_no_time_once(self, page):
        body = {"service_id": str(page.service.id), "parts": ["morning"], **WHO}
        for _ in range(2):
            answer = await page.anybody("POST", "/waitlist", json=body)
            assert (answer.status_code, answer.json()) == (201, {"status": "waiting"})
        [entry] = (await page.clinic.ask("GET", "/waitlist")).json()["items"]
        assert (entry["patient"]["last_name"], entry["parts"]) == ("Ionescu", ["morning"])
        assert len(await page.patients()) == 1

    async def test_is_refused_for_what_is_not_offered(self, page, given, north):
        other = await given.service(north, name="Implant", code="IMP")
        answer = await page.anybody("POST", "/waitlist", json={"service_id": str(other.id), **WHO})
        assert (answer.status_code, await page.patients()) == (404, [])


class TestLimits:
    async def test_let_little_at_a_time_through_from_one_address(self, page, settings, pool):
        few = build(replace(settings, bookings_per_address=2))
        few.state.pool = pool
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(enveloped(few)), base_url="http://chairside.test/api/v1"
        ) as client:
            page.clinic.http, whole = client, page.clinic.http
            told = [(await page.anybody("POST", "/bookings", json={"hold": never(), **WHO})).status_code for _ in range(3)]
            kept = [(await page.keep(await page.time())).status_code for _ in range(5)]
            page.clinic.http = whole
        assert told == [404, 404, 429]
        assert kept == [201] * 4 + [429]

    async def test_end_where_the_clinic_has_as_many_times_kept_as_it_may(self, page, monkeypatch):
        from chairside.scheduling.actions import holds

        monkeypatch.setattr(holds, "MOST", 2)
        at = await page.times()
        first, second, third = at[0], at[4], at[8]
        await page.kept(first)
        await page.kept(second)
        answer = await page.keep(third)
        assert (answer.status_code, answer.json()["code"]) == (429, "PageIsBusy")
