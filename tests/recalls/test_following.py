"""Recalls follow the visits, and come back with what is undone."""

import asyncio
from datetime import date, timedelta

import pytest

from tests.recalls.conftest import now
from tests.recalls.test_recalls import today


@pytest.fixture
async def recall(desk):
    """Long due, on a day that somebody chose."""
    return await desk.recall(due_on=today(-30))


def state(recall):
    return recall["status"], recall["due_on"], recall["previous_on"], recall["appointment"] and recall["appointment"]["id"]


class TestABooking:
    async def test_for_it_marks_it_booked(self, desk, recall):
        visit = await desk.visit(recall["patient"]["id"])
        after = await desk.get(recall)
        assert state(after) == ("booked", recall["due_on"], None, visit["id"])
        assert after["appointment"]["starts_at"] == visit["starts_at"]

    async def test_for_something_else_does_not(self, desk, recall, given, north):
        crown = await given.service(north, name="Crown")
        visit = await desk.visit(recall["patient"]["id"], service=crown)
        assert state(await desk.get(recall)) == state(recall)
        items = [{"service_id": str(crown.id)}, {"service_id": str(desk.service.id)}]
        answer = await north.ask("PATCH", f"/appointments/{visit['id']}", json={"items": items}, version=visit["version"])
        assert answer.status_code == 200
        assert (await desk.get(recall))["status"] == "booked"

    async def test_of_somebody_else_does_not(self, desk, recall, given, north):
        await desk.visit(str((await given.patient(north)).id))
        assert state(await desk.get(recall)) == state(recall)

    @pytest.mark.parametrize("step, body", [("cancellation", {"reason": "Ill"}), ("no-show", {})])
    async def test_that_comes_to_nothing_makes_it_due_again_and_back(self, desk, recall, step, body):
        visit = await desk.visit(recall["patient"]["id"])
        booked = await desk.get(recall)
        await desk.step(visit, step, body)
        assert state(await desk.get(recall)) == state(recall)
        await desk.step(visit, step, method="DELETE")
        assert state(await desk.get(recall)) == state(booked)

    async def test_of_two_the_next_one_counts(self, desk, recall):
        later = await desk.visit(recall["patient"]["id"], days=20)
        sooner = await desk.visit(recall["patient"]["id"], days=10)
        assert (await desk.get(recall))["appointment"]["id"] == sooner["id"]
        await desk.step(sooner, "cancellation", {"reason": "x"})
        assert (await desk.get(recall))["appointment"]["id"] == later["id"]

    async def test_that_passed_unsaid_makes_it_due_again(self, desk, recall, north):
        from chairside import recalls

        await desk.visit(recall["patient"]["id"], days=5)
        async with north.op(now=now() + timedelta(days=9)) as op:
            assert (await recalls.get(op, recall_id=recall["id"])).status == "due"

    async def test_moved_into_the_past_is_none(self, desk, recall, north):
        visit = await desk.visit(recall["patient"]["id"])
        past = (now() - timedelta(days=3)).isoformat()
        answer = await north.ask("POST", f"/appointments/{visit['id']}/rescheduling", json={"starts_at": past})
        assert answer.status_code == 201
        assert state(await desk.get(recall)) == state(recall)


class TestACompletion:
    async def test_moves_it_on_and_its_undoing_brings_it_back(self, desk, recall):
        visit = await desk.visit(recall["patient"]["id"], days=0)
        booked = await desk.get(recall)
        await desk.complete(visit)
        after = await desk.get(recall)
        assert (after["status"], after["appointment"]) == ("due", None)
        assert after["due_on"] > after["previous_on"] > recall["due_on"]
        await desk.step(visit, "completion", method="DELETE")
        assert state(await desk.get(recall)) == state(booked)

    async def test_of_something_else_does_not(self, desk, recall, given, north):
        visit = await desk.visit(recall["patient"]["id"], days=0)
        await desk.complete(visit, service=await given.service(north, name="Filling"))
        assert state(await desk.get(recall)) == state(recall)

    async def test_is_counted_from_the_last_of_several(self, desk, recall):
        for days in (-20, -60):  # said to be over in the wrong order
            await desk.complete(await desk.visit(recall["patient"]["id"], days=days))
        after = await desk.get(recall)
        assert now().date() - date.fromisoformat(after["previous_on"]) <= timedelta(days=20)

    async def test_gives_way_to_a_day_chosen_after_it(self, desk, recall, north):
        await desk.complete(await desk.visit(recall["patient"]["id"], days=0))
        after = await desk.get(recall)
        chosen = await north.ask("PATCH", f"/recalls/{recall['id']}", json={"due_on": today(100)}, version=after["version"])
        assert chosen.json()["due_on"] == today(100)

    async def test_moves_every_type_that_it_answers(self, desk, recall):
        patient_id = recall["patient"]["id"]
        hygiene = await desk.kind("Hygiene", interval={"every": 3, "unit": "months"})
        answer = await desk.clinic.ask("POST", "/recalls", json={"patient_id": patient_id, "type_id": hygiene["id"]})
        await desk.complete(await desk.visit(patient_id, days=0))
        after, other = await desk.get(recall), await desk.get(answer.json())
        assert other["previous_on"] == after["previous_on"] < other["due_on"] < after["due_on"]

    async def test_twice_at_once_moves_it_once(self, desk, recall):
        visit = await desk.visit(recall["patient"]["id"], days=0)
        done = {"items": [{"service_id": str(desk.service.id)}]}
        path = f"/appointments/{visit['id']}/completion"
        answers = await asyncio.gather(*(desk.clinic.ask("POST", path, json=done) for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
        after = await desk.get(recall)
        assert (after["status"], after["appointment"]) == ("due", None)
        assert after["due_on"] > recall["due_on"]

    async def test_while_another_visit_is_booked_loses_neither(self, desk, recall):
        """Each sees what the other did, whoever is first."""
        for _ in range(5):
            visit = await desk.visit(recall["patient"]["id"], days=0)
            _, booked = await asyncio.gather(desk.complete(visit), desk.visit(recall["patient"]["id"], days=9))
            after = await desk.get(recall)
            assert (after["status"], after["appointment"]["id"]) == ("booked", booked["id"])
            assert after["previous_on"] == visit["starts_at"][:10]
            await desk.step(booked, "cancellation", {"reason": "x"})

    async def test_while_the_recall_is_added_is_not_missed(self, desk, given, north):
        for _ in range(5):
            patient = await given.patient(north)
            visit = await desk.visit(str(patient.id), days=0)
            _, recall = await asyncio.gather(desk.complete(visit), desk.recall(patient))
            assert (await desk.get(recall))["previous_on"] == visit["starts_at"][:10]


class TestAType:
    async def test_that_changes_takes_its_recalls_along(self, desk, recall, north, given):
        filling = await given.service(north, name="Filling")
        await desk.complete(await desk.visit(recall["patient"]["id"], days=0))
        before = await desk.get(recall)
        path = f"/recall-types/{desk.type['id']}"
        closer = await north.ask("PATCH", path, json={"interval": {"every": 4, "unit": "weeks"}}, version=1)
        came = date.fromisoformat(before["previous_on"])
        assert (await desk.get(recall))["due_on"] == (came + timedelta(weeks=4)).isoformat()
        other = {"service_ids": [str(filling.id)]}
        assert (await north.ask("PATCH", path, json=other, version=closer.json()["version"])).status_code == 200
        assert (await desk.get(recall))["due_on"] == recall["due_on"]
