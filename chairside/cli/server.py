"""The web server of `serve`, and how it leaves: nobody who asked is left without an answer."""

import asyncio
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI

from chairside.app import enveloped
from chairside.cli import tls
from chairside.kernel.log import say
from chairside.kernel.stop import Stop

GRACE_SECONDS = 2  # for requests in progress, where whoever ends us is in a hurry
HAND_OVER_SECONDS = 5.0  # for those who keep a line open
QUIET_SECONDS = 1.0  # nobody asked for so long: whoever sent people here has noticed
NOTICED_SECONDS = 10.0  # the longest that it waits for that, beyond the drain
IDLE_SECONDS = 75  # longer than a proxy keeps a line: it must be the one to close it, or it asks as we do


class Server(uvicorn.Server):
    """Streams never end by themselves: they are ended first, so that what is left has all the grace there is."""

    def __init__(
        self, app: FastAPI, *, certificate: Path | None, key: Path | None, drain: float, patience: int, shared: bool
    ) -> None:
        """`drain`: seconds in which it says that it leaves. `patience`: seconds that a request may take. `shared`: a supervisor
        holds the socket, too, and ends us in a hurry."""
        self.app, self.certificate, self.key = app, certificate, key
        self.drain, self.patience = 0 if shared else drain, patience
        self.envelope = enveloped(app)
        self.leaves_at: float | None = None
        self.closed_at: float | None = None
        self.handing_over = False
        self.listening: socket.socket | None = None
        self.let_in: set[asyncio.Future[None]] = set()
        self.ready: Callable[[], None] = lambda: None
        super().__init__(
            uvicorn.Config(
                self.envelope,
                loop="uvloop",
                http="httptools",
                lifespan="on",
                ws="none",
                access_log=False,
                log_config=None,
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=IDLE_SECONDS,
                timeout_graceful_shutdown=GRACE_SECONDS if shared else patience,
                ssl_certfile=certificate,
                ssl_keyfile=key,
            )
        )

    def run_on(self, listening: socket.socket, *, ready: Callable[[], None]) -> None:
        self.ready, self.listening = ready, listening
        self.run(sockets=[listening])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        if self.config.ssl:
            tls.harden(self.config.ssl)
        await super().startup(sockets)
        self.ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM: first it says that it leaves, so that a proxy turns to another while everything is still answered."""
        if sig == signal.SIGTERM and self.drain and self.leaves_at is None:
            self._leave(self.drain)
        else:
            super().handle_exit(sig, frame)

    def hand_over(self) -> None:
        """Others listen on the same socket now: accept nobody, answer whoever is there, and end."""
        self.handing_over = True
        self._leave(0)

    def renew(self) -> None:
        """Read the certificate again; a bad one is not taken."""
        if self.config.ssl and self.certificate and self.key:
            try:
                tls.load(self.config.ssl, self.certificate, self.key)
                say().info("certificate renewed")
            except Stop:
                say().error("certificate not renewed: it cannot be used")

    def _leave(self, seconds: float) -> None:
        self.app.state.leaving = self.envelope.leaving = True
        self.leaves_at = time.monotonic() + seconds
        self.config.timeout_graceful_shutdown = self.patience

    async def on_tick(self, counter: int) -> bool:
        now = time.monotonic()
        if self.closed_at is not None:
            self.should_exit = self.should_exit or self._is_over(self.closed_at, now)
        elif self.leaves_at is not None and self._may_close(self.leaves_at, now):
            self.closed_at = now
            await self._close()
        return await super().on_tick(counter)

    def _may_close(self, leaves_at: float, now: float) -> bool:
        """A proxy on a busy machine notices late that this one leaves. While it sends people here they are answered."""
        return now >= leaves_at and (self.handing_over or self._is_quiet(now) or now >= leaves_at + NOTICED_SECONDS)

    def _is_over(self, closed_at: float, now: float) -> bool:
        """A line that is closed because it is idle may have a request on its way: so a while passes in which each that comes is
        answered and told to take another line."""
        alone = not self.server_state.connections and all(one.done() for one in self.let_in)
        if alone or now >= closed_at + HAND_OVER_SECONDS:
            return True
        return not self.handing_over and now >= closed_at + QUIET_SECONDS and self._is_quiet(now)

    def _is_quiet(self, now: float) -> bool:
        return now >= self.envelope.asked_at + QUIET_SECONDS

    async def _close(self) -> None:
        """Nobody is accepted any more. Whoever stands in the socket's queue has sent a request already and would see their line
        cut: they are let in, unless others listen on the same socket."""
        queue = None if self.handing_over or self.listening is None else self.listening.dup()
        for server in self.servers:
            server.close()
        if queue:
            with queue, suppress(BlockingIOError):
                queue.setblocking(False)
                while True:
                    line, _ = queue.accept()
                    line.setblocking(False)
                    self.let_in.add(asyncio.ensure_future(self._let_in(line)))
        self.app.state.live.close()

    async def _let_in(self, line: socket.socket) -> None:
        def protocol() -> asyncio.Protocol:
            kind: Any = self.config.http_protocol_class
            return kind(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)  # type: ignore[no-any-return]

        with suppress(OSError):
            await asyncio.get_running_loop().connect_accepted_socket(protocol, line, ssl=self.config.ssl)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.app.state.live.close()
        await super().shutdown(sockets)
