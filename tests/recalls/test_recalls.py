from datetime import date, timedelta

import pytest

from tests.recalls.conftest import HALF_A_YEAR, now
from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_invitations import code
from tests.tenancy.test_roles import colleague, make  # noqa: F401

NEVER = "00000000-0000-7000-8000-000000000001"


def today(days=0):
    return (now() + timedelta(days=days)).date().isoformat()


class TestAdd:
    async def test_counts_from_today_where_there_was_no_visit(self, desk):
        recall = await desk.recall(interval={"every": 2, "unit": "weeks"})
        assert (recall["status"], recall["previous_on"], recall["own_interval"]) == ("due", None, True)
        due = date.fromisoformat(recall["due_on"])
        assert due - now().date() in (timedelta(days=14), timedelta(days=15))  # the clinic may be a day ahead of UTC

    async def test_counts_from_the_last_visit_for_it(self, desk, given, north):
        patient = await given.patient(north)
        visit = await desk.visit(str(patient.id), days=-40)
        await desk.complete(visit)
        recall = await desk.recall(patient)
        assert recall["previous_on"] == visit["starts_at"][:10]
        assert recall["due_on"] > recall["previous_on"]

    async def test_takes_a_day_that_somebody_chose(self, desk):
        recall = await desk.recall(due_on="2031-02-28", note="Prefers mornings")
        assert (recall["due_on"], recall["set_due_on"], recall["note"]) == ("2031-02-28", "2031-02-28", "Prefers mornings")
        assert (recall["service_id"], recall["interval"]) == (str(desk.service.id), HALF_A_YEAR)

    async def test_finds_what_is_booked_already(self, desk, given, north):
        patient = await given.patient(north)
        visit = await desk.visit(str(patient.id))
        recall = await desk.recall(patient)
        assert (recall["status"], recall["appointment"]["id"]) == ("booked", visit["id"])

    async def test_is_once_for_each_type(self, desk, given, north):
        patient = await given.patient(north)
        await desk.recall(patient)
        assert await code(await desk.ask_for(patient)) == (409, "RecallExists")
        other = await desk.kind("Hygiene")
        assert (await desk.ask_for(patient, type_id=other["id"])).status_code == 201

    async def test_refuses_what_is_not_there(self, desk, given, north, south):
        strange = await given.patient(south)
        patient = await given.patient(north)
        for id in (strange.id, NEVER):
            assert await code(await desk.ask_for(patient, patient_id=str(id))) == (404, "NoSuchPatient")
        assert await code(await desk.ask_for(patient, type_id=NEVER)) == (404, "NoSuchRecallType")
        await north.ask("PATCH", f"/recall-types/{desk.type['id']}", json={"active": False}, version=1)
        assert await code(await desk.ask_for(patient)) == (409, "RecallTypeIsInactive")

    @pytest.mark.parametrize(
        "more, pointer",
        [
            ({"interval": {"every": 0, "unit": "months"}}, "/interval/every"),
            ({"interval": {"every": 1, "unit": "days"}}, "/interval/unit"),
            ({"interval": {"every": 1.5, "unit": "weeks"}}, "/interval/every"),
            ({"due_on": "0001-01-01"}, "/due_on"),
            ({"due_on": "soon"}, "/due_on"),
            ({"note": "x" * 2001}, "/note"),
            ({"x": 1}, "/x"),
        ],
    )
    async def test_points_at_what_is_wrong(self, desk, given, north, more, pointer):
        answer = await desk.ask_for(await given.patient(north), **more)
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]

    async def test_says_the_same_again_for_the_same_key(self, desk, given, north):
        patient = await given.patient(north)
        body = {"patient_id": str(patient.id), "type_id": desk.type["id"]}
        asked = {"json": body, "headers": {"idempotency-key": "k"}}
        first, second = await north.ask("POST", "/recalls", **asked), await north.ask("POST", "/recalls", **asked)
        assert (first.status_code, first.json()) == (201, second.json())


class TestChange:
    async def test_follows_its_own_interval_and_back(self, desk, given, north):
        patient = await given.patient(north)
        visit = await desk.visit(str(patient.id), days=-10)
        await desk.complete(visit)
        recall = await desk.recall(patient)
        path = f"/recalls/{recall['id']}"
        closer = await north.ask("PATCH", path, json={"interval": {"every": 1, "unit": "weeks"}}, version=recall["version"])
        came = date.fromisoformat(recall["previous_on"])
        assert closer.json()["due_on"] == (came + timedelta(weeks=1)).isoformat()
        back = await north.ask("PATCH", path, json={"interval": None}, version=closer.json()["version"])
        assert (back.json()["due_on"], back.json()["own_interval"]) == (recall["due_on"], False)

    async def test_a_chosen_day_can_be_given_up(self, desk, north):
        recall = await desk.recall()
        path = f"/recalls/{recall['id']}"
        chosen = (await north.ask("PATCH", path, json={"due_on": "2031-01-01"}, version=recall["version"])).json()
        assert (chosen["due_on"], chosen["set_due_on"]) == ("2031-01-01", "2031-01-01")
        counted = (await north.ask("PATCH", path, json={"due_on": None}, version=chosen["version"])).json()
        assert (counted["due_on"], counted["set_due_on"]) == (recall["due_on"], None)

    async def test_honours_the_version_that_was_seen(self, desk, north):
        recall = await desk.recall()
        path = f"/recalls/{recall['id']}"
        assert (await north.ask("PATCH", path, json={"note": "x"})).status_code == 428
        await north.ask("PATCH", path, json={"note": "x"}, version=recall["version"])
        refused = await north.ask("PATCH", path, json={"note": "y"}, version=recall["version"])
        assert await code(refused) == (412, "RecallIsStale")
        assert (await desk.on(recall, "snooze", {"until": "2199-01-01"}, version=recall["version"])).status_code == 412
        assert (await desk.on(recall, "closure", {"reason": "x"}, version=recall["version"])).status_code == 412


