"""Work goes to a laboratory and comes back in time, or somebody is told."""

import asyncio
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from chairside.kernel import clock
from chairside.labs import rules
from tests.conftest import NOON
from tests.tenancy.test_invitations import code

TODAY = date(2026, 11, 30)
LATE = "update lab_case set due_on = %(due_on)s where id = %(id)s"


@pytest.fixture
async def today(north):
    async with north.op(now=clock.now()) as op:
        return op.today


class TestPlan:
    async def test_is_due_after_the_usual_days_unless_a_day_is_said(self, cases, today):
        case = await cases.planned(shade="A2", material="Zirconia", instructions="Margins as marked")
        assert (case["status"], case["due_on"]) == ("planned", (today + timedelta(days=7)).isoformat())
        assert (case["teeth"], case["laboratory_name"], case["shade"]) == (["26"], "Ceramica Nord", "A2")
        assert (await cases.planned(due_on=str(today + timedelta(days=30))))["due_on"] == str(today + timedelta(days=30))

    @pytest.mark.parametrize("wrong", [
        {"teeth": ["99"]}, {"teeth": ["19"]}, {"teeth": "26"}, {"teeth": ["26"] * 33}, {"work": "spaceship"}, {"due_on": "2020-01-01"},
        {"due_on": "soon"}, {"laboratory_id": "01a1fd99-0000-7000-8000-000000000001"}, {"shade": "x" * 101},
        {"provider_id": "01a1fd99-0000-7000-8000-000000000001"}, {"instructions": "x" * 2001},
    ])  # fmt: skip
    async def test_says_what_is_wrong_and_keeps_nothing(self, cases, wrong):
        refused = await cases.plan(**wrong)
        assert refused.status_code == 422, refused.text
        assert all(error["detail"] for error in refused.json()["errors"])
        assert (await cases.done("GET"))["items"] == []

    async def test_is_for_a_visit_of_the_same_patient(self, north, given, cases):
        other = await given.appointment(north, starts_at=NOON, provider=cases.provider)
        assert await code(await cases.plan(appointment_id=str(other.id))) == (404, "NoSuchAppointment")

    async def test_goes_to_no_laboratory_that_has_stopped(self, north, cases):
        stopped = {"active": False}
        changed = await north.ask("PATCH", f"/labs/{cases.laboratory['id']}", json=stopped, version=1)
        assert changed.json()["active"] is False
        assert (await cases.plan()).status_code == 422
        assert await code(await north.ask("PATCH", f"/labs/{cases.laboratory['id']}", json=stopped, version=1)) == (
            412,
            "LaboratoryIsStale",
        )


class TestSteps:
    async def test_lead_from_plan_to_check_with_days_and_names(self, cases):
        case = await cases.stepped(await cases.planned(), "sent", "received", "returned", "received", "checked")
        assert case["status"] == "checked"
        assert [(one["step"], one["by"]) for one in case["steps"]] == [
            (step, "Ana Dinu") for step in ("sent", "received", "returned", "received", "checked")
        ]
        changed = await cases.ask("PATCH", f"/{case['id']}", json={"shade": "A3"}, version=case["version"])
        assert await code(changed) == (409, "LabCaseIsClosed")

    @pytest.mark.parametrize(
        "steps, wrong",
        [
            ((), "received"),
            ((), "checked"),
            (("sent",), "sent"),
            (("sent", "received", "checked"), "cancelled"),
            (("cancelled",), "sent"),
        ],
    )
    async def test_do_not_jump(self, cases, steps, wrong):
        case = await cases.stepped(await cases.planned(), *steps)
        assert await code(await cases.step(case, wrong)) == (409, "LabStepDoesNotFollow")

    async def test_are_taken_back_one_by_one(self, cases):
        case = await cases.stepped(await cases.planned(), "sent", "received")
        assert (await cases.done("DELETE", f"/{case['id']}/steps/last"))["status"] == "sent"
        back = await cases.done("DELETE", f"/{case['id']}/steps/last")
        assert (back["status"], back["steps"]) == ("planned", [])
        assert await code(await cases.ask("DELETE", f"/{case['id']}/steps/last")) == (409, "NoLabStep")

    async def test_of_two_at_once_one_wins(self, cases):
        case = await cases.planned()
        answers = await asyncio.gather(cases.step(case, "sent"), cases.step(case, "sent"))
        assert sorted(answer.status_code for answer in answers) == [201, 409]

    async def test_nothing_is_due_before_it_is_sent(self, north, cases, today):
        case = await cases.planned()
        async with north.op() as op:
            await op.db.run(LATE, due_on=today - timedelta(days=1), id=case["id"])
        assert await code(await cases.step(case, "sent")) == (409, "DueBeforeSent")
        later = await cases.planned()
        sent = await cases.stepped(later, "sent")
        refused = await cases.ask(
            "PATCH", f"/{sent['id']}", json={"due_on": str(today - timedelta(days=2))}, version=sent["version"]
        )
        assert refused.json()["errors"][0]["code"] == "before_sent"


