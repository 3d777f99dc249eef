"""The real command on a data folder of its own, as a person would start it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import httpx
import psutil

COMMAND = [str(Path(sys.executable).parent / "chairside")]
READY_SECONDS = 60
SAYS = "Chairside is ready on "
KEYRING: list[Path] = []


class Started:
    """`chairside run` in a session of its own, and everything under it."""

    def __init__(self, data: Path, port: int, *arguments: str, **environment: str) -> None:
        self.data, self.port = data, port
        self.output = data.with_suffix(f".{port}.txt")
        words = [*COMMAND, "run", f"--data={data}", f"--port={port}", "--no-browser", *arguments]
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=clean(**environment), start_new_session=True
            )

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/ready", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def await_ready(self, seconds: float = READY_SECONDS) -> "Started":
        """It said so, and it is so."""
        until(lambda: self.process.poll() is not None or (SAYS in self.told() and self.is_ready()), seconds, what=self.told)
        assert self.process.poll() is None, self.told()
        return self

    def told(self) -> str:
        return self.output.read_text()

    def tree(self) -> list[psutil.Process]:
        """Everything that it started, grandchildren too; the supervisor first."""
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def child(self, word: str) -> psutil.Process:
        """The one whose command line has this word: serve, worker, postgres."""
        return next(child for child in self.tree()[1:] if any(Path(part).name == word for part in child.cmdline()))

    def end(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Seconds until nothing of it was left."""
        tree = self.tree()
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(30)
        until(lambda: not any(alive(process) for process in tree), 30, what=self.told)
        return time.monotonic() - began


def keyring() -> str:
    """One for every app on a server that several tests share: each has a data folder of its own."""
    if not KEYRING:
        KEYRING.append(Path(mkdtemp(prefix="chairside-")) / "keyring")
        assert command("keys", "new", str(KEYRING[0])).returncode == 0
    return str(KEYRING[0])


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def until(done, seconds: float, *, what=lambda: "") -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, what()
        time.sleep(0.05)


def clean(**environment: str) -> dict[str, str]:
    """The environment without what would send a command elsewhere."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL" and not name.startswith("CHAIRSIDE_")}
    return {**kept, "CI": "true", **environment}


def command(*words: str, seconds: float = 60, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds, env=clean(**environment)
    )


def refusal(done: "subprocess.CompletedProcess[str]") -> str:
    """The one sentence of a command that would not."""
    assert done.returncode == 1, done
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("chairside: "), done.stderr
    assert lines[0].endswith("."), done.stderr
    return lines[0].removeprefix("chairside: ")


def free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


@contextmanager
def folder() -> Iterator[Path]:
    """Where PostgreSQL can go even when root dropped to nobody: pytest's own temporary folders are private."""
    with TemporaryDirectory(prefix="chairside-", ignore_cleanup_errors=True) as above:
        Path(above).chmod(0o755)
        yield Path(above) / "data"


def ended(given: Sequence[Started]) -> None:
    for one in given:
        if one.process.poll() is None:
            one.end()
