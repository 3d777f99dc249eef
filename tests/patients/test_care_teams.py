"""A clinic that keeps records to care teams: who opens whose, and what the others see."""

import secrets
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_invitations import code
from tests.tenancy.test_roles import colleague, make  # noqa: F401

AT = NOON + timedelta(days=1)


async def keep(clinic, care_teams=True):
    version = (await clinic.ask("GET", "/record-rules")).json()["version"]
    answer = await clinic.ask("PATCH", "/record-rules", version=version, json={"care_teams": care_teams})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def name_on(clinic, patient, member_id):
    answer = await clinic.ask("POST", f"/patients/{patient.id}/care-team", json={"member_id": str(member_id)})
    assert answer.status_code == 201, answer.text
    return answer.json()["items"]


@pytest.fixture
async def ana(north, given):
    contacts = [{"type": "mobile", "value": "0722 333 444", "is_primary": True, "safe_for_voicemail": True}]
    return await given.patient(north, note="afraid of needles", contacts=contacts)


@pytest.fixture
async def dentist(north, colleague):  # noqa: F811
    return await colleague(north, "dentist")


class TestTheRule:
    async def test_is_off_until_somebody_says_otherwise(self, north, ana, dentist):
        assert (await north.ask("GET", "/record-rules")).json()["care_teams"] is False
        assert (await dentist.ask("GET", f"/patients/{ana.id}")).json()["note"] == "afraid of needles"

    async def test_holds_from_the_next_request_and_can_be_taken_back(self, north, ana, dentist):
        await keep(north)
        assert await code(await dentist.ask("GET", f"/patients/{ana.id}")) == (403, "NotOnCareTeam")
        await keep(north, False)
        assert (await dentist.ask("GET", f"/patients/{ana.id}")).status_code == 200

    async def test_names_those_whom_it_concerns_programs_too(self, north, dentist, colleague):  # noqa: F811
        rada = await colleague(north, "receptionist")
        await north.ask("POST", "/service-accounts", json={"name": "The lab", "permissions": ["patients.read"]})
        await north.ask("POST", "/service-accounts", json={"name": "Phones", "permissions": ["patients.read", "patients.every"]})
        restricted = (await keep(north))["restricted"]
        assert restricted[0]["id"] == str(dentist.id) and [one["name"] for one in restricted[1:]] == ["The lab"]
        assert str(rada.id) not in {one["id"] for one in restricted}

    async def test_is_changed_only_by_whoever_sets_how_people_sign_in(self, north, colleague):  # noqa: F811
        manager = await colleague(north, "manager")
        answer = await manager.ask("PATCH", "/record-rules", version=1, json={"care_teams": True})
        assert await code(answer) == (403, "NotAllowed")

    @pytest.mark.parametrize(
        "sent", [{}, {"care_teams": None}, {"care_teams": "yes"}, {"care_teams": 1}, {"care_teams": True, "x": 1}]
    )
    async def test_refuses_what_is_no_answer(self, north, sent):
        version = (await north.ask("GET", "/record-rules")).json()["version"]
        assert (await north.ask("PATCH", "/record-rules", version=version, json=sent)).status_code == 422

    async def test_refuses_an_old_version(self, north):
        before = (await north.ask("GET", "/record-rules")).json()["version"]
        await keep(north)
        answer = await north.ask("PATCH", "/record-rules", version=before, json={"care_teams": False})
        assert await code(answer) == (412, "ClinicChanged")
        assert (await north.ask("GET", "/record-rules")).json()["care_teams"] is True


