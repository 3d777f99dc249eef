"""The database: a pool, and SQL in, rows out."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from psycopg import AsyncConnection, generators
from psycopg.pq import TransactionStatus
from psycopg.rows import args_row, tuple_row
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

__all__ = ["Db", "Jsonb", "Pool", "Source", "open_pool"]

Row = TypeVar("Row")
Pool = AsyncConnectionPool[AsyncConnection[Any]]


class Source(Protocol):
    """Whatever lends connections: a pool, or in a test the one that watches."""

    async def getconn(self) -> AsyncConnection[Any]: ...
    async def putconn(self, conn: AsyncConnection[Any]) -> None: ...


def open_pool(conninfo: str, *, size: int = 8, prepare: bool = True, wait_seconds: float = 10) -> Pool:
    """`prepare=False` behind a pooler that does not know prepared statements."""
    settings = {"prepare_threshold": 0 if prepare else None, "autocommit": True}
    return AsyncConnectionPool(conninfo, min_size=size, max_size=size, timeout=wait_seconds, kwargs=settings, open=False)


class Db:
    """The statements of one transaction. It begins with the first of them; rows come back as the class that names
    their columns, in order."""

    __slots__ = ("connection", "pool")

    def __init__(self, pool: Source) -> None:
        self.pool = pool
        self.connection: AsyncConnection[Any] | None = None

    async def begin(self) -> AsyncConnection[Any]:
        connection = await self.pool.getconn()
        self.connection = connection
        await connection.execute("begin")
        return connection

    async def one(self, row: Callable[..., Row], query: str, **values: Any) -> Row | None:
        cursor = (self.connection or await self.begin()).cursor(row_factory=args_row(row))
        await cursor.execute(query, values)
        return await cursor.fetchone()

    async def all(self, row: Callable[..., Row], query: str, **values: Any) -> list[Row]:
        cursor = (self.connection or await self.begin()).cursor(row_factory=args_row(row))
        await cursor.execute(query, values)
        return await cursor.fetchall()

    async def value(self, query: str, **values: Any) -> Any:
        cursor = (self.connection or await self.begin()).cursor(row_factory=tuple_row)
        await cursor.execute(query, values)
        row = await cursor.fetchone()
        return row[0] if row else None

    async def run(self, query: str, **values: Any) -> None:
        await (self.connection or await self.begin()).cursor().execute(query, values)

    async def commit(self) -> None:
        if connection := self.connection:
            await connection.execute("commit")
            self.connection = None
            await self.pool.putconn(connection)

    async def undo(self) -> None:
        """Roll back behind the driver's back: on seeing ROLLBACK it forgets every prepared statement, in case there
        was DDL, and the connection's next request pays for it (0.8 ms of processor time). We run no DDL.
        A connection that is broken, or was cut off in the middle of an answer, goes back to the pool to be replaced."""
        if connection := self.connection:
            self.connection = None
            try:
                if connection.pgconn.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
                    connection.pgconn.send_query(b"rollback")
                    await connection.wait(generators.execute(connection.pgconn))
            finally:
                if connection.pgconn.transaction_status != TransactionStatus.IDLE:
                    await connection.close()
                await self.pool.putconn(connection)
