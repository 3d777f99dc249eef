"""The app alone: API and web app.

Connects as chairside_app: CHAIRSIDE_APP_URL, or DATABASE_URL, or the data folder's database. Listens on 127.0.0.1; on
another --host with --certificate and --key, or for the proxies in CHAIRSIDE_PROXIES. SIGHUP reads a renewed certificate.
SIGTERM ends it when what is asked was answered, after CHAIRSIDE_DRAIN_SECONDS in which /ready says that it leaves, and then only
when nobody asks any more (or 10 seconds later).
"""

import gc
import os
import resource
import signal
import socket
from argparse import ArgumentParser, Namespace
from math import ceil

from chairside.cli import reach, tls
from chairside.kernel.settings import Settings

MOST_FILES = 65_536  # more than streams and connections will ever be


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)
    tls.arguments(parser)
    parser.add_argument("--port", type=int, default=8000, help="(%(default)s)")
    parser.add_argument("--socket", type=int, metavar="FD", help="a listening socket that was opened already")
    parser.add_argument("--tell", type=int, metavar="FD", help="where to say that it is ready, once")


def run(given: Namespace) -> None:
    settings = Settings.from_environment()
    tls.check(given, settings)
    shared = given.socket is not None
    listening = socket.socket(fileno=given.socket) if shared else reach.listen(given.port, given.host)
    with reach.app(given.data) as url:
        settings = reach.settings(given.data, url)

        from chairside.app import build
        from chairside.cli.server import Server
        from chairside.kernel import log

        log.configure(settings.log)
        server = Server(
            build(settings), certificate=given.certificate, key=given.key, drain=settings.drain_seconds,
            patience=ceil(settings.request_seconds) + 1, shared=shared,
        )  # fmt: skip
        signal.signal(signal.SIGUSR1, lambda *_: server.hand_over())
        if given.certificate:
            signal.signal(signal.SIGHUP, lambda *_: server.renew())
        _spare_the_collector()
        _open_many_files()
        server.run_on(listening, ready=lambda: _tell(given.tell))


def _tell(descriptor: int | None) -> None:
    if descriptor is not None:
        os.write(descriptor, b"ready")
        os.close(descriptor)


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
