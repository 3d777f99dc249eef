"""What the server refuses is raised, whenever in an answer it says so."""

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.kernel.pool import Pool
from chairside.kernel.wire import Asked
from tests.conftest import DATABASE

TABLE = Asked("create temp table once (n int constraint once_only unique deferrable initially deferred)", {})
TWICE = Asked("insert into once values (%(n)s), (%(n)s)", {"n": 1})


@pytest.fixture
async def connection(admin, conninfo):
    async with Pool(make_conninfo(admin, dbname=DATABASE), size=1) as pool, pool.connection() as connection:
        await connection.ask(TABLE)
        yield connection


class TestARefusal:
    @pytest.mark.parametrize("turn", ["at first", "when it is prepared"])
    async def test_after_the_last_statement_was_answered_is_one(self, connection, turn):
        """Outside a transaction the server says INSERT 0 2, and then that it may not be; so it does when the time of a statement
        ends with it."""
        if turn != "at first":
            with pytest.raises(psycopg.errors.UniqueViolation):
                await connection.ask(TWICE)
        with pytest.raises(psycopg.errors.UniqueViolation):
            await connection.ask(TWICE)

    async def test_leaves_the_connection_usable(self, connection):
        with pytest.raises(psycopg.errors.UniqueViolation):
            await connection.ask(TWICE)
        [found] = await connection.ask(Asked("select count(*) from once", {}))
        assert connection.load(found, int) == [0]
