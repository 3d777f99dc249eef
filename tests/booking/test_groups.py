"""A service that is given in groups, on the booking page: each visitor takes a seat."""

import asyncio

import pytest

from tests.booking.conftest import WHO

SEATS = 3


@pytest.fixture
async def group(page):
    providers = [{"provider_id": str(page.provider.id)}]
    body = {"name": "Class", "service_ids": [str(page.service.id)], "providers": providers, "capacity": SEATS, "public": True}
    answer = await page.clinic.ask("POST", "/calendars", json=body | {"increment": 30})
    assert answer.status_code == 201, answer.text
    return answer.json()


def somebody(number):
    return WHO | {"first_name": f"Visitor{number}", "mobile": f"+40 722 000 {number:03}"}


async def test_a_session_is_offered_until_its_seats_are_taken(page, group):
    at = await page.time()
    for number in range(SEATS):
        assert at in await page.times()
        await page.booked(at, **somebody(number))
    assert at not in await page.times()
    assert {visit["group_session_id"] for visit in await page.visits()} != {None}
    assert len({visit["group_session_id"] for visit in await page.visits()}) == 1


async def test_of_many_at_once_as_many_keep_a_seat_as_are_left(page, group):
    at = await page.time()
    await page.booked(at, **somebody(0))
    answers = await asyncio.gather(*(page.keep(at) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] * (SEATS - 1) + [409] * (8 - SEATS + 1)
    held = [answer.json() for answer in answers if answer.status_code == 201]
    booked = await asyncio.gather(*(page.book(one, **somebody(n)) for n, one in enumerate(held, start=1)))
    assert [answer.status_code for answer in booked] == [201] * (SEATS - 1)


async def test_a_request_has_its_seat_until_it_is_answered(page, group):
    await page.booked(at := await page.time(), **somebody(0))
    await page.set(needs_confirmation=True)
    made = await page.book(await page.kept(at), **somebody(1))
    assert (made.status_code, made.json()["status"]) == (201, "requested")
    [request] = (await page.clinic.ask("GET", "/booking-requests")).json()["items"]
    answer = await page.clinic.ask("POST", f"/booking-requests/{request['id']}/acceptance", json={})
    assert answer.status_code == 201, answer.text
    assert len({visit["group_session_id"] for visit in await page.visits()}) == 1


async def test_a_calendar_that_is_not_public_is_not_asked(page, group):
    await page.clinic.ask("PATCH", f"/calendars/{group['id']}", json={"public": False}, headers={"if-match": '"1"'})
    at = await page.time()
    await page.booked(at, **somebody(0))
    assert at not in await page.times()
    assert [visit["group_session_id"] for visit in await page.visits()] == [None]


async def test_a_seat_is_moved_by_link_to_another_session(page, group):
    at = await page.time()
    made = await page.booked(at, **somebody(0))
    await page.booked(at, **somebody(1))
    other = next(one for one in await page.times() if one > at)
    await page.booked(other, **somebody(2))
    token = made["link"]
    times = await page.link("GET", token, "/openings", params={"days": 14})
    assert times.status_code == 200, times.text
    assert other.isoformat().replace("+00:00", "Z") in [slot["starts_at"] for slot in times.json()["slots"]]
    moved = await page.link("POST", token, "/rescheduling", json={"starts_at": other.isoformat()})
    assert moved.status_code == 201, moved.text
    by_time = {visit["starts_at"] for visit in await page.visits()}
    assert len(by_time) == 2
