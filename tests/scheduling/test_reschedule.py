import asyncio

import pytest

from tests.scheduling.conftest import at


class TestReschedule:
    async def test_moves_and_frees_where_it_was(self, chairside, given, north):
        visit = await chairside.booked(9)
        other = await given.operatory(north, name="Chair 2")
        answer = await chairside.step(
            visit, "rescheduling", {"starts_at": at(10).isoformat(), "operatory_id": str(other.id), "duration_minutes": 45}
        )
        assert answer.status_code == 201, answer.text
        moved = answer.json()
        assert (moved["starts_at"], moved["ends_at"]) == ("2027-03-01T10:00:00Z", "2027-03-01T10:45:00Z")
        assert (moved["operatory_id"], moved["provider_id"], moved["version"]) == (str(other.id), visit["provider_id"], 2)
        assert await chairside.get(visit) == moved
        assert (await chairside.book(9)).status_code == 201
        assert (await chairside.book(10, operatory_id=None)).status_code == 409

    async def test_may_overlap_itself(self, chairside):
        visit = await chairside.booked(9)
        assert (await chairside.step(visit, "rescheduling", {"starts_at": at(9.25).isoformat()})).status_code == 201
        assert (await chairside.step(visit, "rescheduling", {"duration_minutes": 60})).status_code == 201

    async def test_leaves_the_chair_when_told_so(self, chairside):
        visit = await chairside.booked(9)
        moved = await chairside.step(visit, "rescheduling", {"operatory_id": None})
        assert moved.json()["operatory_id"] is None
        assert (await chairside.step(visit, "rescheduling", {})).status_code == 422

    async def test_refuses_a_taken_time_and_stays_where_it_was(self, chairside):
        await chairside.booked(10)
        visit = await chairside.booked(9)
        answer = await chairside.step(visit, "rescheduling", {"starts_at": at(10).isoformat(), "suggest": True})
        assert (answer.status_code, answer.json()["code"]) == (409, "TimeTaken")
        assert answer.json()["facts"]["next_free"][0]["starts_at"] == "2027-03-01T10:30:00Z"
        assert await chairside.get(visit) == visit
        assert (await chairside.book(9)).status_code == 409, "it still holds its time"
        over = await chairside.step(visit, "rescheduling", {"starts_at": at(10).isoformat(), "overbooking_reason": "Toothache"})
        assert (over.status_code, over.json()["overbooking_reason"]) == (201, "Toothache")
        back = await chairside.step(visit, "rescheduling", {"starts_at": at(12).isoformat()})
        assert back.json()["overbooking_reason"] is None

    async def test_moves_only_the_version_that_was_seen(self, chairside):
        visit = await chairside.booked(9)
        assert (await chairside.step(visit, "rescheduling", {"duration_minutes": 60}, version=1)).status_code == 201
        stale = await chairside.step(visit, "rescheduling", {"duration_minutes": 30}, version=1)
        assert (stale.status_code, stale.json()["facts"]) == (412, {"version": 2})

    @pytest.mark.parametrize("step, body", [("completion", {"items": []}), ("cancellation", {"reason": "x"}), ("no-show", {})])
    async def test_refuses_a_visit_that_is_over(self, chairside, step, body):
        visit = await chairside.booked(9)
        assert (await chairside.step(visit, step, body)).status_code == 201
        answer = await chairside.step(visit, "rescheduling", {"duration_minutes": 60})
        assert (answer.status_code, answer.json()["code"]) == (409, "VisitIsOver")

    async def test_does_not_know_what_is_another_clinics(self, chairside, south, given):
        visit = await chairside.booked(9)
        for field, id, code in (
            ("provider_id", (await given.provider(south)).id, "NoSuchProvider"),
            ("operatory_id", (await given.operatory(south)).id, "NoSuchOperatory"),
        ):
            answer = await chairside.step(visit, "rescheduling", {field: str(id)})
            assert (answer.status_code, answer.json()["code"]) == (404, code)
        foreign = await south.ask("POST", f"/appointments/{visit['id']}/rescheduling", json={"duration_minutes": 60})
        assert (foreign.status_code, foreign.json()["code"]) == (404, "NoSuchAppointment")

    async def test_refuses_a_provider_who_left_but_may_stay_with_them(self, chairside, given, north):
        visit = await chairside.booked(9)
        gone = await given.provider(north, active=False)
        answer = await chairside.step(visit, "rescheduling", {"provider_id": str(gone.id)})
        assert (answer.status_code, answer.json()["code"]) == (409, "ProviderIsInactive")
        await north.ask("PATCH", f"/providers/{chairside.provider.id}", json={"active": False}, version=1)
        assert (await chairside.step(visit, "rescheduling", {"duration_minutes": 60})).status_code == 201

    async def test_two_who_change_places_at_once_do_not_deadlock(self, chairside, given, north):
        other = await given.provider(north)
        one, two = await chairside.booked(9), await chairside.booked(9, provider_id=str(other.id), operatory_id=None)
        for turn in range(8):
            answers = await asyncio.gather(
                chairside.step(one, "rescheduling", {"provider_id": str((other, chairside.provider)[turn % 2].id)}),
                chairside.step(two, "rescheduling", {"provider_id": str((chairside.provider, other)[turn % 2].id)}),
            )
            assert {answer.status_code for answer in answers} <= {201, 409}


class TestChangeAppointment:
    async def test_changes_notes_and_what_is_planned(self, chairside, given, north):
        visit = await chairside.booked(9, notes="x")
        other = await given.service(north, name="Filling")
        path = f"/appointments/{visit['id']}"
        assert (await north.ask("PATCH", path, json={"notes": None})).status_code == 428
        changed = (await north.ask("PATCH", path, json={"notes": None}, version=1)).json()
        assert (changed["notes"], changed["items"], changed["version"]) == (None, visit["items"], 2)
        items = [{"service_id": str(other.id), "quantity": 2, "tooth": 46}]
        changed = (await north.ask("PATCH", path, json={"items": items}, version=2)).json()
        assert (changed["service_id"], changed["items"][0]["tooth"], changed["ends_at"]) == (str(other.id), 46, visit["ends_at"])
        assert await chairside.get(visit) == changed
        assert (await north.ask("PATCH", path, json={"items": []}, version=3)).json()["service_id"] is None
        stale = await north.ask("PATCH", path, json={"notes": "y"}, version=3)
        assert (stale.status_code, stale.json()["facts"]) == (412, {"version": 4})

    async def test_does_not_move_it(self, chairside, north):
        visit = await chairside.booked(9)
        answer = await north.ask("PATCH", f"/appointments/{visit['id']}", json={"starts_at": at(10).isoformat()}, version=1)
        assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [("/starts_at", "unknown_property")]

    async def test_does_not_know_what_is_another_clinics(self, chairside, south, given):
        visit = await chairside.booked(9)
        items = [{"service_id": str((await given.service(south)).id)}]
        answer = await chairside.clinic.ask("PATCH", f"/appointments/{visit['id']}", json={"items": items}, version=1)
        assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchService")
        assert (await south.ask("PATCH", f"/appointments/{visit['id']}", json={"notes": "x"}, version=1)).status_code == 404

    async def test_leaves_alone_what_was_planned_for_a_visit_that_is_over(self, chairside, north):
        visit = await chairside.booked(9)
        await chairside.step(visit, "completion", {"items": []})
        path = f"/appointments/{visit['id']}"
        assert (await north.ask("PATCH", path, json={"items": []}, version=2)).json()["code"] == "VisitIsOver"
        assert (await north.ask("PATCH", path, json={"notes": "Went well"}, version=2)).status_code == 200
