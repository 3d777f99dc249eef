"""From what was accepted to a visit, to what was done, charged once and marked in the chart; and back."""

import asyncio
from datetime import datetime

import pytest

from tests.treatment.test_plans import crown, filling

AT = "2026-12-07T09:00:00Z"


async def of_chart(plans, charts):
    """A plan of one crown that the chart plans, accepted."""
    [finding] = await charts.find("16", "crown", layer="planned", material="ceramic")
    plan = (await plans.bring(await plans.begin()))["plan"]
    assert (await plans.sign(plan, await plans.present(plan))).status_code == 201
    return await plans.get(plan), finding


async def booked(plans, plan, item, provider, at=AT):
    body = {"starts_at": at, "provider_id": str(provider.id)}
    return await plans.act(plan, item, "appointments", body=body)


async def done_findings(charts):
    return [one for one in await charts.standing() if one["layer"] == "done"]


class TestPerform:
    async def test_charges_once_and_marks_the_chart_done(self, plans, charts, listed):
        plan, finding = await of_chart(plans, charts)
        done = await plans.act(plan, plan["items"][0])
        assert done.status_code == 201, done.text
        assert done.json()["items"][0]["status"] == "performed"
        assert await plans.owed() == listed.CR01["price"]["amount"]
        [mark] = await done_findings(charts)
        assert mark["fulfils_id"] == finding["id"]
        again = await plans.act(plan, plan["items"][0])
        assert (again.status_code, again.json()["code"]) == (409, "ItemIsPerformed")
        assert await plans.owed() == listed.CR01["price"]["amount"]

    async def test_two_at_once_do_it_once(self, plans, charts, listed):
        plan, _ = await of_chart(plans, charts)
        answers = await asyncio.gather(*(plans.act(plan, plan["items"][0]) for _ in range(6)))
        assert sorted(one.status_code for one in answers) == [201, *[409] * 5]
        assert await plans.owed() == listed.CR01["price"]["amount"]
        assert len(await done_findings(charts)) == 1

    async def test_undone_takes_charge_and_mark_back(self, plans, charts, listed):
        plan, _ = await of_chart(plans, charts)
        await plans.act(plan, plan["items"][0])
        undone = await plans.act(plan, plan["items"][0], verb="DELETE")
        assert undone.status_code == 200, undone.text
        assert undone.json()["items"][0]["status"] == "accepted"
        assert await plans.owed() == 0
        assert await done_findings(charts) == []
        assert (await plans.act(plan, plan["items"][0])).status_code == 201
        assert await plans.owed() == listed.CR01["price"]["amount"]
        assert len(await done_findings(charts)) == 1

    async def test_is_not_undone_once_it_is_on_an_invoice(self, plans, charts, listed):
        plan, _ = await of_chart(plans, charts)
        await plans.act(plan, plan["items"][0])
        await plans.who.ask("POST", "/invoices", json={"patient_id": str(plans.patient.id)})
        refused = await plans.act(plan, plan["items"][0], verb="DELETE")
        assert (refused.status_code, refused.json()["code"]) == (409, "ChargeAlreadyBilled")
        assert (await plans.get(plan))["items"][0]["status"] == "performed"
        assert len(await done_findings(charts)) == 1

    async def test_refuses_what_nobody_accepted(self, plans, listed):
        plan = await plans.added(await plans.begin(), crown(listed))
        assert (await plans.act(plan, plan["items"][0])).json()["code"] == "ItemIsNotAccepted"
        assert (await plans.act(plan, plan["items"][0], verb="DELETE")).json()["code"] == "NothingPerformed"

    async def test_done_in_the_chart_by_hand_is_not_done_there_twice(self, plans, charts, listed):
        plan, finding = await of_chart(plans, charts)
        assert (await charts.act(finding, "completion", json={})).status_code == 201
        assert (await plans.act(plan, plan["items"][0])).status_code == 201
        assert len(await done_findings(charts)) == 1

    async def test_a_dentist_needs_no_right_to_charge(self, plans, listed, colleague):
        plan = await plans.accepted(crown(listed))
        dentist = await colleague(plans.who, "dentist")
        them = plans.of(dentist)
        answer = await them.act(plan, plan["items"][0])
        if answer.status_code == 403 and answer.json()["code"] == "NotOnCareTeam":
            pytest.skip("care teams are on")
        assert answer.status_code == 201, answer.text
        assert await plans.owed() == listed.CR01["price"]["amount"]