class TestSnooze:
    async def test_takes_it_off_the_list_until_that_day(self, desk, north):
        recall = await desk.recall(due_on=today(-5))
        snoozed = (await desk.on(recall, "snooze", {"until": today(30)})).json()
        assert (snoozed["status"], snoozed["snoozed_until"]) == ("snoozed", today(30))
        assert await desk.listed(status="due") == []
        async with north.op(now=now() + timedelta(days=31)) as op:
            from chairside import recalls

            [back] = await recalls.list_(op, statuses=("due",))
        assert str(back.id) == recall["id"]

    async def test_ends_when_it_is_taken_back(self, desk):
        recall = await desk.recall(due_on=today(-5))
        await desk.on(recall, "snooze", {"until": today(30)})
        woken = (await desk.on(recall, "snooze", method="DELETE")).json()
        assert (woken["status"], woken["snoozed_until"]) == ("due", None)

    @pytest.mark.parametrize("days, wrong", [(-1, "not_in_the_future"), (20, "before_due")])
    async def test_wants_a_day_that_helps(self, desk, days, wrong):
        recall = await desk.recall(due_on=today(40))
        answer = await desk.on(recall, "snooze", {"until": today(days)})
        assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [("/until", wrong)]


class TestClose:
    async def test_ends_it_with_a_reason_and_can_be_undone(self, desk):
        recall = await desk.recall(due_on=today(-5))
        closed = (await desk.on(recall, "closure", {"reason": "Moved away"})).json()
        assert (closed["status"], closed["closing_reason"]) == ("closed", "Moved away")
        assert await desk.listed() == []
        assert [one["id"] for one in await desk.listed(status="closed")] == [recall["id"]]
        for act, body in (("snooze", {"until": "2199-01-01"}), ("closure", {"reason": "x"})):
            assert await code(await desk.on(recall, act, body)) == (409, "RecallIsClosed")
        assert await code(await desk.on(recall, "attempts", {"kind": "call", "outcome": "no_answer"})) == (409, "RecallIsClosed")
        opened = (await desk.on(recall, "closure", method="DELETE")).json()
        assert (opened["status"], opened["due_on"], opened["closing_reason"]) == ("due", recall["due_on"], None)

    async def test_wants_a_reason(self, desk):
        recall = await desk.recall()
        for body in ({}, {"reason": " "}, {"reason": None}):
            assert (await desk.on(recall, "closure", body)).status_code == 422

    async def test_opens_again_only_while_there_is_no_other(self, desk, given, north):
        patient = await given.patient(north)
        first = await desk.recall(patient)
        await desk.on(first, "closure", {"reason": "x"})
        await desk.recall(patient)
        assert await code(await desk.on(first, "closure", method="DELETE")) == (409, "RecallExists")

    async def test_opened_again_it_knows_what_happened_meanwhile(self, desk):
        recall = await desk.recall()
        await desk.on(recall, "closure", {"reason": "x"})
        visit = await desk.visit(recall["patient"]["id"])
        assert (await desk.get(recall))["status"] == "closed"
        opened = (await desk.on(recall, "closure", method="DELETE")).json()
        assert opened["appointment"]["id"] == visit["id"]


class TestAnotherClinic:
    async def test_knows_nothing_of_it(self, desk, south):
        recall = await desk.recall()
        attempt = (await desk.on(recall, "attempts", {"kind": "call", "outcome": "no_answer"})).json()
        asked = [
            ("GET", "", {}), ("GET", "/attempts", {}), ("PATCH", "", {"json": {"note": "x"}, "version": 1}),
            ("POST", "/snooze", {"json": {"until": "2199-01-01"}}), ("DELETE", "/snooze", {}),
            ("POST", "/closure", {"json": {"reason": "x"}}), ("DELETE", "/closure", {}),
            ("POST", "/attempts", {"json": {"kind": "call", "outcome": "no_answer"}}),
            ("DELETE", f"/attempts/{attempt['id']}", {}),
        ]  # fmt: skip
        for method, path, more in asked:
            assert await code(await south.ask(method, f"/recalls/{recall['id']}{path}", **more)) == (404, "NoSuchRecall")
        assert (await south.ask("GET", "/recalls")).json()["items"] == []


class TestCareTeams:
    async def test_keep_the_recalls_of_others_off_the_list(self, desk, north, colleague):  # noqa: F811
        dentist = await colleague(north, "dentist")
        recall = await desk.recall(due_on=today(-5))
        assert [one["id"] for one in (await dentist.ask("GET", "/recalls")).json()["items"]] == [recall["id"]]
        version = (await north.ask("GET", "/record-rules")).json()["version"]
        await north.ask("PATCH", "/record-rules", version=version, json={"care_teams": True})
        assert (await dentist.ask("GET", "/recalls")).json()["items"] == []
        assert await code(await dentist.ask("GET", f"/recalls/{recall['id']}")) == (404, "NoSuchRecall")
        of = f"/recalls?patient_id={recall['patient']['id']}"
        assert await code(await dentist.ask("GET", of)) == (403, "NotOnCareTeam")
        body = {"patient_id": recall["patient"]["id"], "type_id": desk.type["id"]}
        assert await code(await dentist.ask("POST", "/recalls", json=body)) == (403, "NotOnCareTeam")
