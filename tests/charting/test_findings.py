import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from tests.charting.conftest import Charts
from tests.tenancy.test_invitations import code

NEVER = "00000000-0000-7000-8000-000000000001"


class TestRecord:
    async def test_keeps_a_finding_with_its_surfaces_in_order(self, charts):
        [found] = await charts.find("26", "caries", surfaces=["o", "M"], detail="dentine", note="Cold")
        assert (found["teeth"], found["surfaces"], found["layer"], found["detail"]) == (
            ["26"],
            ["M", "O"],
            "condition",
            "dentine",
        )
        [seen] = await charts.standing()
        assert seen == found

    async def test_makes_one_for_each_tooth_and_names_the_surface_as_each_does(self, charts):
        found = await charts.find("11 16", "watch", surfaces=["V", "B5"])
        assert [(one["teeth"], one["surfaces"]) for one in found] == [(["11"], ["F", "F5"]), (["16"], ["B", "B5"])]
        assert len({one["act_id"] for one in found}) == 1

    async def test_makes_one_of_what_spans_teeth(self, charts):
        [bridge] = await charts.find("14 15 16", "bridge", layer="existing", material="zirconia", pontics=["15"])
        assert (bridge["teeth"], bridge["pontics"]) == (["14", "15", "16"], ["15"])

    async def test_plans_the_treatment_along_with_it(self, charts):
        found = await charts.find("26", "caries", surfaces=["M", "O"], plan={"condition": "restoration", "material": "composite"})
        assert [(one["condition"], one["layer"], one["surfaces"], one["material"]) for one in found] == [
            ("caries", "condition", ["M", "O"], None),
            ("restoration", "planned", ["M", "O"], "composite"),
        ]
        [_, crown] = await charts.find("27", "caries", surfaces=["O"], plan={"condition": "crown"})
        assert (crown["condition"], crown["surfaces"]) == ("crown", [])

    async def test_refuses_a_provider_of_nobody_here(self, charts, given, south):
        for id in (NEVER, str((await given.provider(south)).id)):
            assert await code(await charts.asked("36", "watch", provider_id=id)) == (404, "NoSuchProvider")
        assert await charts.standing() == []

    async def test_takes_a_day_gone_by_and_none_to_come(self, charts, north):
        [old] = await charts.find(
            "36", "restoration", surfaces=["O"], layer="existing", material="amalgam", noted_on="2019-05-04"
        )
        assert old["noted_on"] == "2019-05-04"
        far = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
        answer = await charts.asked("36", "caries", surfaces=["O"], noted_on=far)
        assert answer.json()["errors"][0]["pointer"] == "/noted_on"

    async def test_keeps_an_extra_tooth_beside_the_nearest(self, charts):
        [extra] = await charts.find(["11+1"], "impacted")
        assert extra["teeth"] == ["11+1"]

    @pytest.mark.parametrize(
        "more, pointer, said",
        [
            ({"teeth": ["19"], "condition": "watch"}, "/teeth/0", "not_a_tooth"),
            ({"teeth": ["49"], "condition": "watch"}, "/teeth/0", "not_a_tooth"),
            ({"teeth": ["56"], "condition": "watch"}, "/teeth/0", "not_a_tooth"),
            ({"teeth": ["99"], "condition": "watch"}, "/teeth/0", "not_a_tooth"),
            ({"teeth": [], "condition": "watch"}, "/teeth", None),
            ({"teeth": ["16", "16"], "condition": "watch"}, "/teeth", "twice"),
            ({"teeth": ["16"], "condition": "decay"}, "/condition", None),
            ({"teeth": ["16"], "condition": "caries"}, "/surfaces", "surfaces_wanted"),
            ({"teeth": ["11"], "condition": "caries", "surfaces": ["O"]}, "/surfaces", "no_such_surface"),
            ({"teeth": ["36"], "condition": "caries", "surfaces": ["P"]}, "/surfaces", "no_such_surface"),
            ({"teeth": ["36"], "condition": "caries", "surfaces": ["M", "M"]}, "/surfaces", "surface_twice"),
            ({"teeth": ["36"], "condition": "crown", "surfaces": ["M"], "layer": "done"}, "/surfaces", "no_surfaces_wanted"),
            ({"teeth": ["36"], "condition": "caries", "surfaces": ["M"], "layer": "planned"}, "/layer", "layer_does_not_fit"),
            (
                {"teeth": ["36"], "condition": "caries", "surfaces": ["M"], "material": "gold"},
                "/material",
                "material_does_not_fit",
            ),
            ({"teeth": ["36"], "condition": "watch", "detail": "pulp"}, "/detail", "detail_does_not_fit"),
            ({"teeth": ["36"], "condition": "bridge", "layer": "done"}, "/teeth", "too_few_teeth"),
            ({"teeth": ["36", "26"], "condition": "bridge", "layer": "done"}, "/teeth", "two_arches"),
            ({"teeth": ["36", "37"], "condition": "bridge", "layer": "done", "pontics": ["38"]}, "/pontics", "not_of_the_bridge"),
            ({"teeth": ["36", "37"], "condition": "bridge", "layer": "done", "pontics": ["36", "37"]}, "/pontics", "no_abutment"),
            ({"teeth": ["36"], "condition": "watch", "plan": {"condition": "restoration"}}, "/surfaces", "surfaces_wanted"),
            ({"teeth": ["36"], "condition": "watch", "plan": {"condition": "caries"}}, "/plan", "layer_does_not_fit"),
            ({"teeth": ["36"], "condition": "watch", "plan": {"condition": "bridge"}}, "/plan", "spans_teeth"),
            ({"teeth": ["36"], "condition": "watch", "note": "x" * 2001}, "/note", None),
        ],
    )
    async def test_points_at_what_is_wrong_and_writes_nothing(self, charts, more, pointer, said):
        answer = await charts.clinic.ask("POST", f"{charts.home}/findings", json=more)
        assert answer.status_code == 422, answer.text
        [error] = answer.json()["errors"]
        assert error["pointer"] == pointer
        assert said is None or error["code"] == said
        assert await charts.standing() == []

    async def test_asks_about_a_tooth_that_is_missing_and_then_believes(self, charts):
        await charts.find("26", "missing")
        assert await code(await charts.asked("26", "caries", surfaces=["O"])) == (409, "ToothIsAbsent")
        await charts.find("26", "implant", layer="planned")
        await charts.find("26", "caries", surfaces=["O"], even_if_absent=True)

    async def test_asks_nothing_after_the_missing_was_struck(self, charts):
        [gone] = await charts.find("26", "missing")
        await charts.act(gone, "strike", json={"reason": "Wrong side"})
        await charts.find("26", "caries", surfaces=["O"])

    async def test_a_retained_primary_tooth_is_noticed(self, charts):
        await charts.find("15", "erupted")
        answer = await charts.asked("55", "erupted")
        assert (answer.status_code, answer.json()["notices"]) == (201, [{"code": "retained", "teeth": ["55"]}])
        assert (await charts.asked("54", "erupted")).json()["notices"] == []

    async def test_refuses_whoever_is_not_here(self, charts, given, north, south):
        for patient_id in (NEVER, str((await given.patient(south)).id)):
            away = Charts(north, type("P", (), {"id": patient_id}))
            assert await code(await away.asked("16", "watch")) == (404, "NoSuchPatient")
            assert (await north.ask("GET", away.home)).status_code == 404

    async def test_does_it_once_for_the_same_key(self, charts):
        asked = {"json": {"teeth": ["16"], "condition": "watch"}, "headers": {"idempotency-key": "k"}}
        first, again = [await charts.clinic.ask("POST", f"{charts.home}/findings", **asked) for _ in range(2)]
        assert first.json() == again.json()
        assert len(await charts.standing()) == 1


