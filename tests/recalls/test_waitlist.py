"""Who waits for a time, and that a visit ends the waiting."""

import asyncio
from datetime import timedelta

import pytest

from chairside import recalls
from tests.recalls.conftest import now
from tests.recalls.test_recalls import NEVER, code, today
from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_roles import colleague, make  # noqa: F401


@pytest.fixture
def put(desk, given, north):
    """Puts somebody on the list, a fresh patient unless one is given."""

    async def put_(patient=None, **more):
        patient = patient or await given.patient(north)
        body = {"patient_id": str(patient.id), "service_id": str(desk.service.id), **more}
        answer = await north.ask("POST", "/waitlist", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return put_


@pytest.fixture
def get(north):
    async def get_(entry):
        return (await north.ask("GET", f"/waitlist/{entry['id']}")).json()

    return get_


async def listed(clinic, **query):
    answer = await clinic.ask("GET", "/waitlist", params=query)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]


class TestWait:
    async def test_keeps_what_they_wish(self, desk, put):
        wish = {
            "provider_ids": [str(desk.provider.id)], "weekdays": [1, 4], "parts": ["evening"], "from_on": "2031-01-01",
            "until_on": "2031-03-01", "notice_hours": 24, "urgent": True, "expires_on": "2031-02-01", "duration_minutes": 45,
            "note": "Lives far away",
        }  # fmt: skip
        entry = await put(**wish)
        assert {name: entry[name] for name in wish} == wish
        assert (entry["status"], entry["service_name"], entry["appointment"], entry["booked"]) == (
            "waiting",
            "Check-up",
            None,
            None,
        )

    async def test_may_mean_a_visit_that_they_have(self, desk, put, given, north):
        patient = await given.patient(north)
        visit = await desk.visit(str(patient.id), days=9)
        entry = await put(patient, appointment_id=visit["id"])
        assert (entry["status"], entry["appointment"]["id"]) == ("waiting", visit["id"])

    async def test_refuses_what_is_not_there_or_not_theirs(self, desk, given, north, south):
        patient, other = await given.patient(north), await given.patient(north)
        theirs = await desk.visit(str(other.id))
        over = await desk.visit(str(patient.id))
        await desk.step(over, "cancellation", {"reason": "x"})
        body = {"patient_id": str(patient.id), "service_id": str(desk.service.id)}
        for wrong, refused in (
            ({"patient_id": str((await given.patient(south)).id)}, (404, "NoSuchPatient")),
            ({"service_id": str((await given.service(south)).id)}, (404, "NoSuchService")),
            ({"provider_ids": [str((await given.provider(south)).id)]}, (404, "NoSuchProvider")),
            ({"appointment_id": NEVER}, (404, "NoSuchAppointment")),
            ({"appointment_id": theirs["id"]}, (409, "NotTheirVisit")),
            ({"appointment_id": over["id"]}, (409, "NotTheirVisit")),
        ):
            assert await code(await north.ask("POST", "/waitlist", json=body | wrong)) == refused
        assert await listed(north) == []

    @pytest.mark.parametrize(
        "wrong",
        [
            {"weekdays": [0]}, {"weekdays": [8]}, {"parts": ["night"]}, {"notice_hours": -1}, {"notice_hours": 721},
            {"from_on": "2031-02-02", "until_on": "2031-02-01"}, {"urgent": "yes"}, {"note": "x" * 2001}, {"x": 1},
        ],
    )  # fmt: skip
    async def test_points_at_what_is_wrong(self, desk, given, north, wrong):
        body = {"patient_id": str((await given.patient(north)).id), "service_id": str(desk.service.id), **wrong}
        answer = await north.ask("POST", "/waitlist", json=body)
        assert answer.status_code == 422 and answer.json()["errors"]


