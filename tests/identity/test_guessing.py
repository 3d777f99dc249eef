"""Passwords are guessed at ten times in a quarter of an hour, whoever guesses and from wherever."""

import asyncio
import secrets
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from chairside import identity
from chairside.identity import passwords
from chairside.identity.rules import account_key
from chairside.kernel.op import begin
from tests.conftest import NOON, PASSWORD
from tests.identity.conftest import said
from tests.identity.soft import Authenticator


async def guess(http, email, password="wrong horse battery staple", **headers):
    answer = await http.post("/session", json={"email": email, "password": password}, headers=headers)
    http.cookies.clear()
    return answer


class TestAnAccount:
    async def test_hears_ten_wrong_passwords_and_then_no_right_one(self, http, north):
        for _ in range(10):
            assert said(await guess(http, north.email)) == (401, "WrongCredentials")
        stopped = await guess(http, north.email, PASSWORD)
        assert said(stopped) == (429, "TooManyGuesses")
        assert 1 <= int(stopped.headers["retry-after"]) <= 15 * 60

    async def test_that_is_none_is_throttled_alike(self, http, nobody):
        answers = [said(await guess(http, nobody)) for _ in range(11)]
        assert answers == [(401, "WrongCredentials")] * 10 + [(429, "TooManyGuesses")]

    async def test_hears_no_more_than_ten_of_fifty_at_once(self, http, north):
        answers = [said(one) for one in await asyncio.gather(*(guess(http, north.email) for _ in range(50)))]
        assert answers.count((401, "WrongCredentials")) == 10
        assert answers.count((429, "TooManyGuesses")) == 40

    async def test_forgets_guesses_that_were_right(self, http, north):
        for _ in range(15):
            assert (await guess(http, north.email, PASSWORD)).status_code == 201

    async def test_may_be_guessed_at_again_a_quarter_of_an_hour_later(self, http, north, root):
        for _ in range(11):
            await guess(http, north.email)
        root.execute(
            "update guess set times = array(select one - interval '15 minutes' from unnest(times) as one) where key = %s",
            [account_key(north.email)],
        )
        root.commit()
        assert (await guess(http, north.email, PASSWORD)).status_code == 201

    async def test_lets_a_passkey_in_while_passwords_are_throttled(self, ana, http):
        key = Authenticator()
        assert (await ana.add_passkey(key)).status_code == 201
        for _ in range(11):
            await guess(http, ana.email)
        asked = (await http.post("/session/passkey-challenges")).json()
        answer = await http.post(
            "/session/passkey", json={"challenge_id": asked["id"], "credential": key.signed(asked["options"])}
        )
        assert answer.status_code == 201, answer.text

    async def test_is_guessed_at_by_every_way_that_takes_a_password(self, ana, http):
        wrong = {"old": "wrong horse battery staple", "new": "a new password that is long"}
        for _ in range(10):
            assert said(await ana.ask("PUT", "/person/password", json=wrong)) == (409, "WrongPassword")
        assert said(await ana.ask("PUT", "/person/password", json=wrong)) == (429, "TooManyGuesses")
        assert said(await ana.ask("POST", "/session/proof", json={"password": PASSWORD})) == (429, "TooManyGuesses")
        assert said(await guess(http, ana.email, PASSWORD)) == (429, "TooManyGuesses")

    async def test_is_told_of_in_the_audit_of_its_clinics(self, http, north, root):
        await guess(http, north.email)
        await guess(http, north.email, PASSWORD)
        root.rollback()
        found = root.execute(
            "select action, outcome, actor_id from audit_event where clinic_id = %s and entity = 'session' order by at",
            [north.id],
        ).fetchall()
        assert found[-2:] == [("sign_in", "refused", north.owner_id), ("sign_in", "done", north.owner_id)]


class TestANetwork:
    async def test_may_guess_so_often_at_different_accounts(self, pool):
        guessing = identity.Guessing("198.51.100.7", per_account=10, per_network=5, everywhere=10**6)

        async def guess_at(number: int) -> None:
            async with begin(pool, NOON + timedelta(seconds=number), "a test") as op:
                await identity.count_guess(op, email=f"someone-{number}@example.test", guessing=guessing)

        for number in range(5):
            await guess_at(number)
        for number in range(5, 8):
            with pytest.raises(identity.TooManyGuesses, match=f"{900 - number} seconds"):
                await guess_at(number)


class Counting(PasswordHasher):
    compared = 0

    def verify(self, *given, **more):
        self.compared += 1
        return super().verify(*given, **more)


class TestTheWork:
    async def test_is_the_same_whether_or_not_there_is_an_account(self, http, north, nobody, monkeypatch):
        """One comparison each; nothing else takes as long."""
        hasher = Counting(time_cost=1, memory_cost=8, parallelism=1)
        monkeypatch.setattr(passwords, "hasher", hasher)
        await guess(http, north.email)
        assert hasher.compared == 1
        await guess(http, nobody)
        assert hasher.compared == 2


class TestCounting:
    async def test_and_forgetting_take_their_turns_in_one_order(self, pool, root):
        """Different people of one network, right each time: otherwise each waits for a row that the other holds."""
        deadlocks = "select deadlocks from pg_stat_database where datname = current_database()"
        flush = "select pg_stat_force_next_flush(), pg_stat_clear_snapshot()"
        root.execute(flush)
        before = root.execute(deadlocks).fetchone()
        network = secrets.token_bytes(32)

        async def sign_in() -> None:
            account = secrets.token_bytes(32)
            async with begin(pool, NOON) as op:
                await op.db.run("select app.count_guess(%(a)s, %(n)s, %(at)s, 10, 1000, 1000, 15)", a=account, n=network, at=NOON)
            async with begin(pool, NOON) as op:
                await op.db.run("select app.forget_guess(%(a)s, %(n)s, %(at)s)", a=account, n=network, at=NOON)

        await asyncio.gather(*(sign_in() for _ in range(400)))
        root.rollback()
        root.execute(flush)
        assert root.execute(deadlocks).fetchone() == before

    async def test_holds_few_of_the_connections_that_others_need(self, http, north, root):
        """One after the other count, whoever they are; the others wait without a connection."""
        root.execute("lock table guess in exclusive mode")
        asking = [asyncio.ensure_future(guess(http, f"{secrets.token_hex(4)}@x.test")) for _ in range(20)]
        await asyncio.sleep(0.3)
        try:
            async with asyncio.timeout(5):
                assert (await north.ask("GET", "/patients")).status_code == 200
        finally:
            root.rollback()
        assert {(await one).status_code for one in asking} == {401}
