"""Where one is signed in; the locked screen and its PIN."""

import base64
import hashlib

from tests.conftest import PASSWORD
from tests.identity.conftest import Somebody, said


class TestOnesOwnSessions:
    async def test_are_listed_and_ended_one_by_one_or_all_others(self, ana, http):
        second, third = Somebody(ana.clinic, http, ana.email), Somebody(ana.clinic, http, ana.email)
        assert (
            await second.ask("POST", "/session", json={"email": ana.email, "password": PASSWORD}, headers={"user-agent": "Phone"})
        ).status_code == 201
        await third.sign_in()
        items = (await ana.ask("GET", "/person/sessions")).json()["items"]
        assert sum(one["current"] for one in items) == 1
        [phone] = [one for one in items if one["agent"] == "Phone"]
        assert (await ana.ask("DELETE", f"/person/sessions/{phone['id']}")).status_code == 204
        assert said(await ana.ask("DELETE", f"/person/sessions/{phone['id']}")) == (404, "NoSuchSession")
        assert said(await second.ask("GET", "/session")) == (401, "NotSignedIn")
        assert (await third.ask("GET", "/session")).status_code == 200
        assert (await ana.ask("POST", "/person/session-revocation")).status_code == 204
        assert said(await third.ask("GET", "/session")) == (401, "NotSignedIn")
        assert (await ana.ask("GET", "/session")).status_code == 200

    async def test_of_somebody_else_are_not_theirs_to_end(self, ana, south):
        theirs = (await south.ask("GET", "/sessions")).json()["items"][0]["id"]
        assert said(await ana.ask("DELETE", f"/person/sessions/{theirs}")) == (404, "NoSuchSession")


class TestTheClinicsSessions:
    async def test_are_of_those_who_work_there_and_can_be_ended(self, ana, north, south):
        items = (await north.ask("GET", "/sessions")).json()["items"]
        assert {one["member_id"] for one in items} == {str(north.owner_id)}
        [current] = [one for one in items if one["current"]]
        other = next(one for one in items if not one["current"])
        assert current["name"] == "Ana Dinu"
        assert said(await south.ask("DELETE", f"/sessions/{other['id']}")) == (404, "NoSuchSession")
        assert (await north.ask("DELETE", f"/sessions/{other['id']}")).status_code == 204
        assert said(await north.ask("DELETE", f"/sessions/{other['id']}")) == (404, "NoSuchSession")
        assert said(await ana.ask("GET", "/session")) == (401, "NotSignedIn")


class TestALockedScreen:
    async def test_answers_nothing_until_its_pin_is_given(self, ana):
        assert (await ana.ask("PUT", "/session/pin", json={"pin": "482913"})).status_code == 204
        locked = await ana.ask("POST", "/session/lock")
        assert (locked.json()["locked"], locked.json()["has_pin"]) == (True, True)
        here = f"/clinics/{ana.clinic.slug}"
        for method, path in (("GET", here), ("GET", "/person/security"), ("PUT", "/session/pin"), ("POST", "/session/renewal")):
            body = {"json": {"pin": "111111"}} if method == "PUT" else {}
            assert said(await ana.ask(method, path, **body)) == (401, "SessionLocked")
        assert (await ana.ask("GET", "/session")).json()["locked"] is True
        wrong = await ana.ask("POST", "/session/unlocking", json={"pin": "000000"})
        assert (said(wrong), wrong.json()["facts"]) == ((401, "WrongPin"), {"left": 4})
        assert (await ana.ask("POST", "/session/unlocking", json={"pin": "482913"})).json()["locked"] is False
        assert (await ana.ask("GET", here)).status_code == 200

    async def test_ends_its_session_after_five_wrong_pins(self, ana):
        await ana.ask("PUT", "/session/pin", json={"pin": "482913"})
        await ana.ask("POST", "/session/lock")
        answers = [said(await ana.ask("POST", "/session/unlocking", json={"pin": "000000"})) for _ in range(5)]
        assert answers == [(401, "WrongPin")] * 4 + [(401, "NotSignedIn")]
        assert said(await ana.ask("POST", "/session/unlocking", json={"pin": "482913"})) == (401, "NotSignedIn")

    async def test_without_a_pin_opens_by_proof(self, ana):
        await ana.ask("POST", "/session/lock")
        assert said(await ana.ask("POST", "/session/unlocking", json={"pin": "482913"})) == (409, "NoPin")
        assert (await ana.ask("POST", "/session/proof", json={"password": PASSWORD})).json()["locked"] is False

    async def test_keeps_no_pin_for_another_session(self, ana, http):
        await ana.ask("PUT", "/session/pin", json={"pin": "482913"})
        other = Somebody(ana.clinic, http, ana.email)
        assert (await other.sign_in()).json()["has_pin"] is False


