"""A letter on its way through a real mail server, and everything that mail servers do instead."""

from datetime import timedelta

import pytest

from chairside.kernel import clock
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.messaging import posts
from chairside.messaging.actions.delivery import MOST_ATTEMPTS, TryAgain, deliver
from chairside.worker import QUEUE_LETTERS_AGAIN
from tests.messaging.servers import PASSWORD, USER, Handler, MailServer, free_port, settings


class TestALetter:
    @pytest.mark.parametrize("tls", ["none", "starttls", "tls"])
    async def test_goes_through_however_the_server_wants_it(self, invited, work, post, state, tls):
        _, letter = await invited("ion@example.test", name="Ion Șerban")
        with MailServer(Handler(), tls=tls, sign_in=tls == "starttls") as server:
            post(server.post(user=USER if tls == "starttls" else "", password=PASSWORD))
            await work(letter)
            [got] = server.handler.letters
        assert (got["to"], got["from"]) == ("ion@example.test", "north <mail@chairside.test>")
        assert state(letter) == ("sent", None, 1)

    async def test_is_said_in_the_clinics_language_as_text_and_as_html_with_one_link(self, invited, work, post):
        _, letter = await invited("ion@example.test", name="Ion Șerban")
        with MailServer(Handler()) as server:
            post(server.post())
            await work(letter)
            [got] = server.handler.letters
        text, html = (got.get_body((kind,)).get_content() for kind in ("plain", "html"))
        assert got["subject"] == "north vă invită pe Chairside"
        assert "Bună ziua, Ion Șerban," in text
        assert "Recepționer" in text
        assert "https://chairside.test/invitation#" in text
        assert html.count('<a href="https://chairside.test/invitation#') == 1
        assert 'lang="ro" dir="ltr"' in html

    async def test_that_was_sent_is_not_sent_again_however_often_the_job_comes(self, invited, work, post, state):
        _, letter = await invited()
        with MailServer(Handler()) as server:
            post(server.post())
            for _ in range(3):
                await work(letter)
            assert len(server.handler.letters) == 1
        assert state(letter) == ("sent", None, 1)

    async def test_of_an_invitation_that_was_revoked_stays_here(self, north, invited, work, post, state):
        invitation, letter = await invited()
        await north.ask("DELETE", f"/invitations/{invitation['id']}", version=invitation["version"])
        with MailServer(Handler()) as server:
            post(server.post())
            await work(letter)
            assert server.handler.letters == []
        assert state(letter)[:2] == ("failed", "withdrawn")

    async def test_says_so_where_no_mail_is_set_up(self, invited, work, post, state):
        _, letter = await invited()
        post(None)
        await work(letter)
        assert state(letter)[:2] == ("failed", "not_configured")

    async def test_that_waited_for_three_days_goes_no_more(self, north, invited, post, state):
        _, letter = await invited()
        with MailServer(Handler()) as server:
            post(server.post())
            async with begin(north.pool, clock.now() + timedelta(days=3, minutes=1), "job") as op:
                await op.act_for(north.id, actor_id=SYSTEM, grants=EVERYTHING)
                await deliver(op, message_id=letter)
            assert server.handler.letters == []
        assert state(letter)[:2] == ("failed", "too_late")


class TestALetterWhoseJobFailedEveryTime:
    """Before the letter itself could say so: its row still waits, and nothing is left that would send it."""

    JOBS = "select status::text from procrastinate_jobs where args ->> 'event' = %s order by id"
    EVENT = "select id::text from event where name = 'messaging.message_queued' and facts ->> 'message_id' = %s"

    @pytest.fixture
    def job_of(self, root):
        """Its event: each of its jobs names it."""

        def job_of_(letter) -> str:
            root.rollback()
            return root.execute(self.EVENT, [str(letter)]).fetchone()[0]

        return job_of_

    @pytest.fixture
    def jobs(self, root, job_of):
        return lambda letter: [status for (status,) in root.execute(self.JOBS, [job_of(letter)])]

    @pytest.fixture
    def sweep(self, pool):
        async def sweep_(older_than: str) -> None:
            async with pool.connection() as db:
                await db.execute(QUEUE_LETTERS_AGAIN.replace("15 minutes", older_than).encode())

        return sweep_

    @pytest.fixture
    async def forgotten(self, invited, pool, job_of, jobs):
        _, letter = await invited()
        async with pool.connection() as db:
            await db.execute("update procrastinate_jobs set status = 'failed' where args ->> 'event' = %s", [job_of(letter)])
        assert jobs(letter) == ["failed"]
        return letter

    async def test_is_queued_again_once(self, forgotten, sweep, jobs):
        await sweep("15 minutes")
        assert jobs(forgotten) == ["failed"], "its own attempts may still be on their way"
        await sweep("0 minutes")
        await sweep("0 minutes")
        assert jobs(forgotten) == ["failed", "todo"]

    async def test_is_left_alone_when_it_went(self, forgotten, work, post, sweep, jobs):
        with MailServer(Handler()) as server:
            post(server.post())
            await work(forgotten)
        await sweep("0 minutes")
        assert jobs(forgotten) == ["failed"]


