"""A line to a server that is elsewhere, which can be cut, or swallow what goes through it."""

import asyncio
import threading
from pathlib import Path

from tests.operations.started import free_port


class Far(threading.Thread):
    """Listens on a port of this machine and passes everything on to the server's socket."""

    def __init__(self, server: Path) -> None:
        super().__init__(daemon=True)
        self.server, self.port = server, free_port()
        self.loop = asyncio.new_event_loop()
        self.open = asyncio.Event()
        self.lines: set[asyncio.StreamWriter] = set()
        self.listening: asyncio.Server | None = None
        self.start()
        self.mend()

    def run(self) -> None:
        self.loop.run_forever()

    def cut(self) -> None:
        """Whoever is connected is cut off; whoever tries is refused."""
        asyncio.run_coroutine_threadsafe(self._cut(), self.loop).result(5)

    def swallow(self) -> None:
        """Nothing is refused, nothing comes back: as when a machine in between is gone."""
        self.loop.call_soon_threadsafe(self.open.clear)

    def mend(self) -> None:
        asyncio.run_coroutine_threadsafe(self._mend(), self.loop).result(5)

    async def _cut(self) -> None:
        if self.listening:
            self.listening.close()
            self.listening = None
        for line in self.lines:
            line.transport.abort()

    async def _mend(self) -> None:
        self.open.set()
        if not self.listening:
            self.listening = await asyncio.start_server(self._pass_on, "127.0.0.1", self.port)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines.add(writer)
        try:
            await self.open.wait()
            there, back = await asyncio.open_unix_connection(self.server)
        except OSError:
            writer.transport.abort()
            return
        self.lines.add(back)
        await asyncio.gather(self._pump(reader, back), self._pump(there, writer), return_exceptions=True)
        self.lines -= {writer, back}

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while some := await source.read(65_536):
                await self.open.wait()
                sink.write(some)
                await sink.drain()
        finally:
            sink.close()