class TestInTime:
    async def test_warns_when_it_is_due_after_its_visit_also_when_that_moves(self, north, given, cases):
        visit = await given.appointment(north, starts_at=NOON, patient=cases.patient, provider=cases.provider)
        async with north.op() as op:
            day = visit.starts_at.astimezone(op.clinic.zone).date()
        case = await cases.planned(appointment_id=str(visit.id), due_on=str(day))
        assert case["trouble"] is None
        moved = await cases.done(
            "PATCH", f"/{case['id']}", json={"due_on": str(day + timedelta(days=1))}, version=case["version"]
        )
        assert moved["trouble"] == "due_after_visit"
        later = {"starts_at": (visit.starts_at + timedelta(days=7)).isoformat()}
        answer = await north.ask("POST", f"/appointments/{visit.id}/rescheduling", json=later, version=visit.version)
        assert answer.status_code == 201, answer.text
        [read] = await cases.listed(appointment_id=str(visit.id))
        assert (read["id"], read["trouble"]) == (case["id"], None)

    @pytest.mark.parametrize("status, due, visit, state, told", [
        ("sent", 5, 6, "scheduled", None), ("sent", 7, 6, "scheduled", "due_after_visit"), ("planned", 6, 6, "confirmed", None),
        ("sent", 5, 0, "scheduled", "not_back"), ("returned", 5, -1, "completed", "not_back"), ("sent", 5, 6, "cancelled", "visit_cancelled"),
        ("received", 9, 6, "scheduled", None), ("checked", 9, 6, "cancelled", None), ("sent", 9, None, None, None),
    ])  # fmt: skip
    def test_what_is_told(self, status, due, visit, state, told):
        on = None if visit is None else TODAY + timedelta(days=visit)
        assert rules.trouble(status, TODAY + timedelta(days=due), on, state, TODAY) == told


class TestTheList:
    async def test_is_by_due_day_of_those_that_are_not_back(self, cases, today):
        days = [9, 3, 6]
        made = {days: (await cases.planned(due_on=str(today + timedelta(days=days))))["id"] for days in days}
        back = await cases.stepped(await cases.planned(), "sent", "received")
        assert [one["id"] for one in await cases.listed()] == [made[3], made[6], made[9]]
        assert back["id"] in [one["id"] for one in await cases.listed(which="all")]
        assert [one["id"] for one in await cases.listed(status="received")] == [back["id"]]
        first = (await cases.who.ask("GET", "/lab-cases", params={"limit": 2})).json()
        rest = await cases.listed(limit=2, cursor=first["next_cursor"])
        assert [one["id"] for one in rest] == [made[9]]

    async def test_overdue_is_what_was_due_before_today(self, north, cases, today):
        late, _ = await cases.planned(), await cases.planned()
        async with north.op() as op:
            await op.db.run(LATE, due_on=today - timedelta(days=1), id=late["id"])
        assert [(one["id"], one["overdue"]) for one in await cases.listed(which="overdue")] == [(late["id"], True)]

    async def test_is_never_anothers(self, south, cases):
        case = await cases.planned()
        assert await cases.of(south).listed(which="all") == []
        assert (await cases.of(south).ask("GET", f"/{case['id']}")).status_code == 404


class TestTheFrontDesk:
    async def test_marks_sent_and_received_and_reads_no_clinical_word(self, north, cases, colleague):
        desk = cases.of(await colleague(north, "receptionist"))
        case = await cases.planned(shade="A2", material="Zirconia", instructions="Bruxism; leave out of occlusion")
        [seen] = await desk.listed()
        assert (seen["work"], seen["teeth"], seen["laboratory_name"]) == ("crown", ["26"], "Ceramica Nord")
        assert (seen["shade"], seen["material"], seen["instructions"]) == (None, None, None)
        sent = await desk.stepped(case, "sent", "received")
        assert "Bruxism" not in str(sent)
        assert await code(await desk.step(case, "checked")) == (403, "NotAllowed")
        assert await code(await desk.plan()) == (403, "NotAllowed")
        assert await code(await desk.ask("PATCH", f"/{case['id']}", json={"shade": "x"}, version=3)) == (403, "NotAllowed")
        assert await code(await desk.ask("GET", f"/{case['id']}/slip")) == (403, "NotAllowed")
        assert (await cases.step(case, "returned", reason="Open margin")).status_code == 201
        assert "Open margin" not in str(await desk.listed())


async def test_the_slip_says_what_the_laboratory_needs(cases):
    case = await cases.planned(shade="A2", material="Zirconia", instructions="Margins as marked", teeth=["26", "25"])
    answer = await cases.ask("GET", f"/{case['id']}/slip")
    assert answer.headers["content-type"] == "application/pdf"
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    for said in ("Ceramica Nord", "A2", "Zirconia", "Margins as marked", "26, 25 (FDI)", "Popescu"):
        assert said in text


async def test_the_slip_counts_teeth_as_the_clinic_does_and_says_how(cases):
    clinic = await cases.who.ask("GET", "")
    told = await cases.who.ask("PATCH", "", json={"tooth_notation": "universal"}, version=clinic.json()["version"])
    assert told.is_success, told.text
    case = await cases.planned(teeth=["26", "11+1"])
    answer = await cases.ask("GET", f"/{case['id']}/slip")
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "14, 8+1 (Universal)" in text and "26" not in text.partition("Teeth")[2][:20]
