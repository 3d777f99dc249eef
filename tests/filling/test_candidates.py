"""Who could come at a time that is free: of the waiting list, of those who are due; and who is left out."""

from datetime import timedelta
from uuid import UUID

import pytest

from chairside.kernel import clock
from tests.recalls.conftest import desk  # noqa: F401
from tests.tenancy.test_invitations import code

PHONE = [{"type": "mobile", "value": "0722 333 444", "is_primary": True, "safe_for_voicemail": True}]
STARTS = (clock.now() + timedelta(days=3)).replace(hour=9, minute=0, second=0, microsecond=0)


async def candidates(desk, minutes=60, starts_at=STARTS, provider=None):  # noqa: F811
    query = {
        "provider_id": str((provider or desk.provider).id), "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(minutes=minutes)).isoformat(),
    }  # fmt: skip
    answer = await desk.clinic.ask("GET", "/candidates", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def wait(desk, patient=None, **more):  # noqa: F811
    patient = patient or await desk.given.patient(desk.clinic, contacts=PHONE)
    body = {"patient_id": str(patient.id), "service_id": str(desk.service.id), **more}
    answer = await desk.clinic.ask("POST", "/waitlist", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def whose(items):
    return [one["waitlist_entry_id"] or one["recall_id"] for one in items]


class TestWhoIsFound:
    async def test_is_who_waits_and_who_is_due_with_what_for(self, desk):  # noqa: F811
        entry = await wait(desk, urgent=True)
        recall = await desk.recall(due_on=(clock.now() - timedelta(days=60)).date().isoformat())
        first, second = await candidates(desk)
        assert (first["waitlist_entry_id"], second["recall_id"]) == (entry["id"], recall["id"])
        assert first["reasons"][0] == "urgent" and second["reasons"][0] == "no_phone" and "overdue" in second["reasons"]
        assert first["patient"]["phone"] == "0722 333 444" and first["service_id"] == str(desk.service.id)

    @pytest.mark.parametrize(
        "wish",
        [
            {"weekdays": [STARTS.isoweekday() % 7 + 1]}, {"parts": ["evening"]}, {"notice_hours": 720}, {"duration_minutes": 90},
            {"from_on": "2199-01-01"}, {"until_on": (STARTS - timedelta(days=1)).date().isoformat()},
            {"expires_on": (STARTS - timedelta(days=1)).date().isoformat()},
        ],
        ids=lambda wish: next(iter(wish)),
    )  # fmt: skip
    async def test_is_nobody_whom_it_does_not_suit(self, desk, wish):  # noqa: F811
        await wait(desk, **wish)
        assert await candidates(desk) == []

    async def test_is_who_asked_for_this_provider_and_not_who_asked_for_another(self, desk):  # noqa: F811
        other = await desk.given.provider(desk.clinic, name="Dr. Pop")
        entry = await wait(desk, provider_ids=[str(desk.provider.id)])
        assert whose(await candidates(desk, provider=other)) == []
        [found] = await candidates(desk)
        assert found["waitlist_entry_id"] == entry["id"] and "asked_for" in found["reasons"]

    async def test_is_not_who_is_elsewhere_then(self, desk):  # noqa: F811
        patient = await desk.given.patient(desk.clinic, contacts=PHONE)
        await wait(desk, patient)
        assert len(await candidates(desk)) == 1
        crown = await desk.given.service(desk.clinic, name="Crown")
        await desk.given.appointment(desk.clinic, patient=patient, starts_at=STARTS, service=crown)
        assert await candidates(desk) == []

    async def test_is_not_who_is_archived_booked_snoozed_or_not_due_yet(self, desk):  # noqa: F811
        gone = await desk.given.patient(desk.clinic)
        await desk.recall(gone, due_on="2026-01-01")
        await desk.clinic.ask("POST", f"/patients/{gone.id}/archival")
        booked = await desk.recall(due_on="2026-01-01")
        await desk.visit(booked["patient"]["id"])
        snoozed = await desk.recall(due_on="2026-01-01")
        await desk.on(snoozed, "snooze", {"until": "2199-01-01"})
        await desk.recall(due_on=(STARTS + timedelta(days=1)).date().isoformat())
        assert await candidates(desk) == []

    async def test_says_whose_later_visit_it_would_be_instead_of(self, desk):  # noqa: F811
        patient = await desk.given.patient(desk.clinic, contacts=PHONE)
        visit = await desk.visit(str(patient.id), days=20)
        entry = await wait(desk, patient, appointment_id=visit["id"])
        [found] = await candidates(desk)
        assert (found["waitlist_entry_id"], found["instead_of"]) == (entry["id"], visit["id"])
        assert await candidates(desk, starts_at=STARTS + timedelta(days=30)) == []

    async def test_comes_last_who_must_not_be_contacted(self, desk):  # noqa: F811
        shy = await wait(desk, urgent=True)
        wish = {"do_not_contact": True, "email": True, "sms": True, "only_email": None, "only_phone": None}
        path = f"/patients/{shy['patient']['id']}/contact-preference"
        done = await desk.clinic.ask("PUT", path, json=wish | {"language": None, "timezone": None})
        assert done.is_success, done.text
        calm = await wait(desk)
        found = await candidates(desk)
        assert whose(found) == [calm["id"], shy["id"]]
        assert found[1]["reasons"][0] == "do_not_contact" and found[1]["patient"]["do_not_contact"] is True


class TestAsking:
    async def test_is_refused_for_a_time_that_is_none(self, desk):  # noqa: F811
        for starts_at, minutes in ((STARTS, 0), (STARTS, -5), (STARTS, 24 * 60), (STARTS - timedelta(days=30), 60)):
            query = {"provider_id": str(desk.provider.id), "starts_at": starts_at.isoformat()}
            ends_at = (starts_at + timedelta(minutes=minutes)).isoformat()
            answer = await desk.clinic.ask("GET", "/candidates", params=query | {"ends_at": ends_at})
            assert await code(answer) == (422, "NoTimeAtAll")

    async def test_of_another_clinics_provider_is_as_if_there_were_none(self, desk, south):  # noqa: F811
        await wait(desk)
        query = {"provider_id": str(desk.provider.id), "starts_at": STARTS.isoformat()}
        answer = await south.ask("GET", "/candidates", params=query | {"ends_at": (STARTS + timedelta(hours=1)).isoformat()})
        assert await code(answer) == (404, "NoSuchProvider")

    async def test_sees_nobody_of_another_clinic(self, desk, south, given):  # noqa: F811
        await wait(desk)
        query = {"provider_id": str((await given.provider(south)).id), "starts_at": STARTS.isoformat()}
        answer = await south.ask("GET", "/candidates", params=query | {"ends_at": (STARTS + timedelta(hours=1)).isoformat()})
        assert answer.json()["items"] == []

    async def test_leaves_a_record_that_names_everybody(self, desk, root):  # noqa: F811
        entry = await wait(desk)
        await candidates(desk)
        seen = root.execute(
            "select patient_ids from audit_event where clinic_id = %s and entity = 'candidate'", [desk.clinic.id]
        ).fetchall()
        assert seen == [([UUID(entry["patient"]["id"])],)]
