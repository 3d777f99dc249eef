"""A service whose calendar is public is booked on the page as its calendar says."""

import asyncio
from datetime import timedelta

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