class TestWhoeverIsNotOnTheTeam:
    async def test_sees_a_name_and_a_birthday_in_lists(self, north, ana, dentist):
        await keep(north)
        for found in (await dentist.ask("GET", "/patients"), await dentist.ask("GET", "/patients?q=popescu")):
            [seen] = found.json()["items"]
            assert (seen["first_name"], seen["last_name"], seen["birth_date"], seen["restricted"]) == (
                "Ana", "Popescu", "1980-05-01", True,
            )  # fmt: skip
            assert (seen["note"], seen["contacts"], seen["register_number"], seen["address"], seen["sex"]) == (
                None,
                [],
                "",
                None,
                "unknown",
            )

    async def test_hears_whose_record_it_is_and_the_try_is_on_that_record(self, north, ana, dentist):
        await keep(north)
        answer = await dentist.ask("GET", f"/patients/{ana.id}")
        facts = {"first_name": "Ana", "last_name": "Popescu", "birth_date": "1980-05-01", "patient_id": str(ana.id)}
        assert (answer.json()["code"], answer.json()["facts"]) == ("NotOnCareTeam", facts)
        tried = await north.ask("GET", f"/audit-events?patient_id={ana.id}&outcome=refused")
        assert [(one["action"], one["entity"], one["actor"]["id"]) for one in tried.json()["items"]] == [
            ("try", "NotOnCareTeam", str(dentist.id))
        ]

    async def test_hears_of_a_stranger_what_everybody_hears(self, north, south, given, dentist):
        theirs = await given.patient(south)
        await keep(north)
        assert await code(await dentist.ask("GET", f"/patients/{theirs.id}")) == (404, "NoSuchPatient")
        assert await code(await dentist.ask("GET", f"/patients/{theirs.id}/care-team")) == (404, "NoSuchPatient")

    async def test_sees_on_the_schedule_that_somebody_comes_and_not_why(self, north, ana, given, dentist):
        await given.appointment(north, patient=ana, starts_at=AT, notes="extraction")
        await keep(north)
        [visit] = (await dentist.ask("GET", f"/schedule?date={AT.date()}")).json()["appointments"]
        assert (visit["patient"]["name"], visit["patient"]["restricted"]) == ("Ana Popescu", True)
        assert (visit["notes"], visit["items"], visit["patient"]["phone"], visit["patient"]["balance"]) == (None, [], None, None)
        assert await code(await dentist.ask("GET", f"/appointments/{visit['id']}/history")) == (403, "NotOnCareTeam")

    async def test_does_not_get_in_by_booking_the_patient_with_themselves(self, north, ana, given, dentist, root):
        own = await given.provider(north, "Dr. Own", member_id=dentist.id)
        service = await given.service(north)
        await keep(north)
        wanted = {
            "patient_id": str(ana.id),
            "provider_id": str(own.id),
            "service_id": str(service.id),
            "starts_at": AT.isoformat(),
        }
        assert await code(await dentist.ask("POST", "/appointments", json=wanted)) == (403, "NotOnCareTeam")
        assert root.execute("select count(*) from appointment where clinic_id = %s", [north.id]).fetchone() == (0,)

    async def test_does_not_name_themselves_on_it(self, north, ana, dentist):
        await keep(north)
        answer = await dentist.ask("POST", f"/patients/{ana.id}/care-team", json={"member_id": str(dentist.id)})
        assert await code(answer) == (403, "NotOnCareTeam")

    async def test_sees_no_money_of_theirs_and_all_of_the_others(self, north, ana, given, dentist):
        hidden = await given.invoice(north, ana, 100)
        known = await given.patient(north, "Bob")
        seen = await given.invoice(north, known, 200)
        await name_on(north, known, dentist.id)
        await keep(north)
        assert [one["id"] for one in (await dentist.ask("GET", "/invoices")).json()["items"]] == [str(seen.id)]
        assert await code(await dentist.ask("GET", f"/invoices/{hidden.id}")) == (404, "NoSuchInvoice")
        assert await code(await dentist.ask("GET", f"/patients/{ana.id}/ledger")) == (403, "NotOnCareTeam")

    async def test_counts_nothing_that_counts_everybody(self, north, colleague):  # noqa: F811
        role = await make(
            north, "patients.read", "billing.read", "reports.day", "reports.read", "billing.close_day", "imports.run"
        )
        clerk = await colleague(north, role["slug"])
        assert (await clerk.ask("GET", "/reports/day")).status_code == 200
        await keep(north)
        for path in ("/reports/day", "/drawer", "/imports"):
            assert await code(await clerk.ask("GET", path)) == (403, "NotAllowed")
        assert "reports.day" not in (await clerk.ask("GET", "")).json()["permissions"]

    async def test_may_be_a_program(self, north, ana, http):
        program = {"name": "The lab", "permissions": ["patients.read"]}
        key = (await north.ask("POST", "/service-accounts", json=program)).json()["key"]
        await keep(north)
        answer = await http.get(f"/clinics/{north.slug}/patients/{ana.id}", headers={"authorization": f"Bearer {key}"})
        assert await code(answer) == (403, "NotOnCareTeam")

    async def test_is_what_an_owner_sees_who_looks_as_one(self, north, ana):
        await keep(north)
        assert (await north.ask("GET", f"/patients/{ana.id}")).status_code == 200
        seen = await north.ask("GET", f"/patients/{ana.id}", headers={"x-see-as": "dentist"})
        assert await code(seen) == (403, "NotOnCareTeam")
        await keep(north, False)
        assert (await north.ask("GET", f"/patients/{ana.id}", headers={"x-see-as": "dentist"})).status_code == 200