class TestStrike:
    async def test_keeps_what_was_wrong_to_be_read(self, charts):
        [found] = await charts.find("26", "caries", surfaces=["M"])
        struck = (await charts.act(found, "strike", json={"reason": "Other tooth"}, version=1)).json()
        assert (struck["strike_reason"], struck["version"]) == ("Other tooth", 2)
        assert struck["struck_by"] and struck["struck_at"]
        assert await charts.standing() == []
        assert [one["id"] for one in (await charts.chart())["findings"]] == [found["id"]]

    async def test_wants_a_reason_and_is_done_once(self, charts):
        [found] = await charts.find("26", "caries", surfaces=["M"])
        assert (await charts.act(found, "strike", json={"reason": " "})).status_code == 422
        await charts.act(found, "strike", json={"reason": "Wrong"})
        assert await code(await charts.act(found, "strike", json={"reason": "Wrong"})) == (409, "FindingIsStruck")

    async def test_of_two_who_saw_the_same_one_is_told(self, charts):
        [found] = await charts.find("26", "caries", surfaces=["M"])
        answers = await asyncio.gather(*(charts.act(found, "strike", json={"reason": f"Wrong {n}"}, version=1) for n in range(8)))
        assert sorted(answer.status_code for answer in answers) == [201] + [412] * 7
        assert await code(next(answer for answer in answers if answer.status_code == 412)) == (412, "FindingIsStale")

    async def test_is_taken_back(self, charts):
        [found] = await charts.find("26", "caries", surfaces=["M"])
        await charts.act(found, "strike", json={"reason": "Wrong"})
        back = (await charts.act(found, "strike", "DELETE", version=2)).json()
        assert (back["struck_at"], back["version"]) == (None, 3)
        assert [one["id"] for one in await charts.standing()] == [found["id"]]

    async def test_does_not_find_one_of_another_patient(self, charts, given, north):
        [found] = await charts.find("26", "caries", surfaces=["M"])
        other = Charts(north, await given.patient(north, "Ion"))
        assert await code(await other.act(found, "strike", json={"reason": "Wrong"})) == (404, "NoSuchFinding")


