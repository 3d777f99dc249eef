from datetime import timedelta

import pytest

from chairside import scheduling
from chairside.scheduling.rules import steps
from tests.conftest import NOON
from tests.scheduling.conftest import at

BODIES = {"completion": {"items": []}, "cancellation": {"reason": "Ill"}}
STATUS = {
    "confirmation": "confirmed", "arrival": "arrived", "seating": "in_chair", "completion": "completed",
    "cancellation": "cancelled", "no-show": "no_show",
}  # fmt: skip


class TestSteps:
    async def test_walk_the_day_and_back(self, chairside, north):
        visit = await chairside.booked(9)
        seen = ["scheduled"]
        for version, step in enumerate(("confirmation", "arrival", "seating", "completion"), start=1):
            answer = await chairside.step(visit, step, BODIES.get(step), version=version)
            assert (answer.status_code, answer.json()["status"], answer.json()["version"]) == (201, STATUS[step], version + 1)
            assert answer.json()["last_step"]["step"] == step
            assert answer.json()["last_step"]["by"] == str(north.owner_id)
            assert await chairside.get(visit) == answer.json()
            seen.append(answer.json()["status"])
        for version, step in enumerate(("completion", "seating", "arrival", "confirmation"), start=5):
            assert seen.pop() == STATUS[step]
            answer = await chairside.undo(visit, step, version=version)
            assert (answer.status_code, answer.json()["status"], answer.json()["version"]) == (200, seen[-1], version + 1)
            assert await chairside.get(visit) == answer.json()
        assert (await chairside.get(visit))["last_step"] is None

    async def test_may_be_skipped_forward(self, chairside):
        for hour, step in enumerate(STATUS, start=8):
            visit = await chairside.booked(hour)
            assert (await chairside.step(visit, step, BODIES.get(step))).json()["status"] == STATUS[step]
            assert (await chairside.undo(visit, step)).json()["status"] == "scheduled"

    async def test_are_never_refused_for_the_date(self, chairside):
        for day in (-1000, 1000):
            visit = await chairside.booked(9, day=day)
            assert (await chairside.step(visit, "arrival")).status_code == 201
            assert (await chairside.step(visit, "completion", {"items": []})).status_code == 201

    async def test_say_in_a_sentence_why_not(self, chairside):
        visit = await chairside.booked(9)
        await chairside.step(visit, "completion", {"items": []})
        answer = await chairside.step(visit, "cancellation", {"reason": "x"})
        assert (answer.status_code, answer.json()["code"]) == (409, "StepNotPossible")
        assert answer.json()["detail"] == "This visit is completed, so it cannot be cancelled; undo that first."
        assert answer.json()["facts"] == {"step": "cancellation", "status": "completed"}
        again = await chairside.step(visit, "completion", {"items": []})
        assert again.json()["detail"] == "This visit is already completed."

    @pytest.mark.parametrize("reached", ["arrival", "seating", "completion", "cancellation", "no-show"])
    async def test_do_not_go_back_by_going_forward(self, chairside, reached):
        visit = await chairside.booked(9)
        assert (await chairside.step(visit, reached, BODIES.get(reached))).status_code == 201
        status = STATUS[reached]
        for step, name in ((name.replace("no_show", "no-show"), name) for name in steps.STEPS):
            if status not in steps.STEPS[name].follows:
                answer = await chairside.step(visit, step, BODIES.get(step))
                assert (answer.status_code, answer.json()["code"]) == (409, "StepNotPossible"), step
        assert (await chairside.get(visit))["version"] == 2

    async def test_keep_who_when_and_why(self, chairside, north, root):
        visit = await chairside.booked(9)
        await chairside.step(visit, "confirmation", {"reason": "By phone"})
        await chairside.step(visit, "cancellation", {"reason": "Ill"})
        await chairside.undo(visit, "cancellation")
        rows = root.execute(
            "select step, reason, by, undone_by from appointment_step where appointment_id = %s order by id", [visit["id"]]
        ).fetchall()
        assert rows == [
            ("confirmation", "By phone", north.owner_id, None),
            ("cancellation", "Ill", north.owner_id, north.owner_id),
        ]

    async def test_honour_the_version_that_was_seen(self, chairside):
        visit = await chairside.booked(9)
        await chairside.step(visit, "confirmation")
        for refused in (
            await chairside.step(visit, "arrival", version=1),
            await chairside.undo(visit, "confirmation", version=1),
        ):
            assert (refused.status_code, refused.json()["facts"]) == (412, {"version": 2})

    async def test_repeat_an_answer_for_its_key(self, chairside):
        visit = await chairside.booked(9)
        asked = {"headers": {"idempotency-key": "k", "if-match": '"1"'}}
        first, second = await chairside.step(visit, "arrival", **asked), await chairside.step(visit, "arrival", **asked)
        assert (first.status_code, first.json()) == (second.status_code, second.json())
        assert second.json()["version"] == 2

    async def test_do_not_know_a_visit_of_another_clinic(self, chairside, south):
        visit = await chairside.booked(9)
        never = "00000000-0000-7000-8000-000000000001"
        for method in ("POST", "DELETE"):
            for step in STATUS:
                body = {"json": BODIES.get(step, {})} if method == "POST" else {}
                foreign = await south.ask(method, f"/appointments/{visit['id']}/{step}", **body)
                missing = await south.ask(method, f"/appointments/{never}/{step}", **body)
                assert (foreign.status_code, foreign.json()["code"]) == (404, "NoSuchAppointment")
                assert foreign.json() | {"request_id": ""} == missing.json() | {"request_id": ""}

    async def test_want_a_reason_for_a_cancellation(self, chairside):
        visit = await chairside.booked(9)
        for body in ({}, {"reason": ""}, {"reason": "x", "y": 1}):
            assert (await chairside.step(visit, "cancellation", body)).status_code == 422

    async def test_take_no_body_at_all(self, chairside, north):
        visit = await chairside.booked(9)
        assert (await north.ask("POST", f"/appointments/{visit['id']}/arrival")).status_code == 201


