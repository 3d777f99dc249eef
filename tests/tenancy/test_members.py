"""Who works here: roles, suspension, sessions; and a clinic is never left without an owner."""

import asyncio

import pytest

from tests.conftest import PASSWORD
from tests.tenancy.test_invitations import code, join


async def member(clinic, id):
    return (await clinic.ask("GET", f"/members/{id}")).json()


class TestRoles:
    async def test_count_from_the_next_request_on(self, north, http, accept, token):
        cookie, id = await join(north, accept, token, "rada@x.test", "assistant")
        path = f"/clinics/{north.slug}/patients"
        body = {"first_name": "A", "last_name": "B", "birth_date": "1980-01-01"}
        assert (await http.post(path, json=body, headers=cookie)).status_code == 403
        changed = await north.ask("PATCH", f"/members/{id}", json={"roles": ["receptionist"]}, version=1)
        assert (changed.status_code, changed.json()["roles"], changed.json()["version"]) == (200, ["receptionist"], 2)
        assert (await http.post(path, json=body, headers=cookie)).status_code == 201
        stale = await north.ask("PATCH", f"/members/{id}", json={"roles": ["dentist"]}, version=1)
        assert stale.status_code == 412

    async def test_of_owners_are_the_business_of_owners(self, north, http, accept, token):
        cookie, id = await join(north, accept, token, "admin@x.test", "admin")
        headers = cookie | {"if-match": '"1"'}
        own = f"/clinics/{north.slug}/members"
        assert await code(await http.patch(f"{own}/{id}", json={"roles": ["owner"]}, headers=headers)) == (403, "OnlyAnOwner")
        owner = f"{own}/{north.owner_id}"
        assert await code(await http.patch(owner, json={"roles": ["dentist"]}, headers=headers)) == (403, "OnlyAnOwner")
        assert await code(await http.post(f"{owner}/suspension", headers=cookie)) == (403, "OnlyAnOwner")
        assert await code(await http.post(f"{owner}/session-revocation", headers=cookie)) == (403, "OnlyAnOwner")

    async def test_leave_an_owner(self, north):
        answer = await north.ask("PATCH", f"/members/{north.owner_id}", json={"roles": ["dentist"]}, version=1)
        assert await code(answer) == (409, "LastOwner")
        assert (await member(north, north.owner_id))["roles"] == ["owner"]

    @pytest.mark.parametrize("how", ["roles", "suspension"])
    async def test_leave_an_owner_when_two_owners_turn_on_each_other(self, north, http, accept, token, how):
        for turn in range(4):
            cookie, id = await join(north, accept, token, f"second-{turn}@x.test", "owner")
            path = f"/clinics/{north.slug}/members"
            if how == "roles":
                headers = cookie | {"if-match": f'"{(await member(north, north.owner_id))["version"]}"'}
                theirs = http.patch(f"{path}/{north.owner_id}", json={"roles": ["dentist"]}, headers=headers)
                ours = north.ask("PATCH", f"/members/{id}", json={"roles": ["dentist"]}, version=1)
            else:
                theirs = http.post(f"{path}/{north.owner_id}/suspension", headers=cookie)
                ours = north.ask("POST", f"/members/{id}/suspension")
            answers = await asyncio.gather(theirs, ours)
            statuses = sorted(answer.status_code for answer in answers)
            assert statuses[0] == 200
            assert statuses[1] in (403, 404, 409), [answer.text for answer in answers]
            if answers[0].status_code == 200:
                return  # we are the one who was turned out


class TestSuspension:
    async def test_shuts_somebody_out_on_their_next_request_and_says_so(self, north, http, accept, token):
        cookie, id = await join(north, accept, token, "ion@x.test", "receptionist")
        assert (await http.get(f"/clinics/{north.slug}", headers=cookie)).status_code == 200
        assert (await north.ask("POST", f"/members/{id}/suspension")).json()["status"] == "suspended"
        assert await code(await http.get(f"/clinics/{north.slug}", headers=cookie)) == (403, "Suspended")
        assert (await http.get("/session", headers=cookie)).json()["clinics"] == []
        assert (await north.ask("DELETE", f"/members/{id}/suspension")).json()["status"] == "active"
        assert (await http.get(f"/clinics/{north.slug}", headers=cookie)).status_code == 200

    async def test_is_nothing_to_do_to_oneself(self, north):
        assert await code(await north.ask("POST", f"/members/{north.owner_id}/suspension")) == (409, "NotYourself")

    async def test_leaves_a_record_of_who_did_it(self, north, accept, token, root):
        _, id = await join(north, accept, token, "ion@x.test", "receptionist")
        await north.ask("POST", f"/members/{id}/suspension")
        root.rollback()
        found = root.execute(
            "select actor_id, changed_fields from audit_event where clinic_id = %s and entity = 'membership' and action = 'update'",
            [north.id],
        ).fetchall()
        assert (north.owner_id, ["suspended_at"]) in found