class TestSeveralVisits:
    @pytest.mark.parametrize(("charging", "owed"), [("at_start", [10, 10, 10]), ("at_end", [0, 0, 10]), ("by_share", [3, 6, 10])])
    async def test_are_charged_as_the_clinic_says(self, plans, listed, charging, owed):
        clinic = (await plans.who.ask("GET", "")).json()
        changed = await plans.who.ask("PATCH", "", json={"treatment_charging": charging}, version=clinic["version"])
        assert changed.status_code == 200, changed.text
        plan = await plans.accepted(crown(listed, visits=3, price={"amount": 10, "currency": "RON"}))
        item = plan["items"][0]
        states = []
        for amount in owed:
            now = (await plans.act(plan, item)).json()
            states.append(now["items"][0]["status"])
            assert await plans.owed() == amount
        assert states == ["in_progress", "in_progress", "performed"]
        for amount in [*reversed(owed[:-1]), 0]:
            assert (await plans.act(plan, item, verb="DELETE")).status_code == 200
            assert await plans.owed() == amount

    async def test_finished_early_comes_to_the_price(self, plans, listed):
        clinic = (await plans.who.ask("GET", "")).json()
        await plans.who.ask("PATCH", "", json={"treatment_charging": "by_share"}, version=clinic["version"])
        plan = await plans.accepted(crown(listed, visits=4, price={"amount": 100, "currency": "RON"}))
        await plans.act(plan, plan["items"][0])
        assert await plans.owed() == 25
        await plans.act(plan, plan["items"][0], body={"finished": True})
        assert await plans.owed() == 100


class TestBook:
    async def test_books_a_visit_whose_completion_performs_and_charges(self, plans, charts, listed, given):
        plan, _ = await of_chart(plans, charts)
        item, provider = plan["items"][0], await given.provider(plans.who)
        assert [one["id"] for one in await plans.unscheduled()] == [item["id"]]
        visit = await booked(plans, plan, item, provider)
        assert visit.status_code == 201, visit.text
        minutes = datetime.fromisoformat(visit.json()["ends_at"]) - datetime.fromisoformat(visit.json()["starts_at"])
        assert minutes.seconds // 60 == listed.CR01["duration_minutes"]
        assert await plans.unscheduled() == []
        assert (await booked(plans, plan, item, provider, "2026-12-08T09:00:00Z")).json()["code"] == "ItemIsScheduled"
        path = f"/appointments/{visit.json()['id']}/completion"
        key = {"Idempotency-Key": "a-completion"}
        over = await plans.who.ask("POST", path, json={"items": []}, headers=key)
        assert over.is_success, over.text
        assert (await plans.get(plan))["items"][0]["status"] == "performed"
        assert await plans.owed() == listed.CR01["price"]["amount"]
        assert len(await done_findings(charts)) == 1
        assert (await plans.act(plan, item, verb="DELETE")).json()["code"] == "WorkIsOfVisit"
        undone = await plans.who.ask("DELETE", path)
        assert undone.is_success, undone.text
        assert (await plans.get(plan))["items"][0]["status"] == "accepted"
        assert await plans.owed() == 0
        assert await done_findings(charts) == []

    async def test_a_cancelled_visit_leaves_it_waiting(self, plans, listed, given):
        plan = await plans.accepted(crown(listed))
        visit = await booked(plans, plan, plan["items"][0], await given.provider(plans.who))
        await plans.who.ask("POST", f"/appointments/{visit.json()['id']}/cancellation", json={"reason": "ill"})
        assert len(await plans.unscheduled()) == 1

    async def test_a_time_that_is_taken_books_nothing(self, plans, listed, given):
        plan = await plans.accepted(crown(listed), crown(listed, "17"))
        provider = await given.provider(plans.who)
        assert (await booked(plans, plan, plan["items"][0], provider)).status_code == 201
        taken = await booked(plans, plan, plan["items"][1], provider)
        assert (taken.status_code, taken.json()["code"]) == (409, "TimeTaken")
        assert [one["tooth"] for one in await plans.unscheduled()] == ["17"]

    async def test_two_at_once_book_one_visit(self, plans, listed, given):
        plan = await plans.accepted(crown(listed))
        provider = await given.provider(plans.who)
        times = [f"2026-12-07T{hour:02}:00:00Z" for hour in range(8, 12)]
        answers = await asyncio.gather(*(booked(plans, plan, plan["items"][0], provider, at) for at in times))
        assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]

    async def test_performed_by_hand_is_not_charged_again_by_its_visit(self, plans, listed, given):
        plan = await plans.accepted(crown(listed))
        visit = (await booked(plans, plan, plan["items"][0], await given.provider(plans.who))).json()
        await plans.act(plan, plan["items"][0])
        key = {"Idempotency-Key": "another-completion"}
        path = f"/appointments/{visit['id']}/completion"
        answers = await asyncio.gather(*(plans.who.ask("POST", path, json={"items": []}, headers=key) for _ in range(1)))
        assert answers[0].is_success, answers[0].text
        assert await plans.owed() == listed.CR01["price"]["amount"]


class TestUnscheduled:
    async def test_is_sorted_by_value_or_age_and_holds_what_was_accepted_alone(self, plans, listed):
        plan = await plans.added(await plans.begin(), filling(listed), crown(listed), crown(listed, "17"))
        yes = {plan["items"][0]["id"], plan["items"][1]["id"]}
        await plans.sign(plan, await plans.present(plan), yes=yes)
        assert [one["tooth"] for one in await plans.unscheduled()] == ["16", "26"]
        assert [one["tooth"] for one in await plans.unscheduled("?sort=age")] == ["26", "16"]
