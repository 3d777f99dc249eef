"""What is recorded of a patient's health: kept, ended, struck through, looked through, compared; and what stands on every screen."""

import pytest

from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_invitations import code
from tests.tenancy.test_roles import colleague  # noqa: F401

PENICILLIN = {"kind": "allergy", "name": "Penicillin", "severity": "severe", "reaction": "Hives"}
THINNER = {"kind": "medication", "name": "Warfarin", "dose": "5 mg", "anticoagulant": True}


def path(patient, rest=""):
    return f"/patients/{patient.id}/medical-history{rest}"


async def add(clinic, patient, **facts):
    answer = await clinic.ask("POST", path(patient, "/entries"), json=facts)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def whole(clinic, patient):
    answer = await clinic.ask("GET", path(patient))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def alerts(clinic, patient):
    answer = await clinic.ask("GET", f"/patients/{patient.id}/alerts")
    assert answer.status_code == 200, answer.text
    return answer.json()


class TestRecording:
    async def test_nobody_asked_is_not_the_same_as_none(self, north, maria):
        before = await whole(north, maria)
        assert (before["known"]["allergy"], before["version"], before["entries"]) == ("not_asked", 0, [])
        none = await north.ask("PUT", path(maria, "/none/allergy"), version=0)
        assert (none.json()["known"]["allergy"], none.json()["version"]) == ("none", 1)
        assert (await alerts(north, maria))["allergies"] == "none"
        await add(north, maria, **PENICILLIN)
        assert (await whole(north, maria))["known"] == {
            "allergy": "some", "medication": "not_asked", "condition": "not_asked", "pregnancy": "not_asked",
            "premedication": "not_asked",
        }  # fmt: skip
        assert await code(await north.ask("PUT", path(maria, "/none/allergy"))) == (409, "ThereIsSome")
        await north.ask("PUT", path(maria, "/none/medication"))
        again = await north.ask("DELETE", path(maria, "/none/medication"))
        assert again.json()["known"]["medication"] == "not_asked"

    async def test_what_was_none_and_came_is_not_none_when_it_is_over(self, north, maria):
        await north.ask("PUT", path(maria, "/none/medication"))
        entry = await add(north, maria, **THINNER)
        await north.ask("POST", path(maria, f"/entries/{entry['id']}/end"), json={})
        assert (await whole(north, maria))["known"]["medication"] == "not_asked"

    @pytest.mark.parametrize(
        ("facts", "pointer", "why"),
        [
            ({"kind": "allergy"}, "/name", "required"),
            ({"kind": "allergy", "name": "x", "dose": "x"}, "/dose", "not_of_this_kind"),
            ({"kind": "pregnancy", "name": "x"}, "/name", "not_of_this_kind"),
            ({"kind": "condition", "name": "x", "anticoagulant": True}, "/anticoagulant", "not_of_this_kind"),
            ({"kind": "premedication", "name": "x"}, "/reason", "required"),
            ({"kind": "condition", "name": "x", "code": "73211009"}, "/code_system", "required"),
            ({"kind": "condition", "name": "x", "since": "2019-13"}, "/since", "not_a_partial_date"),
            ({"kind": "condition", "name": "x", "since": "20190101"}, "/since", "not_a_partial_date"),
            ({"kind": "condition", "name": "x", "since": "0019"}, "/since", "out_of_range"),
            ({"kind": "condition", "name": "x", "since": "2019-05", "until": "2019-04-30"}, "/until", "runs_backward"),
            ({"kind": "allergy", "name": "x", "severity": "deadly"}, "/severity", "literal_error"),
        ],
    )
    async def test_says_what_is_wrong_and_writes_nothing(self, north, maria, facts, pointer, why):
        answer = await north.ask("POST", path(maria, "/entries"), json=facts)
        assert answer.status_code == 422, answer.text
        assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, why)]
        assert (await whole(north, maria))["version"] == 0

    async def test_a_year_that_contains_the_end_runs_forward(self, north, maria):
        entry = await add(north, maria, kind="condition", name="Gastritis", since="2019", until="2019-04", controlled=True)
        assert (entry["since"], entry["until"], entry["in_force"]) == ("2019", "2019-04", False)

    async def test_keeps_a_code_of_whatever_system_the_clinic_uses(self, north, maria):
        entry = await add(north, maria, kind="condition", name="Diabetes", code_system="SNOMED CT", code="73211009")
        assert (entry["code_system"], entry["code"]) == ("SNOMED CT", "73211009")

    async def test_of_another_clinic_is_as_if_they_did_not_exist(self, north, south, maria):
        entry = await add(north, maria, **PENICILLIN)
        for method, rest, body in (
            ("GET", "", None), ("POST", "/entries", PENICILLIN), ("POST", "/reviews", None), ("PUT", "/none/allergy", None),
        ):  # fmt: skip
            answer = await south.ask(method, path(maria, rest), **({"json": body} if body else {}))
            assert await code(answer) == (404, "NoSuchPatient"), rest
        struck = await south.ask("POST", path(maria, f"/entries/{entry['id']}/strike"), json={"reason": "x"})
        assert struck.status_code == 404

    async def test_is_read_by_the_desk_written_by_those_who_treat_and_struck_by_fewer(self, north, maria, colleague):  # noqa: F811
        desk, assistant = await colleague(north, "receptionist"), await colleague(north, "assistant")
        assert (await desk.ask("GET", path(maria))).status_code == 200
        assert (await desk.ask("POST", path(maria, "/entries"), json=PENICILLIN)).status_code == 403
        entry = (await assistant.ask("POST", path(maria, "/entries"), json=PENICILLIN)).json()
        strike = path(maria, f"/entries/{entry['id']}/strike")
        assert (await assistant.ask("POST", strike, json={"reason": "x"})).status_code == 403
        hygienist = await colleague(north, "hygienist")
        assert (await hygienist.ask("POST", strike, json={"reason": "x"})).status_code == 201
        for role in ("accountant", "auditor"):
            assert (await (await colleague(north, role)).ask("GET", path(maria))).status_code == 403


