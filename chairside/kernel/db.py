"""The database: SQL in, rows out."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from psycopg.errors import InFailedSqlTransaction
from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.types.json import Jsonb, set_json_dumps, set_json_loads
from pydantic_core import from_json, to_json

from chairside.kernel.wire import Asked, Connection

__all__ = ["Ahead", "Db", "Jsonb", "Source", "array"]

set_json_dumps(to_json)
set_json_loads(from_json)  # a third of the time of the standard library, and a page of patients holds a hundred

Row = TypeVar("Row")
UNDO_SECONDS = 5
BEGIN, COMMIT, ROLLBACK = (Asked(word, {}) for word in ("begin", "commit", "rollback"))


class Source(Protocol):
    """Whatever lends connections: a pool, or in a test the one that watches."""

    async def getconn(self) -> Connection: ...
    async def putconn(self, connection: Connection, /) -> None: ...


class Ahead(Generic[Row]):
    """The rows of a statement that travels with the next one; there once that one was answered."""

    __slots__ = ("_rows", "make")

    def __init__(self, make: Callable[..., Row]) -> None:
        self.make = make
        self._rows: list[Row] | None = None

    @property
    def one(self) -> Row | None:
        """Raises LookupError before it was answered: no row, and not known yet, are not the same."""
        if self._rows is None:
            raise LookupError("the statement was not answered")
        return self._rows[0] if self._rows else None

    def fill(self, rows: list[Row]) -> None:
        self._rows = rows


class Db:
    """The statements of one transaction. It begins with the first of them; rows come back as the class that names
    their columns, in order. What is asked `ahead` or `with_next` costs no waiting of its own: it is sent with the next that
    waits, or with the commit, in the order in which it was asked, and a refusal of it is raised there."""

    __slots__ = ("_ahead", "connection", "ending", "pool")

    def __init__(self, pool: Source) -> None:
        self.pool = pool
        self.connection: Connection | None = None
        self.ending = False
        """The commit was sent: until it is answered, nobody here knows whether it was done."""
        self._ahead: list[tuple[Asked, Ahead[Any] | None]] = []

    def ahead(self, row: Callable[..., Row], query: str, **values: Any) -> Ahead[Row]:
        rows = Ahead(row)
        self._ahead.append((Asked(query, values), rows))
        return rows

    def with_next(self, query: str, **values: Any) -> None:
        self._ahead.append((Asked(query, values), None))

    async def one(self, row: Callable[..., Row], query: str, **values: Any) -> Row | None:
        rows = await self.all(row, query, **values)
        return rows[0] if rows else None

    async def all(self, row: Callable[..., Row], query: str, **values: Any) -> list[Row]:
        result = await self._ask(Asked(query, values))
        assert self.connection
        return self.connection.load(result, row)

    async def value(self, query: str, **values: Any) -> Any:
        return await self.one(_first, query, **values)

    async def run(self, query: str, **values: Any) -> None:
        await self._ask(Asked(query, values))

    async def now(self) -> None:
        """Send what was to travel with the next statement."""
        if self._ahead:
            last, rows = self._ahead.pop()
            result = await self._ask(last)
            if rows and self.connection:
                rows.fill(self.connection.load(result, rows.make))

    async def commit(self) -> None:
        """A commit that the server answers with ROLLBACK is an error, not a success."""
        if self.connection or self._ahead:
            self.ending = True
            ended = await self._ask(COMMIT)
            self.ending = False
            if ended.command_status != b"COMMIT":
                raise InFailedSqlTransaction("the transaction was rolled back instead of committed")
            assert self.connection
            connection, self.connection = self.connection, None
            await self.pool.putconn(connection)

    async def undo(self) -> None:
        """Roll back. A connection that is broken, or was cut off in the middle of an answer, goes back to the pool to be
        replaced."""
        self._ahead.clear()
        if connection := self.connection:
            self.connection = None
            try:
                if connection.pgconn.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
                    async with asyncio.timeout(UNDO_SECONDS):  # nobody else may be left to end the waiting
                        await connection.ask(ROLLBACK)
            finally:
                if connection.pgconn.transaction_status != TransactionStatus.IDLE:
                    await connection.close()
                await self.pool.putconn(connection)

    async def _ask(self, asked: Asked) -> PGresult:
        """Everything that travels ahead of it, and it; its result."""
        before: list[tuple[Asked, Ahead[Any] | None]] = []
        if self.connection is None:
            self.connection = await self.pool.getconn()
            before = [(BEGIN, None)]
        if self._ahead:
            before += self._ahead
            self._ahead = []
        if not before:
            return (await self.connection.ask(asked))[0]
        *results, last = await self.connection.ask(*(one for one, _ in before), asked)
        for (_, rows), result in zip(before, results, strict=True):
            if rows:
                rows.fill(self.connection.load(result, rows.make))
        return last


def array(values: Iterable[UUID | int | None]) -> str:
    """As PostgreSQL writes it, for a parameter that the statement casts: a sixth of what it costs to have a list adapted."""
    return "{" + ",".join("null" if value is None else str(value) for value in values) + "}"


def _first(value: Any, *_: Any) -> Any:
    return value
