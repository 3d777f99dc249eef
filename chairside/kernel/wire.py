"""How a connection waits for its server: one watch of the socket for as long as it is used.

The driver's own wait sets up and takes down a watch and a timer for every answer, which is a tenth of a request.
"""

import asyncio
from collections.abc import Generator
from typing import Any, TypeVar

from psycopg import AsyncConnection, OperationalError
from psycopg.errors import QueryCanceled
from psycopg.pq import TransactionStatus
from psycopg.waiting import Ready, Wait

Answer = TypeVar("Answer")
CANCEL_SECONDS = 5.0


class Connection(AsyncConnection[Any]):
    """As the driver's, and its rows and errors too; only `wait` differs. For one event loop."""

    surprised = False
    """The server said something when nothing was asked: most likely that it goes away."""
    kept_until = 0.0
    """For the pool, by the monotonic clock."""
    _watched: int | None = None
    _waiting: asyncio.Future[None] | None = None

    async def wait(  # the driver names its parameters
        self,
        gen: Generator[Any, Any, Answer],
        interval: float = 0.1,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> Answer:
        if timeout is not None:
            self._look_away()
            return await super().wait(gen, interval=interval, timeout=timeout)
        try:
            wanted = next(gen)
            while wanted == Wait.R:
                await self._readable()
                wanted = gen.send(Ready.R)
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]
        except asyncio.CancelledError:
            await self._give_up(gen)
            raise
        except OSError as error:
            self._look_away()
            raise OperationalError("connection socket closed") from error
        except BaseException:
            self._look_away()  # the driver may have closed the socket under it
            raise
        self._look_away()
        return await super().wait(_resumed(gen, wanted), interval=interval)

    async def close(self) -> None:
        self._look_away()
        await super().close()

    async def _readable(self) -> None:
        loop = asyncio.get_running_loop()
        if self._watched is None:
            self._watched = self.pgconn.socket
            loop.add_reader(self._watched, self._wake)
        self._waiting = waiting = loop.create_future()
        await waiting

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            self.surprised = True
            self._look_away()
        elif not waiting.done():
            waiting.set_result(None)

    def _look_away(self) -> None:
        if self._watched is not None:
            asyncio.get_running_loop().remove_reader(self._watched)
            self._watched = None

    async def _give_up(self, gen: Generator[Any, Any, Any]) -> None:
        """Cancelled while the server was working: have it stop, or the connection stays busy for ever."""
        self._look_away()
        if self.pgconn.transaction_status != TransactionStatus.ACTIVE:
            return
        try:
            await self.cancel_safe(timeout=CANCEL_SECONDS)
            await super().wait(_resumed(gen, Wait.R), timeout=CANCEL_SECONDS)
        except QueryCanceled:
            pass
        except Exception:
            await self.close()


def _resumed(gen: Generator[Any, Any, Answer], wanted: Any) -> Generator[Any, Any, Answer]:
    """A generator that has begun, as one that has not."""
    while True:
        ready = yield wanted
        try:
            wanted = gen.send(ready)
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]