class TestChanging:
    async def test_is_refused_to_whoever_saw_an_earlier_one(self, north, maria):
        entry = await add(north, maria, **PENICILLIN)
        one = path(maria, f"/entries/{entry['id']}")
        changed = await north.ask("PATCH", one, version=1, json={"severity": "life_threatening"})
        assert (changed.json()["severity"], changed.json()["reaction"], changed.json()["version"]) == (
            "life_threatening", "Hives", 2,
        )  # fmt: skip
        assert await code(await north.ask("PATCH", one, version=1, json={"severity": "mild"})) == (412, "HistoryEntryIsStale")
        assert (await north.ask("PATCH", one, json={"severity": "mild"})).status_code == 428
        assert await code(await north.ask("PATCH", one, version=2, json={"dose": "x"})) == (422, "Malformed")

    async def test_ends_and_resumes(self, north, maria):
        entry = await add(north, maria, **THINNER)
        end = path(maria, f"/entries/{entry['id']}/end")
        ended = (await north.ask("POST", end, json={"until": "2026-11", "reason": "Operated"})).json()
        assert (ended["until"], ended["end_reason"], ended["in_force"]) == ("2026-11", "Operated", False)
        assert (await alerts(north, maria))["items"] == []
        assert (await north.ask("DELETE", end)).json()["in_force"] is True

    async def test_struck_through_it_stays_and_is_of_no_effect(self, north, maria):
        entry = await add(north, maria, **PENICILLIN)
        one = path(maria, f"/entries/{entry['id']}")
        assert (await north.ask("POST", f"{one}/strike", json={})).status_code == 422
        struck = (await north.ask("POST", f"{one}/strike", json={"reason": "Another patient's"})).json()
        assert (struck["strike_reason"], struck["in_force"]) == ("Another patient's", False)
        assert await code(await north.ask("PATCH", one, version=2, json={"note": "x"})) == (409, "HistoryEntryIsStruck")
        assert [(await whole(north, maria))["entries"][0]["name"], (await alerts(north, maria))["items"]] == ["Penicillin", []]
        assert (await north.ask("DELETE", f"{one}/strike")).json()["in_force"] is True

    async def test_nothing_is_ever_erased(self, north, maria, root):
        for table in ("medical_history", "history_entry", "history_version"):
            held = root.execute("select has_table_privilege('chairside_app', %s, 'delete')", [table]).fetchone()
            assert held == (False,)
        held = root.execute("select has_table_privilege('chairside_app', 'history_version', 'update')").fetchone()
        assert held == (False,)


class TestAlerts:
    async def test_the_worst_first(self, north, maria):
        await add(north, maria, kind="pregnancy", due_on="2027-03-01")
        await add(north, maria, kind="premedication", name="Amoxicillin", dose="2 g", reason="Heart valve")
        await add(north, maria, **THINNER)
        await add(north, maria, kind="allergy", name="Latex", severity="mild")
        await add(north, maria, kind="allergy", name="Iodine")
        await add(north, maria, kind="allergy", name="Lidocaine", severity="life_threatening")
        await add(north, maria, kind="condition", name="Diabetes")
        found = await alerts(north, maria)
        assert [(one["kind"], one["label"], one["detail"]) for one in found["items"]] == [
            ("allergy", "Lidocaine", None), ("allergy", "Iodine", None), ("allergy", "Latex", None),
            ("anticoagulant", "Warfarin", "5 mg"), ("premedication", "Amoxicillin", "Heart valve"), ("pregnancy", "", None),
        ]  # fmt: skip
        assert found["items"][-1]["due_on"] == "2027-03-01"


