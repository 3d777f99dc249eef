"""Signing up where mail is sent: every address gets the same answer, and the clinic is made when the letter's link is used."""

import asyncio
import secrets
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from chairside import tenancy
from chairside.app import build, enveloped
from chairside.kernel import clock, links
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.messaging import posts
from chairside.messaging.actions.delivery import deliver
from tests.conftest import PASSWORD
from tests.messaging.servers import Handler, MailServer


@pytest.fixture
async def mailed(settings, pool):
    """The app of a deployment that sends mail."""
    before = dict(posts._CHOSEN)
    app = build(replace(settings, smtp_host="localhost", smtp_from="mail@chairside.test", origin="https://chairside.test"))
    app.state.pool = pool
    transport = httpx.ASGITransport(enveloped(app))
    async with httpx.AsyncClient(transport=transport, base_url="http://chairside.test/api/v1") as client:
        yield client
    posts._CHOSEN.update(before)


def asked(email: str, slug: str = "") -> dict:
    owner = {"name": "Ion Șerban", "email": email, "password": PASSWORD}
    words = {"name": "Clinica Nouă", "timezone": "Europe/Bucharest", "locale": "ro", "currency": "RON"}
    return {**words, "slug": slug or f"noua-{secrets.token_hex(4)}", "owner": owner}


@pytest.fixture
def token(root):
    def token_(email: str) -> str:
        root.rollback()
        id, salt = root.execute("select id, salt from sign_up where email = %s order by id desc", [email.lower()]).fetchone()
        return links.token(tenancy.OPENING, UUID(str(id)), salt)

    return token_


class TestASignUp:
    async def test_answers_the_same_whether_or_not_somebody_has_the_address(self, mailed, north):
        known = await mailed.post("/clinics", json=asked(north.email))
        new = await mailed.post("/clinics", json=asked("nobody-yet@example.test"))
        assert (known.status_code, new.status_code) == (202, 202)
        assert known.json() == {"email": north.email}
        assert new.json() == {"email": "nobody-yet@example.test"}
        assert "set-cookie" not in new.headers

    async def test_makes_the_clinic_when_the_link_is_used_and_once_only(self, mailed, token):
        words = asked("ion@signs.test")
        assert (await mailed.post("/clinics", json=words)).status_code == 202
        made = token("ion@signs.test")
        answers = await asyncio.gather(*(mailed.post("/clinics/confirmation", json={"token": made}) for _ in range(50)))
        assert sorted(answer.status_code for answer in answers) == [201, *[404] * 49]
        assert {answer.json().get("code") for answer in answers} == {None, "LinkUnknown"}
        mailed.cookies.clear()
        first = next(answer for answer in answers if answer.status_code == 201)
        assert first.json()["slug"] == words["slug"]
        cookie = {"cookie": first.headers["set-cookie"].split(";")[0]}
        assert (await mailed.get(f"/clinics/{words['slug']}", headers=cookie)).status_code == 200

    async def test_gives_the_clinic_another_address_when_its_own_was_taken_meanwhile(self, mailed, north, token):
        first, second = asked("one@signs.test", slug := f"same-{secrets.token_hex(4)}x"), asked("two@signs.test", slug)
        for words in (first, second):
            assert (await mailed.post("/clinics", json=words)).status_code == 202
        made = [
            (await mailed.post("/clinics/confirmation", json={"token": token(email)})).json()["slug"]
            for email in ("one@signs.test", "two@signs.test")
        ]
        mailed.cookies.clear()
        assert made == [slug, f"{slug}-2"]

    async def test_does_not_make_a_clinic_with_a_link_that_ran_out_or_never_was(self, mailed, pool, token):
        assert (await mailed.post("/clinics/confirmation", json={"token": "x" * 43})).json()["code"] == "LinkUnknown"
        await mailed.post("/clinics", json=asked("late@signs.test"))
        async with begin(pool, clock.now() + timedelta(hours=73)) as op:
            with pytest.raises(tenancy.LinkUnknown):
                await tenancy.confirm_sign_up(op, token=token("late@signs.test"))

    async def test_of_whoever_has_an_account_brings_them_a_letter_without_a_link_that_opens_anything(
        self, mailed, north, root, pool
    ):
        await mailed.post("/clinics", json=asked(north.email))
        await mailed.post("/clinics", json=asked("new@signs.test"))
        root.rollback()
        rows = root.execute(
            "select clinic_id, id, recipient from message where kind = 'sign_up' and recipient = any(%s)",
            [[north.email, "new@signs.test"]],
        ).fetchall()
        with MailServer(Handler()) as server:
            posts._CHOSEN.update(post=server.post(), origin="https://chairside.test")
            for clinic, id, _ in rows:
                async with begin(pool, clock.now(), "job") as op:
                    await op.act_for(clinic, actor_id=SYSTEM, grants=EVERYTHING)
                    await deliver(op, message_id=id)
            letters = {letter["to"]: letter.get_body(("plain",)).get_content() for letter in server.handler.letters}
        assert "https://chairside.test/confirmation#" in letters["new@signs.test"]
        assert "#" not in letters[north.email]
        assert "/login" in letters[north.email]

    async def test_by_somebody_who_is_signed_in_is_made_at_once(self, mailed, north):
        words = {name: value for name, value in asked("x@y.test").items() if name != "owner"}
        answer = await mailed.post("/clinics", json=words, headers={"authorization": f"Bearer {north.token}"})
        assert answer.status_code == 201