class TestCorrect:
    async def test_strikes_and_writes_anew_in_one_act(self, charts):
        [found] = await charts.find("26", "caries", surfaces=["M"])
        body = {"teeth": ["27"], "surfaces": ["M"], "condition": "caries", "reason": "Other tooth"}
        answer = await charts.act(found, "correction", json=body, version=1)
        assert answer.status_code == 201, answer.text
        [anew] = answer.json()["findings"]
        assert (anew["teeth"], anew["replaces_id"]) == (["27"], found["id"])
        assert [one["id"] for one in await charts.standing()] == [anew["id"]]

    async def test_strikes_nothing_where_the_new_one_is_wrong(self, charts):
        [found] = await charts.find("26", "caries", surfaces=["M"])
        body = {"teeth": ["11"], "surfaces": ["O"], "condition": "caries", "reason": "Other tooth"}
        assert (await charts.act(found, "correction", json=body)).status_code == 422
        assert [one["id"] for one in await charts.standing()] == [found["id"]]


class TestFulfil:
    async def test_writes_down_what_was_done_beside_the_plan(self, charts):
        [plan] = await charts.find("26", "crown", layer="planned", material="zirconia")
        [done] = (await charts.act(plan, "completion", json={}, version=1)).json()["findings"]
        assert (done["layer"], done["fulfils_id"], done["material"]) == ("done", plan["id"], "zirconia")

    async def test_is_done_once_however_many_try(self, charts):
        [plan] = await charts.find("26", "crown", layer="planned")
        answers = await asyncio.gather(*(charts.act(plan, "completion", json={}) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
        assert [one["layer"] for one in await charts.standing()] == ["planned", "done"]

    async def test_may_be_done_again_after_the_first_was_struck_and_then_not_restored(self, charts):
        [plan] = await charts.find("26", "crown", layer="planned")
        [done] = (await charts.act(plan, "completion", json={})).json()["findings"]
        await charts.act(done, "strike", json={"reason": "Other day"})
        assert (await charts.act(plan, "completion", json={})).status_code == 201
        assert await code(await charts.act(done, "strike", "DELETE")) == (409, "PlanIsDone")

    async def test_refuses_what_is_not_planned(self, charts):
        [found] = await charts.find("26", "caries", surfaces=["M"])
        assert await code(await charts.act(found, "completion", json={})) == (409, "NothingPlanned")


class TestChart:
    async def test_is_empty_and_of_the_age_in_the_beginning(self, charts, given, north):
        assert await charts.chart() == {
            "patient_id": str(charts.patient.id), "stage": "permanent", "stage_set": "by_age", "findings": [],
        }  # fmt: skip
        year = datetime.now(UTC).year
        for age, stage in ((4, "primary"), (8, "mixed"), (14, "permanent")):
            child = Charts(north, await given.patient(north, birth_date=f"{year - age}-01-01"))
            assert (await child.chart())["stage"] == stage

    async def test_is_of_the_stage_that_somebody_says_until_they_say_by_age(self, charts):
        for stage, shown in (("mixed", "mixed"), ("primary", "primary"), ("by_age", "permanent")):
            answer = await charts.clinic.ask("PUT", f"{charts.home}/stage", json={"stage": stage})
            assert (answer.json()["stage_set"], answer.json()["stage"]) == (stage, shown)

    async def test_shows_the_record_as_it_stood(self, charts):
        [first] = await charts.find("26", "caries", surfaces=["M"])
        between = first["created_at"]
        await charts.find("27", "caries", surfaces=["M"])
        await charts.act(first, "strike", json={"reason": "Wrong"})
        then = await charts.chart(params={"at": between})
        assert [(one["id"], one["struck_at"], one["strike_reason"]) for one in then["findings"]] == [(first["id"], None, None)]

    async def test_is_read_on_record(self, charts, root):
        await charts.chart()
        count = "select count(*) from audit_event where entity = 'tooth_chart' and patient_id = %s and action = 'read'"
        assert root.execute(count, [charts.patient.id]).fetchone() == (1,)


class TestRoles:
    async def test_an_assistant_writes_under_a_providers_name_and_plans_nothing(self, charts, colleague, given, north):
        assistant = Charts(await colleague(north, "assistant"), charts.patient)
        refused = await assistant.asked("16", "watch")
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/provider_id")
        provider = await given.provider(north)
        [found] = await assistant.find("16", "watch", provider_id=str(provider.id))
        assert found["provider_id"] == str(provider.id)
        planning = await assistant.asked("16", "crown", layer="planned", provider_id=str(provider.id))
        assert await code(planning) == (403, "MayNotPlan")
        [theirs] = await charts.find("17", "watch")
        assert await code(await assistant.act(theirs, "strike", json={"reason": "x"})) == (403, "NotYourFinding")
        assert (await assistant.act(found, "strike", json={"reason": "x"})).status_code == 201

    async def test_a_hygienist_charts_and_strikes_and_leaves_plans_alone(self, charts, colleague, north):
        [plan] = await charts.find("16", "crown", layer="planned")
        hygienist = Charts(await colleague(north, "hygienist"), charts.patient)
        [found] = await hygienist.find("16", "caries", surfaces=["O"])
        assert (await hygienist.act(found, "strike", json={"reason": "Stain"})).status_code == 201
        assert await code(await hygienist.act(plan, "strike", json={"reason": "No"})) == (403, "MayNotPlan")
        both = await hygienist.asked("17", "caries", surfaces=["O"], plan={"condition": "restoration"})
        assert await code(both) == (403, "MayNotPlan")

    async def test_the_desk_sees_no_chart(self, charts, colleague, north):
        desk = Charts(await colleague(north, "receptionist"), charts.patient)
        assert (await north.ask("GET", charts.home)).status_code == 200
        assert (await desk.clinic.ask("GET", charts.home)).status_code == 403
