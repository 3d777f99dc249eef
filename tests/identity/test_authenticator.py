"""A second step: codes of an authenticator app and recovery codes, each good once."""

import asyncio

from tests.conftest import PASSWORD
from tests.identity.conftest import said


class TestAnAuthenticator:
    async def test_counts_once_a_code_of_it_was_shown(self, ana):
        begun = (await ana.ask("POST", "/person/authenticator")).json()
        assert begun["uri"].startswith("otpauth://totp/Chairside:") and begun["qr"]["side"] > 20
        assert (await ana.ask("GET", "/person/security")).json()["has_totp"] is False
        assert (await ana.sign_in()).status_code == 201
        ana.secret = begun["secret"]
        wrong = await ana.ask("POST", "/person/authenticator/confirmation", json={"code": "000000"})
        assert said(wrong) == (422, "Malformed") and wrong.json()["errors"][0]["code"] == "wrong_code"
        right = await ana.ask("POST", "/person/authenticator/confirmation", json={"code": ana.code()})
        assert (right.status_code, right.json()["has_totp"]) == (200, True)
        assert (await ana.ask("GET", "/session")).json()["second_factor"] is True

    async def test_is_asked_for_after_the_password_and_not_before(self, ana):
        await ana.add_authenticator()
        assert said(await ana.sign_in(password="wrong horse battery staple")) == (401, "WrongCredentials")
        needed = await ana.sign_in()
        assert said(needed) == (401, "SecondFactorNeeded")
        assert needed.json()["facts"] == {"ways": ["code"]}
        assert said(await ana.sign_in(code="000000")) == (401, "WrongCode")
        right = await ana.sign_in(code=ana.code(1))
        assert (right.status_code, right.json()["second_factor"]) == (201, True)

    async def test_lets_one_of_fifty_in_with_the_same_code(self, ana):
        await ana.add_authenticator()
        ana.http.cookies.clear()
        body = {"email": ana.email, "password": PASSWORD, "code": ana.code(1)}
        # Ten guesses are heard of fifty; one of them is right.
        answers = await asyncio.gather(*(ana.http.post("/session", json=body) for _ in range(50)))
        ana.http.cookies.clear()
        codes = [said(one)[1] for one in answers]
        assert sum(one.status_code == 201 for one in answers) == 1
        assert set(codes) <= {None, "WrongCode", "TooManyGuesses"}

    async def test_takes_no_code_that_is_older_than_one_used(self, ana):
        await ana.add_authenticator()
        assert (await ana.sign_in(code=ana.code(1))).status_code == 201
        assert said(await ana.sign_in(code=ana.code(0))) == (401, "WrongCode")
        assert said(await ana.sign_in(code=ana.code(-1))) == (401, "WrongCode")

    async def test_lies_encrypted(self, ana, root):
        await ana.add_authenticator()
        root.rollback()
        [(secret,)] = root.execute("select secret from totp where principal_id = %s", [ana.clinic.owner_id]).fetchall()
        assert ana.secret.encode() not in bytes(secret)

    async def test_of_another_person_opens_nothing(self, ana, south, root):
        await ana.add_authenticator()
        root.rollback()
        root.execute("update totp set principal_id = %s where principal_id = %s", [south.owner_id, ana.clinic.owner_id])
        root.commit()
        answer = await ana.http.post("/session", json={"email": south.email, "password": PASSWORD})
        assert said(answer) == (401, "SecondFactorNeeded")

    async def test_can_be_removed_and_takes_the_codes_along(self, ana):
        await ana.add_authenticator()
        await ana.add_codes()
        assert (await ana.ask("DELETE", "/person/authenticator")).status_code == 204
        security = (await ana.ask("GET", "/person/security")).json()
        assert (security["has_totp"], security["codes_left"], security["enrolled_at"]) == (False, 0, None)
        assert (await ana.sign_in()).status_code == 201


class TestRecoveryCodes:
    async def test_are_good_once_each_however_they_are_typed(self, ana):
        await ana.add_authenticator()
        await ana.add_codes()
        assert len(set(ana.codes)) == 10
        typed = ana.codes[0].upper().replace("-", " ")
        assert (await ana.sign_in(code=typed)).status_code == 201
        assert said(await ana.sign_in(code=ana.codes[0])) == (401, "WrongCode")
        assert (await ana.ask("GET", "/person/security")).json()["codes_left"] == 9

    async def test_let_one_of_fifty_in(self, ana):
        await ana.add_authenticator()
        await ana.add_codes()
        body = {"email": ana.email, "password": PASSWORD, "code": ana.codes[3]}
        answers = await asyncio.gather(*(ana.http.post("/session", json=body) for _ in range(50)))
        ana.http.cookies.clear()
        assert sum(one.status_code == 201 for one in answers) == 1

    async def test_are_replaced_as_a_whole(self, ana):
        await ana.add_authenticator()
        await ana.add_codes()
        old = ana.codes[0]
        await ana.add_codes()
        assert said(await ana.sign_in(code=old)) == (401, "WrongCode")

    async def test_go_with_a_factor(self, ana):
        assert said(await ana.ask("POST", "/person/recovery-codes")) == (409, "NotEnrolled")

    async def test_are_kept_as_hashes(self, ana, root):
        await ana.add_authenticator()
        await ana.add_codes()
        root.rollback()
        kept = root.execute("select code_hash from recovery_code where principal_id = %s", [ana.clinic.owner_id]).fetchall()
        assert len(kept) == 10 and all(ana.codes[0].encode() not in bytes(one) for (one,) in kept)


class TestWhatChangesThem:
    async def test_asks_for_fresh_proof(self, ana, root):
        await ana.add_authenticator()
        root.execute(
            "update session set step_up_at = step_up_at - interval '6 minutes' where principal_id = %s", [ana.clinic.owner_id]
        )
        root.commit()
        for method, path in (
            ("POST", "/person/authenticator"), ("DELETE", "/person/authenticator"), ("POST", "/person/recovery-codes"),
            ("POST", "/person/passkey-challenges"),
        ):  # fmt: skip
            assert said(await ana.ask(method, path)) == (403, "StepUpNeeded")
        before = ana.cookie
        assert said(await ana.ask("POST", "/session/proof", json={"password": PASSWORD})) == (401, "SecondFactorNeeded")
        assert (await ana.ask("POST", "/session/proof", json={"code": ana.code(1)})).status_code == 200
        assert ana.cookie != before
        assert (await ana.http.get("/session", headers={"cookie": before})).status_code == 401
        ana.http.cookies.clear()
        assert (await ana.ask("POST", "/person/recovery-codes")).status_code == 201

    async def test_a_new_password_is_no_fresh_proof_where_there_is_a_second_factor(self, ana, root):
        await ana.add_authenticator()
        root.execute(
            "update session set step_up_at = step_up_at - interval '6 minutes' where principal_id = %s", [ana.clinic.owner_id]
        )
        root.commit()
        new = "another one that is long enough"
        assert (await ana.ask("PUT", "/person/password", json={"old": PASSWORD, "new": new})).status_code == 204
        assert said(await ana.ask("DELETE", "/person/authenticator")) == (403, "StepUpNeeded")