class TestLastSeen:
    async def test_is_kept_without_an_audit_record_of_its_own(self, north, root):
        await north.ask("GET", "/members")
        assert (await member(north, north.owner_id))["last_used_at"]
        root.rollback()
        seen = "select count(*) from audit_event where clinic_id = %s and entity = 'membership' and action = 'update'"
        assert root.execute(seen, [north.id]).fetchone() == (0,)


class TestSessions:
    async def test_of_a_member_end_when_somebody_says_so_and_the_audit_knows(self, north, http, accept, token, root):
        cookie, id = await join(north, accept, token, "lost@phone.test", "receptionist")
        assert (await north.ask("POST", f"/members/{id}/session-revocation")).status_code == 204
        assert (await http.get(f"/clinics/{north.slug}", headers=cookie)).status_code == 401
        root.rollback()
        ended = "select actor_id, entity_id::text from audit_event where clinic_id = %s and action = 'end_sessions_of'"
        assert root.execute(ended, [north.id]).fetchall() == [(north.owner_id, id)]


class TestOneself:
    async def test_changes_the_password_and_every_session_of_before_ends(self, north, http):
        other = await http.post("/session", json={"email": north.email, "password": PASSWORD})
        cookie = {"cookie": other.headers["set-cookie"].split(";")[0]}
        http.cookies.clear()
        mine = {"authorization": f"Bearer {north.token}"}
        new = "another long password"
        wrong = await http.put("/person/password", json={"old": "not the old one", "new": new}, headers=mine)
        assert await code(wrong) == (409, "WrongPassword")
        short = await http.put("/person/password", json={"old": PASSWORD, "new": "short"}, headers=mine)
        assert [one["pointer"] for one in short.json()["errors"]] == ["/new"]
        done = await http.put("/person/password", json={"old": PASSWORD, "new": new}, headers=mine)
        assert done.status_code == 204, done.text
        rotated = {"cookie": done.headers["set-cookie"].split(";")[0]}
        http.cookies.clear()
        assert (await http.get("/session", headers=cookie)).status_code == 401
        assert (await http.get("/session", headers=mine)).status_code == 401
        assert (await http.get("/session", headers=rotated)).json()["principal"]["email"] == north.email
        assert (await http.post("/session", json={"email": north.email, "password": PASSWORD})).status_code == 401
        assert (await http.post("/session", json={"email": north.email, "password": new})).status_code == 201
        http.cookies.clear()

    async def test_changes_the_name_wherever_they_work(self, north, http):
        mine = {"authorization": f"Bearer {north.token}"}
        answer = await http.patch("/person", json={"name": "Ana Dinu-Pop"}, headers=mine)
        assert answer.json()["principal"]["name"] == "Ana Dinu-Pop"
        assert (await member(north, north.owner_id))["name"] == "Ana Dinu-Pop"


class TestAStaffRecord:
    async def test_is_kept_and_emptied(self, north, accept, token):
        _, id = await join(north, accept, token, "rada@x.test", "assistant")
        path = f"/members/{id}"
        kept = await north.ask("PATCH", path, json={"employee_id": "E-17", "job_title": "Dental assistant"}, version=1)
        assert (kept.status_code, kept.json()["employee_id"], kept.json()["job_title"]) == (200, "E-17", "Dental assistant")
        assert (await north.ask("PATCH", path, json={"job_title": "x"}, version=1)).status_code == 412
        emptied = await north.ask("PATCH", path, json={"employee_id": None, "job_title": None}, version=2)
        assert (emptied.json()["employee_id"], emptied.json()["job_title"]) == (None, None)

    async def test_has_a_number_of_its_own(self, north, south, accept, token):
        _, id = await join(north, accept, token, "rada@x.test", "assistant")
        await north.ask("PATCH", f"/members/{id}", json={"employee_id": "E-17"}, version=1)
        own = await member(north, north.owner_id)
        answer = await north.ask("PATCH", f"/members/{north.owner_id}", json={"employee_id": "E-17"}, version=own["version"])
        assert await code(answer) == (409, "EmployeeIdTaken")
        there = await member(south, south.owner_id)
        elsewhere = await south.ask("PATCH", f"/members/{south.owner_id}", json={"employee_id": "E-17"}, version=there["version"])
        assert elsewhere.status_code == 200

    async def test_of_an_owner_is_the_business_of_owners(self, north, http, accept, token):
        cookie, _ = await join(north, accept, token, "admin@x.test", "admin")
        owner = f"/clinics/{north.slug}/members/{north.owner_id}"
        version = (await member(north, north.owner_id))["version"]
        answer = await http.patch(owner, json={"job_title": "x"}, headers=cookie | {"if-match": f'"{version}"'})
        assert await code(answer) == (403, "OnlyAnOwner")
