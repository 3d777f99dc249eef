"""Somebody is asked to work in a clinic, and comes."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from chairside import tenancy
from chairside.app import build, enveloped
from chairside.kernel import clock
from chairside.kernel.op import begin
from chairside.kernel.settings import SettingsRefused
from chairside.messaging import posts
from tests.conftest import PASSWORD
from tests.tenancy.conftest import NEW


async def invite(clinic, email, roles=("receptionist",), **more):
    return await clinic.ask("POST", "/invitations", json={"email": email, "roles": list(roles), **more})


async def code(answer):
    return answer.status_code, answer.json().get("code")


async def join(clinic, accept, token, email, *roles):
    """Somebody works here in these roles; answers their cookie and id."""
    invitation = (await invite(clinic, email, roles)).json()
    answer = await accept(token(invitation))
    assert answer.status_code == 201, answer.text
    return {"cookie": answer.headers["set-cookie"].split(";")[0], "sec-fetch-site": "same-origin"}, answer.json()["principal"][
        "id"
    ]


class TestAnInvitation:
    async def test_makes_somebody_new_a_member_with_its_roles(self, north, http, accept, token):
        invitation = (await invite(north, "ion@new.test", ["receptionist", "accountant"], name="Ion")).json()
        assert (invitation["state"], invitation["roles"]) == ("open", ["receptionist", "accountant"])
        answer = await accept(token(invitation))
        assert answer.status_code == 201, answer.text
        assert answer.json()["clinics"][0]["roles"] == ["accountant", "receptionist"]
        cookie = {"cookie": answer.headers["set-cookie"].split(";")[0]}
        assert (await http.get(f"/clinics/{north.slug}", headers=cookie)).status_code == 200
        again = await http.post("/session", json={"email": "ION@new.test", "password": NEW})
        assert again.status_code == 201
        http.cookies.clear()
        members = (await north.ask("GET", "/members")).json()["items"]
        assert ("Ion Șerban", "active") in [(one["name"], one["status"]) for one in members]
        assert (await north.ask("GET", "/invitations")).json()["items"] == []

    async def test_lets_somebody_known_join_with_their_own_password_only(self, north, south, accept, token):
        invitation = (await invite(north, south.email.upper())).json()
        assert await code(await accept(token(invitation))) == (401, "WrongCredentials")
        answer = await accept(token(invitation), password=PASSWORD)
        assert answer.status_code == 201, answer.text
        assert {one["slug"] for one in answer.json()["clinics"]} == {north.slug, south.slug}
        assert answer.json()["principal"]["name"] == "Ana Dinu"

    async def test_lets_somebody_who_is_signed_in_join_with_one_click(self, north, south, http, token):
        invitation = (await invite(north, south.email)).json()
        headers = {"authorization": f"Bearer {south.token}"}
        answer = await http.post("/invitations/acceptance", json={"token": token(invitation)}, headers=headers)
        assert answer.status_code == 201, answer.text
        http.cookies.clear()

    async def test_is_no_fresh_proof_of_who_is_signed_in_and_makes_no_day_longer(self, north, south, http, token, root):
        root.rollback()
        root.execute(
            """update session set step_up_at = step_up_at - interval '20 minutes', ends_at = now() + interval '2 hours'
                where principal_id = %s""",
            [south.owner_id],
        )
        root.commit()
        invitation = (await invite(north, south.email)).json()
        headers = {"authorization": f"Bearer {south.token}"}
        answer = await http.post("/invitations/acceptance", json={"token": token(invitation)}, headers=headers)
        http.cookies.clear()
        assert answer.status_code == 201, answer.text
        now = datetime.now(UTC)
        assert now - datetime.fromisoformat(answer.json()["proved_at"]) > timedelta(minutes=15)
        assert datetime.fromisoformat(answer.json()["expires_at"]) - now <= timedelta(hours=2)
        mine = {"cookie": answer.headers["set-cookie"].split(";")[0], "sec-fetch-site": "same-origin"}
        refused = await http.post("/person/passkey-challenges", headers=mine)
        assert await code(refused) == (403, "StepUpNeeded")

    async def test_is_nothing_for_whoever_is_signed_in_as_somebody_else(self, north, south, open_clinic, http, token):
        invitation = (await invite(north, south.email)).json()
        other = {"authorization": f"Bearer {(await open_clinic('other')).token}"}
        answer = await http.post("/invitations/acceptance", json={"token": token(invitation)}, headers=other)
        assert await code(answer) == (401, "WrongCredentials")

    async def test_changes_nothing_when_its_link_is_only_opened(self, north, http, token):
        invitation = (await invite(north, "ion@looks.test", name="Ion")).json()
        for _ in range(2):
            seen = (await http.post("/invitations/lookups", json={"token": token(invitation)})).json()
            assert (seen["clinic"], seen["email"], seen["known"]) == ("north", "ion@looks.test", False)
        assert (await north.ask("GET", "/invitations")).json()["items"][0]["state"] == "open"

    async def test_is_used_once_however_fast_somebody_clicks(self, north, accept, token):
        invitation = (await invite(north, "fast@click.test")).json()
        answers = await asyncio.gather(*(accept(token(invitation)) for _ in range(50)))
        assert sorted(answer.status_code for answer in answers)[0] == 201
        assert [answer.status_code for answer in answers].count(201) == 1
        assert {answer.json()["code"] for answer in answers if answer.status_code != 201} <= {
            "LinkUnknown",
            "EmailTaken",
            "WrongCredentials",
            "TooManyRequests",
        }

    async def test_says_the_same_of_a_link_that_is_used_taken_back_run_out_or_made_up(self, north, root, accept, token, pool):
        assert await code(await accept("x" * 43)) == (404, "LinkUnknown")
        used = (await invite(north, "used@x.test")).json()
        await accept(token(used))
        assert await code(await accept(token(used))) == (404, "LinkUnknown")
        revoked = (await invite(north, "revoked@x.test")).json()
        assert (await north.ask("DELETE", f"/invitations/{revoked['id']}", version=1)).status_code == 204
        assert (await north.ask("DELETE", f"/invitations/{revoked['id']}", version=2)).status_code == 204
        assert await code(await accept(token(revoked))) == (404, "LinkUnknown")
        old = (await invite(north, "old@x.test")).json()
        async with begin(pool, clock.now() + timedelta(hours=73)) as op:
            with pytest.raises(tenancy.LinkUnknown):
                await tenancy.read_invitation(op, token=token(old))

    async def test_waits_for_one_address_once_and_can_be_sent_again(self, north):
        first = (await invite(north, "O'Brien+x@Twice.test")).json()
        assert first["email"] == "o'brien+x@twice.test"
        assert await code(await invite(north, "o'brien+X@twice.TEST")) == (409, "AlreadyInvited")
        again = await north.ask("POST", f"/invitations/{first['id']}/repetition")
        assert again.status_code == 200
        assert again.json()["expires_at"] >= first["expires_at"]
        letters = (await north.ask("GET", "/invitation-letters")).json()["items"]
        assert [(one["invitation_id"], one["status"]) for one in letters] == [(first["id"], "queued")]

    async def test_is_good_for_as_long_as_the_operator_says(self, north, settings, pool):
        app = build(replace(settings, invitation_hours=5))
        app.state.pool = pool
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(enveloped(app)), base_url="http://chairside.test/api/v1"
        ) as short:
            made = (await invite(replace(north, http=short), "brief@x.test")).json()
            again = (await replace(north, http=short).ask("POST", f"/invitations/{made['id']}/repetition")).json()
            assert (await short.get("/deployment")).json()["invitation_hours"] == 5
        for one in (made, again):
            life = datetime.fromisoformat(one["expires_at"]) - clock.now()
            assert timedelta(hours=4.9) < life <= timedelta(hours=5)
        usual = datetime.fromisoformat((await invite(north, "usual@x.test")).json()["expires_at"]) - clock.now()
        assert timedelta(hours=71.9) < usual <= timedelta(hours=72)
        with pytest.raises(SettingsRefused):
            replace(settings, invitation_hours=0).check()

    async def test_that_has_run_out_makes_room_for_another(self, north, pool):
        async with north.op(now=clock.now() - timedelta(hours=80)) as op:
            await tenancy.invite(op, email="late@x.test", roles=["dentist"])
        assert (await invite(north, "late@x.test")).status_code == 201

    async def test_is_refused_for_whoever_works_here_already(self, north):
        answer = await invite(north, north.email.upper())
        assert await code(answer) == (409, "AlreadyMember")
        assert answer.json()["facts"] == {"member_id": str(north.owner_id)}

    @pytest.mark.parametrize("email", ["nobody", "a@b", "a b@c.test", "a@b.test\nBcc: x@y.test", "a@b.test, c@d.test", ""])
    async def test_goes_to_an_address_only(self, north, email):
        answer = await invite(north, email)
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["pointer"] == "/email"

    async def test_keeps_no_token(self, north, root, token):
        invitation = (await invite(north, "secret@x.test")).json()
        made = token(invitation)
        root.rollback()
        for table in ("invitation", "message", "event", "audit_value", "procrastinate_jobs"):
            [text] = root.execute(f"select string_agg(t::text, ' ') from {table} t").fetchone()
            assert made not in (text or ""), table


class TestGiving:
    async def test_is_for_whoever_may_invite_and_never_of_more_than_their_own(self, north, http, accept, token):
        admin, _ = await join(north, accept, token, "admin@x.test", "admin")
        manager, _ = await join(north, accept, token, "manager@x.test", "manager")

        async def asks(cookie, roles):
            body = {"email": f"{'-'.join(roles)}@y.test", "roles": roles}
            return await code(await http.post(f"/clinics/{north.slug}/invitations", json=body, headers=cookie))

        assert await asks(admin, ["owner"]) == (403, "OnlyAnOwner")
        assert await asks(admin, ["admin"]) == (201, None)
        assert await asks(admin, ["dentist"]) == (201, None)
        assert await asks(manager, ["assistant"]) == (403, "NotAllowed")
        assert (await invite(north, "second@owner.test", ["owner"])).status_code == 201
        assert (await invite(north, "x@y.test", ["no-such-role"])).status_code == 422

    async def test_of_a_clinics_own_role_takes_all_its_permissions(self, north, root):
        from chairside.tenancy.rules.giving import may_give

        held = frozenset({"a", "b"})
        assert may_give("own", template=None, grants=["a"], held=held, giver_is_owner=False)
        assert not may_give("own", template=None, grants=["a", "c"], held=held, giver_is_owner=False)
        assert not may_give("chief", template="owner", grants=["a"], held=held, giver_is_owner=False)


class TestALinkByHand:
    """Where no mail is sent."""

    async def test_is_the_one_that_the_letter_would_have_carried(self, north, accept, token):
        invitation = (await invite(north, "hand@new.test")).json()
        found = await north.ask("GET", f"/invitations/{invitation['id']}/link")
        assert (found.json(), found.headers["cache-control"]) == ({"token": token(invitation)}, "no-store")
        assert "token" not in invitation
        assert (await accept(found.json()["token"])).status_code == 201
        assert await code(await north.ask("GET", f"/invitations/{invitation['id']}/link")) == (409, "InvitationUsed")

    async def test_of_an_owner_is_for_owners_alone(self, north, http, accept, token):
        cookie, _ = await join(north, accept, token, "admin@new.test", "admin")
        invitation = (await invite(north, "second@owner.test", ["owner"])).json()
        http.cookies.clear()
        asked = await http.get(f"/clinics/{north.slug}/invitations/{invitation['id']}/link", headers=cookie)
        assert await code(asked) == (403, "OnlyAnOwner")

    @pytest.mark.parametrize("set_up", [{"smtp_host": "localhost", "smtp_from": "mail@x.test"}, {"mailbox": "/nowhere"}])
    async def test_is_refused_where_letters_go(self, north, settings, pool, set_up):
        invitation = (await invite(north, "letter@new.test")).json()
        before = dict(posts._CHOSEN)
        app = build(replace(settings, origin="http://chairside.test", **set_up))
        posts._CHOSEN.update(before)
        app.state.pool = pool
        async with httpx.AsyncClient(transport=httpx.ASGITransport(enveloped(app)), base_url="http://chairside.test") as client:
            mine = {"authorization": f"Bearer {north.token}"}
            asked = await client.get(f"/api/v1/clinics/{north.slug}/invitations/{invitation['id']}/link", headers=mine)
        assert await code(asked) == (409, "LetterCarriesIt")
