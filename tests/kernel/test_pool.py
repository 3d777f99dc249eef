"""Connections: lent warm, given on to who waits, replaced when their server went away, freed when their work is cut off."""

import asyncio
import time
from collections.abc import AsyncIterator

import psycopg
import pytest
import uvloop
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import PipelineStatus
from psycopg_pool import PoolTimeout
from psycopg_pool.base import AttemptWithBackoff

from chairside.kernel.pool import Pool, noticing
from chairside.kernel.wire import Asked

WAIT_SECONDS = 5


@pytest.fixture
async def two(conninfo: str) -> AsyncIterator[Pool]:
    async with Pool(conninfo, size=2, wait_seconds=WAIT_SECONDS) as pool:
        yield pool


class TestPool:
    async def test_lends_the_connection_that_was_used_last(self, two: Pool) -> None:
        one, other = await two.getconn(), await two.getconn()
        await two.putconn(one)
        await two.putconn(other)
        assert await two.getconn() is other
        await two.putconn(other)

    async def test_gives_a_returned_connection_to_who_waits(self, two: Pool) -> None:
        one, other = await two.getconn(), await two.getconn()
        waiting = asyncio.create_task(two.getconn())
        await asyncio.sleep(0.05)
        await two.putconn(one)
        assert await asyncio.wait_for(waiting, 2) is one
        await two.putconn(one)
        await two.putconn(other)

    async def test_refuses_when_none_comes_back_in_time(self, conninfo: str) -> None:
        async with Pool(conninfo, size=1, wait_seconds=0.2) as pool:
            only = await pool.getconn()
            with pytest.raises(PoolTimeout):
                await pool.getconn()
            await pool.putconn(only)
            assert await pool.getconn() is only
            await pool.putconn(only)

    async def test_does_not_lend_a_connection_that_its_server_closed(self, two: Pool, root: psycopg.Connection) -> None:
        async with two.connection() as connection:
            await connection.execute("select 1")
            process = connection.info.backend_pid
        root.execute("select pg_terminate_backend(%s)", [process])
        await asyncio.sleep(0.2)
        for _ in range(4):
            async with two.connection() as connection:
                await connection.execute("select 1")
                assert connection.info.backend_pid != process

    async def test_replaces_a_connection_that_broke_in_the_middle(self, two: Pool, root: psycopg.Connection) -> None:
        with pytest.raises(psycopg.OperationalError):
            async with two.connection() as connection:
                asleep = asyncio.create_task(connection.execute("select pg_sleep(20)"))
                await asyncio.sleep(0.1)
                root.execute("select pg_terminate_backend(%s)", [connection.info.backend_pid])
                await asleep
        one, other = await two.getconn(), await two.getconn()
        for again in (one, other):
            await again.execute("select 1")
            await two.putconn(again)

    async def test_ten_ask_for_two_and_all_are_served(self, two: Pool) -> None:
        async def ask(number: int) -> int:
            async with two.connection() as connection:
                row = await (await connection.execute("select %s from pg_sleep(0.01)", [number])).fetchone()
                assert row
                return int(row[0])

        assert await asyncio.gather(*map(ask, range(10))) == list(range(10))


class TestAsk:
    """Statements sent together, each prepared once."""

    async def test_answers_each_in_its_order(self, two: Pool) -> None:
        async with two.connection() as connection:
            for _ in range(3):  # prepared with the first, from then on by name
                results = await connection.ask(*(Asked("select %(n)s::int, %(n)s::text", {"n": str(n)}) for n in range(3)))
                assert [connection.load(result, lambda *columns: columns) for result in results] == [
                    [(n, str(n))] for n in range(3)
                ]

    async def test_raises_the_first_refusal_and_does_nothing_after_it(self, two: Pool) -> None:
        async with two.connection() as connection:
            for _ in range(2):
                with pytest.raises(psycopg.errors.DivisionByZero):
                    await connection.ask(
                        Asked("create temporary table if not exists kept (n int)", {}), Asked("select 1 / %(n)s::int", {"n": "0"}),
                        Asked("insert into kept values (%(n)s)", {"n": 1}),
                    )  # fmt: skip
            await connection.ask(Asked("create temporary table if not exists kept (n int)", {}))
            [counted] = await connection.ask(Asked("select count(*) from kept", {}))
            assert connection.load(counted, int) == [0]

    async def test_a_statement_that_cannot_be_prepared_can_be_tried_again(self, two: Pool) -> None:
        async with two.connection() as connection:
            for _ in range(2):
                with pytest.raises(psycopg.errors.UndefinedTable):
                    await connection.ask(Asked("select n from comes_later", {}), Asked("select 1", {}))
            await connection.ask(Asked("create temporary table comes_later (n int)", {}))
            await connection.ask(Asked("select n from comes_later", {}), Asked("select 1", {}))

    async def test_cut_off_in_the_middle_it_can_be_asked_again(self, two: Pool) -> None:
        async with two.connection() as connection:
            asked = Asked("select 1", {}), Asked("select pg_sleep(%(seconds)s)", {"seconds": 20.0})
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await connection.ask(*asked)
            assert connection.pgconn.pipeline_status == PipelineStatus.OFF
            again = await connection.ask(Asked("select 7", {}), Asked("select 8", {}))
            assert [connection.load(result, int) for result in again] == [[7], [8]]

    async def test_a_server_that_goes_away_in_the_middle_is_an_error(self, two: Pool, root: psycopg.Connection) -> None:
        async with two.connection() as connection:
            asleep = asyncio.create_task(connection.ask(Asked("select 1", {}), Asked("select pg_sleep(20)", {})))
            await asyncio.sleep(0.2)
            root.execute("select pg_terminate_backend(%s)", [connection.info.backend_pid])
            with pytest.raises(psycopg.OperationalError):
                await asyncio.wait_for(asleep, 5)

    async def test_without_prepared_statements_it_answers_the_same(self, conninfo: str) -> None:
        async with Pool(conninfo, size=1, prepare=False) as pool, pool.connection() as connection:
            results = await connection.ask(Asked("select %(n)s::int", {"n": 5}), Asked("select 100 %% 7", {}))
            assert [connection.load(result, int) for result in results] == [[5], [2]]
            [names] = await connection.ask(Asked("select count(*) from pg_prepared_statements", {}))
            assert connection.load(names, int) == [0]

    async def test_more_than_the_sockets_hold_in_both_directions(self, two: Pool) -> None:
        long = "x" * 9_000_000
        async with two.connection() as connection:
            results = await connection.ask(*(Asked("select %(long)s::text", {"long": long}) for _ in range(4)))
            assert [connection.load(result, len) for result in results] == [[len(long)]] * 4


