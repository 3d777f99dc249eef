"""What is planned: items as their procedures ask for them, their order, alternatives, and what the chart plans already."""

import asyncio

import pytest

from tests.treatment.conftest import Plans


def filling(listed, tooth="26", surfaces=("M", "O"), **more):
    return {"procedure_id": listed.FI02["id"], "tooth": tooth, "surfaces": list(surfaces), **more}


def crown(listed, tooth="16", **more):
    return {"procedure_id": listed.CR01["id"], "tooth": tooth, **more}


class TestAdd:
    async def test_keeps_what_it_was_called_and_cost_then(self, plans, listed):
        plan = await plans.added(await plans.begin(), crown(listed), filling(listed))
        assert [(one["name"], one["tooth"], one["surfaces"]) for one in plan["items"]] == [
            ("Ceramic crown", "16", []), ("Composite filling, two surfaces", "26", ["M", "O"]),
        ]  # fmt: skip
        patch = {"price": {"amount": 1, "currency": "RON"}, "name": "Another"}
        changed = await plans.who.ask("PATCH", f"/procedures/{listed.CR01['id']}", json=patch, version=1)
        assert changed.status_code == 200, changed.text
        assert (await plans.get(plan))["items"][0]["name"] == "Ceramic crown"
        assert (await plans.get(plan))["most"]["amount"] == listed.CR01["price"]["amount"] + listed.FI02["price"]["amount"]
        assert all(one["estimate"] is None for one in plan["items"])

    @pytest.mark.parametrize(
        ("code", "where", "pointer", "why"),
        [
            ("CR01", {}, "/tooth", "required"),
            ("CR01", {"tooth": "55"}, "/tooth", "wrong_dentition"),
            ("CR01", {"tooth": "16", "surfaces": ["M"]}, "/surfaces", "not_asked_here"),
            ("FI02", {"tooth": "26", "surfaces": ["M"]}, "/surfaces", "wrong_count"),
            ("FI02", {"tooth": "11", "surfaces": ["M", "O"]}, "/surfaces", "no_such_surface"),
            ("FI02", {"tooth": "26", "surfaces": ["M", "M"]}, "/surfaces", "surface_twice"),
            ("FI02", {"tooth": "99", "surfaces": ["M", "O"]}, "/tooth", "not_a_tooth"),
            ("PE01", {}, "/quadrant", "required"),
            ("DE01", {"arch": None}, "/arch", "required"),
            ("EX01", {"tooth": "11"}, "/tooth", "not_asked_here"),
            ("CR04", {"tooth": "14", "through": "46"}, "/through", "two_arches"),
            ("CR04", {"tooth": "14"}, "/through", "required"),
            ("CR01", {"tooth": "16", "price": {"amount": 1, "currency": "USD"}}, "/price/currency", "wrong_currency"),
        ],
    )
    async def test_says_what_is_wrong_and_keeps_nothing(self, plans, listed, code, where, pointer, why):
        plan = await plans.begin()
        answer = await plans.add(plan, filling(listed), {"procedure_id": getattr(listed, code)["id"], **where})
        assert answer.status_code == 422, answer.text
        assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, why)]
        assert (await plans.get(plan))["items"] == []

    async def test_counts_necks_as_surfaces_of_their_own(self, plans, listed):
        plan = await plans.added(await plans.begin(), filling(listed, surfaces=["B", "B5"]))
        assert plan["items"][0]["surfaces"] == ["B", "B5"]

    async def test_refuses_what_is_not_done_here_any_more(self, plans, listed):
        await plans.who.ask("POST", f"/procedures/{listed.CR01['id']}/archival", version=1)
        answer = await plans.add(await plans.begin(), crown(listed))
        assert (answer.status_code, answer.json()["code"]) == (409, "ProcedureIsArchived")

    async def test_of_two_at_once_the_second_is_told(self, plans, listed):
        plan = await plans.begin()
        answers = await asyncio.gather(*(plans.add(plan, crown(listed, tooth), version=1) for tooth in ("16", "17")))
        assert sorted(one.status_code for one in answers) == [201, 412]
        stale = next(one for one in answers if one.status_code == 412)
        assert (stale.json()["code"], stale.json()["facts"]["version"]) == ("PlanIsStale", 2)
        assert len((await plans.get(plan))["items"]) == 1

    async def test_is_not_of_another_patient_or_clinic(self, plans, listed, north, south, given):
        other = Plans(north, await given.patient(north, "Ion"))
        plan = await plans.added(await plans.begin(), crown(listed))
        item = plan["items"][0]
        assert (await other.ask("GET", f"/{plan['id']}")).json()["code"] == "NoSuchPlan"
        mine = await other.begin()
        assert (await other.act(mine, item)).json()["code"] == "NoSuchItem"
        assert (await other.ask("PATCH", f"/{mine['id']}/items/{item['id']}", json={"visits": 2}, version=1)).status_code == 404
        assert (await plans.of(south).ask("GET")).status_code == 404


