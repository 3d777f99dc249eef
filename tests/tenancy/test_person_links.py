"""A new password for who has forgotten theirs; another address to sign in with."""

import asyncio
from dataclasses import replace

import httpx
import pytest

from chairside import tenancy
from chairside.app import build, enveloped
from chairside.kernel import links
from tests.conftest import PASSWORD
from tests.identity.conftest import Somebody, said
from tests.identity.soft import Authenticator

NEW = "another passphrase, quite long"


@pytest.fixture
async def mailing(settings, pool, tmp_path):
    """The app where letters are sent."""
    app = build(replace(settings, mailbox=str(tmp_path)))
    app.state.pool = pool
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(enveloped(app)), base_url="http://chairside.test/api/v1"
    ) as client:
        yield client


@pytest.fixture
def link(root):
    """What the newest letter's link to an address ends in."""

    def link_(email, kind=tenancy.RESETTING):
        root.rollback()
        found = root.execute(
            "select id, salt from person_link where email = %s and kind = %s order by created_at desc limit 1", [email, kind]
        ).fetchone()
        return links.token(kind, *found)

    return link_


async def reset(http, token, password=NEW):
    return await http.post("/password-resets/acceptance", json={"token": token, "password": password})


class TestAForgottenPassword:
    async def test_is_replaced_by_a_link_once_and_everybody_is_signed_out(self, mailing, north, link, root):
        assert (await mailing.post("/password-resets", json={"email": north.email.upper()})).status_code == 202
        token = link(north.email)
        assert (await reset(mailing, token)).status_code == 204
        assert said(await reset(mailing, token)) == (409, "PersonLinkUsed")
        assert said(await north.ask("GET", "")) == (401, "NotSignedIn")
        old = await mailing.post("/session", json={"email": north.email, "password": PASSWORD})
        new = await mailing.post("/session", json={"email": north.email, "password": NEW})
        assert (said(old), new.status_code) == ((401, "WrongCredentials"), 201)
        root.rollback()
        kinds = root.execute(
            "select kind, recipient from message where recipient = %s order by created_at", [north.email]
        ).fetchall()
        assert kinds == [("password_reset", north.email), ("password_changed", north.email)]
        audit = root.execute("select actor_id from audit_event where clinic_id = %s and action = 'change_password'", [north.id])
        assert audit.fetchall() == [(north.owner_id,)]

    async def test_of_nobody_gets_the_same_answer_and_no_letter(self, mailing, north, nobody, root):
        answers = [await mailing.post("/password-resets", json={"email": email}) for email in (north.email, nobody)]
        known, unknown = ((one.status_code, one.content) for one in answers)
        assert known == unknown
        root.rollback()
        [(count,)] = root.execute("select count(*) from message where recipient = %s", [nobody]).fetchall()
        [(links_made,)] = root.execute("select count(*) from person_link where email = %s", [nobody]).fetchall()
        assert (count, links_made) == (0, 1)

    async def test_is_replaced_once_by_fifty_at_the_same_moment(self, mailing, north, link):
        await mailing.post("/password-resets", json={"email": north.email})
        token = link(north.email)
        answers = await asyncio.gather(*(reset(mailing, token, f"{NEW} {number}") for number in range(50)))
        assert sum(one.status_code == 204 for one in answers) == 1
        assert {said(one) for one in answers} <= {(204, None), (409, "PersonLinkUsed"), (429, "TooManyRequests")}

    async def test_makes_older_links_good_no_more(self, mailing, north, link):
        await mailing.post("/password-resets", json={"email": north.email})
        first = link(north.email)
        await mailing.post("/password-resets", json={"email": north.email})
        assert (await reset(mailing, link(north.email))).status_code == 204
        assert said(await reset(mailing, first)) == (409, "PersonLinkUsed")

    async def test_is_not_replaced_by_a_link_that_is_old_forged_or_of_another_kind(self, mailing, north, link, root):
        await mailing.post("/password-resets", json={"email": north.email})
        token = link(north.email)
        for wrong in (token[:-1], token + "A", "", links.token(tenancy.CHANGING, north.owner_id, b"x")):
            assert said(await reset(mailing, wrong)) == (409, "PersonLinkUsed")
            assert said(await mailing.post("/email-changes/confirmation", json={"token": token})) == (409, "PersonLinkUsed")
        root.execute("update person_link set expires_at = now() - interval '1 second' where email = %s", [north.email])
        root.commit()
        assert said(await reset(mailing, token)) == (409, "PersonLinkUsed")

    async def test_is_not_replaced_by_a_common_one_and_the_link_stays_good(self, mailing, north, link):
        await mailing.post("/password-resets", json={"email": north.email})
        token = link(north.email)
        assert said(await reset(mailing, token, "Password2026!")) == (422, "Malformed")
        assert (await reset(mailing, token)).status_code == 204

    async def test_leaves_the_second_factor(self, mailing, ana, link):
        await ana.add_passkey(Authenticator())
        await mailing.post("/password-resets", json={"email": ana.email})
        assert (await reset(mailing, link(ana.email))).status_code == 204
        assert said(await mailing.post("/session", json={"email": ana.email, "password": NEW})) == (401, "SecondFactorNeeded")

    async def test_is_asked_for_so_often_and_no_more(self, mailing, nobody):
        answers = [said(await mailing.post("/password-resets", json={"email": nobody})) for _ in range(6)]
        assert answers == [(202, None)] * 5 + [(429, "TooManyRequests")]

    async def test_cannot_be_replaced_where_no_letters_are_sent(self, http, north):
        assert said(await http.post("/password-resets", json={"email": north.email})) == (409, "NoLetters")