class TestList:
    async def test_has_the_urgent_first_then_who_has_waited_longest(self, put, north):
        first, second, urgent = await put(), await put(), await put(urgent=True)
        assert await listed(north) == [urgent["id"], first["id"], second["id"]]
        seen, query = [], {"limit": 1}
        while True:
            page = (await north.ask("GET", "/waitlist", params=query)).json()
            seen += [one["id"] for one in page["items"]]
            if not page["next_cursor"]:
                break
            query["cursor"] = page["next_cursor"]
        assert seen == [urgent["id"], first["id"], second["id"]]

    async def test_keeps_to_a_service_and_a_patient(self, put, given, north):
        crown = await given.service(north, name="Crown")
        patient = await given.patient(north)
        await put()
        wanted = await put(patient, service_id=str(crown.id))
        assert await listed(north, service_id=str(crown.id)) == await listed(north, patient_id=str(patient.id)) == [wanted["id"]]

    async def test_loses_them_when_their_days_are_past(self, put, north):
        for more in ({"expires_on": today(3)}, {"until_on": today(3)}):
            entry = await put(**more)
            async with north.op(now=now() + timedelta(days=5)) as op:
                assert (await recalls.get_waiting(op, entry_id=entry["id"])).status == "expired"
        async with north.op(now=now() + timedelta(days=5)) as op:
            assert await recalls.list_waiting(op) == []
            assert len(await recalls.list_waiting(op, statuses=("expired",))) == 2

    async def test_leaves_out_whoever_is_archived(self, put, given, north):
        patient = await given.patient(north)
        await put(patient)
        await north.ask("POST", f"/patients/{patient.id}/archival")
        assert await listed(north) == []

    @pytest.mark.parametrize("query", ["status=open", "service_id=1", "limit=0", "cursor=x"])
    async def test_refuses_what_it_does_not_understand(self, north, query):
        assert (await north.ask("GET", f"/waitlist?{query}")).status_code == 422


class TestChange:
    async def test_changes_what_is_named_and_nothing_else(self, desk, put, north):
        entry = await put(weekdays=[1], note="x")
        path = f"/waitlist/{entry['id']}"
        after = (await north.ask("PATCH", path, json={"weekdays": [], "urgent": True}, version=1)).json()
        assert after == entry | {"weekdays": [], "urgent": True, "version": 2}
        named = (await north.ask("PATCH", path, json={"provider_ids": [str(desk.provider.id)]}, version=2)).json()
        assert named["provider_ids"] == [str(desk.provider.id)]
        assert (await north.ask("PATCH", path, json={"provider_ids": []}, version=3)).json()["provider_ids"] == []
        assert await code(await north.ask("PATCH", path, json={"note": "y"}, version=1)) == (412, "WaitingIsStale")
        assert await code(await north.ask("PATCH", path, json={"provider_ids": [NEVER]}, version=4)) == (404, "NoSuchProvider")
        assert await code(await north.ask("PATCH", path, json={"service_id": NEVER}, version=4)) == (404, "NoSuchService")

    async def test_of_two_at_once_one_is_told(self, put, north):
        entry = await put()
        path = f"/waitlist/{entry['id']}"
        answers = await asyncio.gather(*(north.ask("PATCH", path, json={"note": str(n)}, version=1) for n in range(3)))
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412]