class TestChange:
    async def test_of_what_was_accepted_is_asked_for_anew(self, plans, listed):
        plan = await plans.accepted(crown(listed), filling(listed))
        item = plan["items"][0]
        path = f"/{plan['id']}/items/{item['id']}"
        noted = await plans.done("PATCH", path, json={"note": "Shade A2"}, version=plan["version"])
        assert noted["items"][0]["status"] == "accepted"
        changed = await plans.done("PATCH", path, json={"price": {"amount": 5, "currency": "RON"}}, version=noted["version"])
        assert [one["status"] for one in changed["items"]] == ["proposed", "accepted"]

    async def test_keeps_what_was_begun(self, plans, listed):
        plan = await plans.accepted(crown(listed))
        item = plan["items"][0]
        assert (await plans.act(plan, item)).status_code == 201
        for verb, rest, more in (("PATCH", "", {"json": {"visits": 2}}), ("POST", "/removal", {})):
            answer = await plans.ask(verb, f"/{plan['id']}/items/{item['id']}{rest}", version=plan["version"], **more)
            assert (answer.status_code, answer.json()["code"]) == (409, "ItemIsUnderWay"), answer.text

    async def test_another_procedure_asks_for_its_own_place(self, plans, listed):
        plan = await plans.added(await plans.begin(), crown(listed))
        path = f"/{plan['id']}/items/{plan['items'][0]['id']}"
        body = {"procedure_id": listed.FI02["id"]}
        refused = await plans.ask("PATCH", path, json=body, version=plan["version"])
        assert refused.json()["errors"][0]["pointer"] == "/surfaces"
        changed = await plans.done("PATCH", path, json=body | {"tooth": "16", "surfaces": ["O", "D"]}, version=plan["version"])
        assert (changed["items"][0]["name"], changed["items"][0]["price"]) == (listed.FI02["name"], listed.FI02["price"])

    async def test_removed_comes_back(self, plans, listed):
        plan = await plans.added(await plans.begin(), crown(listed))
        item = plan["items"][0]
        gone = await plans.done("POST", f"/{plan['id']}/items/{item['id']}/removal", version=plan["version"])
        assert gone["items"] == []
        back = await plans.done("DELETE", f"/{plan['id']}/items/{item['id']}/removal")
        assert [one["id"] for one in back["items"]] == [item["id"]]


class TestArrange:
    async def test_moves_through_phases_and_says_the_order_of_all(self, plans, listed):
        plan = await plans.added(await plans.begin(), crown(listed), filling(listed), crown(listed, "17"))
        first, second, third = (one["id"] for one in plan["items"])
        order = [{"item_id": third, "phase": 1}, {"item_id": first, "phase": 2}, {"item_id": second, "phase": 2}]
        moved = await plans.done("PUT", f"/{plan['id']}/order", json={"items": order}, version=plan["version"])
        assert [(one["id"], one["phase"]) for one in moved["items"]] == [(third, 1), (first, 2), (second, 2)]
        refused = await plans.ask("PUT", f"/{plan['id']}/order", json={"items": order[:2]})
        assert refused.json()["errors"][0]["code"] == "not_all"

    async def test_alternatives_come_to_the_least_and_the_most(self, plans, listed):
        plan = await plans.added(await plans.begin(), crown(listed))
        both = await plans.added(plan, filling(listed, "16", alternative_to=plan["items"][0]["id"]))
        assert len({one["choice"] for one in both["items"]}) == 1
        assert both["least"] == listed.FI02["price"]
        assert both["most"] == listed.CR01["price"]