class TestWire:
    async def test_has_the_server_stop_when_its_work_is_cut_off(self, two: Pool, root: psycopg.Connection) -> None:
        async with two.connection() as connection:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await connection.execute("select pg_sleep(20)")
            busy = "select count(*) from pg_stat_activity where query like '%%pg_sleep(20)%%' and state = 'active' and pid = %s"
            assert root.execute(busy, [connection.info.backend_pid]).fetchone() == (0,)
            row = await (await connection.execute("select 7")).fetchone()
            assert row == (7,)

    async def test_sends_and_reads_more_than_the_socket_holds(self, two: Pool) -> None:
        long = "x" * 20_000_000
        async with two.connection() as connection:
            row = await (await connection.execute("select %s || %s", [long, "y"])).fetchone()
        assert row == (long + "y",)

    async def test_errors_of_the_server_are_the_drivers_own(self, two: Pool) -> None:
        async with two.connection() as connection:
            with pytest.raises(psycopg.errors.DivisionByZero):
                await connection.execute("select 1 / 0")
            assert await (await connection.execute("select 1")).fetchone() == (1,)

    async def test_a_notice_out_of_turn_only_costs_a_new_connection(self, two: Pool) -> None:
        async with two.connection() as listening:
            await listening.execute("listen something_happens")
        async with two.connection() as telling:
            await telling.execute("notify something_happens")
        await asyncio.sleep(0.1)
        async with two.connection() as connection:
            assert await (await connection.execute("select 1")).fetchone() == (1,)


class TestUnderUvloop:
    """The server's loop tells once of a line that broke, and never again, though there is more to read before its end."""

    def test_a_line_that_breaks_behind_half_an_answer_is_an_error_at_once(self, conninfo: str, root: psycopg.Connection) -> None:
        async def ask() -> None:
            async with Pool(conninfo, size=1) as pool, pool.connection() as connection:
                half = Asked("select repeat('x', 50000) from pg_sleep(0.2)", {})
                unread = Asked("select %(long)s::text", {"long": "x" * 150_000})  # more than the server takes in while it sleeps
                asked = asyncio.create_task(connection.ask(half, Asked("select pg_sleep(60)", {}), unread))
                await asyncio.sleep(0.1)
                time.sleep(0.5)  # noqa: ASYNC251 - nothing is read meanwhile
                root.execute("select pg_terminate_backend(%s, 5000)", [connection.info.backend_pid])
                with pytest.raises(psycopg.OperationalError):
                    await asyncio.wait_for(asked, 5)

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(ask())


class TestAServerThatIsAway:
    async def test_is_noticed_to_be_back_within_moments(self) -> None:
        """However long it was away: the library's own pauses double up to minutes."""
        attempt = AttemptWithBackoff(timeout=300)
        pauses = []
        for second in range(100):
            attempt.update_delay(second)
            pauses.append(attempt.delay)
        assert max(pauses) < 1.2

    def test_gone_without_a_word_is_not_waited_for_unless_one_says_so(self) -> None:
        given = conninfo_to_dict(noticing("host=db tcp_user_timeout=60000"))
        assert (given["tcp_user_timeout"], given["keepalives_idle"], given["host"]) == ("60000", "10", "db")
