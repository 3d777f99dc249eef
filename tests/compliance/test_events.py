"""Reading the audit: who saw and changed what, for whom that is."""

import csv
import io
from datetime import timedelta

import pytest

from chairside import compliance
from chairside.compliance.rules import showing
from chairside.kernel import clock
from chairside.kernel.refusals import NotAllowed
from chairside.tenancy.permissions import TEMPLATES

AUDITOR = frozenset(TEMPLATES["auditor"][1])


async def events(clinic, **query):
    answer = await clinic.ask("GET", "/audit-events", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


class TestListEvents:
    async def test_says_who_did_what_to_whom_newest_first(self, north, given):
        patient = await given.patient(north, first_name="Maria", last_name="Okafor")
        await north.ask("GET", f"/patients/{patient.id}")
        opened = (await events(north))[0]
        assert (opened["action"], opened["entity"], opened["patient_name"]) == ("read", "patient", "Maria Okafor")
        assert opened["actor"] == {"id": str(north.owner_id), "name": "Ana Dinu", "kind": "human"}
        assert opened["outcome"] == "done" and opened["request_id"] and opened["session_id"]
        found = await events(north)
        assert [one["at"] for one in found] == sorted((one["at"] for one in found), reverse=True)

    async def test_finds_a_patient_in_lists_too(self, north, given):
        patient, other = await given.patient(north), await given.patient(north, first_name="Other")
        await north.ask("GET", "/patients")
        found = await events(north, patient_id=str(patient.id), action="read", entity="patient")
        assert [(one["patient_id"], one["patients"]) for one in found] == [(None, 2)]
        await north.ask("GET", f"/patients/{other.id}")
        assert len(await events(north, patient_id=str(patient.id), action="read", entity="patient")) == 1

    @pytest.mark.parametrize(
        "query",
        [{"entity": "location"}, {"action": "insert"}, {"outcome": "refused"}, {"to": "2020-01-01T00:00:00Z"}],
    )
    async def test_shows_only_what_was_asked_for(self, north, given, query):
        await given.patient(north)
        name, value = next(iter(query.items()))
        found = await events(north, **query)
        assert all(one[name] == value for one in found) if name != "to" else found == []

    async def test_names_whoever_acted_on_behalf_of_somebody(self, north, given):
        found = await events(north, actor_id=str(north.owner_id))
        assert found and all(str(north.owner_id) in (one["actor"]["id"], (one["on_behalf_of"] or {}).get("id")) for one in found)

    async def test_turns_pages_without_losing_or_repeating_one(self, north, given):
        for _ in range(4):
            await given.patient(north)
        whole = [one["id"] for one in await events(north, action="insert", limit=200)]
        seen, cursor = [], ""
        while cursor is not None:
            answer = (await north.ask("GET", "/audit-events", params={"action": "insert", "limit": 3, "cursor": cursor})).json()
            seen, cursor = seen + [one["id"] for one in answer["items"]], answer["next_cursor"]
        assert seen == whole and len(seen) > 6

    async def test_is_itself_on_record_with_whoever_was_named(self, north, given):
        patient = await given.patient(north)
        await events(north)
        looked = (await events(north, entity="audit_event"))[0]
        assert looked["action"] == "read" and looked["patients"] == 1
        assert (await events(north, entity="audit_event", patient_id=str(patient.id)))[0]["patient_id"] in (None, str(patient.id))

    async def test_shows_an_auditor_no_names_of_patients(self, north, given):
        patient = await given.patient(north)
        async with north.op(grants=AUDITOR) as op:
            found = await compliance.list_events(op, wanted=compliance.Wanted(patient_id=patient.id))
        assert found and {one.patient_name for one in found} == {None}
        assert {one.patient_id for one in found} >= {patient.id}

    async def test_shows_nothing_of_another_clinic(self, north, south, given):
        patient = await given.patient(north)
        assert await events(south, patient_id=str(patient.id)) == []
        assert {one["actor"]["id"] for one in await events(south)} == {str(south.owner_id)}
        [mine, *_] = await events(north)
        assert (await south.ask("GET", f"/audit-events/{mine['id']}")).status_code == 404
        assert (await south.ask("GET", f"/patients/{patient.id}/audit-events")).status_code == 404

    async def test_refuses_whoever_may_not_and_records_that(self, north):
        for door, more in (
            (compliance.list_events, {"wanted": compliance.Wanted()}),
            (compliance.export_events, {"wanted": compliance.Wanted()}),
            (compliance.get_health, {}),
        ):
            with pytest.raises(NotAllowed):
                async with north.op(grants=frozenset({"patients.read"})) as op:
                    await door(op, **more)
        refused = await events(north, outcome="refused")
        assert {one["entity"] for one in refused} == {"audit.read", "audit.export"}


class TestGetEvent:
    async def change(self, north, given):
        patient = await given.patient(north, last_name="Popescu")
        await north.ask("PATCH", f"/patients/{patient.id}", version=1, json={"last_name": "Ionescu"})
        return patient, (await events(north, action="update", entity="patient"))[0]["id"]

    async def test_shows_what_was_before_and_after(self, north, given):
        _, id = await self.change(north, given)
        event = (await north.ask("GET", f"/audit-events/{id}")).json()
        assert event["changes"] == [
            {"field": "last_name", "before": "Popescu", "after": "Ionescu", "hidden": False, "kept": True}
        ]

    async def test_is_itself_on_record(self, north, given):
        patient, id = await self.change(north, given)
        await north.ask("GET", f"/audit-events/{id}")
        read = (await events(north, entity="audit_event", patient_id=str(patient.id)))[0]
        assert (read["entity_id"], read["patient_id"]) == (id, str(patient.id))

    async def test_shows_an_auditor_that_something_changed_and_not_what(self, north, given):
        _, id = await self.change(north, given)
        async with north.op(grants=AUDITOR) as op:
            event, changes = await compliance.get_event(op, event_id=id)
        assert event.patient_name is None
        assert changes == [showing.Changed("last_name", None, None, True, True)]

    async def test_says_that_values_were_erased(self, north, given, owner):
        _, id = await self.change(north, given)
        async with owner.connection() as db:
            await db.execute("delete from audit_value where audit_id = %s", [id])
        event = (await north.ask("GET", f"/audit-events/{id}")).json()
        assert [(one["kept"], one["before"]) for one in event["changes"]] == [(False, None)]

    @pytest.mark.parametrize("kind", ["auth_secret", "pii_regulated", None])
    def test_never_shows_what_is_encrypted_or_unknown(self, kind):
        shown = showing.changes(["x"], {"x": 1}, {"x": 2}, kept=True, class_of=lambda _: kind, patients=True)
        assert shown == [showing.Changed("x", None, None, True, True)]

    @pytest.mark.parametrize("id", ["00000000-0000-0000-0000-000000000000", "0197a000-0000-7000-8000-000000000000"])
    async def test_does_not_find_what_never_was(self, north, id):
        answer = await north.ask("GET", f"/audit-events/{id}")
        assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchEvent")


class TestListOpened:
    async def test_groups_what_people_did_by_day_and_way(self, north, given):
        patient = await given.patient(north)
        for _ in range(3):
            await north.ask("GET", f"/patients/{patient.id}")
        await north.ask("GET", "/patients")
        found = (await north.ask("GET", f"/patients/{patient.id}/audit-events")).json()["items"]
        ways = {(one["way"], one["times"]) for one in found}
        assert ways == {("opened", 3), ("listed", 1), ("changed", 1)}
        assert {one["actor"]["name"] for one in found} == {"Ana Dinu"} and found[0]["roles"] == ["owner"]

    async def test_keeps_to_the_days_asked_for(self, north, given):
        patient = await given.patient(north)
        later = (clock.now() + timedelta(days=1)).isoformat()
        answer = await north.ask("GET", f"/patients/{patient.id}/audit-events", params={"from": later})
        assert answer.json()["items"] == []


class TestExportEvents:
    async def test_gives_every_event_as_a_file_and_is_on_record(self, north, given):
        await given.patient(north, first_name="=HYPERLINK(1)", last_name="+1")
        answer = await north.ask("GET", "/audit-events.csv", params={"entity": "patient"})
        assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert [row["action"] for row in rows] == ["insert"]
        assert rows[0]["patient"].startswith("'=") and rows[0]["who"] == "Ana Dinu"
        assert (await events(north, action="export"))[0]["entity"] == "audit_event"

    async def test_refuses_more_than_a_file_should_hold(self, north, given, monkeypatch):
        from chairside.compliance.actions import exporting

        monkeypatch.setattr(exporting, "MOST", 3)
        await given.patient(north)
        answer = await north.ask("GET", "/audit-events.csv")
        assert (answer.status_code, answer.json()["code"]) == (422, "TooManyEvents")

    async def test_asks_who_they_are_again_after_five_minutes(self, north, owner):
        async with owner.connection() as db:
            await db.execute(
                "update session set step_up_at = step_up_at - interval '1 hour' where principal_id = %s", [north.owner_id]
            )
        answer = await north.ask("GET", "/audit-events.csv")
        assert (answer.status_code, answer.json()["code"]) == (403, "StepUpNeeded")


class TestGetHealth:
    async def test_tells_how_far_it_is_sealed_and_looked_through(self, north, sealed):
        from chairside.compliance.actions.verifying import verify

        await sealed.seal()
        await sealed.sign()
        found = (await north.ask("GET", "/audit-events/health")).json()
        assert found["sealed"] > 5 and found["signed_at"] and found["looked_at"] is None
        looked = await verify(sealed.pool, clinic_id=north.id, place=sealed.place, ring=sealed.ring, now=clock.now())
        found = (await north.ask("GET", "/audit-events/health")).json()
        assert (found["verified"], found["problem"]) == (looked.seq, None) and found["looked_at"]