class TestPutAway:
    async def test_is_not_changed_and_comes_back(self, plans, listed):
        plan = await plans.accepted(crown(listed))
        away = await plans.done("POST", f"/{plan['id']}/archival", version=plan["version"])
        assert away["archived_at"]
        assert (await plans.add(plan, crown(listed, "17"))).json()["code"] == "PlanIsArchived"
        assert await plans.unscheduled() == []
        await plans.done("DELETE", f"/{plan['id']}/archival")
        assert len(await plans.unscheduled()) == 1


class TestBring:
    async def test_brings_what_the_chart_plans_once(self, plans, charts, listed):
        await charts.find("16", "crown", layer="planned", material="ceramic")
        await charts.find("26", "restoration", layer="planned", surfaces=["M", "O"], material="composite")
        await charts.find("36", "root_canal", layer="planned")
        await charts.find("18", "extraction", layer="planned")
        await charts.find("46", "caries", surfaces=["O"])
        brought = await plans.bring(await plans.begin())
        assert [(one["code"], one["tooth"], one["surfaces"]) for one in brought["plan"]["items"]] == [
            ("CR-01", "16", []), ("FI-02", "26", ["M", "O"]), ("RC-03", "36", []), ("SU-01", "18", []),
        ]  # fmt: skip
        assert brought["unmatched"] == []
        again = await plans.bring(brought["plan"])
        assert len(again["plan"]["items"]) == 4

    async def test_of_two_plans_at_once_one_has_it(self, plans, charts, listed):
        await charts.find("16", "crown", layer="planned", material="ceramic")
        one, other = await plans.begin("One"), await plans.begin("Other")
        answers = await asyncio.gather(*(plans.ask("POST", f"/{plan['id']}/planned-findings", json={}) for plan in (one, other)))
        counts = [len((await plans.get(plan))["items"]) for plan in (one, other)]
        assert sorted(counts) == [0, 1], [answer.text for answer in answers]

    async def test_says_what_the_list_does_not_have(self, plans, charts):
        [found] = await charts.find("16", "crown", layer="planned")
        brought = await plans.bring(await plans.begin())
        assert [one["id"] for one in brought["unmatched"]] == [found["id"]]

    async def test_takes_what_was_chosen_for_the_like_before(self, plans, charts, listed):
        await charts.find("16", "crown", layer="planned", material="zirconia")
        plan = (await plans.bring(await plans.begin()))["plan"]
        item = plan["items"][0]
        body = {"procedure_id": listed.CR02["id"]}
        await plans.done("PATCH", f"/{plan['id']}/items/{item['id']}", json=body, version=plan["version"])
        await charts.find("17", "crown", layer="planned", material="zirconia")
        assert [one["code"] for one in (await plans.bring(plan))["plan"]["items"]] == ["CR-02", "CR-02"]


class TestReading:
    async def test_the_front_desk_sees_neither_notes_nor_findings(self, plans, charts, listed, colleague):
        await charts.find("16", "crown", layer="planned", material="ceramic")
        plan = (await plans.bring(await plans.begin()))["plan"]
        item = plan["items"][0]
        await plans.done("PATCH", f"/{plan['id']}/items/{item['id']}", json={"note": "Bruxism"}, version=plan["version"])
        for role, sees in (("receptionist", False), ("accountant", False), ("admin", True), ("hygienist", True)):
            them = plans.of(await colleague(plans.who, role))
            found = await them.ask("GET")
            if found.status_code == 403:  # not on the care team
                assert found.json()["code"] == "NotOnCareTeam"
                continue
            [shown] = found.json()["items"][0]["items"]
            assert bool(shown["note"]) == bool(shown["finding_id"]) == sees, role
            assert (shown["name"], shown["tooth"], shown["price"]) == (item["name"], "16", item["price"])
            refused = await them.ask("POST", json={"title": "Theirs"})
            assert (refused.status_code, refused.json()["code"]) == (403, "NotAllowed")

    async def test_of_nobody_is_404(self, north):
        answer = await north.ask("GET", "/patients/01a1fd99-0000-7000-8000-000000000001/treatment-plans")
        assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchPatient")
