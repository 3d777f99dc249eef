"""The database: SQL in, rows out."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol, TypeVar, cast

from psycopg import AsyncCursor, generators
from psycopg.errors import InFailedSqlTransaction, error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.rows import AsyncRowFactory, args_row, tuple_row
from psycopg.types.json import Jsonb, set_json_loads
from pydantic_core import from_json

from chairside.kernel.wire import Connection

__all__ = ["MOST_CACHED", "Db", "Jsonb", "Source", "squeezed"]

MOST_CACHED = 4096
"""The driver converts a longer statement anew each time it runs."""

set_json_loads(from_json)  # a third of the time of the standard library, and a page of patients holds a hundred

Row = TypeVar("Row")


class Source(Protocol):
    """Whatever lends connections: a pool, or in a test the one that watches."""

    async def getconn(self) -> Connection: ...
    async def putconn(self, connection: Connection, /) -> None: ...


class Db:
    """The statements of one transaction. It begins with the first of them; rows come back as the class that names
    their columns, in order."""

    __slots__ = ("_cursor", "connection", "pool")

    def __init__(self, pool: Source) -> None:
        self.pool = pool
        self.connection: Connection | None = None
        self._cursor: AsyncCursor[Any] | None = None

    async def begin(self) -> AsyncCursor[Any]:
        self.connection = connection = await self.pool.getconn()
        await _plainly(connection, b"begin")
        self._cursor = cursor = connection.cursor()
        return cursor

    async def one(self, row: Callable[..., Row], query: str, **values: Any) -> Row | None:
        cursor = self._cursor or await self.begin()
        cursor.row_factory = _rows(row)
        await cursor.execute(query, values)
        return await cursor.fetchone()

    async def all(self, row: Callable[..., Row], query: str, **values: Any) -> list[Row]:
        cursor = self._cursor or await self.begin()
        cursor.row_factory = _rows(row)
        await cursor.execute(query, values)
        return await cursor.fetchall()

    async def value(self, query: str, **values: Any) -> Any:
        cursor = self._cursor or await self.begin()
        cursor.row_factory = tuple_row
        await cursor.execute(query, values)
        row = await cursor.fetchone()
        return row[0] if row else None

    async def run(self, query: str, **values: Any) -> None:
        await (self._cursor or await self.begin()).execute(query, values)

    async def commit(self) -> None:
        if connection := self.connection:
            await _plainly(connection, b"commit")
            self.connection = self._cursor = None
            await self.pool.putconn(connection)

    async def undo(self) -> None:
        """Roll back. A connection that is broken, or was cut off in the middle of an answer, goes back to the pool to be
        replaced."""
        if connection := self.connection:
            self.connection = self._cursor = None
            try:
                if connection.pgconn.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
                    await _plainly(connection, b"rollback")
            finally:
                if connection.pgconn.transaction_status != TransactionStatus.IDLE:
                    await connection.close()
                await self.pool.putconn(connection)


async def _plainly(connection: Connection, word: bytes) -> None:
    """begin, commit and rollback, past the driver's cursors: they cost half, and on seeing ROLLBACK the driver forgets every
    prepared statement, in case there was DDL, so that the connection's next request pays for it (0.8 ms of processor time).
    We run no DDL. A commit that the server answers with ROLLBACK is an error, not a success."""
    connection.pgconn.send_query(word)
    result = (await connection.wait(generators.execute(connection.pgconn)))[-1]
    if result.status != ExecStatus.COMMAND_OK:
        raise error_from_result(result, encoding="utf-8")
    if word == b"commit" and result.command_status != b"COMMIT":
        raise InFailedSqlTransaction("the transaction was rolled back instead of committed")


def squeezed(query: str) -> str:
    """A long statement without its indentation, so that the driver keeps it converted. For one without spaces that count."""
    return " ".join(query.split())


@lru_cache(1024)
def _rows(row: Callable[..., Row]) -> AsyncRowFactory[Row]:
    return cast("AsyncRowFactory[Row]", args_row(row))