class TestReviewing:
    async def test_is_due_until_somebody_looks_it_through_and_again_after_the_interval(self, north, maria):
        assert (await alerts(north, maria))["review"] == {"reviewed_at": None, "reviewed_by": None, "due_on": None, "due": True}
        reviewed = await north.ask("POST", path(maria, "/reviews"), version=0)
        review = reviewed.json()["review"]
        assert (review["due"], review["reviewed_by"] is not None, reviewed.json()["version"]) == (False, True, 1)
        on = review["reviewed_at"][:10]
        assert review["due_on"][:4] == str(int(on[:4]) + 1)
        changed = await north.ask("PATCH", "", version=1, json={"history_review_months": None})
        assert changed.json()["history_review_months"] is None
        assert (await alerts(north, maria))["review"]["due_on"] is None
        assert (await north.ask("PATCH", "", version=2, json={"history_review_months": 0})).status_code == 422

    async def test_of_what_nobody_showed_them_is_refused(self, north, maria):
        seen = (await whole(north, maria))["version"]
        await add(north, maria, **PENICILLIN)
        assert await code(await north.ask("POST", path(maria, "/reviews"), version=seen)) == (412, "HistoryIsStale")

    async def test_every_change_and_every_review_is_a_version_and_any_two_are_compared(self, north, maria):
        entry = await add(north, maria, **PENICILLIN)
        await north.ask("POST", path(maria, "/reviews"))
        await north.ask("PATCH", path(maria, f"/entries/{entry['id']}"), version=1, json={"severity": "mild"})
        await north.ask("PUT", path(maria, "/none/condition"))
        await add(north, maria, **THINNER)
        await north.ask("POST", path(maria, f"/entries/{entry['id']}/strike"), json={"reason": "x"})
        found = (await north.ask("GET", path(maria, "/versions"))).json()["items"]
        assert [(one["number"], one["why"]) for one in found] == [
            (6, "struck"), (5, "added"), (4, "none"), (3, "changed"), (2, "reviewed"), (1, "added"),
        ]  # fmt: skip
        assert found[0]["created_by"] and found[0]["reviewed_by"] and found[-1]["reviewed_by"] is None
        then = (await north.ask("GET", path(maria, "/versions/1"))).json()
        assert [one["severity"] for one in then["entries"]] == ["severe"]
        answer = await north.ask("GET", path(maria, "/versions/6/difference?since=1"))
        assert answer.status_code == 200, answer.text
        difference = answer.json()
        assert [(one["name"], one["what"], one["fields"]) for one in difference["changes"]] == [
            ("Penicillin", "struck", [{"field": "severity", "before": "severe", "after": "mild"}]), ("Warfarin", "added", []),
        ]  # fmt: skip
        assert difference["none_since"] == ["condition"]
        assert await code(await north.ask("GET", path(maria, "/versions/9"))) == (404, "NoSuchHistoryVersion")

    async def test_pages_go_on(self, north, maria):
        for _ in range(3):
            await north.ask("POST", path(maria, "/reviews"))
        first = (await north.ask("GET", path(maria, "/versions?limit=2"))).json()
        rest = (await north.ask("GET", path(maria, f"/versions?limit=2&cursor={first['next_cursor']}"))).json()
        assert [one["number"] for one in [*first["items"], *rest["items"]]] == [3, 2, 1]


class TestTheRecord:
    async def test_reads_are_recorded(self, north, maria, root):
        await add(north, maria, **PENICILLIN)
        await alerts(north, maria)
        seen = root.execute(
            "select entity, patient_id, patient_ids from audit_event where clinic_id = %s and action = 'read'"
            " and entity in ('medical_history', 'history_entry')",
            [north.id],
        ).fetchall()
        assert ("medical_history", maria.id, None) in seen
        assert any(entity == "history_entry" and ids == [maria.id] for entity, _, ids in seen)

    async def test_goes_along_with_a_merge_and_comes_back(self, north, maria, given):
        twin = await given.patient(north, first_name="Maria")
        await north.ask("PUT", path(maria, "/none/allergy"))
        entry = await add(north, twin, **PENICILLIN)
        merged = await north.ask("POST", f"/patients/{maria.id}/merges", json={"duplicate_id": str(twin.id)})
        assert merged.status_code == 201, merged.text
        after = await whole(north, maria)
        assert [one["id"] for one in after["entries"]] == [entry["id"]]
        assert after["known"]["allergy"] == "some"
        [latest, *_] = (await north.ask("GET", path(maria, "/versions"))).json()["items"]
        assert latest["why"] == "merged"
        gone = await north.ask("DELETE", f"/patients/{maria.id}/merges/{merged.json()['id']}")
        assert gone.status_code in (200, 204), gone.text
        assert [one["id"] for one in (await whole(north, twin))["entries"]] == [entry["id"]]
        assert (await whole(north, maria))["entries"] == []

    async def test_two_at_once_are_both_in_the_last_version(self, north, maria):
        import asyncio

        await asyncio.gather(*(add(north, maria, kind="allergy", name=f"x{n}") for n in range(4)))
        found = (await north.ask("GET", path(maria, "/versions"))).json()["items"]
        assert [one["number"] for one in found] == [4, 3, 2, 1]
        last = (await north.ask("GET", path(maria, "/versions/4"))).json()
        assert len(last["entries"]) == 4
