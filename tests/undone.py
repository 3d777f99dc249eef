"""A pool whose transactions are undone instead of committed: whatever is asked, the next request finds what the first one found.

Constraints that wait for the commit are checked first, so that what could not have been committed is refused all the same.
"""

from types import SimpleNamespace
from typing import Any

from chairside.kernel.db import COMMIT, ROLLBACK
from chairside.kernel.pool import Pool
from chairside.kernel.wire import Asked, Connection

CHECK = Asked("set constraints all immediate", {})


class Undone:
    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pool, name)

    async def getconn(self, *more: Any) -> Any:
        return _Lent(await self.pool.getconn(*more))

    async def putconn(self, lent: Any) -> None:
        await self.pool.putconn(lent.connection)

    def connection(self, *more: Any, **others: Any) -> Any:
        return self.pool.connection(*more, **others)


class _Lent:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)

    async def ask(self, *asked: Asked) -> list[Any]:
        if asked[-1] is not COMMIT:
            return await self.connection.ask(*asked)
        *before, _, _ = await self.connection.ask(*asked[:-1], CHECK, ROLLBACK)
        return [*before, SimpleNamespace(command_status=b"COMMIT")]
