"""Somebody books for their child: the visit is the child's, and whoever booked acts for them."""

from datetime import timedelta

import pytest

from chairside import messaging
from chairside.kernel import clock
from chairside.messaging import phones
from tests.booking.conftest import WHO

LUCA = {"first_name": "Luca", "last_name": "Ionescu"}


async def proxies(page, patient):
    return (await page.clinic.ask("GET", f"/patients/{patient}/proxies")).json()["items"]


async def whose(page):
    return [visit["patient_id"] for visit in await page.visits()]


async def accept(page, body=None):
    [request] = (await page.clinic.ask("GET", "/booking-requests")).json()["items"]
    done = await page.clinic.ask("POST", f"/booking-requests/{request['id']}/acceptance", json=body or {})
    assert done.status_code == 201, done.text
    return request, done.json()


def years_ago(years):
    return (clock.now() - timedelta(days=365.25 * years)).date().isoformat()


class TestForAChild:
    async def test_makes_the_childs_record_with_whoever_booked_as_who_acts_for_them(self, page):
        await page.booked(child=LUCA)
        [child] = await page.patients()
        assert (child["first_name"], child["contacts"]) == ("Luca", [])
        assert await whose(page) == [child["id"]]
        [proxy] = await proxies(page, child["id"])
        assert (proxy["name"], proxy["phone"], proxy["holder_id"]) == ("Maria Ionescu", WHO["mobile"], None)
        assert (proxy["relationship"], sorted(proxy["scopes"]), proxy["ends_at_majority"]) == (
            "parent",
            ["message", "schedule"],
            True,
        )

    async def test_names_the_parent_who_is_a_patient_here(self, page, given, north):
        parent = await given.patient(
            north, first_name="Maria", last_name="Ionescu", contacts=[{"type": "mobile", "value": "0722123456"}]
        )
        await page.booked(child=LUCA)
        [child] = await whose(page)
        assert child != str(parent.id)
        [proxy] = await proxies(page, child)
        assert (proxy["holder_id"], proxy["phone"]) == (str(parent.id), None)

    async def test_knows_the_child_again_by_the_number_of_whoever_acts_for_them(self, page):
        at = await page.time()
        for day in range(2):
            await page.booked(next(one for one in await page.times() if one > at + timedelta(days=day)), child=LUCA)
        assert len(await whose(page)) == 2 and len(set(await whose(page))) == 1
        assert len(await proxies(page, (await whose(page))[0])) == 1

    async def test_does_not_make_a_stranger_act_for_a_child_who_is_known(self, page, given, north):
        luca = await given.patient(north, first_name="Luca", last_name="Ionescu", contacts=[])
        await page.booked(child=LUCA)
        assert str(luca.id) not in await whose(page)
        assert await proxies(page, luca.id) == []

    async def test_is_told_the_same_whether_the_child_is_known(self, page):
        first, again = [await page.booked(at, child=LUCA) for at in (await page.times())[-1:-6:-4]]
        same = ("status", "provider_id", "service_id", "answer_by")
        assert [first[name] for name in same] == [again[name] for name in same] and first.keys() == again.keys()

    async def test_reminders_go_to_whoever_booked(self, page, north, root):
        before = dict(phones._CHOSEN)
        phones._CHOSEN["phone"] = phones.Simulated("unused")
        try:
            await page.booked(child=LUCA)
            [child] = await whose(page)
            async with north.op(now=clock.now().replace(hour=10)) as op:
                way = await messaging.reach(op, patient_id=child)
        finally:
            phones._CHOSEN.update(before)
        assert isinstance(way, messaging.Way)
        assert way.address == "+40722123456"


class TestBirthDate:
    async def test_is_asked_where_the_clinic_asks(self, page):
        await page.set(asks_birth_date=True)
        assert (await page.anybody("GET")).json()["asks_birth_date"]
        hold = await page.kept()
        refused = await page.book(hold, child=LUCA)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/child/birth_date")
        made = await page.book(hold, child=LUCA | {"birth_date": years_ago(6)})
        assert made.status_code == 201
        assert [one["birth_date"] for one in await page.patients()] == [years_ago(6)]

    async def test_is_of_a_child(self, page):
        hold = await page.kept()
        for day in (years_ago(40), years_ago(-1), "1200-01-01"):
            refused = await page.book(hold, child=LUCA | {"birth_date": day})
            assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/child/birth_date")
        assert await page.patients() == []


class TestRequest:
    @pytest.fixture(autouse=True)
    async def asking(self, page):
        await page.set(needs_confirmation=True)

    async def test_says_for_whom_and_forgets_it_when_it_is_answered(self, page):
        await page.booked(child=LUCA | {"birth_date": years_ago(6)})
        request, done = await accept(page)
        assert (request["first_name"], request["child_first_name"], request["child_birth_date"]) == (
            "Maria",
            "Luca",
            years_ago(6),
        )
        assert done["child_first_name"] is done["child_birth_date"] is None
        [child] = await page.patients()
        assert child["first_name"] == "Luca"
        assert [one["phone"] for one in await proxies(page, child["id"])] == [WHO["mobile"]]

    async def test_accepted_for_a_child_of_the_register_changes_nothing_in_their_record(self, page, given, north):
        luca = await given.patient(north, first_name="Luca", last_name="Ionescu", contacts=[])
        await page.booked(child=LUCA)
        await accept(page, {"patient_id": str(luca.id)})
        assert await whose(page) == [str(luca.id)]
        assert await proxies(page, luca.id) == []

    async def test_may_be_a_new_one_though_a_child_like_that_is_known(self, page):
        await page.set(needs_confirmation=False)
        await page.booked(child=LUCA)
        await page.set(needs_confirmation=True)
        await page.booked((await page.times())[-1], child=LUCA)
        await accept(page, {"as_new": True})
        assert len(set(await whose(page))) == 2


class TestWaitlist:
    async def test_is_the_childs(self, page):
        body = {"service_id": str(page.service.id), **WHO, "child": LUCA}
        for _ in range(2):
            assert (await page.anybody("POST", "/waitlist", json=body)).status_code == 201
        [entry] = (await page.clinic.ask("GET", "/waitlist")).json()["items"]
        assert entry["patient"]["first_name"] == "Luca"