class TestRelease:
    @pytest.mark.parametrize("step, body", [("cancellation", {"reason": "Ill"}), ("no-show", {})])
    async def test_frees_the_time_and_takes_it_again(self, chairside, step, body):
        visit = await chairside.booked(9)
        assert (await chairside.step(visit, step, body)).status_code == 201
        other = await chairside.booked(9)
        gone = await chairside.undo(visit, step)
        assert (gone.status_code, gone.json()["code"], gone.json()["facts"]) == (409, "TimeTaken", {"resource": "provider"})
        assert (await chairside.get(visit))["status"] == STATUS[step]
        assert (await chairside.step(other, "cancellation", {"reason": "x"})).status_code == 201
        assert (await chairside.undo(visit, step)).json()["status"] == "scheduled"
        assert (await chairside.book(9)).status_code == 409

    async def test_a_completed_visit_keeps_its_time(self, chairside):
        visit = await chairside.booked(9)
        await chairside.step(visit, "completion", {"items": []})
        assert (await chairside.book(9)).status_code == 409


class TestUndo:
    async def test_undoes_only_the_last_step(self, chairside):
        visit = await chairside.booked(9)
        none = await chairside.undo(visit, "arrival")
        assert (none.status_code, none.json()["code"]) == (404, "NoSuchStep")
        await chairside.step(visit, "arrival")
        await chairside.step(visit, "seating")
        early = await chairside.undo(visit, "arrival")
        assert (early.status_code, early.json()["code"], early.json()["facts"]) == (409, "NotTheLastStep", {"last": "seating"})
        await chairside.undo(visit, "seating")
        assert (await chairside.undo(visit, "arrival")).json()["status"] == "scheduled"
        assert (await chairside.undo(visit, "arrival")).status_code == 404

    async def test_ends_with_the_day_of_the_clinic(self, north, given):
        """Noon in UTC is 14:00 in Bucharest: the day ends ten hours later."""
        visit = await given.appointment(north, starts_at=at(9))
        async with north.op() as op:
            await scheduling.arrive(op, appointment_id=visit.id)
        with pytest.raises(scheduling.TooLateToUndo):
            async with north.op(now=NOON + timedelta(hours=10)) as op:
                await scheduling.undo(op, appointment_id=visit.id, step="arrival")
        async with north.op(now=NOON + timedelta(hours=9, minutes=59)) as op:
            assert (await scheduling.undo(op, appointment_id=visit.id, step="arrival")).status == "scheduled"


