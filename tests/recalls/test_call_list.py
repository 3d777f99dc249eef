import asyncio
from datetime import timedelta

import pytest

from tests.recalls.test_recalls import NEVER, code, today
from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_roles import colleague, make  # noqa: F401

PHONES = [
    {"type": "email", "value": "ana@example.test", "is_primary": True, "safe_for_voicemail": False},
    {"type": "home", "value": "021 555 0100", "is_primary": False, "safe_for_voicemail": True},
    {"type": "mobile", "value": "0722 555 010", "is_primary": True, "safe_for_voicemail": False},
]


class TestList:
    async def test_is_in_the_order_in_which_they_are_due(self, desk, given, north):
        for name, days in (("Cara", -1), ("Ana", -9), ("Bea", 20)):
            await desk.recall(await given.patient(north, first_name=name), due_on=today(days))
        names = [one["patient"]["first_name"] for one in await desk.listed()]
        assert names == ["Ana", "Cara", "Bea"]
        assert [one["patient"]["first_name"] for one in await desk.listed(due_before=today())] == ["Ana", "Cara"]
        assert await desk.listed(due_before=today(-9)) == []

    async def test_goes_on_where_the_page_ended(self, desk, north):
        made = [await desk.recall(due_on=today(-3)) for _ in range(5)]
        seen, query = [], {"limit": 2}
        while True:
            page = (await north.ask("GET", "/recalls", params=query)).json()
            seen += [one["id"] for one in page["items"]]
            if not page["next_cursor"]:
                break
            query["cursor"] = page["next_cursor"]
        assert seen == [one["id"] for one in made]

    async def test_shows_whom_to_call_on_which_number(self, desk, given, north):
        patient = await given.patient(north, contacts=PHONES)
        await desk.recall(patient)
        [one] = await desk.listed()
        assert (one["patient"]["phone"], one["patient"]["safe_for_voicemail"]) == ("0722 555 010", False)
        mute = await given.patient(north, contacts=PHONES[:1])
        await desk.recall(mute)
        [other] = await desk.listed(patient_id=str(mute.id))
        assert (other["patient"]["phone"], other["patient"]["safe_for_voicemail"]) == (None, None)

    async def test_keeps_to_a_type_and_to_what_became_of_them(self, desk, given, north):
        hygiene = await desk.kind("Hygiene", service_ids=[])
        ana, bea = await given.patient(north), await given.patient(north)
        booked = await desk.recall(ana)
        due = await desk.recall(bea, type_id=hygiene["id"])
        await desk.visit(str(ana.id))
        assert [one["id"] for one in await desk.listed(type_id=hygiene["id"])] == [due["id"]]
        assert [one["id"] for one in await desk.listed(status="booked")] == [booked["id"]]
        assert {one["id"] for one in await desk.listed(status=["booked", "due"])} == {booked["id"], due["id"]}

    async def test_leaves_out_whoever_is_archived(self, desk, given, north):
        patient = await given.patient(north)
        await desk.recall(patient)
        await north.ask("POST", f"/patients/{patient.id}/archival")
        assert await desk.listed() == []
        assert len(await desk.listed(patient_id=str(patient.id))) == 1

    async def test_names_everybody_on_it_in_the_audit(self, desk, given, north, root):
        patients = [await given.patient(north) for _ in range(2)]
        for one in patients:
            await desk.recall(one)
        await desk.listed()
        [named] = root.execute(
            "select patient_ids from audit_event where clinic_id = %s and entity = 'recall' and action = 'read'"
            " and patient_ids is not null order by at desc, id desc limit 1",
            [north.id],
        ).fetchone()
        assert set(named) == {one.id for one in patients}

    @pytest.mark.parametrize("query", ["status=open", "due_before=x", "type_id=1", "limit=0", "cursor=x"])
    async def test_refuses_what_it_does_not_understand(self, desk, north, query):
        assert (await north.ask("GET", f"/recalls?{query}")).status_code == 422


class TestAttempts:
    async def test_say_how_it_went(self, desk, north):
        recall = await desk.recall()
        for kind, outcome, note in (
            ("call", "no_answer", None),
            ("call", "left_message", "With her sister"),
            ("letter", "sent", None),
        ):
            answer = await desk.on(recall, "attempts", {"kind": kind, "outcome": outcome, "note": note})
            assert (answer.status_code, answer.json()["by"]) == (201, str(north.owner_id))
        [one] = await desk.listed()
        assert (one["attempts"], one["last_attempt"]["outcome"]) == (3, "sent")
        items = (await north.ask("GET", f"/recalls/{recall['id']}/attempts")).json()["items"]
        assert [item["outcome"] for item in items] == ["sent", "left_message", "no_answer"]
        assert items[1]["note"] == "With her sister"

    async def test_taken_back_are_no_longer_listed_and_stay_in_the_record(self, desk, root):
        recall = await desk.recall()
        attempt = (await desk.on(recall, "attempts", {"kind": "call", "outcome": "declined"})).json()
        assert (await desk.on(recall, f"attempts/{attempt['id']}", method="DELETE")).status_code == 204
        assert await code(await desk.on(recall, f"attempts/{attempt['id']}", method="DELETE")) == (404, "NoSuchAttempt")
        assert await code(await desk.on(recall, f"attempts/{NEVER}", method="DELETE")) == (404, "NoSuchAttempt")
        assert (await desk.get(recall))["last_attempt"] is None
        assert root.execute("select undone_at is not null from recall_attempt where id = %s", [attempt["id"]]).fetchone() == (
            True,
        )

    async def test_of_two_at_once_are_two(self, desk):
        """Neither waits for the other's version: whoever called, called."""
        recall = await desk.recall()
        body = {"kind": "call", "outcome": "no_answer"}
        answers = await asyncio.gather(*(desk.on(recall, "attempts", body, version=recall["version"]) for _ in range(6)))
        assert {answer.status_code for answer in answers} == {201}
        assert (await desk.get(recall))["attempts"] == 6

    async def test_of_one_press_twice_is_one(self, desk):
        recall = await desk.recall()
        asked = {"body": {"kind": "call", "outcome": "no_answer"}, "headers": {"idempotency-key": "once"}}
        first, second = await desk.on(recall, "attempts", **asked), await desk.on(recall, "attempts", **asked)
        assert first.json() == second.json()
        assert (await desk.get(recall))["attempts"] == 1

    @pytest.mark.parametrize(
        "body", [{}, {"kind": "call"}, {"kind": "visit", "outcome": "declined"}, {"kind": "call", "outcome": "x"}]
    )
    async def test_want_to_know_what_and_how(self, desk, body):
        recall = await desk.recall()
        assert (await desk.on(recall, "attempts", body)).status_code == 422


class TestWhoMay:
    async def test_an_assistant_looks_and_does_not_touch(self, desk, north, colleague):  # noqa: F811
        recall = await desk.recall()
        assistant = await colleague(north, "assistant")
        assert (await assistant.ask("GET", "/recalls")).status_code == 200
        for path, body in (("attempts", {"kind": "call", "outcome": "no_answer"}), ("closure", {"reason": "x"})):
            assert await code(await assistant.ask("POST", f"/recalls/{recall['id']}/{path}", json=body)) == (403, "NotAllowed")

    async def test_a_hygienist_calls_patients_in(self, desk, north, colleague):  # noqa: F811
        recall = await desk.recall(due_on=today(-1))
        hygienist = await colleague(north, "hygienist")
        until = {"until": today(3 + timedelta(days=1).days)}
        assert (await hygienist.ask("POST", f"/recalls/{recall['id']}/snooze", json=until)).status_code == 201
