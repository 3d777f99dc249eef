"""Passkeys, with an authenticator made of software; a browser's own are in tests/journeys."""

import asyncio

from tests.identity.conftest import said
from tests.identity.soft import Authenticator


async def by_passkey(http, key, *, tamper=lambda credential: credential, asked=None):
    asked = asked or (await http.post("/session/passkey-challenges")).json()
    credential = tamper(key.signed(asked["options"]))
    answer = await http.post("/session/passkey", json={"challenge_id": asked["id"], "credential": credential})
    http.cookies.clear()
    return answer


class TestAPasskey:
    async def test_signs_in_by_itself_and_counts_as_two_factors(self, ana, http):
        key = Authenticator()
        added = await ana.add_passkey(key, "Ana's key")
        assert (added.status_code, added.json()["passkeys"][0]["name"]) == (201, "Ana's key")
        answer = await by_passkey(http, key)
        assert (answer.status_code, answer.json()["second_factor"]) == (201, True)
        assert answer.json()["principal"]["email"] == ana.email

    async def test_is_asked_for_after_a_password(self, ana):
        await ana.add_passkey(Authenticator())
        needed = await ana.sign_in()
        assert said(needed) == (401, "SecondFactorNeeded")
        assert needed.json()["facts"] == {"ways": ["passkey"]}

    async def test_signs_a_challenge_once(self, ana, http):
        key = Authenticator()
        await ana.add_passkey(key)
        asked = (await http.post("/session/passkey-challenges")).json()
        credential = key.signed(asked["options"])
        body = {"challenge_id": asked["id"], "credential": credential}
        answers = await asyncio.gather(*(http.post("/session/passkey", json=body) for _ in range(20)))
        http.cookies.clear()
        assert sorted(one.status_code for one in answers) == [201] + [401] * 19

    async def test_of_another_site_is_refused(self, ana, http):
        key = Authenticator()
        await ana.add_passkey(key)
        key.origin = "http://chairside.test.evil.example"
        assert said(await by_passkey(http, key)) == (401, "PasskeyRefused")

    async def test_that_did_not_ask_its_owner_is_refused(self, ana, http):
        assert said(await ana.add_passkey(Authenticator(verifies=False))) == (401, "PasskeyRefused")
        key = Authenticator()
        await ana.add_passkey(key)
        key.flags = 0x01
        assert said(await by_passkey(http, key)) == (401, "PasskeyRefused")

    async def test_that_was_copied_is_refused(self, ana, http):
        key = Authenticator()
        await ana.add_passkey(key)
        assert (await by_passkey(http, key)).status_code == 201
        key.count = 0
        assert said(await by_passkey(http, key)) == (401, "PasskeyRefused")

    async def test_with_another_key_or_a_changed_word_is_refused(self, ana, http):
        key, forger = Authenticator(), Authenticator()
        await ana.add_passkey(key)
        forger.id = key.id
        assert said(await by_passkey(http, forger)) == (401, "PasskeyRefused")
        for wrong in ({}, {"id": 7}, {"id": "!"}, {"id": "AAAA"}, {"id": None, "response": []}):
            assert said(await by_passkey(http, key, tamper=lambda _, wrong=wrong: wrong)) == (401, "PasskeyRefused")

    async def test_that_is_unknown_or_somebody_elses_gets_the_same_answer(self, ana, http):
        key = Authenticator()
        await ana.add_passkey(key)
        asked = {"id": "01a1fd99-0000-7000-8000-000000000000", "options": {"challenge": "AAAA"}}
        answers = [await by_passkey(http, Authenticator()), await by_passkey(http, key, asked=asked)]
        unknown, foreign = (one.json() | {"request_id": ""} for one in answers)
        assert unknown == foreign

    async def test_can_be_renamed_and_removed(self, ana):
        key = Authenticator()
        [made] = (await ana.add_passkey(key)).json()["passkeys"]
        renamed = await ana.ask("PATCH", f"/person/passkeys/{made['id']}", json={"name": "مفتاح"})
        assert renamed.json()["passkeys"][0]["name"] == "مفتاح"
        assert said(await ana.add_passkey(key)) == (409, "PasskeyKnown")
        assert (await ana.ask("DELETE", f"/person/passkeys/{made['id']}")).status_code == 204
        assert said(await ana.ask("DELETE", f"/person/passkeys/{made['id']}")) == (404, "NoSuchPasskey")
        assert (await ana.sign_in()).status_code == 201

    async def test_proves_once_more_who_one_is_but_only_ones_own(self, ana, south, http):
        key = Authenticator()
        await ana.add_passkey(key)
        asked = (await ana.ask("POST", "/session/proof-challenges")).json()
        signed = {"challenge_id": asked["id"], "credential": key.signed(asked["options"])}
        stranger = {"authorization": f"Bearer {south.token}"}
        assert said(await http.post("/session/proof", json={"passkey": signed}, headers=stranger)) == (401, "PasskeyRefused")
        assert (await ana.ask("POST", "/session/proof", json={"passkey": signed})).status_code == 200
