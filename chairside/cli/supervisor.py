"""The parent of one machine's Chairside. It knows no framework and no driver: it starts, watches, heals and ends.

Children die with it even when it is killed; it ends them within five seconds when it is asked to.
"""

import os
import select
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, repeat
from pathlib import Path
from types import FrameType

from chairside.cli import children, reach
from chairside.cli.children import Child
from chairside.kernel import embedded, folder, orphans
from chairside.kernel.stop import Stop

READY_SECONDS = 60
APP_SECONDS = 2.5  # to finish what is in progress
ALL_SECONDS = 4.0  # then PostgreSQL is stopped at once, and recovers at the next start
WATCH_SECONDS = 0.5
LOG_SECONDS = 60
DATABASE_SECONDS = (1, 2, 5, 10)  # between two attempts to start it again; the last for as long as it takes


class Asked(BaseException):
    """Ctrl-C, SIGTERM or the terminal's end; raised wherever the supervisor is."""


class Supervisor:
    def __init__(self, data: Path, listening: socket.socket, *, origin: str, secure: Sequence[str] = ()) -> None:
        """`origin`: where people find this. `secure`: what `serve` is told about its certificate, when it has one."""
        self.data = data
        self.listening = listening
        self.origin = origin
        self.secure = secure
        self.server: embedded.Server | None = None
        self.children: list[Child] = []
        self.leaving: list[Child] = []
        """They answer what they were asked, and end."""
        self.anew = False

    def run(self, *, demo: bool, ready: Callable[[], None]) -> None:
        """Until it is asked to end. Refuses Stop when it cannot begin."""
        with _heeding():
            signal.signal(signal.SIGUSR1, self._ask_anew)
            try:
                environment = self._database()
                if demo:
                    self._command("seed", environment)
                _say("app and worker")
                self._begin(environment)
                ready()
                self._watch()
            except Asked:
                _say("ending")
            finally:
                self._end()

    def _ask_anew(self, number: int, frame: FrameType | None) -> None:
        self.anew = True

    def _database(self) -> dict[str, str]:
        """A database that is ready and current; returns the environment in which app and worker reach it."""
        environment = dict(os.environ)
        if environment.get("DATABASE_URL"):
            _say("database: the server in DATABASE_URL")
            if not environment.get("CHAIRSIDE_APP_URL") and not environment.get("CHAIRSIDE_APP_PASSWORD"):
                environment["CHAIRSIDE_APP_PASSWORD"] = folder.new_secret(self.data / reach.APP_PASSWORD)
            self._command("migrate", environment, "--quiet")
            return environment
        _say(f"database: {'' if (self.data / 'postgres').exists() else 'making a new one '}in {self.data}")
        self.server = embedded.start(self.data)
        password = folder.new_secret(self.data / reach.APP_PASSWORD)
        administrator = {"DATABASE_URL": embedded.admin(self.data, reach.DATABASE), "CHAIRSIDE_APP_PASSWORD": password}
        self._command("migrate", {**environment, **administrator}, "--quiet")
        return {**environment, "CHAIRSIDE_APP_URL": reach.app_url(self.data)}

    def _command(self, name: str, environment: dict[str, str], *arguments: str) -> None:
        """A chairside command that has an end; what it loads, it takes with it."""
        done = subprocess.run(
            [sys.executable, "-P", "-m", "chairside.cli", name, f"--data={self.data}", *arguments],
            check=False, env=environment, stdin=subprocess.DEVNULL,
            process_group=0, preexec_fn=orphans.dies_with_parent(signal.SIGKILL),
        )  # fmt: skip
        if done.returncode:
            raise Stop(f"`chairside {name}` failed, as said above.")

    def _begin(self, environment: dict[str, str]) -> None:
        """App and worker, until they say that they are ready."""
        listening = self.listening.fileno()
        # Links in letters lead here, unless the operator said where people find this.
        environment.setdefault("CHAIRSIDE_ORIGIN", self.origin)
        self.children = [
            Child("app", ["serve", f"--data={self.data}", f"--socket={listening}", *self.secure], environment, [listening]),
            Child("worker", ["worker", f"--data={self.data}"], environment),
        ]
        for child in self.children:
            child.start()
        deadline = time.monotonic() + READY_SECONDS
        while not _ready(self.listening, secure=bool(self.secure)):
            if ended := [child.name for child in self.children if child.ended is not None]:
                raise Stop(f"The {ended[0]} did not start, as said above.")
            if time.monotonic() > deadline:
                raise Stop(f"Chairside was not ready after {READY_SECONDS} seconds.")
            time.sleep(0.1)

    def _watch(self) -> None:
        with _waking() as wake:
            looked = time.monotonic()
            while True:
                if self.server and (code := self.server.postmaster.poll()) is not None:
                    _say(f"PostgreSQL ended ({code}); it begins again.")
                    self.server = self._again()
                if self.server and time.monotonic() > looked + LOG_SECONDS:
                    looked = time.monotonic()
                    embedded.shorten_log(self.data)
                for child in self.children:
                    if news := child.heal():
                        _say(news)
                self.leaving = [child for child in self.leaving if child.ended is None]
                if self.anew:
                    self.anew = False
                    self._begin_anew()
                if select.select([wake], [], [], WATCH_SECONDS)[0]:
                    os.read(wake, 4096)

    def _begin_anew(self) -> None:
        """SIGUSR1: another app on the same socket; once it is ready the one before it answers what it was asked, and ends. Nobody
        is refused. The worker's jobs wait a moment."""
        app, worker = self.children
        another = Child(app.name, app.arguments, app.environment, app.sockets)
        self.leaving.append(another)  # ended with us, should we be asked to end meanwhile
        reading, writing = os.pipe()
        try:
            another.start(tell=writing)
            os.close(writing)
            deadline = time.monotonic() + READY_SECONDS
            while not select.select([reading], [], [], WATCH_SECONDS)[0] and time.monotonic() < deadline:
                pass
            told = bool(select.select([reading], [], [], 0)[0] and os.read(reading, 16))
        finally:
            os.close(reading)
        self.leaving.remove(another)
        if not told:
            children.end([another], until=time.monotonic())
            _say("A new app did not start, as said above; the one before it goes on.")
            return
        self.children = [another, worker]
        self.leaving.append(app)
        app.tell(signal.SIGUSR1)
        worker.tell(signal.SIGTERM)
        _say("a new app has taken over.")

    def _again(self) -> embedded.Server:
        """PostgreSQL, however long it takes: a full disk is emptied, a slow one comes to the end of the log. Meanwhile the app
        says that the database is away."""
        for pause in chain(DATABASE_SECONDS, repeat(DATABASE_SECONDS[-1])):
            try:
                return embedded.start(self.data)
            except (Stop, OSError) as reason:
                _say(f"{reason} The next attempt is in {pause} s.")
                until = time.monotonic() + pause
                while time.monotonic() < until:
                    for child in self.children:
                        child.heal()
                    time.sleep(WATCH_SECONDS)
        raise AssertionError("it never gives up")

    def _end(self) -> None:
        _heed_no_more()
        began = time.monotonic()
        self.listening.close()  # whoever knocks now is refused instead of kept waiting
        children.end([*self.children, *self.leaving], until=began + APP_SECONDS)
        if self.server:
            self.server.stop(began + ALL_SECONDS - time.monotonic())


