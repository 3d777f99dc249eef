"""The web server of `serve`, and how it leaves: nobody who asked is left without an answer."""

import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI

from chairside.app import enveloped
from chairside.cli import tls
from chairside.kernel.log import say
from chairside.kernel.stop import Stop

GRACE_SECONDS = 2  # for requests in progress
HAND_OVER_SECONDS = 5.0  # for those who keep a line open
IDLE_SECONDS = 75  # longer than a proxy keeps a line: it must be the one to close it, or it asks as we do


class Server(uvicorn.Server):
    """Streams never end by themselves: they are ended first, so that what is left has all the grace there is."""

    def __init__(self, app: FastAPI, *, certificate: Path | None, key: Path | None, drain: float) -> None:
        self.app, self.certificate, self.key, self.drain = app, certificate, key, drain
        self.envelope = enveloped(app)
        self.leaves_at: float | None = None
        self.handing_over = False
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
                timeout_graceful_shutdown=GRACE_SECONDS,
                ssl_certfile=certificate,
                ssl_keyfile=key,
            )
        )

    def run_on(self, listening: socket.socket, *, ready: Callable[[], None]) -> None:
        self.ready = ready
        self.run(sockets=[listening])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
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
        self._leave(HAND_OVER_SECONDS)

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

    async def on_tick(self, counter: int) -> bool:
        if self.leaves_at is not None:
            if self.handing_over:
                for server in self.servers:
                    server.close()
                self.app.state.live.close()
            alone = self.handing_over and not self.server_state.connections
            if alone or time.monotonic() >= self.leaves_at:
                self.should_exit = True
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.app.state.live.close()
        await super().shutdown(sockets)
