"""Programs that work in a clinic with a key of their own."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.identity.conftest import said
from tests.tenancy.test_invitations import join
from tests.tenancy.test_roles import colleague, make

__all__ = ["colleague"]


async def let_in(clinic, *permissions, **more):
    return await clinic.ask("POST", "/service-accounts", json={"name": "Recall robot", "permissions": list(permissions), **more})


async def as_program(http, clinic, key, method="GET", path="/patients", **more):
    headers = {"authorization": f"Bearer {key}"} | more.pop("headers", {})
    return await http.request(method, f"/clinics/{clinic.slug}{path}", headers=headers, **more)


class TestAKey:
    async def test_does_what_it_may_in_its_clinic_and_nothing_else(self, north, south, http):
        made = (await let_in(north, "patients.read")).json()
        assert made["key"].startswith("chs_") and len(made["key"]) > 40
        assert (await as_program(http, north, made["key"])).status_code == 200
        assert said(await as_program(http, north, made["key"], path="/members")) == (403, "NotAllowed")
        assert said(await as_program(http, south, made["key"])) == (404, "NoSuchThing")
        assert said(await http.get("/session", headers={"authorization": f"Bearer {made['key']}"})) == (401, "NotSignedIn")

    async def test_is_shown_once_and_kept_as_a_hash(self, north, root):
        made = (await let_in(north, "patients.read")).json()
        [listed] = (await north.ask("GET", "/service-accounts")).json()["items"]
        assert listed["keys"][0]["hint"] == made["key"][-4:]
        assert made["key"] not in str(listed)
        root.rollback()
        everywhere = root.execute("select service_key::text from service_key where clinic_id = %s", [north.id]).fetchall()
        everywhere += root.execute("select body::text from answer where clinic_id = %s", [north.id]).fetchall()
        everywhere += root.execute("select new::text from audit_value where clinic_id = %s", [north.id]).fetchall()
        assert all(made["key"] not in one and made["key"].encode().hex() not in one for (one,) in everywhere)

    @pytest.mark.parametrize("how", ["key", "account", "expiry"])
    async def test_is_good_no_more_once_it_was_revoked_or_is_old(self, north, http, root, how):
        made = (await let_in(north, "patients.read", expires_at=(datetime.now(UTC) + timedelta(hours=1)).isoformat())).json()
        assert (await as_program(http, north, made["key"])).status_code == 200
        if how == "key":
            answer = await north.ask("DELETE", f"/service-accounts/{made['id']}/keys/{made['keys'][0]['id']}")
            assert answer.status_code == 204
        elif how == "account":
            assert (await north.ask("POST", f"/service-accounts/{made['id']}/revocation")).status_code == 204
        else:
            root.execute("select set_config('app.clinic_id', %s, true)", [str(north.id)])
            root.execute("update service_key set expires_at = now() - interval '1 second' where clinic_id = %s", [north.id])
            root.commit()
        assert said(await as_program(http, north, made["key"])) == (401, "NotSignedIn")

    async def test_is_rotated_with_both_good_meanwhile(self, north, http):
        made = (await let_in(north, "patients.read")).json()
        second = (await north.ask("POST", f"/service-accounts/{made['id']}/keys", json={})).json()
        for key in (made["key"], second["key"]):
            assert (await as_program(http, north, key)).status_code == 200
        await north.ask("DELETE", f"/service-accounts/{made['id']}/keys/{made['keys'][0]['id']}")
        assert (await as_program(http, north, second["key"])).status_code == 200
        used = (await north.ask("GET", f"/service-accounts/{made['id']}")).json()["keys"]
        assert all(one["last_used_at"] for one in used)

    async def test_in_an_address_is_nothing(self, north, http):
        made = (await let_in(north, "patients.read")).json()
        for name in ("key", "api_key", "token", "access_token", "authorization"):
            assert said(await http.get(f"/clinics/{north.slug}/patients?{name}={made['key']}")) == (401, "NotSignedIn")

    async def test_cut_short_or_forged_is_nothing(self, north, http):
        key = (await let_in(north, "patients.read")).json()["key"]
        for wrong in (key[:-1], key + "A", key.upper(), key[4:], "chs_", "chs_" + "A" * 43):
            assert said(await as_program(http, north, wrong)) == (401, "NotSignedIn")

    async def test_leaves_a_record_of_what_it_did(self, north, http, root):
        made = (await let_in(north, "patients.read", "patients.register")).json()
        body = {"first_name": "A", "last_name": "B", "birth_date": "1980-01-01"}
        assert (await as_program(http, north, made["key"], "POST", json=body)).status_code == 201
        await as_program(http, north, made["key"], path="/members")
        root.rollback()
        found = root.execute(
            "select actor_type, action, outcome from audit_event where clinic_id = %s and actor_id = %s order by at",
            [north.id, made["id"]],
        ).fetchall()
        assert ("service_account", "insert", "done") in found
        assert found[-1] == ("service_account", "try", "refused")


class TestLettingIn:
    async def test_gives_no_more_than_one_may_oneself(self, north, http, accept, token):
        cookie, _ = await join(north, accept, token, "admin@x.test", "admin")
        body = {"name": "x", "permissions": ["patients.read"]}
        path = f"/clinics/{north.slug}/service-accounts"
        assert (await http.post(path, json=body, headers=cookie)).status_code == 201
        wrong = await http.post(path, json=body | {"permissions": ["patients.fly"]}, headers=cookie)
        assert (said(wrong), wrong.json()["errors"][0]["pointer"]) == ((422, "Malformed"), "/permissions/0")

    async def test_gives_what_ones_own_permissions_cover_as_a_role_does(self, north, colleague):
        """Whoever books for every provider books for one, so they may let a program do that, too, and no more."""
        may = ("service_accounts.read", "service_accounts.write", "roles.write", "members.read", "scheduling.book")
        office = await colleague(north, (await make(north, *may))["slug"])
        added = await let_in(office, "scheduling.book_own")
        assert (added.status_code, added.json()["permissions"]) == (201, ["scheduling.book_own"])
        path, body = f"/service-accounts/{added.json()['id']}", {"permissions": ["scheduling.book", "scheduling.book_own"]}
        assert (await office.ask("PATCH", path, version=1, json=body)).status_code == 200
        assert (await office.ask("POST", f"{path}/keys", json={})).status_code == 201
        for less in (["scheduling.book"], ["scheduling.book_own"]):
            assert (await office.ask("POST", "/roles", json={"name": less[0], "permissions": less})).status_code == 201
        beyond = ["scheduling.book_own", "billing.refund"]
        assert said(await let_in(office, *beyond)) == (403, "MoreThanYouMay")
        assert said(await office.ask("PATCH", path, version=2, json={"permissions": beyond})) == (403, "MoreThanYouMay")

    async def test_does_not_cover_more_by_less(self, north, colleague):
        may = ("service_accounts.read", "service_accounts.write", "scheduling.book_own")
        office = await colleague(north, (await make(north, *may))["slug"])
        assert said(await let_in(office, "scheduling.book")) == (403, "MoreThanYouMay")

    async def test_is_not_for_programs(self, north, http):
        key = (await let_in(north, "service_accounts.write", "service_accounts.read")).json()["key"]
        body = {"name": "x", "permissions": []}
        assert said(await as_program(http, north, key, "POST", "/service-accounts", json=body)) == (403, "OnlyAPerson")

    async def test_asks_for_proof_that_is_fresh(self, north, root):
        root.execute(
            "update session set step_up_at = step_up_at - interval '6 minutes' where principal_id = %s", [north.owner_id]
        )
        root.commit()
        assert said(await let_in(north, "patients.read")) == (403, "StepUpNeeded")

    async def test_refuses_an_expiry_in_the_past(self, north):
        assert said(await let_in(north, "patients.read", expires_at="2020-01-01T00:00:00Z")) == (422, "Malformed")

    async def test_changes_what_it_may_from_the_next_request_on(self, north, http):
        made = (await let_in(north, "patients.read")).json()
        path = f"/service-accounts/{made['id']}"
        assert (await north.ask("PATCH", path, version=1, json={"permissions": ["members.read"]})).status_code == 200
        assert said(await as_program(http, north, made["key"])) == (403, "NotAllowed")
        assert said(await north.ask("PATCH", path, version=1, json={"name": "y"})) == (412, "ServiceAccountIsStale")
