"""A service whose calendar is public is booked on the page as its calendar says."""

import asyncio
from datetime import datetime, timedelta

import pytest

from chairside.kernel import clock
from tests.booking.conftest import WHO


async def calendar(page, **more):
    providers = [{"provider_id": str(page.provider.id)}]
    body = {"name": "Implant", "service_ids": [str(page.service.id)], "providers": providers, "public": True, **more}
    answer = await page.clinic.ask("POST", "/calendars", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_no_time_is_offered_at_which_somebody_it_needs_is_busy(page, given):
    nurse = await given.provider(page.clinic)
    await calendar(page, requires=[{"any_of": [str(nurse.id)]}])
    at = await page.time()
    patient = await given.patient(page.clinic)
    body = {"patient_id": str(patient.id), "provider_id": str(nurse.id), "service_id": str(page.service.id)}
    room = await given.operatory(page.clinic)
    taken = await page.clinic.ask(
        "POST", "/appointments", json=body | {"operatory_id": str(room.id), "starts_at": at.isoformat()}
    )
    assert taken.status_code == 201, taken.text
    assert at not in await page.times()
    assert (await page.keep(at)).json()["code"] == "TimeTaken"


async def test_what_it_needs_is_booked_along_and_of_two_at_once_one_has_it(page, given):
    nurse, other = await given.provider(page.clinic), await given.provider(page.clinic)
    services = [{"service_id": str(page.service.id), "provider_ids": [str(page.provider.id), str(other.id)]}]
    await page.set(services=services)
    providers = [{"provider_id": str(page.provider.id)}, {"provider_id": str(other.id)}]
    await given.operatory(page.clinic)
    await calendar(page, requires=[{"any_of": [str(nurse.id)]}], providers=providers)
    at = await page.time()
    first, second = await page.keep(at), await page.keep(at)
    assert first.status_code == 201
    holds = [one.json() for one in (first, second) if one.status_code == 201]
    made = await asyncio.gather(
        *(page.book(one, **WHO | {"first_name": f"N{n}", "mobile": f"+40 722 000 {n:03}"}) for n, one in enumerate(holds))
    )
    assert sorted(one.status_code for one in made) == [201] + [409] * (len(holds) - 1)
    [visit] = await page.visits()
    assert at not in await page.times()
    assert visit["calendar_id"]
    assert len(await page.patients()) == 1, "who had no time left no record"


@pytest.fixture
async def nurse(page, given):
    nurse = await given.provider(page.clinic)
    await calendar(page, requires=[{"any_of": [str(nurse.id)], "to": 10}], buffer_after=10)
    return nurse


@pytest.fixture
async def takes(page, given, nurse):
    """Whether the desk could book the nurse so many minutes after a time."""
    room = await given.operatory(page.clinic)

    async def takes_(at, minutes=0):
        body = {
            "patient_id": str((await given.patient(page.clinic)).id), "provider_id": str(nurse.id), "duration_minutes": 5,
            "operatory_id": str(room.id), "starts_at": (at + timedelta(minutes=minutes)).isoformat(),
        }  # fmt: skip
        answer = await page.clinic.ask("POST", "/appointments", json=body)
        if answer.status_code == 201:
            await page.clinic.ask("POST", f"/appointments/{answer.json()['id']}/cancellation", json={"reason": "Ill"})
        return answer.status_code == 201

    return takes_


async def test_a_hold_keeps_all_that_the_visit_needs_for_as_long_as_it_needs_it(page, takes, later):
    at = await page.time()
    hold = await page.kept(at)
    assert not await takes(at)
    assert not await takes(at, 5)
    assert await takes(at, 10), "after its part"
    later(minutes=4)
    await page.anybody("POST", f"/holds/{hold['token']}/extension")
    later(minutes=6)
    assert not await takes(at)
    later(minutes=20)
    assert await takes(at), "it has run out"


async def test_a_hold_that_is_released_gives_all_of_it_back(page, takes):
    at = await page.time()
    hold = await page.kept(at)
    assert (await page.anybody("DELETE", f"/holds/{hold['token']}")).status_code == 204
    assert await takes(at)
    assert (await page.keep(at)).status_code == 201


async def test_what_a_hold_keeps_is_what_the_visit_has(page, takes, nurse):
    at = await page.time()
    await page.booked(at)
    [visit] = await page.visits()
    assert [one["resource_id"] for one in visit["also"]] == [str(nurse.id)]
    assert not await takes(at)
    assert await takes(at, 10)


async def test_a_request_keeps_all_of_it_until_it_is_answered(page, takes):
    await page.set(needs_confirmation=True)
    at = await page.time()
    assert (await page.book(await page.kept(at))).json()["status"] == "requested"
    assert not await takes(at)


class TestMovedByItsLink:
    @pytest.fixture
    async def link(self, page):
        async def link_() -> str:
            return (await page.booked(await page.time()))["link"]

        return link_

    async def times(self, page, token):
        answer = await page.link("GET", token, "/openings", params={"days": 14})
        return [datetime.fromisoformat(slot["starts_at"]) for slot in answer.json()["slots"]]

    async def move(self, page, token, at):
        return await page.link("POST", token, "/rescheduling", json={"starts_at": at.isoformat()})

    async def test_a_visit_goes_to_times_at_which_all_that_it_needs_is_free(self, page, given, nurse, link):
        token = await link()
        at = (await self.times(page, token))[-1]
        other = await given.appointment(page.clinic, starts_at=at, duration_minutes=5, provider=nurse)
        assert at not in await self.times(page, token)
        assert (await self.move(page, token, at)).json()["code"] == "TimeTaken"
        await page.clinic.ask("POST", f"/appointments/{other.id}/cancellation", json={"reason": "Ill"})
        assert (await self.move(page, token, at)).status_code == 201
        [visit] = [one for one in await page.visits() if one["calendar_id"] and one["status"] == "scheduled"]
        assert (visit["starts_at"], visit["also"][0]["resource_id"]) == (f"{at:%Y-%m-%dT%H:%M:%SZ}", str(nurse.id))

    async def test_a_visit_by_video_still_takes_no_operatory(self, page, link):
        await calendar(page, modality="video")
        token = await link()
        assert (await self.move(page, token, (await self.times(page, token))[-1])).status_code == 201
        assert [visit["operatory_id"] for visit in await page.visits()] == [None]

    async def test_a_visit_whose_calendar_is_archived_goes_to_times_of_its_provider(self, page, nurse, link):
        token = await link()
        [made] = (await page.clinic.ask("GET", "/calendars")).json()["items"]
        gone = await page.clinic.ask("PATCH", f"/calendars/{made['id']}", json={"active": False}, version=made["version"])
        assert gone.status_code == 200, gone.text
        assert (await self.move(page, token, (await self.times(page, token))[-1])).status_code == 201


async def test_a_days_limit_and_its_notice_hold(page):
    await calendar(page, per_day_limit=1, min_notice=4 * 24 * 60)
    times = await page.times()
    assert times and times[0] > clock.now() + timedelta(days=4) - timedelta(minutes=1)
    await page.booked(times[0])
    assert times[0].date() not in {one.date() for one in await page.times()}


@pytest.mark.parametrize("capacity", [1, 3])
async def test_a_time_that_was_shown_and_held_is_booked_though_the_notice_has_begun_meanwhile(page, later, capacity):
    await calendar(page, min_notice=4 * 24 * 60, capacity=capacity)
    at = (await page.times())[0]
    until = (at - clock.now() - timedelta(days=4)).total_seconds()
    later(seconds=until + 9 * 60)
    assert at not in await page.times()
    hold = await page.kept(at)
    later(seconds=until + 13 * 60)
    assert (await page.keep(at)).status_code == 409
    made = await page.book(hold)
    assert made.status_code == 201, made.text


async def test_a_visit_by_video_needs_no_operatory(page):
    await calendar(page, modality="video")
    await page.booked(await page.time())
    assert [visit["operatory_id"] for visit in await page.visits()] == [None]


async def test_a_request_has_its_time_until_it_is_answered(page, given):
    nurse = await given.provider(page.clinic)
    places = {"any_of": [str(page.operatory.id)]}
    await calendar(page, requires=[places, {"any_of": [str(nurse.id)], "to": 10}])
    await page.set(needs_confirmation=True)
    made = await page.book(await page.kept())
    assert (made.status_code, made.json()["status"]) == (201, "requested")
    [request] = (await page.clinic.ask("GET", "/booking-requests")).json()["items"]
    answer = await page.clinic.ask("POST", f"/booking-requests/{request['id']}/acceptance", json={})
    assert answer.status_code == 201, answer.text
    assert [visit["operatory_id"] for visit in await page.visits()] == [str(page.operatory.id)]