class TestComplete:
    async def test_keeps_what_was_done_as_it_was_called_and_priced(self, chairside, given, north, root):
        visit = await chairside.booked(9)
        filling = await given.service(north, name="Filling", price=40_000)
        done = [
            {"service_id": str(chairside.service.id)},
            {
                "service_id": str(filling.id), "quantity": 2, "price": {"amount": 30_000, "currency": "RON"},
                "price_reason": "Family of staff",
            },
            {"service_id": str(filling.id), "price": {"amount": 40_000, "currency": "RON"}},
        ]  # fmt: skip
        answer = await chairside.step(visit, "completion", {"items": done})
        assert (answer.status_code, answer.json()["status"]) == (201, "completed")
        await north.ask("PATCH", f"/services/{filling.id}", json={"name": "Composite"}, version=1)
        async with north.op() as op:
            items = await scheduling.list_completed_items(op, appointment_id=visit["id"])
        assert [(i.description, i.quantity, i.unit_price, i.list_price, i.price_reason, i.currency) for i in items] == [
            ("Check-up", 1, 25_000, 25_000, None, "RON"),
            ("Filling", 2, 30_000, 40_000, "Family of staff", "RON"),
            ("Filling", 1, 40_000, 40_000, None, "RON"),
        ]
        assert {(str(i.patient_id), str(i.provider_id)) for i in items} == {(visit["patient_id"], visit["provider_id"])}
        shown = (await north.ask("GET", f"/appointments/{visit['id']}/completed-items")).json()["items"]
        assert [item["unit_price"]["amount"] for item in shown] == [25_000, 30_000, 40_000]
        names = [name for (name,) in root.execute("select name from event where clinic_id = %s order by at, id", [north.id])]
        assert names.count("scheduling.visit_completed") == 1

    async def test_undone_its_items_are_no_longer_listed(self, chairside, north, root):
        visit = await chairside.booked(9)
        done = {"items": [{"service_id": str(chairside.service.id)}]}
        await chairside.step(visit, "completion", done)
        assert (await chairside.undo(visit, "completion")).json()["status"] == "scheduled"
        path = f"/appointments/{visit['id']}/completed-items"
        assert (await north.ask("GET", path)).json()["items"] == []
        await chairside.step(visit, "completion", done)
        assert len((await north.ask("GET", path)).json()["items"]) == 1
        names = [name for (name,) in root.execute("select name from event where clinic_id = %s", [north.id])]
        assert names.count("scheduling.completion_undone") == 1

    async def test_wants_a_key(self, chairside, north):
        visit = await chairside.booked(9)
        headers = {"authorization": f"Bearer {north.token}"}
        path = f"/clinics/{north.slug}/appointments/{visit['id']}/completion"
        answer = await north.http.post(path, json={"items": []}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "IdempotencyKeyMissing")

    async def test_wants_a_reason_for_another_price_in_the_clinics_currency(self, chairside):
        visit = await chairside.booked(9)
        service = str(chairside.service.id)
        done = [
            {"service_id": service, "price": {"amount": 1, "currency": "RON"}},
            {"service_id": service, "price": {"amount": 25_000, "currency": "EUR"}, "price_reason": "x"},
            {"service_id": service, "price": {"amount": 25_000, "currency": "RON"}},
        ]
        answer = await chairside.step(visit, "completion", {"items": done})
        assert answer.status_code == 422
        assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [
            ("/items/0/price_reason", "required"),
            ("/items/1/price/currency", "wrong_currency"),
        ]
        assert (await chairside.get(visit))["status"] == "scheduled"

    async def test_points_at_what_is_wrong(self, chairside):
        visit = await chairside.booked(9)
        service = str(chairside.service.id)
        for item, pointer in (
            ({"service_id": service, "quantity": 0}, "/items/0/quantity"),
            ({"service_id": service, "price": {"amount": -1, "currency": "RON"}}, "/items/0/price"),
            ({"service_id": service, "price": {"amount": 1.5, "currency": "RON"}}, "/items/0/price/amount"),
            ({"service_id": service, "tooth": 11}, "/items/0/tooth"),
        ):
            answer = await chairside.step(visit, "completion", {"items": [item]})
            assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
        assert (await chairside.step(visit, "completion", {})).status_code == 422

    async def test_does_not_know_a_service_of_another_clinic(self, chairside, south, given):
        visit = await chairside.booked(9)
        for id in ((await given.service(south)).id, "00000000-0000-7000-8000-000000000001"):
            answer = await chairside.step(visit, "completion", {"items": [{"service_id": str(id)}]})
            assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchService")
        assert (await south.ask("GET", f"/appointments/{visit['id']}/completed-items")).status_code == 404