class TestTheAudit:
    async def test_tells_a_clinic_of_every_lock_pin_proof_and_end_refused_ones_too(self, ana, north, root, http):
        elsewhere = Somebody(ana.clinic, http, ana.email)
        await elsewhere.sign_in()
        items = (await ana.ask("GET", "/person/sessions")).json()["items"]
        there = next(one["id"] for one in items if not one["current"])
        begun = len(acts_of(root, north))
        await ana.ask("PUT", "/session/pin", json={"pin": "482913"})
        for _ in range(2):  # from two tabs
            await ana.ask("POST", "/session/lock")
        await ana.ask("POST", "/session/unlocking", json={"pin": "000000"})
        await ana.ask("POST", "/session/unlocking", json={"pin": "482913"})
        await ana.ask("POST", "/session/proof", json={"password": PASSWORD})
        await ana.ask("DELETE", f"/person/sessions/{there}")
        await ana.ask("POST", "/person/session-revocation")
        await ana.ask("DELETE", "/session")
        assert acts_of(root, north)[begun:] == [
            ("choose_pin", "done"), ("lock", "done"), ("unlock", "refused"), ("unlock", "done"), ("step_up", "done"),
            ("end_session", "done"), ("end_sessions", "done"), ("sign_out", "done"),
        ]  # fmt: skip

    async def test_has_the_five_wrong_pins_that_ended_a_session_and_a_proof_that_was_none(self, ana, north, root):
        await ana.add_authenticator()
        await ana.ask("PUT", "/session/pin", json={"pin": "482913"})
        assert said(await ana.ask("POST", "/session/proof", json={"code": "000000"})) == (401, "WrongCode")
        await ana.ask("POST", "/session/lock")
        for _ in range(5):
            await ana.ask("POST", "/session/unlocking", json={"pin": "000000"})
        assert acts_of(root, north)[-7:] == [("step_up", "refused"), ("lock", "done"), *[("unlock", "refused")] * 5]

    async def test_has_nothing_of_a_sign_out_of_nobody(self, ana, north, root):
        await ana.ask("DELETE", "/session")
        found = acts_of(root, north)
        await ana.ask("DELETE", "/session")
        assert acts_of(root, north) == found

    async def test_says_which_session_of_a_colleague_was_ended_and_by_whom(self, ana, north, root):
        items = (await north.ask("GET", "/sessions")).json()["items"]
        other = next(one["id"] for one in items if not one["current"])
        assert (await north.ask("DELETE", f"/sessions/{other}")).status_code == 204
        root.rollback()
        found = root.execute(
            "select actor_id, entity_id::text from audit_event where clinic_id = %s and action = 'end_session_of'", [north.id]
        ).fetchall()
        assert found == [(north.owner_id, other)]


def acts_of(root, clinic):
    root.rollback()
    return root.execute(
        "select action, outcome from audit_event where clinic_id = %s and entity = 'session' and action <> 'read' order by at, id",
        [clinic.id],
    ).fetchall()


class TestTheEndsOfASession:
    MINE = "select {} from session where principal_id = %s and revoked_at is null"

    async def test_is_over_when_nobody_acted_for_so_long_and_in_the_end_whatever_they_do(self, ana, root):
        for end in ("idle_ends_at", "ends_at"):
            await ana.sign_in()
            assert (await ana.ask("GET", f"/clinics/{ana.clinic.slug}/patients")).status_code == 200
            root.execute(f"update session set {end} = clock_timestamp() where principal_id = %s", [ana.clinic.owner_id])
            root.commit()
            assert said(await ana.ask("GET", f"/clinics/{ana.clinic.slug}/patients")) == (401, "NotSignedIn")

    async def test_only_acts_put_the_idle_one_off_and_nothing_the_other(self, ana, root):
        mine = [ana.clinic.owner_id]
        soon = "update session set idle_ends_at = clock_timestamp() + interval '30 seconds' where principal_id = %s"
        root.execute(soon, mine)
        root.commit()
        left = self.MINE.format("max(idle_ends_at) - clock_timestamp() > interval '1 minute', max(ends_at)")
        _, ends_at = root.execute(left, mine).fetchone()
        root.commit()
        assert (await ana.ask("GET", "/session")).status_code == 200
        assert root.execute(left, mine).fetchone() == (False, ends_at), "the screen asks that by itself"
        root.commit()
        assert (await ana.ask("GET", f"/clinics/{ana.clinic.slug}/patients")).status_code == 200
        assert root.execute(left, mine).fetchone() == (True, ends_at)

    async def test_each_sign_in_has_a_token_of_its_own_of_256_bits_that_is_kept_nowhere(self, ana, root):
        tokens = set()
        for _ in range(3):
            await ana.sign_in()
            tokens.add(ana.cookie.partition("=")[2])
        assert len(tokens) == 3 and {len(base64.urlsafe_b64decode(one + "=")) for one in tokens} == {32}
        kept = {bytes(one) for (one,) in root.execute(self.MINE.format("token_hash"), [ana.clinic.owner_id])}
        assert {hashlib.sha256(one.encode()).digest() for one in tokens} <= kept
        assert not {one.encode() for one in tokens} & kept
