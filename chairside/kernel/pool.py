"""The pool: the connection used last is lent first.

The library's pool lends the one that has rested longest, so that one backend after another finds its memory cold: a fifth of a
request's processor time. It still opens, replaces and closes them, and serves those who must wait.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Self

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from psycopg_pool import AsyncConnectionPool
from psycopg_pool.base import AttemptWithBackoff

from chairside.kernel.wire import Connection

KEPT_SECONDS = 300  # then the library may look at its age
NOTICED = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A server that is gone without a word, with its machine or its line: the system's own patience is hours."""

# The library's pauses between two attempts double: after minutes without the database it would not notice for minutes that it is
# back. Once a second costs nobody anything.
AttemptWithBackoff.DELAY_BACKOFF = 1.0


class Pool:
    """Lends `size` connections; `async with` opens and closes it. For one event loop.
    `prepare=False` behind a pooler that does not know prepared statements."""

    def __init__(self, conninfo: str, *, size: int = 8, prepare: bool = True, wait_seconds: float = 10) -> None:
        settings = {"prepare_threshold": 0 if prepare else None, "autocommit": True}
        self._all = AsyncConnectionPool(
            noticing(conninfo), connection_class=Connection, min_size=size, max_size=size, timeout=wait_seconds,
            kwargs=settings, open=False,
        )  # fmt: skip
        self._warm: list[Connection] = []
        self._asking = 0

    async def __aenter__(self) -> Self:
        await self._all.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        while self._warm:
            await self._all.putconn(self._warm.pop())
        await self._all.close()

    def state(self) -> dict[str, int]:
        """How many there are, are lent, are waited for; and since the start, how often one was waited for, or not to be had."""
        all_ = self._all.get_stats()
        size, free = all_.get("pool_size", 0), all_.get("pool_available", 0) + len(self._warm)
        return {
            "size": size,
            "in_use": max(0, size - free),
            "waiting": all_.get("requests_waiting", 0),
            "waited": all_.get("requests_queued", 0),
            "refused": all_.get("requests_errors", 0),
        }

    async def getconn(self, wait_seconds: float | None = None) -> Connection:
        """Refuses PoolTimeout."""
        while self._warm:
            connection = self._warm.pop()
            if not connection.surprised:
                return connection
            await connection.close()
            await self._all.putconn(connection)
        self._asking += 1
        try:
            connection = await self._all.getconn(wait_seconds)
        finally:
            self._asking -= 1
        connection.kept_until = monotonic() + KEPT_SECONDS
        return connection

    async def putconn(self, connection: Connection) -> None:
        idle = connection.pgconn.transaction_status == TransactionStatus.IDLE
        if idle and not self._asking and monotonic() < connection.kept_until and not self._all.closed:
            self._warm.append(connection)
        else:
            await self._all.putconn(connection)

    @asynccontextmanager
    async def connection(self, wait_seconds: float | None = None) -> AsyncIterator[Connection]:
        connection = await self.getconn(wait_seconds)
        try:
            yield connection
        finally:
            await self.putconn(connection)


def noticing(conninfo: str) -> str:
    """The same, unless it says otherwise itself, with an end to the waiting for a server that is gone."""
    given = conninfo_to_dict(conninfo)
    return make_conninfo(conninfo, **{name: value for name, value in NOTICED.items() if name not in given})