class TestAVisit:
    async def test_booked_for_it_ends_the_waiting_and_its_undoing_restores_it(self, desk, put, get, north):
        entry = await put()
        visit = await desk.visit(entry["patient"]["id"])
        after = await get(entry)
        assert (after["status"], after["booked"]["id"]) == ("booked", visit["id"])
        assert await listed(north) == [] and await listed(north, status="booked") == [entry["id"]]
        await desk.step(visit, "cancellation", {"reason": "Undone"})
        assert (await get(entry))["status"] == "waiting"
        await desk.step(visit, "cancellation", method="DELETE")
        assert (await get(entry))["booked"]["id"] == visit["id"]

    async def test_completed_leaves_it_ended(self, desk, put, get):
        entry = await put()
        await desk.complete(await desk.visit(entry["patient"]["id"], days=0))
        assert (await get(entry))["status"] == "booked"

    async def test_for_something_else_or_booked_before_does_not(self, desk, put, get, given, north):
        patient = await given.patient(north)
        await desk.visit(str(patient.id), days=20)
        entry = await put(patient)
        await desk.visit(str(patient.id), service=await given.service(north, name="Crown"))
        assert (await get(entry))["status"] == "waiting"

    async def test_that_they_have_ends_it_once_it_is_earlier(self, desk, put, get, given, north):
        patient = await given.patient(north)
        visit = await desk.visit(str(patient.id), days=20)
        entry = await put(patient, appointment_id=visit["id"])
        for days, status in ((25, "waiting"), (3, "booked"), (22, "waiting")):
            at = {"starts_at": (now() + timedelta(days=days)).isoformat()}
            assert (await north.ask("POST", f"/appointments/{visit['id']}/rescheduling", json=at)).status_code == 201
            assert (await get(entry))["status"] == status

    async def test_of_two_at_once_one_ends_it(self, desk, put, get):
        entry = await put()
        visits = await asyncio.gather(*(desk.visit(entry["patient"]["id"], days=3 + turn) for turn in range(3)))
        assert (await get(entry))["booked"]["id"] in {visit["id"] for visit in visits}


class TestStop:
    async def test_ends_it_with_a_reason_and_can_be_undone(self, put, get, north):
        entry = await put()
        path = f"/waitlist/{entry['id']}/closure"
        closed = (await north.ask("POST", path, json={"reason": "Goes elsewhere"}, version=1)).json()
        assert (closed["status"], closed["closing_reason"]) == ("closed", "Goes elsewhere")
        assert await code(await north.ask("POST", path, json={"reason": "x"})) == (409, "NotWaiting")
        change = await north.ask("PATCH", f"/waitlist/{entry['id']}", json={"note": "x"}, version=closed["version"])
        assert await code(change) == (409, "NotWaiting")
        assert await code(await north.ask("DELETE", path, version=1)) == (412, "WaitingIsStale")
        assert (await north.ask("DELETE", path)).json()["status"] == "waiting"
        assert await listed(north) == [entry["id"]]

    async def test_undone_it_knows_what_was_booked_meanwhile(self, desk, put, north):
        entry = await put()
        path = f"/waitlist/{entry['id']}/closure"
        await north.ask("POST", path, json={"reason": "x"})
        visit = await desk.visit(entry["patient"]["id"])
        assert (await north.ask("DELETE", path)).json()["booked"]["id"] == visit["id"]


class TestWhoMay:
    async def test_another_clinic_knows_nothing_of_it(self, put, south):
        entry = await put()
        path = f"/waitlist/{entry['id']}"
        for method, rest, more in (
            ("GET", "", {}), ("PATCH", "", {"json": {"note": "x"}, "version": 1}),
            ("POST", "/closure", {"json": {"reason": "x"}}), ("DELETE", "/closure", {}),
        ):  # fmt: skip
            assert await code(await south.ask(method, path + rest, **more)) == (404, "NoSuchWaiting")
        assert await listed(south) == []

    async def test_an_assistant_looks_and_does_not_touch(self, put, north, colleague):  # noqa: F811
        entry = await put()
        assistant = await colleague(north, "assistant")
        assert (await assistant.ask("GET", "/waitlist")).status_code == 200
        answer = await assistant.ask("POST", f"/waitlist/{entry['id']}/closure", json={"reason": "x"})
        assert await code(answer) == (403, "NotAllowed")

    async def test_care_teams_keep_others_off_the_list(self, put, north, colleague):  # noqa: F811
        dentist = await colleague(north, "dentist")
        entry = await put()
        version = (await north.ask("GET", "/record-rules")).json()["version"]
        await north.ask("PATCH", "/record-rules", version=version, json={"care_teams": True})
        assert await listed(dentist) == []
        assert await code(await dentist.ask("GET", f"/waitlist/{entry['id']}")) == (404, "NoSuchWaiting")
        body = {"patient_id": entry["patient"]["id"], "service_id": entry["service_id"]}
        assert await code(await dentist.ask("POST", "/waitlist", json=body)) == (403, "NotOnCareTeam")
