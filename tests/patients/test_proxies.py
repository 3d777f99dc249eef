"""Who acts for a patient: until when, with which scopes, and what of it is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chairside.patients import Proxy
from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_invitations import code
from tests.tenancy.test_roles import colleague, make  # noqa: F401

PARENT = {"relationship": "parent", "scopes": ["schedule", "message"]}


@pytest.fixture
async def luca(north, given):
    return await given.patient(north, first_name="Luca", birth_date=date(2015, 6, 1))


@pytest.fixture
async def ana(north, given):
    return await given.patient(north, first_name="Ana")


async def add(clinic, patient, **more):
    answer = await clinic.ask("POST", f"/patients/{patient.id}/proxies", json=PARENT | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def listed(clinic, patient):
    answer = await clinic.ask("GET", f"/patients/{patient.id}/proxies")
    assert answer.status_code == 200, answer.text
    return answer.json()


class TestAdding:
    async def test_a_patient_is_seen_from_both_sides(self, north, luca, ana):
        proxy = await add(north, luca, holder_id=str(ana.id))
        assert proxy["name"].startswith("Ana") and proxy["state"] == "in_force" and proxy["starts_on"]
        assert [one["id"] for one in (await listed(north, luca))["items"]] == [proxy["id"]]
        of_ana = await listed(north, ana)
        assert of_ana["items"] == [] and of_ana["acts_for"][0]["patient_name"].startswith("Luca")

    async def test_somebody_who_is_no_patient_has_a_name_and_a_number(self, north, luca):
        proxy = await add(north, luca, name="Nelu O'Hara", phone="0722 333 444", email="nelu@example.test", proof="court 12/2026")
        assert (proxy["holder_id"], proxy["name"], proxy["phone"]) == (None, "Nelu O'Hara", "0722 333 444")

    @pytest.mark.parametrize(
        ("more", "pointer", "why"),
        [
            ({}, "/name", "required"),
            ({"name": "x", "scopes": []}, "/scopes", "too_short"),
            ({"name": "x", "scopes": ["own"]}, "/scopes/0", "literal_error"),
            ({"name": "x", "relationship": "boss"}, "/relationship", "literal_error"),
            ({"name": "x", "phone": "none"}, "/phone", "not_a_phone"),
            ({"name": "x", "email": "none"}, "/email", "not_an_email"),
            ({"name": "x", "starts_on": "2027-02-01", "ends_on": "2027-01-31"}, "/ends_on", "runs_backward"),
            ({"name": "x", "starts_on": "0001-02-01"}, "/starts_on", "out_of_range"),
            ({"holder_id": "00000000-0000-7000-8000-000000000000"}, "/holder_id", "not_found"),
        ],
    )
    async def test_says_what_is_wrong_and_writes_nothing(self, north, luca, more, pointer, why):
        answer = await north.ask("POST", f"/patients/{luca.id}/proxies", json=PARENT | more)
        assert answer.status_code == 422, answer.text
        assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, why)]
        assert (await listed(north, luca))["items"] == []

    async def test_refuses_oneself_two_at_once_and_the_same_again(self, north, luca, ana):
        path = f"/patients/{luca.id}/proxies"
        assert await code(await north.ask("POST", path, json=PARENT | {"holder_id": str(luca.id)})) == (422, "Malformed")
        both = PARENT | {"holder_id": str(ana.id), "name": "x"}
        assert await code(await north.ask("POST", path, json=both)) == (422, "Malformed")
        await add(north, luca, holder_id=str(ana.id))
        again = await north.ask("POST", path, json=PARENT | {"holder_id": str(ana.id)})
        assert await code(again) == (409, "AlreadyProxy")

    async def test_of_another_clinic_is_as_if_they_did_not_exist(self, north, south, luca, given):
        stranger = await given.patient(south)
        answer = await north.ask("POST", f"/patients/{luca.id}/proxies", json=PARENT | {"holder_id": str(stranger.id)})
        assert answer.json()["errors"][0]["code"] == "not_found"
        assert await code(await south.ask("GET", f"/patients/{luca.id}/proxies")) == (404, "NoSuchPatient")

    async def test_is_for_those_who_may_write_patients(self, north, luca, colleague):  # noqa: F811
        auditor = await colleague(north, "auditor")
        answer = await auditor.ask("POST", f"/patients/{luca.id}/proxies", json=PARENT | {"name": "x"})
        assert answer.status_code == 403


class TestChanging:
    async def test_keeps_who_it_is(self, north, luca, ana):
        proxy = await add(north, luca, holder_id=str(ana.id))
        path = f"/patients/{luca.id}/proxies/{proxy['id']}"
        changed = await north.ask("PATCH", path, version=1, json={"scopes": ["manage"], "ends_on": "2030-01-01"})
        assert (changed.json()["scopes"], changed.json()["last_on"], changed.json()["version"]) == (["manage"], "2030-01-01", 2)
        assert await code(await north.ask("PATCH", path, version=2, json={"phone": "0722 333 444"})) == (422, "Malformed")
        assert await code(await north.ask("PATCH", path, version=1, json={"proof": "x"})) == (412, "ProxyIsStale")

    async def test_takes_it_back_and_gives_it_again(self, north, luca, ana):
        proxy = await add(north, luca, holder_id=str(ana.id))
        path = f"/patients/{luca.id}/proxies/{proxy['id']}/revocation"
        revoked = (await north.ask("POST", path)).json()
        assert revoked["state"] == "revoked" and revoked["revoked_at"]
        again = await add(north, luca, holder_id=str(ana.id))
        assert await code(await north.ask("DELETE", path)) == (409, "AlreadyProxy")
        await north.ask("POST", f"/patients/{luca.id}/proxies/{again['id']}/revocation")
        assert (await north.ask("DELETE", path)).json()["state"] == "in_force"


class TestComingOfAge:
    async def test_ends_on_the_eve_of_the_birthday_that_the_clinic_set(self, north, luca, given):
        proxy = await add(north, luca, name="x", ends_at_majority=True)
        assert proxy["last_on"] == "2033-05-31"
        assert (await north.ask("PATCH", "", version=1, json={"majority_age": 16})).json()["majority_age"] == 16
        assert (await listed(north, luca))["items"][0]["last_on"] == "2031-05-31"
        assert (await north.ask("PATCH", "", version=2, json={"majority_age": 11})).status_code == 422

    async def test_of_a_leap_day_is_the_last_of_february(self, north, given):
        leaper = await given.patient(north, birth_date=date(2012, 2, 29))
        assert (await add(north, leaper, name="x", ends_at_majority=True))["last_on"] == "2030-02-27"

    async def test_is_never_where_nobody_knows_the_birthday(self):
        assert proxy(ends_at_majority=True, majority_on=None).state(date(2200, 1, 1)) == "in_force"

    @pytest.mark.parametrize(
        ("today", "state"),
        [
            (date(2026, 12, 31), "to_come"), (date(2027, 1, 1), "in_force"), (date(2030, 5, 31), "in_force"),
            (date(2030, 6, 1), "of_age"), (date(2031, 1, 2), "over"),
        ],
    )  # fmt: skip
    def test_goes_by_the_day(self, today, state):
        one = proxy(ends_at_majority=True, majority_on=date(2030, 6, 1), ends_on=date(2031, 1, 1))
        assert one.state(today) == state
        assert one._replace(revoked_at=datetime(2027, 1, 1, tzinfo=UTC)).state(today) == "revoked"


class TestTheRecord:
    async def test_names_everybody_in_the_answer_in_the_audit(self, north, luca, ana, root):
        await add(north, luca, holder_id=str(ana.id))
        await listed(north, ana)
        seen = root.execute(
            "select patient_ids from audit_event where clinic_id = %s and entity = 'proxy' and action = 'read'"
            " and patient_ids is not null",
            [north.id],
        ).fetchall()
        assert {ana.id, luca.id} in [set(ids) for (ids,) in seen]

    async def test_goes_along_with_a_merge_and_comes_back(self, north, luca, ana, given):
        twin, other = await given.patient(north, first_name="Ana"), await given.patient(north)
        mine = await add(north, luca, holder_id=str(twin.id))
        theirs = await add(north, twin, holder_id=str(other.id))
        own = await add(north, twin, holder_id=str(ana.id))
        merged = await north.ask("POST", f"/patients/{ana.id}/merges", json={"duplicate_id": str(twin.id)})
        assert merged.status_code == 201, merged.text
        after = await listed(north, ana)
        assert [one["id"] for one in after["items"]] == [theirs["id"]]
        assert [one["id"] for one in after["acts_for"]] == [mine["id"]], "nobody acts for themselves"
        gone = await north.ask("DELETE", f"/patients/{ana.id}/merges/{merged.json()['id']}")
        assert gone.status_code in (200, 204), gone.text
        assert {one["id"] for one in (await listed(north, twin))["items"]} == {theirs["id"], own["id"]}
        assert [one["id"] for one in (await listed(north, luca))["items"]] == [mine["id"]]


def proxy(**more):
    day = date(2027, 1, 1)
    some = {
        "id": None, "patient_id": None, "patient_name": "", "holder_id": None, "name": "x", "phone": None, "email": None,
        "relationship": "parent", "scopes": ["manage"], "proof": None, "starts_on": day, "ends_on": None,
        "ends_at_majority": False, "majority_on": day + timedelta(days=1), "revoked_at": None, "version": 1,
        "proof_file": None,
    }  # fmt: skip
    return Proxy(**some | more)
