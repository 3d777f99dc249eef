"""What notes begin with: the clinic's templates, and snippets of one's own."""

from datetime import UTC, datetime

import pytest

from chairside.kernel import clock
from tests.tenancy.test_invitations import code

FILLING = {
    "code": "FI", "name": "Filling", "kind": "progress",
    "body": "{{patient.first_name}}, {{visit.date}}: {{visit.services}}. By {{provider.name}}.\nTooth [[tooth]]\n{{chart.today}}",
}  # fmt: skip


async def template(clinic, **more):
    answer = await clinic.ask("POST", "/note-templates", json=FILLING | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


class TestTemplates:
    async def test_are_kept_by_those_who_may_and_read_by_those_who_write(self, north, south, colleague):
        made = await template(north)
        assert made["code"] == "fi"
        hygienist = await colleague(north, "hygienist")
        assert (await hygienist.ask("GET", "/note-templates")).json()["items"] == [made]
        assert (await hygienist.ask("POST", "/note-templates", json=FILLING | {"code": "zz"})).status_code == 403
        changed = await north.ask("PATCH", f"/note-templates/{made['id']}", json={"name": "Fillings"}, version=1)
        assert (changed.json()["name"], changed.json()["body"], changed.json()["version"]) == ("Fillings", FILLING["body"], 2)
        stale = await north.ask("PATCH", f"/note-templates/{made['id']}", json={"name": "x"}, version=1)
        assert await code(stale) == (412, "NoteTemplateIsStale")
        assert (await south.ask("GET", "/note-templates")).json()["items"] == []
        assert (await south.ask("DELETE", f"/note-templates/{made['id']}", version=2)).status_code == 404
        assert (await north.ask("DELETE", f"/note-templates/{made['id']}", version=2)).status_code == 204
        assert (await north.ask("GET", "/note-templates")).json()["items"] == []

    async def test_have_a_code_each(self, north):
        await template(north)
        assert await code(await north.ask("POST", "/note-templates", json=FILLING | {"code": "fi"})) == (409, "NoteCodeTaken")

    @pytest.mark.parametrize(
        ("facts", "pointer", "why"),
        [
            ({"code": "a"}, "/code", "not_a_code"), ({"code": "a b"}, "/code", "not_a_code"),
            ({"body": "{{visit.weather}}"}, "/body", "unknown_slot"), ({"kind": "x"}, "/kind", "literal_error"),
        ],
    )  # fmt: skip
    async def test_say_what_is_wrong(self, north, facts, pointer, why):
        answer = await north.ask("POST", "/note-templates", json=FILLING | facts)
        assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, why)]


class TestFill:
    async def test_says_what_visit_chart_and_patient_say(self, north, given, notes):
        made = await template(north)
        starts_at = datetime(2027, 3, 2, 9, tzinfo=UTC)
        service = await given.service(north, name="Composite")
        visit = await given.appointment(north, starts_at=starts_at, patient=notes.patient, service=service)
        caries = {"teeth": ["26"], "surfaces": ["O"], "condition": "caries"}
        assert (await north.ask("POST", f"/patients/{notes.patient.id}/tooth-chart/findings", json=caries)).status_code == 201
        filled = await notes.done("POST", "/filled-template", json={"template_id": made["id"], "appointment_id": str(visit.id)})
        assert filled["body"] == ("Ana, 2 mar. 2027: Composite. By Dr. Ioana Marin.\nTooth [[tooth]]\n{{chart.today}}")
        assert (filled["title"], filled["appointment_id"]) == ("Filling", str(visit.id))
        assert [(one["teeth"], one["surfaces"], one["condition"]) for one in filled["found"]] == [(["26"], ["O"], "caries")]
        assert (await notes.done("GET"))["items"] == []

    async def test_takes_todays_visit_where_none_is_named(self, north, given, notes):
        made = await template(north)
        none = await notes.done("POST", "/filled-template", json={"template_id": made["id"]})
        assert none["appointment_id"] is None and "[[visit.services]]" in none["body"]
        visit = await given.appointment(north, starts_at=clock.now().replace(second=0, microsecond=0), patient=notes.patient)
        found = await notes.done("POST", "/filled-template", json={"template_id": made["id"]})
        assert found["appointment_id"] == str(visit.id)

    async def test_is_for_those_who_write(self, north, notes, colleague):
        made = await template(north)
        admin = notes.of(await colleague(north, "admin"))
        assert (await admin.ask("POST", "/filled-template", json={"template_id": made["id"]})).status_code == 403


class TestSnippets:
    async def test_are_of_a_person_or_of_the_clinic(self, north, colleague):
        hygienist = await colleague(north, "hygienist")
        own = await hygienist.ask("POST", "/note-snippets", json={"code": "la", "body": "Local anaesthesia: [[what]]"})
        assert own.status_code == 201
        refused = await hygienist.ask("POST", "/note-snippets", json={"code": "la", "body": "x", "of_clinic": True})
        assert await code(refused) == (403, "NotAllowed")
        clinics = (await north.ask("POST", "/note-snippets", json={"code": "LA", "body": "x", "of_clinic": True})).json()
        assert (clinics["code"], clinics["owner_id"]) == ("la", None)
        assert [one["owner_id"] for one in (await hygienist.ask("GET", "/note-snippets")).json()["items"]] == [
            str(hygienist.id), None,
        ]  # fmt: skip
        assert [one["id"] for one in (await north.ask("GET", "/note-snippets")).json()["items"]] == [clinics["id"]]
        theirs = f"/note-snippets/{own.json()['id']}"
        assert await code(await north.ask("PATCH", theirs, json={"body": "x"}, version=1)) == (404, "NoSuchSnippet")
        assert await code(await hygienist.ask("DELETE", f"/note-snippets/{clinics['id']}", version=1)) == (403, "NotAllowed")
        changed = await hygienist.ask("PATCH", theirs, json={"body": "y"}, version=1)
        assert (changed.json()["code"], changed.json()["body"]) == ("la", "y")
        assert (await hygienist.ask("DELETE", theirs, version=2)).status_code == 204

    async def test_have_a_code_each_of_one_person(self, north):
        snippet = {"code": "ok", "body": "x"}
        await north.ask("POST", "/note-snippets", json=snippet)
        assert await code(await north.ask("POST", "/note-snippets", json=snippet)) == (409, "SnippetCodeTaken")
