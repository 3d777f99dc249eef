"""Two records of one person become one, and two again."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from chairside import billing, merging, patients
from chairside.kernel import clock
from chairside.kernel.money import Money
from chairside.kernel.refusals import NotAllowed
from tests.billing.books import wrong
from tests.billing.test_ledger import ledger, ron
from tests.conftest import OWNER
from tests.scheduling.conftest import at
from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_roles import colleague, make  # noqa: F401

MOBILE = {"type": "mobile", "value": "0722 333 444", "is_primary": True, "safe_for_voicemail": True}
EMAIL = {"type": "email", "value": "ana@example.test", "is_primary": True, "safe_for_voicemail": False}


async def merge(clinic, stays, duplicate, **more):
    body = {"duplicate_id": str(duplicate.id), **more.pop("body", {})}
    return await clinic.ask("POST", f"/patients/{stays.id}/merges", json=body, **more)


async def merged(clinic, stays, duplicate, **more):
    answer = await merge(clinic, stays, duplicate, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def preview(clinic, stays, duplicate):
    return await clinic.ask("GET", f"/patients/{stays.id}/merges/preview?duplicate_id={duplicate.id}")


async def take_apart(clinic, stays, merge):
    return await clinic.ask("DELETE", f"/patients/{stays.id}/merges/{merge['id']}")


async def got(clinic, patient):
    return (await clinic.ask("GET", f"/patients/{patient.id}")).json()


def said(answer):
    return answer.status_code, answer.json().get("code")


@pytest.fixture
async def two(north, given):
    """Whoever stays, and the same person again."""
    ana = await given.patient(north, note="Afraid of needles", contacts=[MOBILE])
    return ana, await given.patient(north, "Anna", note="Latex allergy", contacts=[EMAIL], middle_name="Maria")


class TestPreview:
    async def test_compares_and_says_what_goes_along(self, north, given, two):
        ana, anna = two
        await given.appointment(north, patient=anna, starts_at=at(9))
        await given.invoice(north, anna, 5_000)
        await given.payment(north, anna, 7_000)
        seen = (await preview(north, ana, anna)).json()
        assert (seen["patient"]["first_name"], seen["duplicate"]["first_name"]) == ("Ana", "Anna")
        assert {one["field"]: one["kept"] for one in seen["fields"] if one["differs"]} == {
            "first_name": "patient", "middle_name": "duplicate", "contacts": "both", "note": "both",
        }  # fmt: skip
        assert seen["moving"] == {
            "visits": 1, "charges": 1, "invoices": 1, "payments": 1, "letters": 0, "recalls": 0, "findings": 0, "perio_exams": 0, "notes": 0, "prescriptions": 0, "lab_cases": 0, "treatment_plans": 0, "images": 0, "waiting": 0, "team_members": 0, "dependents": 0,
        }  # fmt: skip
        assert seen["obstacles"] == []
        assert (await got(north, anna))["merged_into_id"] is None

    async def test_names_what_stands_in_the_way(self, north, given, two):
        ana, anna = two
        for one in two:
            await given.appointment(north, patient=one, starts_at=at(9))
        await north.ask("POST", f"/patients/{ana.id}/archival")
        obstacles = (await preview(north, ana, anna)).json()["obstacles"]
        assert [one["code"] for one in obstacles] == ["MergedIntoArchived", "VisitsAtTheSameTime"]
        assert [visit["starts_at"] for visit in obstacles[1]["facts"]["visits"]] == ["2027-03-01T09:00:00Z"]

    async def test_leaves_both_reads_on_record(self, north, two, root):
        await preview(north, *two)
        read = "select patient_id from audit_event where clinic_id = %s and action = 'read' and entity = 'patient'"
        assert {one.id for one in two} <= {id for (id,) in root.execute(read, [north.id])}

    async def test_needs_a_permission_of_its_own(self, north, two, colleague):  # noqa: F811
        rada = await colleague(north, "receptionist")
        assert said(await preview(rada, *two)) == said(await merge(rada, *two)) == (403, "NotAllowed")


class TestMerge:
    async def test_makes_everything_of_the_duplicate_the_patients(self, north, given, two, root):
        ana, anna = two
        visit = await given.appointment(north, patient=anna, starts_at=at(9))
        invoice = await given.invoice(north, anna, 5_000)
        payment = await given.payment(north, anna, 7_000)
        await given.charge(north, ana, 1_000)
        owed = [(await ledger(north, one))["balance"]["amount"] for one in two]
        await merged(north, ana, anna)
        assert (await north.ask("GET", f"/appointments/{visit.id}")).json()["patient_id"] == str(ana.id)
        assert (await north.ask("GET", f"/invoices/{invoice.id}")).json()["patient_id"] == str(ana.id)
        assert (await north.ask("GET", f"/payments/{payment.id}")).json()["patient_id"] == str(ana.id)
        assert (await ledger(north, ana))["balance"] == ron(sum(owed)) == ron(-1_000)
        assert wrong(root, north.id) == {}

    async def test_keeps_what_is_chosen_and_loses_no_contact_and_no_note(self, north, two):
        ana, anna = two
        await merged(north, ana, anna, body={"keep": {"first_name": "duplicate"}})
        kept = await got(north, ana)
        assert (kept["first_name"], kept["middle_name"]) == ("Anna", "Maria")
        assert kept["note"] == "Afraid of needles\nLatex allergy"
        assert kept["contacts"] == [MOBILE, EMAIL | {"is_primary": False}]

    async def test_leaves_a_row_that_says_where_it_went_and_shows_nowhere_else(self, north, two):
        ana, anna = two
        await merged(north, ana, anna)
        gone = await got(north, anna)
        assert (gone["first_name"], gone["merged_into_id"]) == ("Anna", str(ana.id))
        for path in ("/patients", "/patients?q=popescu", "/patients?archived=true"):
            ids = {one["id"] for one in (await north.ask("GET", path)).json()["items"]}
            assert str(anna.id) not in ids, path
        answer = await north.ask("PATCH", f"/patients/{anna.id}", json={"note": "x"}, version=gone["version"])
        assert (*said(answer), answer.json()["facts"]) == (404, "PatientIsMerged", {"merged_into_id": str(ana.id)})

    async def test_is_found_by_either_number_also_after_a_change(self, north, two):
        ana, anna = two
        await merged(north, ana, anna)
        version = (await got(north, ana))["version"]
        await north.ask("PATCH", f"/patients/{ana.id}", json={"last_name": "Ionescu"}, version=version)
        for number in (ana.register_number, anna.register_number):
            found = (await north.ask("GET", "/patients", params={"q": f"#{number}"})).json()["items"]
            assert [one["id"] for one in found] == [str(ana.id)]
        again = await north.ask(
            "POST",
            "/patients",
            json={"first_name": "X", "last_name": "Y", "birth_date": "1990-01-01", "register_number": anna.register_number},
        )
        assert said(again) == (409, "NumberTaken")

    async def test_says_once_that_it_happened_however_often_it_is_asked(self, north, two, root):
        first = await merged(north, *two)
        assert await merged(north, *two) == first
        told = "select count(*) from event where clinic_id = %s and name = 'merging.patients_merged'"
        assert root.execute(told, [north.id]).fetchone() == (1,)

    async def test_is_in_the_record_of_who_did_what(self, north, two):
        ana, _ = two
        await merged(north, *two)
        events = (await north.ask("GET", f"/audit-events?patient_id={ana.id}&entity=patient_merge")).json()["items"]
        assert "insert" in [one["action"] for one in events]

    async def test_shows_reads_of_the_duplicate_to_whoever_asks_who_opened_the_record(self, north, two):
        ana, anna = two
        await got(north, anna)
        before = await north.ask("GET", f"/patients/{ana.id}/audit-events")
        await merged(north, *two)
        after = await north.ask("GET", f"/patients/{ana.id}/audit-events")
        count = [sum(one["times"] for one in answer.json()["items"] if one["way"] == "opened") for answer in (before, after)]
        assert count[1] > count[0]

    async def test_refuses_a_version_that_has_passed(self, north, two):
        assert said(await merge(north, *two, version=7)) == (412, "PatientIsStale")

    async def test_refuses_itself_and_whoever_is_not_there(self, north, south, given, two):
        ana, _ = two
        assert (await merge(north, ana, ana)).json()["errors"][0]["code"] == "self"
        other = await given.patient(south)
        assert (await merge(north, ana, other)).json()["errors"][0]["code"] == "not_found"
        assert said(await merge(north, other, ana)) == (404, "NoSuchPatient")
        assert said(await preview(north, ana, other)) == (404, "NoSuchPatient")

    @pytest.mark.parametrize("keep", [{"first_name": "both"}, {"register_number": "duplicate"}, {"note": "neither"}])
    async def test_refuses_what_cannot_be_kept(self, north, two, keep):
        assert (await merge(north, *two, body={"keep": keep})).status_code == 422

    async def test_refuses_visits_at_the_same_time_unless_they_are_past(self, north, given, two):
        ana, anna = two
        past = clock.now() - timedelta(days=30)
        for one in two:
            await given.appointment(north, patient=one, starts_at=past.replace(microsecond=0))
        theirs = await given.appointment(north, patient=anna, starts_at=at(9))
        await given.appointment(north, patient=ana, starts_at=at(9.25))
        assert said(await merge(north, *two)) == (409, "VisitsAtTheSameTime")
        await north.ask("POST", f"/appointments/{theirs.id}/cancellation", json={"reason": "x"})
        await merged(north, *two)
        assert len((await north.ask("GET", f"/appointments?patient_id={ana.id}")).json()["items"]) == 4

    async def test_refuses_an_archived_one_to_stay_but_not_to_go(self, north, two):
        ana, anna = two
        await north.ask("POST", f"/patients/{anna.id}/archival")
        assert said(await merge(north, anna, ana)) == (409, "MergedIntoArchived")
        await merged(north, ana, anna)

    async def test_lets_nobody_book_or_charge_or_bill_the_duplicate(self, north, given, two):
        await merged(north, *two)
        for act in (
            given.charge(north, two[1]),
            given.payment(north, two[1], 100),
            given.appointment(north, patient=two[1], starts_at=at(9)),
        ):
            with pytest.raises(patients.NoSuchPatient):
                await act

    async def test_leads_on_step_by_step_where_the_one_that_stayed_was_merged_too(self, north, given, two):
        ana, anna = two
        third = await given.patient(north, "Ani")
        first = await merged(north, ana, anna)
        assert said(await merge(north, third, anna)) == (404, "PatientIsMerged")
        second = await merged(north, third, ana)
        assert (await got(north, anna))["merged_into_id"] == str(ana.id)
        found = (await north.ask("GET", "/patients", params={"q": f"#{anna.register_number}"})).json()["items"]
        assert [one["id"] for one in found] == [str(third.id)]
        assert said(await take_apart(north, ana, first)) == (404, "PatientIsMerged")
        assert (await take_apart(north, third, second)).status_code == 204
        assert (await take_apart(north, ana, first)).status_code == 204


class TestFamilies:
    async def test_who_answered_for_the_duplicate_or_was_answered_for_is_one_with_it(self, north, given):
        anna = await given.patient(north, "Anna")
        ana = await given.patient(north, "Ana", guarantor_id=anna.id)
        child = await given.patient(north, "Child", guarantor_id=anna.id)
        done = await merged(north, ana, anna)
        assert (await got(north, ana))["guarantor_id"] is None
        assert (await got(north, child))["guarantor_id"] == str(ana.id)
        assert (await take_apart(north, ana, done)).status_code == 204
        assert [(await got(north, one))["guarantor_id"] for one in (ana, child)] == [str(anna.id)] * 2

    async def test_refuses_a_family_of_two_steps(self, north, given):
        payer, anna = await given.patient(north, "Payer"), await given.patient(north, "Anna")
        await given.patient(north, "Child", guarantor_id=anna.id)
        ana = await given.patient(north, "Ana", guarantor_id=payer.id)
        assert said(await merge(north, ana, anna)) == (409, "FamiliesDiffer")
        assert said(await merge(north, anna, ana, body={"keep": {"guarantor_id": "duplicate"}})) == (409, "FamiliesDiffer")
        await merged(north, anna, ana)
        assert (await got(north, anna))["guarantor_id"] is None


class TestTakeApart:
    async def test_leaves_what_was_made_since_and_what_was_changed_since(self, north, given, two, root):
        ana, anna = two
        await given.charge(north, anna, 5_000)
        done = await merged(north, ana, anna)
        since = await given.charge(north, ana, 300)
        visit = await given.appointment(north, patient=ana, starts_at=at(9))
        version = (await got(north, ana))["version"]
        await north.ask("PATCH", f"/patients/{ana.id}", json={"note": "Mine"}, version=version)
        assert (await take_apart(north, ana, done)).status_code == 204
        assert [(await ledger(north, one))["balance"] for one in two] == [ron(300), ron(5_000)]
        assert (await north.ask("GET", f"/appointments/{visit.id}")).json()["patient_id"] == str(ana.id)
        stays, back = await got(north, ana), await got(north, anna)
        assert (stays["note"], stays["middle_name"], stays["contacts"]) == ("Mine", None, [MOBILE])
        assert (back["merged_into_id"], back["note"]) == (None, "Latex allergy")
        assert since.patient_id == ana.id
        assert wrong(root, north.id) == {}

    async def test_takes_back_what_came_to_a_visit_since(self, north, given, two):
        ana, anna = two
        visit = await given.appointment(north, patient=anna, starts_at=at(9))
        done = await merged(north, ana, anna)
        await north.ask("POST", f"/appointments/{visit.id}/confirmation", json={})
        moved = {"starts_at": at(11).isoformat()}
        assert (await north.ask("POST", f"/appointments/{visit.id}/rescheduling", json=moved)).is_success
        assert (await take_apart(north, ana, done)).status_code == 204
        assert (await north.ask("GET", f"/appointments/{visit.id}")).json()["patient_id"] == str(anna.id)
        with pytest.raises(Exception, match="taken"):
            await given.appointment(north, patient=anna, starts_at=at(11))
        await given.appointment(north, patient=ana, starts_at=at(11))

    async def test_gives_released_time_to_what_was_booked_over_it(self, north, given, two, root):
        ana, anna = two
        await given.appointment(north, patient=anna, starts_at=at(9))
        done = await merged(north, ana, anna)
        over = await given.appointment(north, patient=ana, starts_at=at(9), overbooking_reason="x")
        active = "select active from claim where appointment_id = %s and resource_id = %s"
        assert root.execute(active, [over.id, ana.id]).fetchone() == (False,)
        root.rollback()
        assert (await take_apart(north, ana, done)).status_code == 204
        assert root.execute(active, [over.id, ana.id]).fetchone() == (True,)

    @pytest.mark.parametrize("act", ["pay", "refund", "reverse", "bill"])
    async def test_refuses_where_the_money_that_came_along_was_worked_with(self, north, given, two, act, root):
        ana, anna = two
        charge = await given.charge(north, anna, 300)
        invoice = await given.invoice(north, anna, 5_000)
        paid = await given.payment(north, anna, 7_000)
        done = await merged(north, ana, anna)
        async with north.op(now=clock.now()) as op:
            if act == "pay":
                second = await billing.draft(op, patient_id=ana.id, charge_ids=[charge.id])
                await billing.issue(op, invoice_id=second)
                await billing.apply_credit(op, invoice_id=second)
            elif act == "refund":
                await billing.refund(op, payment_id=paid.id, amount=Money(100, "RON"), reason="x")
            elif act == "reverse":
                await billing.reverse_charge(op, charge_id=charge.id, patient_id=ana.id, reason="x")
            else:
                await billing.draft(op, patient_id=ana.id)
        assert invoice.patient_id == anna.id
        answer = await take_apart(north, ana, done)
        assert said(answer) == (409, "MergeIsBuiltOn")
        assert (await got(north, anna))["merged_into_id"] == str(ana.id)
        assert wrong(root, north.id) == {}

    async def test_refuses_once_a_visit_that_came_along_was_charged(self, north, given, two):
        service = await given.service(north)
        visit = await given.appointment(north, patient=two[1], starts_at=at(9), service=service)
        done = await merged(north, *two)
        over = {"items": [{"service_id": str(service.id)}]}
        assert (await north.ask("POST", f"/appointments/{visit.id}/completion", json=over)).is_success
        assert said(await take_apart(north, two[0], done)) == (409, "MergeIsBuiltOn")

    async def test_happens_once_however_often_it_is_asked(self, north, two, root):
        done = await merged(north, *two)
        assert [(await take_apart(north, two[0], done)).status_code for _ in range(2)] == [204, 204]
        told = "select count(*) from event where clinic_id = %s and name = 'merging.merge_taken_apart'"
        assert root.execute(told, [north.id]).fetchone() == (1,)
        again = await merged(north, *two)
        assert again["id"] != done["id"]

    async def test_does_not_find_a_merge_of_another_patient_or_clinic(self, north, south, given, two):
        done = await merged(north, *two)
        other = await given.patient(south)
        assert said(await take_apart(north, two[1], done)) == (404, "NoSuchMerge")
        assert said(await take_apart(south, other, done)) == (404, "NoSuchMerge")

    async def test_is_listed_while_it_stands(self, north, two):
        ana, anna = two
        done = await merged(north, ana, anna)
        [one] = (await north.ask("GET", f"/patients/{ana.id}/merges")).json()["items"]
        assert (one["id"], one["duplicate_id"], one["first_name"], one["merged_by"]) == (
            done["id"],
            str(anna.id),
            "Anna",
            "Ana Dinu",
        )
        await take_apart(north, ana, done)
        assert (await north.ask("GET", f"/patients/{ana.id}/merges")).json()["items"] == []


class TestCareTeams:
    async def test_whoever_may_not_open_one_of_the_two_does_not_merge_them(self, north, two, colleague, given):  # noqa: F811
        ana, anna = two
        dentist = await colleague(north, "dentist")
        await north.ask("POST", f"/patients/{ana.id}/care-team", json={"member_id": str(dentist.id)})
        version = (await north.ask("GET", "/record-rules")).json()["version"]
        await north.ask("PATCH", "/record-rules", version=version, json={"care_teams": True})
        role = await north.ask("POST", "/roles", json={"name": "Merger", "permissions": ["patients.read", "patients.merge"]})
        member = f"/members/{dentist.id}"
        members = {one["id"]: one for one in (await north.ask("GET", "/members")).json()["items"]}
        await north.ask("PATCH", member, version=members[str(dentist.id)]["version"], json={"roles": [role.json()["slug"]]})
        assert said(await merge(dentist, ana, anna)) == said(await preview(dentist, ana, anna)) == (403, "NotOnCareTeam")
        await north.ask("POST", f"/patients/{anna.id}/care-team", json={"member_id": str(dentist.id)})
        await given.appointment(north, patient=anna, starts_at=at(9))
        done = await merged(dentist, ana, anna)
        assert (await got(dentist, anna))["merged_into_id"] == str(ana.id)
        assert (await take_apart(dentist, ana, done)).status_code == 204
        assert (await got(north, anna))["merged_into_id"] is None

    async def test_needs_the_permission_at_the_door_too(self, north, two):
        with pytest.raises(NotAllowed):
            async with north.op(grants=OWNER - {"patients.merge"}) as op:
                await merging.merge(op, patient_id=two[0].id, duplicate_id=two[1].id)


class TestTwoAtOnce:
    async def test_merges_of_the_same_two_are_one(self, north, two):
        answers = await asyncio.gather(*(merge(north, *two) for _ in range(4)))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json()["id"] for answer in answers}) == 1

    async def test_of_two_that_cross_one_is_refused(self, north, two):
        answers = await asyncio.gather(merge(north, *two), merge(north, *two[::-1]))
        assert sorted(map(said, answers), key=str) == [(201, None), (404, "PatientIsMerged")]

    async def test_a_merge_and_bookings_and_payments_lose_nothing(self, north, given, two, root):
        ana, anna = two
        await given.invoice(north, anna, 5_000)
        provider, service = await given.provider(north), await given.service(north)
        visit = await given.appointment(north, patient=anna, starts_at=at(8), provider=provider, service=service)

        def book(patient, turn):
            body = {"patient_id": str(patient.id), "provider_id": str(provider.id), "service_id": str(service.id)}
            return north.ask("POST", "/appointments", json=body | {"starts_at": at(9 + turn).isoformat()})

        def pay(patient):
            return north.ask("POST", "/payments", json={"patient_id": str(patient.id), "amount": ron(100), "method": "cash"})

        def move():
            return north.ask("POST", f"/appointments/{visit.id}/rescheduling", json={"starts_at": at(7).isoformat()})

        asked = [book(anna, 0), pay(anna), merge(north, ana, anna), move(), book(anna, 1), pay(anna), book(ana, 2), pay(ana)]
        answers = await asyncio.gather(*asked)
        assert answers[2].status_code == 201, answers[2].text
        assert {said(answer) for answer in answers} <= {(201, None), (200, None), (404, "NoSuchPatient"), (404, "NoSuchInvoice")}
        for table, column in (
            ("appointment", "patient_id"),
            ("claim", "resource_id"),
            ("credit", "patient_id"),
            ("ledger_posting", "patient_id"),
        ):
            left = root.execute(f"select count(*) from {table} where clinic_id = %s and {column} = %s", [north.id, anna.id])
            assert left.fetchone() == (0,), table
        kept = sum(answer.status_code in (200, 201) and "starts_at" in answer.json() for answer in answers[:2] + answers[4:])
        assert root.execute("select count(*) from appointment where patient_id = %s", [ana.id]).fetchone() == (kept + 1,)
        assert wrong(root, north.id) == {}

    async def test_taking_apart_twice_at_once_is_once(self, north, two):
        done = await merged(north, *two)
        answers = await asyncio.gather(*(take_apart(north, two[0], done) for _ in range(4)))
        assert {answer.status_code for answer in answers} == {204}
        assert UUID(done["id"])


class TestRecalls:
    async def test_go_along_but_for_those_the_other_is_called_in_for(self, north, given):
        stays, duplicate = await given.patient(north), await given.patient(north)
        service = await given.service(north)
        types = []
        for name in ("Check-up", "Hygiene"):
            body = {"name": name, "interval": {"every": 6, "unit": "months"}, "service_ids": [str(service.id)]}
            types.append((await north.ask("POST", "/recall-types", json=body)).json()["id"])

        async def recall(patient, type):
            answer = await north.ask(
                "POST", "/recalls", json={"patient_id": str(patient.id), "type_id": type, "due_on": "2027-06-01"}
            )
            assert answer.status_code == 201, answer.text
            return answer.json()["id"]

        async def whose(patient):
            found = (await north.ask("GET", "/recalls", params={"patient_id": str(patient.id)})).json()["items"]
            return {one["id"] for one in found}

        own, same, other = await recall(stays, types[0]), await recall(duplicate, types[0]), await recall(duplicate, types[1])
        await north.ask("POST", f"/recalls/{other}/attempts", json={"kind": "call", "outcome": "no_answer"})
        await north.ask("POST", "/waitlist", json={"patient_id": str(duplicate.id), "service_id": str(service.id)})
        asked = f"/patients/{stays.id}/merges/preview?duplicate_id={duplicate.id}"
        moving = (await north.ask("GET", asked)).json()["moving"]
        assert (moving["recalls"], moving["waiting"]) == (1, 1)
        merged = await north.ask("POST", f"/patients/{stays.id}/merges", json={"duplicate_id": str(duplicate.id)})
        assert merged.status_code == 201, merged.text
        assert await whose(stays) == {own, other}
        waiting = (await north.ask("GET", "/waitlist", params={"patient_id": str(stays.id)})).json()["items"]
        assert len(waiting) == 1
        due = (await north.ask("GET", "/recalls")).json()["items"]
        assert same not in {one["id"] for one in due}, "nobody is called in under a record that is gone"
        attempts = (await north.ask("GET", f"/recalls/{other}/attempts")).json()["items"]
        assert len(attempts) == 1
        assert (await north.ask("DELETE", f"/patients/{stays.id}/merges/{merged.json()['id']}")).status_code == 204
        assert await whose(stays) == {own} and await whose(duplicate) == {same, other}

    async def test_count_the_visits_that_came_along_and_forget_those_that_went_back(self, north, given):
        stays, duplicate = await given.patient(north), await given.patient(north)
        service, soon = await given.service(north), datetime.now(UTC).replace(microsecond=0) + timedelta(days=10)
        await given.appointment(north, patient=duplicate, starts_at=soon, service=service)
        body = {"name": "Check-up", "interval": {"every": 6, "unit": "months"}, "service_ids": [str(service.id)]}
        type = (await north.ask("POST", "/recall-types", json=body)).json()["id"]
        made = await north.ask("POST", "/recalls", json={"patient_id": str(stays.id), "type_id": type, "due_on": "2026-06-01"})

        async def status():
            return (await north.ask("GET", f"/recalls/{made.json()['id']}")).json()["status"]

        assert await status() == "due"
        merged = await north.ask("POST", f"/patients/{stays.id}/merges", json={"duplicate_id": str(duplicate.id)})
        assert await status() == "booked"
        await north.ask("DELETE", f"/patients/{stays.id}/merges/{merged.json()['id']}")
        assert await status() == "due"