_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _heed_no_more() -> None:
    """Asked again, it is already doing all it can."""
    for how in _ENDS:
        signal.signal(how, signal.SIG_IGN)


@contextmanager
def _heeding() -> Iterator[None]:
    """SIGINT, SIGTERM and SIGHUP raise Asked here; one that was ignored from the outset (nohup) stays ignored."""

    def ask(number: int, frame: FrameType | None) -> None:
        _heed_no_more()
        raise Asked

    before = {how: signal.getsignal(how) for how in _ENDS}
    for how, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(how, ask)
    try:
        yield
    finally:
        for how, handler in before.items():
            signal.signal(how, handler)


@contextmanager
def _waking() -> Iterator[int]:
    """A descriptor that can be read as soon as a child ended."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    before = signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield reading
    finally:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, before)
        os.close(reading)
        os.close(writing)


def _ready(listening: socket.socket, *, secure: bool) -> bool:
    host, port = listening.getsockname()[:2]
    try:
        with socket.create_connection(({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port), timeout=1) as plain:
            # To ourselves: whose certificate it is does not matter.
            asking = ssl._create_unverified_context().wrap_socket(plain) if secure else plain
            asking.sendall(b"GET /ready HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            return asking.recv(64).split()[1:2] == [b"200"]
    except OSError:
        return False


def _say(what: str) -> None:
    """Where it can be said: a full disk, or a reader who went away, is no reason to end."""
    with suppress(OSError, ValueError):
        sys.stdout.write(f"  {what}\n")
        sys.stdout.flush()