class TestAServer:
    async def fails(self, work, letter, *, again: bool):
        if again:
            with pytest.raises(TryAgain):
                await work(letter)
        else:
            await work(letter)

    async def test_that_refuses_the_line_is_asked_again(self, invited, work, post, state):
        _, letter = await invited()
        post(posts.Smtp(settings(free_port())))
        await self.fails(work, letter, again=True)
        assert state(letter) == ("queued", "unreachable", 1)
        with MailServer(Handler()) as server:
            post(server.post())
            await work(letter)
        assert state(letter) == ("sent", None, 2)

    @pytest.mark.parametrize("where", ["rcpt", "data"])
    @pytest.mark.parametrize(
        "says, again, becomes",
        [("451 4.7.1 Come back later", True, ("queued", "deferred")), ("550 5.1.1 Nobody here", False, ("failed", "rejected"))],
    )
    async def test_is_asked_again_after_4xx_and_believed_after_5xx(
        self, invited, work, post, state, root, where, says, again, becomes
    ):
        _, letter = await invited()
        with MailServer(Handler(**{where: says})) as server:
            post(server.post())
            await self.fails(work, letter, again=again)
            assert server.handler.letters == []
        assert state(letter)[:2] == becomes
        assert root.execute("select reply from message where id = %s", [letter]).fetchone() == (says,)

    async def test_that_took_the_letter_and_fell_silent_is_not_given_it_twice(self, invited, work, post, state):
        """Nobody can know whether it arrived: it says so, and a person decides."""
        _, letter = await invited()
        with MailServer(Handler(data=None)) as server:
            post(server.post(seconds=0.5))
            await work(letter)
            assert state(letter)[:2] == ("unsure", "unanswered")
            await work(letter)
            assert len(server.handler.letters) == 1
        assert state(letter) == ("unsure", "unanswered", 1)

    async def test_that_does_not_know_our_password_waits_for_the_operator(self, invited, work, post, state):
        _, letter = await invited()
        with MailServer(Handler(), sign_in=True, tls="starttls") as server:
            post(server.post(user=USER, password="wrong"))
            await self.fails(work, letter, again=True)
            assert server.handler.letters == []
        assert state(letter)[:2] == ("queued", "credentials")

    @pytest.mark.parametrize("tls", ["starttls", "tls"])
    async def test_that_cannot_prove_who_it_is_gets_nothing(self, invited, work, post, state, tls):
        _, letter = await invited()
        with MailServer(Handler(), tls=tls) as server:
            post(server.post(trusted=False))
            await self.fails(work, letter, again=True)
            assert server.handler.letters == []
        assert state(letter)[:2] == ("queued", "tls")

    async def test_without_tls_gets_nothing_where_tls_is_asked_for(self, invited, work, post, state):
        _, letter = await invited()
        with MailServer(Handler()) as server:
            post(posts.Smtp(settings(server.controller.port, "starttls")))
            await self.fails(work, letter, again=True)
            assert server.handler.letters == []
        assert state(letter)[:2] == ("queued", "tls")

    async def test_that_never_answers_is_given_up_in_the_end(self, invited, work, post, state):
        _, letter = await invited()
        post(posts.Smtp(settings(free_port())))
        for _ in range(MOST_ATTEMPTS - 1):
            await self.fails(work, letter, again=True)
        await work(letter)
        assert state(letter) == ("failed", "unreachable", MOST_ATTEMPTS)


class TestAWorker:
    async def test_killed_between_giving_the_letter_and_the_answer_leaves_it_unsure(
        self, north, admin, invited, work, post, state
    ):
        import psycopg
        from psycopg.conninfo import make_conninfo

        _, letter = await invited()
        with psycopg.connect(make_conninfo(admin, dbname="chairside"), autocommit=True) as db:
            db.execute("select set_config('app.clinic_id', %s, false)", [str(north.id)])
            db.execute("select set_config('app.actor_id', %s, false)", [str(north.owner_id)])
            db.execute("update message set status = 'sending' where id = %s", [letter])
        with MailServer(Handler()) as server:
            post(server.post())
            await work(letter)
            assert server.handler.letters == []
        assert state(letter)[:2] == ("unsure", "unanswered")

    async def test_believed_dead_gives_nothing_more_to_the_server(self, invited, work, post, state):
        """Two have the same letter in hand: the later one sends it."""
        _, letter = await invited()

        class Slow:
            sender = "mail@chairside.test"

            async def hand_over(self, message, about_to):
                post(server.post())
                await work(letter)  # the other one, meanwhile
                await about_to()
                raise AssertionError("it was taken out of our hand")

        with MailServer(Handler()) as server:
            post(Slow())
            await work(letter)
            assert len(server.handler.letters) == 1
        assert state(letter) == ("sent", None, 2)
