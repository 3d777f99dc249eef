from tests.conftest import PASSWORD

NEW = {"name": "Clinica Zâmbet", "slug": "zambet", "timezone": "Europe/Bucharest", "locale": "ro", "currency": "RON"}
OWNER = {"name": "Ana Dinu", "email": "Ana@zambet.test", "password": PASSWORD}


class TestSignUp:
    async def test_opens_a_clinic_with_its_owner_signed_in(self, http):
        answer = await http.post("/clinics", json={**NEW, "owner": OWNER})
        assert answer.status_code == 201, answer.text
        cookie = {"cookie": answer.headers["set-cookie"].split(";")[0]}
        http.cookies.clear()
        session = (await http.get("/session", headers=cookie)).json()
        assert session["principal"]["email"] == "ana@zambet.test"
        here = {"id": answer.json()["id"], "slug": "zambet", "name": "Clinica Zâmbet", "roles": ["owner"]}
        assert session["clinics"] == [here | {"second_factor_from": None}]
        here = (await http.get("/clinics/zambet", headers=cookie)).json()
        assert (here["timezone"], here["currency"], here["version"]) == ("Europe/Bucharest", "RON", 1)
        assert "billing.refund" in here["permissions"]

    async def test_says_whose_address_is_taken(self, http, north):
        taken = await http.post("/clinics", json={**NEW, "slug": north.slug, "owner": OWNER | {"email": "x@y.test"}})
        assert (taken.status_code, taken.json()["code"]) == (409, "SlugTaken")
        taken = await http.post("/clinics", json={**NEW, "slug": "another-one", "owner": OWNER | {"email": north.email}})
        assert (taken.status_code, taken.json()["code"]) == (409, "EmailTaken")

    async def test_points_at_each_field_that_is_wrong(self, http):
        wrong = {
            **NEW,
            "slug": "API",
            "timezone": "Mars/Base",
            "currency": "XXQ",
            "locale": "zz",
            "owner": OWNER | {"password": "short"},
        }
        answer = await http.post("/clinics", json=wrong)
        assert answer.status_code == 422
        pointers = {error["pointer"]: error["code"] for error in answer.json()["errors"]}
        assert set(pointers) == {"/slug", "/timezone", "/currency", "/locale", "/owner/password"}
        assert pointers["/owner/password"] == "too_short"

    async def test_refuses_an_address_that_is_none(self, http):
        for slug in ("ab", "1abc", "a_b", "login", "abcdef12-3456-7890-abcd-ef1234567890", "a" * 41, "Ünal"):
            answer = await http.post("/clinics", json={**NEW, "slug": slug, "owner": OWNER})
            assert [error["pointer"] for error in answer.json()["errors"]] == ["/slug"], slug

    async def test_sent_again_with_its_key_makes_one_clinic(self, http):
        again = {
            "json": {**NEW, "slug": "twice", "owner": OWNER | {"email": "twice@x.test"}},
            "headers": {"idempotency-key": "k1"},
        }
        first, second = await http.post("/clinics", **again), await http.post("/clinics", **again)
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json() == second.json()


class TestSession:
    async def test_tells_nothing_about_which_half_was_wrong(self, http, north):
        wrong = await http.post("/session", json={"email": north.email, "password": "not the password"})
        nobody = await http.post("/session", json={"email": "nobody@x.test", "password": "not the password"})
        assert wrong.status_code == nobody.status_code == 401
        assert wrong.json() | {"request_id": ""} == nobody.json() | {"request_id": ""}

    async def test_ends_at_once_when_signed_out(self, http, north):
        answer = await http.post("/session", json={"email": north.email.upper(), "password": PASSWORD})
        assert answer.status_code == 201
        cookie = {"cookie": answer.headers["set-cookie"].split(";")[0], "sec-fetch-site": "same-origin"}
        http.cookies.clear()
        assert (await http.get(f"/clinics/{north.slug}", headers=cookie)).status_code == 200
        assert (await http.delete("/session", headers=cookie)).status_code == 204
        assert (await http.get(f"/clinics/{north.slug}", headers=cookie)).status_code == 401

    async def test_refuses_a_change_from_another_site(self, http, north):
        answer = await http.post("/session", json={"email": north.email, "password": PASSWORD})
        cookie = {"cookie": answer.headers["set-cookie"].split(";")[0]}
        http.cookies.clear()
        for more in ({}, {"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
            answer = await http.delete("/session", headers=cookie | more)
            assert (answer.status_code, answer.json()["code"]) == (403, "FromElsewhere")

    async def test_a_stranger_sees_the_same_as_for_a_clinic_that_never_was(self, http, north, south):
        there = await http.get(f"/clinics/{south.slug}", headers={"authorization": f"Bearer {north.token}"})
        never = await http.get("/clinics/never-was", headers={"authorization": f"Bearer {north.token}"})
        assert there.status_code == never.status_code == 404
        assert there.json() | {"request_id": ""} == never.json() | {"request_id": ""}
        assert (await http.get(f"/clinics/{south.id}", headers={"authorization": f"Bearer {south.token}"})).status_code == 200


class TestClinic:
    async def test_changes_only_the_version_that_was_seen(self, north):
        assert (await north.ask("PATCH", "", json={"phone": "1"})).status_code == 428
        assert (await north.ask("PATCH", "", json={"phone": "1"}, version=1)).json()["version"] == 2
        stale = await north.ask("PATCH", "", json={"phone": "2"}, version=1)
        assert (stale.status_code, stale.json()["facts"]) == (412, {"version": 2})