class TestAnotherAddress:
    async def test_counts_once_its_link_is_used_and_the_former_one_is_told(self, mailing, north, link, root):
        ana = Somebody(north, mailing, north.email)
        await ana.sign_in()
        moved = f"moved-{north.email}"
        asked = await ana.ask("POST", "/person/email", json={"email": moved, "locale": "ro"})
        assert (asked.status_code, asked.json()) == (202, {"email": moved, "mailed": True})
        assert (await ana.sign_in()).status_code == 201
        confirmed = await mailing.post("/email-changes/confirmation", json={"token": link(moved, tenancy.CHANGING)})
        assert (confirmed.status_code, confirmed.json()["email"]) == (200, moved)
        assert said(await ana.sign_in()) == (401, "WrongCredentials")
        ana.email = moved
        assert (await ana.sign_in()).status_code == 201
        assert (await north.ask("GET", "/members")).json()["items"][0]["email"] == moved
        root.rollback()
        told = root.execute(
            "select recipient from message where kind = 'email_changed' and recipient = %s", [north.email]
        ).fetchall()
        assert told == [(north.email,)]

    async def test_of_somebody_else_is_refused_only_to_who_reads_its_mail(self, mailing, north, south, link):
        ana = Somebody(north, mailing, north.email)
        await ana.sign_in()
        assert (await ana.ask("POST", "/person/email", json={"email": south.email})).status_code == 202
        taken = await mailing.post("/email-changes/confirmation", json={"token": link(south.email, tenancy.CHANGING)})
        assert said(taken) == (409, "EmailTaken")

    async def test_counts_at_once_where_no_letters_are_sent(self, ana):
        moved = f"moved-{ana.email}"
        assert (await ana.ask("POST", "/person/email", json={"email": moved})).json() == {"email": moved, "mailed": False}
        ana.email = moved
        assert (await ana.sign_in()).status_code == 201

    async def test_asks_for_fresh_proof(self, ana, root):
        root.execute(
            "update session set step_up_at = step_up_at - interval '6 minutes' where principal_id = %s", [ana.clinic.owner_id]
        )
        root.commit()
        assert said(await ana.ask("POST", "/person/email", json={"email": "x@y.test"})) == (403, "StepUpNeeded")
