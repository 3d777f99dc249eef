"""Visits that are booked by a calendar: who takes them, where, and with what else."""

import asyncio
from collections import Counter
from uuid import uuid4

import pytest

from chairside.scheduling.rules import availability
from chairside.scheduling.rules.availability import Resource
from tests.scheduling.conftest import at
from tests.scheduling.test_calendars import made

WEEK = {"weekly": {str(day): [["00:00", "24:00"]] for day in range(1, 8)}}


async def several(chairside, given, many=3):
    await chairside.clinic.ask("PUT", "/hours", json=WEEK)
    others = [str((await given.provider(chairside.clinic)).id) for _ in range(many - 1)]
    return [str(chairside.provider.id), *others]


def asked(ids, *priorities):
    return [{"provider_id": id, "priority": priority} for id, priority in zip(ids, priorities or [1] * len(ids), strict=True)]


async def book(chairside, calendar, hour=9, **more):
    more = {"operatory_id": None, "provider_id": None, "service_id": None, **more}
    return await chairside.book(hour, calendar_id=calendar["id"], **more)


def also_of(visit):
    return [one["resource_id"] for one in visit["also"]]


async def booked(chairside, calendar, hour=9, **more):
    answer = await book(chairside, calendar, hour, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


class TestTurns:
    def test_of_always_free_providers_ten_thousand_visits_differ_by_one_at_most(self):
        free, counts = {id: Resource(id) for id in "abcdefg"}, Counter()
        for number in range(10_000):
            one = availability.assigned("round_robin", list(free.values()))
            counts[one.id] += 1
            free[one.id] = one._replace(last_booked=f"{number:06}", booked=one.booked + 1)
            assert max(counts.values()) - min(counts[id] for id in free) <= 1
        assert sum(counts.values()) == 10_000

    def test_ties_go_to_who_was_booked_least(self):
        one, two = Resource("one", last_booked="1", booked=2), Resource("two", last_booked="1", booked=1)
        assert availability.assigned("round_robin", [one, two]).id == "two"

    async def test_of_two_hundred_real_visits_differ_by_one_at_most(self, chairside, given):
        ids = await several(chairside, given)
        calendar = await made(chairside, providers=asked(ids), strategy="round_robin", modality="phone")
        visits = [
            await booked(chairside, calendar, hour, day=day, duration_minutes=15)
            for day in range(3)
            for hour in [n / 4 for n in range(4, 71)]
        ]
        counts = Counter(visit["provider_id"] for visit in visits[:200])
        assert set(counts) == set(ids) and max(counts.values()) - min(counts.values()) <= 1
        assert {visit["operatory_id"] for visit in visits} == {None}

    async def test_are_taken_one_after_the_other_when_many_book_at_once(self, chairside, given):
        ids = await several(chairside, given, 4)
        calendar = await made(chairside, providers=asked(ids), strategy="round_robin", modality="phone")
        answers = await asyncio.gather(*(book(chairside, calendar) for _ in range(6)))
        found = [answer.json() for answer in answers]
        assert sorted(one["provider_id"] for one in found if "provider_id" in one) == sorted(ids)
        assert [one["code"] for one in found if "code" in one] == ["NobodyIsFree"] * 2

    async def test_pass_over_who_is_not_free(self, chairside, given):
        ids = await several(chairside, given, 2)
        calendar = await made(chairside, providers=asked(ids), strategy="round_robin")
        await chairside.booked(9, operatory_id=None)
        assert (await booked(chairside, calendar))["provider_id"] == ids[1]
        assert (await booked(chairside, calendar, 10))["provider_id"] == ids[0]
        answer = await book(chairside, calendar, 9)
        assert (answer.status_code, answer.json()["code"]) == (409, "NobodyIsFree")

    async def test_go_by_priority_where_the_calendar_does(self, chairside, given):
        ids = await several(chairside, given)
        calendar = await made(chairside, providers=asked(ids, 2, 3, 1), strategy="priority")
        visits = [await booked(chairside, calendar) for _ in range(3)]
        assert [visit["provider_id"] for visit in visits] == [ids[2], ids[0], ids[1]]


class TestWhatItTakes:
    async def test_is_everybody_of_a_collective_calendar(self, chairside, given):
        ids = await several(chairside, given, 2)
        calendar = await made(chairside, providers=asked(ids), strategy="collective")
        visit = await booked(chairside, calendar)
        assert visit["provider_id"] == ids[0] and visit["calendar_id"] == calendar["id"]
        assert visit["also"] == [{"resource_id": ids[1], "from": 0, "to": None}]
        assert (await chairside.get(visit))["also"] == visit["also"]
        taken = await chairside.book(9, provider_id=ids[1], operatory_id=None)
        assert (taken.status_code, taken.json()["code"], taken.json()["facts"]["resource"]) == (409, "TimeTaken", "provider")

    async def test_is_a_free_chair_and_an_assistant_for_their_part(self, chairside, given, north):
        await several(chairside, given, 1)
        assistants = [str((await given.provider(north)).id) for _ in range(2)]
        rooms = [str(chairside.operatory.id), str((await given.operatory(north)).id)]
        requires = [{"any_of": rooms}, {"any_of": assistants, "from": 0, "to": 15}]
        calendar = await made(chairside, providers=asked([str(chairside.provider.id)]), requires=requires)
        other = await given.provider(north)
        await chairside.booked(9, provider_id=str(other.id))
        await chairside.booked(9, provider_id=assistants[0], operatory_id=None)
        visit = await booked(chairside, calendar)
        assert visit["operatory_id"] == rooms[1] and visit["also"] == [{"resource_id": assistants[1], "from": 0, "to": 15}]
        [taken] = (await north.ask("GET", "/schedule", params={"date": "2027-03-01"})).json()["taken"]
        assert (taken["provider_id"], taken["operatory_id"], taken["reason"]) == (assistants[1], None, None)
        assert (taken["starts_at"], taken["ends_at"]) == ("2027-03-01T09:00:00Z", "2027-03-01T09:15:00Z")
        assert (await chairside.book(9, provider_id=assistants[1], operatory_id=None)).status_code == 409
        assert (await chairside.book(9.25, provider_id=assistants[1], operatory_id=None)).status_code == 201

    async def test_is_nothing_of_anybody_else_for_those_who_book_their_own(self, chairside, given, ask_with):
        ids = await several(chairside, given, 2)
        calendar = await made(chairside, providers=asked(ids), strategy="collective")
        body = await chairside.body(9, calendar_id=calendar["id"], provider_id=None, operatory_id=None)
        answer = await ask_with("scheduling.book_own", "POST", "/appointments", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "NotOwnSchedule")
        body["calendar_id"] = (await made(chairside, name="One", providers=asked(ids[:1])))["id"]
        answer = await ask_with("scheduling.book_own", "POST", "/appointments", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "NotOwnSchedule")

    async def test_comes_along_when_it_is_moved_and_is_let_go_when_cancelled_and_had_again(self, chairside, given, north):
        ids = await several(chairside, given, 2)
        calendar = await made(chairside, providers=asked(ids), strategy="collective")
        visit = await booked(chairside, calendar)
        moving = {"starts_at": at(11).isoformat()}
        moved = await north.ask("POST", f"/appointments/{visit['id']}/rescheduling", json=moving)
        assert moved.status_code == 201, moved.text
        await chairside.booked(9, provider_id=ids[1], operatory_id=None)
        assert (await chairside.book(11, provider_id=ids[1], operatory_id=None)).status_code == 409
        await chairside.step(visit, "cancellation", {"reason": "Ill"})
        stand_in = await chairside.booked(11, provider_id=ids[1], operatory_id=None)
        refused = await chairside.undo(visit, "cancellation")
        assert (refused.status_code, refused.json()["code"]) == (409, "TimeTaken")
        await chairside.step(stand_in, "cancellation", {"reason": "Ill"})
        assert (await chairside.undo(visit, "cancellation")).status_code == 200
        assert (await chairside.book(11, provider_id=ids[1], operatory_id=None)).status_code == 409

    async def test_takes_what_it_has_along_when_moved_or_another_of_its_kind_that_is_free(self, chairside, given, north):
        one, first, second = await several(chairside, given)
        nurses = {"any_of": [first, second]}
        calendar = await made(chairside, requires=[nurses], providers=asked([one]))
        visit = await booked(chairside, calendar)
        assert also_of(visit) == [first]

        async def moved(hour):
            moving = {"starts_at": at(hour).isoformat()}
            return await north.ask("POST", f"/appointments/{visit['id']}/rescheduling", json=moving)

        await chairside.booked(10, provider_id=second, operatory_id=None)
        assert also_of((await moved(9.25)).json()) == [first]
        await chairside.booked(11, provider_id=first, operatory_id=None)
        found = (await moved(11)).json()
        assert also_of(found) == [second]
        assert also_of((await north.ask("GET", f"/appointments/{visit['id']}")).json()) == [second]
        assert (await chairside.book(11, provider_id=second, operatory_id=None)).status_code == 409
        assert (await chairside.book(9.25, provider_id=first, operatory_id=None)).status_code == 201
        assert also_of((await moved(13)).json()) == [second], "what it has stays while it is free"
        await chairside.booked(15, provider_id=first, operatory_id=None)
        await chairside.booked(15, provider_id=second, operatory_id=None)
        refused = await moved(15)
        assert (refused.status_code, refused.json()["code"]) == (409, "TimeTaken")

    async def test_is_ones_own_hold_and_the_buffers_of_the_calendar(self, chairside, given, north):
        await several(chairside, given, 1)
        calendar = await made(chairside, buffer_after=30, modality="phone")
        held = await north.ask("POST", "/holds", json=(body := {
            "provider_id": str(chairside.provider.id), "starts_at": at(9).isoformat(), "service_id": str(chairside.service.id),
        }))  # fmt: skip
        assert held.status_code == 201 and body
        assert (await book(chairside, calendar)).json()["code"] == "NobodyIsFree"
        await booked(chairside, calendar, hold_id=held.json()["id"])
        assert (await chairside.book(9.75)).status_code == 409
        assert (await chairside.book(10)).status_code == 201

    @pytest.mark.parametrize(
        "wrong", [{"overbooking_reason": "Pain"}, {"items": [{"service_id": "service", "quantity": 2}]}]
    )  # fmt: skip
    async def test_is_never_over_others_and_as_long_as_is_said(self, chairside, wrong):
        calendar = await made(chairside)
        if "items" in wrong:
            wrong["items"][0]["service_id"] = str(chairside.service.id)
        assert (await book(chairside, calendar, **wrong)).status_code == 422

    async def test_is_nothing_at_a_time_that_is_not_offered(self, chairside, given, north):
        await several(chairside, given, 1)
        calendar = await made(chairside, min_notice=60 * 24 * 300)
        for hour in (9, 9.1):
            assert (await book(chairside, calendar, hour)).json()["code"] == "NobodyIsFree"
        body = {"provider_id": str(chairside.provider.id), "service_id": str(chairside.service.id)}
        elsewhere = (await north.ask("POST", "/holds", json={**body, "starts_at": at(14).isoformat()})).json()["id"]
        for hold_id in (elsewhere, str(uuid4())):  # a hold of another time, or none, is no promise of this one
            assert (await book(chairside, calendar, 9, hold_id=hold_id)).json()["code"] == "NobodyIsFree"
        found = await north.ask("GET", "/appointments", params={"from": "2027-03-01", "to": "2027-03-02"})
        assert found.json()["items"] == []