class TestTheTeam:
    async def test_opens_the_record_when_somebody_is_named(self, north, ana, dentist):
        await keep(north)
        [one] = await name_on(north, ana, dentist.id)
        assert (one["member_id"], one["has_visits"]) == (str(dentist.id), False) and one["named_at"]
        assert (await dentist.ask("GET", f"/patients/{ana.id}")).json()["note"] == "afraid of needles"
        [seen] = (await dentist.ask("GET", "/patients")).json()["items"]
        assert seen["restricted"] is False and seen["contacts"]
        changed = await dentist.ask("PATCH", f"/patients/{ana.id}", version=1, json={"note": "brave now"})
        assert changed.json()["note"] == "brave now"

    async def test_closes_it_again(self, north, ana, dentist):
        await keep(north)
        await name_on(north, ana, dentist.id)
        removed = await north.ask("DELETE", f"/patients/{ana.id}/care-team/{dentist.id}")
        assert removed.status_code == 204
        assert await code(await north.ask("DELETE", f"/patients/{ana.id}/care-team/{dentist.id}")) == (404, "NoSuchTeamMember")
        assert await code(await dentist.ask("GET", f"/patients/{ana.id}")) == (403, "NotOnCareTeam")

    async def test_is_whoever_has_a_visit_until_it_is_cancelled(self, north, ana, given, dentist):
        own = await given.provider(north, "Dr. Own", member_id=dentist.id)
        visit = await given.appointment(north, patient=ana, provider=own, starts_at=AT, notes="extraction")
        await keep(north)
        [one] = (await north.ask("GET", f"/patients/{ana.id}/care-team")).json()["items"]
        assert (one["member_id"], one["named_at"], one["has_visits"]) == (str(dentist.id), None, True)
        assert (await dentist.ask("GET", f"/patients/{ana.id}")).status_code == 200
        moved = {"starts_at": (AT + timedelta(hours=1)).isoformat()}
        moving = await dentist.ask("POST", f"/appointments/{visit.id}/rescheduling", json=moved)
        assert moving.status_code == 201 and moving.json()["notes"] == "extraction"
        cancelled = await north.ask("POST", f"/appointments/{visit.id}/cancellation", json={"reason": "ill"})
        assert cancelled.is_success
        assert await code(await dentist.ask("GET", f"/patients/{ana.id}")) == (403, "NotOnCareTeam")

    async def test_names_each_once_however_often_it_is_said(self, north, ana, dentist, root):
        for _ in range(3):
            assert len(await name_on(north, ana, dentist.id)) == 1
        root.rollback()
        assert root.execute("select count(*) from care_team where clinic_id = %s", [north.id]).fetchone() == (1,)

    async def test_is_of_people_who_work_here(self, north, south, ana):
        for nobody in (south.owner_id, "01a1fd99-0000-7000-8000-000000000000"):
            answer = await north.ask("POST", f"/patients/{ana.id}/care-team", json={"member_id": str(nobody)})
            assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "/member_id"

    async def test_is_said_by_those_whose_role_permits_it(self, north, ana, colleague):  # noqa: F811
        assistant = await colleague(north, "assistant")
        answer = await assistant.ask("POST", f"/patients/{ana.id}/care-team", json={"member_id": str(assistant.id)})
        assert await code(answer) == (403, "NotAllowed")
        assert (await assistant.ask("GET", f"/patients/{ana.id}/care-team")).json()["items"] == []

    async def test_lets_a_colleague_in_by_one_who_is_on_it(self, north, ana, dentist, colleague):  # noqa: F811
        hygienist = await colleague(north, "hygienist")
        await keep(north)
        await name_on(north, ana, dentist.id)
        answer = await dentist.ask("POST", f"/patients/{ana.id}/care-team", json={"member_id": str(hygienist.id)})
        assert answer.status_code == 201
        assert (await hygienist.ask("GET", f"/patients/{ana.id}")).status_code == 200

    async def test_has_whoever_registered_the_patient(self, north, colleague):  # noqa: F811
        role = await make(north, "patients.read", "patients.register")
        clerk = await colleague(north, role["slug"])
        await keep(north)
        new = {"first_name": "Ioana", "last_name": secrets.token_hex(4), "birth_date": "1990-01-01"}
        made = await clerk.ask("POST", "/patients", json=new)
        assert made.status_code == 201, made.text
        assert (await clerk.ask("GET", f"/patients/{made.json()['id']}")).status_code == 200

    async def test_is_told_and_recorded_when_it_changes(self, north, ana, dentist, root):
        await name_on(north, ana, dentist.id)
        root.rollback()
        told = root.execute("select name, facts from event where clinic_id = %s order by id desc limit 1", [north.id]).fetchone()
        assert told == ("patients.care_team_changed", {"patient_id": str(ana.id)})
        noted = "select action, patient_id from audit_event where clinic_id = %s and entity = 'care_team' and action <> 'read'"
        assert root.execute(noted, [north.id]).fetchall() == [("insert", ana.id)]
