"""The app alone: API and web app.

Connects as chairside_app: CHAIRSIDE_APP_URL, or DATABASE_URL, or the data folder's database. Listens on 127.0.0.1 only:
what lies beyond this machine goes through a proxy that speaks TLS.
"""

import gc
import resource
import socket
from argparse import ArgumentParser, Namespace

from chairside.cli import reach

MOST_FILES = 65_536
GRACE_SECONDS = 2  # for requests in progress


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)
    parser.add_argument("--port", type=int, default=8000, help="(%(default)s)")
    parser.add_argument("--socket", type=int, metavar="FD", help="a listening socket that was opened already")


def run(given: Namespace) -> None:
    listening = socket.socket(fileno=given.socket) if given.socket is not None else reach.listen(given.port)
    with reach.app(given.data) as url:
        settings = reach.settings(given.data, url)

        import uvicorn

        from chairside.app import build, enveloped
        from chairside.kernel import log

        log.configure(settings.log)
        app = build(settings)

        class Server(uvicorn.Server):
            """Streams never end by themselves: they are ended first, so that what is left has all the grace there is."""

            async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
                app.state.live.close()
                await super().shutdown(sockets)

        config = uvicorn.Config(
            enveloped(app),
            loop="uvloop",
            http="httptools",
            lifespan="on",
            ws="none",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        _spare_the_collector()
        _open_many_files()
        Server(config).run(sockets=[listening])


def _open_many_files() -> None:
    """As many as the machine lets us: every stream is one, and the usual 1,024 are soon gone."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def _spare_the_collector() -> None:
    """What is loaded by now stays; requests leave next to no cycles, and looking for them every 700 objects is a twentieth of the
    time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
