"""How a connection asks its server: statements together, each prepared once, and one watch of the socket while it is used.

The driver's cursor waits for every statement, and sets up and takes down a watch and a timer each time: together half of what a
request cost. Values are converted by the driver's own adapters, and what is raised are its errors.
"""

import asyncio
import re
import select
from collections.abc import Callable, Generator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from psycopg import AsyncConnection, OperationalError, generators
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import QueryCanceled, error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult
from psycopg.waiting import Ready, Wait

Answer = TypeVar("Answer")
Row = TypeVar("Row")
CANCEL_SECONDS = 5.0
MOST_PREPARED = 2000
DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)
PARAMETER = re.compile(r"%\((\w+)\)s|%%")


class Asked(NamedTuple):
    """A statement with its parameters as %(name)s, and their values."""

    query: str
    values: Mapping[str, Any]


class Said(NamedTuple):
    """The same in the server's words. Prepared under a name that depends on the types of the values, as the driver does it."""

    key: tuple[bytes, tuple[int, ...]]
    params: Any
    formats: Any
    name: bytes | None
    fresh: bool


class Connection(AsyncConnection[Any]):
    """As the driver's, which also offers `ask`. For one event loop."""

    surprised = False
    """The server said something when nothing was asked: most likely that it goes away."""
    kept_until = 0.0
    """For the pool, by the monotonic clock."""
    _watched: int | None = None
    _look: Any = None
    _waiting: asyncio.Future[None] | None = None

    def __init__(self, pgconn: PGconn, row_factory: Any = None) -> None:
        super().__init__(pgconn, *([row_factory] if row_factory else []))
        self._converter = Transformer(self)
        self._names: dict[tuple[bytes, tuple[int, ...]], bytes] = {}
        self._named = 0

    async def ask(self, *asked: Asked) -> list[PGresult]:
        """Sends them together and waits once; a result for each. The first that the server refuses is raised as the driver's
        error; what follows it was not done."""
        pgconn = self.pgconn
        sent = [self._said(one) for one in asked]
        try:
            if len(sent) == 1 and not sent[0].fresh:
                self._send(sent[0])
                results = await self.wait(generators.execute(pgconn))
            else:
                pgconn.enter_pipeline_mode()
                try:
                    for one in sent:
                        self._send(one)
                    pgconn.pipeline_sync()
                    results = await self.wait(_until_synced(pgconn))
                finally:
                    if pgconn.status == ConnStatus.OK:
                        pgconn.exit_pipeline_mode()
        except BaseException:
            for one in sent:
                if one.fresh:
                    self._names.pop(one.key, None)
            raise
        return self._answers(sent, results)

    def load(self, result: PGresult, make: Callable[..., Row]) -> list[Row]:
        """The rows of a result, each made of its columns in order."""
        self._converter.set_pgresult(result)
        rows = self._converter.load_rows(0, result.ntuples, lambda columns: make(*columns))
        self._converter.set_pgresult(None)
        return rows

    def _said(self, asked: Asked) -> Said:
        text, names = numbered(asked.query)
        params: Any = None
        types: tuple[int, ...] = ()
        formats: Any = None
        if names:
            values, converter = asked.values, self._converter
            params = converter.dump_sequence([values[name] for name in names], [PyFormat.AUTO] * len(names))
            types, formats = converter.types or (), converter.formats
        key = text, types
        name = self._names.get(key)
        fresh = name is None and self.prepare_threshold is not None and self._named < MOST_PREPARED
        if fresh:
            self._named += 1  # a name is never given twice: what became of one that was lost is not known
            name = self._names[key] = b"c%d" % self._named
        return Said(key, params, formats, name, fresh)

    def _send(self, said: Said) -> None:
        text, types = said.key
        if said.name is None:
            return self.pgconn.send_query_params(text, said.params, types, said.formats)
        if said.fresh:
            self.pgconn.send_prepare(said.name, text, types)
        return self.pgconn.send_query_prepared(said.name, said.params, said.formats)

    def _answers(self, sent: list[Said], results: list[PGresult]) -> list[PGresult]:
        answers, refused, given = [], None, iter(results)
        for said in sent:
            if said.fresh:
                prepared = next(given, None)
                if prepared is None or prepared.status != ExecStatus.COMMAND_OK:
                    self._names.pop(said.key, None)
                    refused = refused or prepared
            result = next(given, None)
            if result and result.status in DONE:
                answers.append(result)
            else:
                refused = refused or result
        # Refused after the last statement was answered: by a constraint at the end, or a time that ran out just then.
        refused = refused or next((late for late in given if late.status not in DONE), None)
        if refused:
            raise error_from_result(refused, encoding="utf-8")
        if len(answers) < len(sent):
            raise OperationalError("the connection was lost")
        return answers

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
            self._look = select.poll()
            self._look.register(self._watched, select.POLLIN)
        elif self._look.poll(0):
            return  # uvloop tells once of a line that broke and watches it no more, though there is more to read before the end
        self._waiting = waiting = loop.create_future()
        await waiting

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            if self._watched is not None and self._look.poll(0):  # a loop may tell of the same bytes twice
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


@lru_cache(MOST_PREPARED)
def numbered(query: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with $1, $2, … for its parameters, and their names in that order."""
    numbers: dict[str, int] = {}
    text = PARAMETER.sub(lambda match: f"${numbers.setdefault(match[1], len(numbers) + 1)}" if match[1] else "%", query)
    return text.encode(), tuple(numbers)


def _until_synced(pgconn: PGconn) -> Generator[Any, Any, list[PGresult]]:
    results: list[PGresult] = []
    while pgconn.flush():
        if (yield Wait.RW) & Ready.R:
            pgconn.consume_input()
    while pgconn.status == ConnStatus.OK:
        while pgconn.is_busy():
            yield Wait.R
            pgconn.consume_input()
        result = pgconn.get_result()
        if result is None:
            continue  # between the results of two statements
        if result.status == ExecStatus.PIPELINE_SYNC:
            break
        results.append(result)
    return results


def _resumed(gen: Generator[Any, Any, Answer], wanted: Any) -> Generator[Any, Any, Answer]:
    """A generator that has begun, as one that has not."""
    while True:
        ready = yield wanted
        try:
            wanted = gen.send(ready)
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]
