"""serve and worker as processes of their own, as on several machines."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests.operations.started import COMMAND, clean, free_port, keyring, until
from tools import debian


class Apart:
    """One of them; `how` is the command with its words."""

    def __init__(self, folder: Path, *how: str, port: int = 0, verify: object = True, **environment: str) -> None:
        self.port = port or (free_port() if how[0] == "serve" else 0)
        self.scheme = "https" if "--certificate" in how else "http"
        self.url = f"{self.scheme}://localhost:{self.port}"
        self.verify = verify
        self.output = folder / f"{how[0]}-{self.port}.txt"
        words = [*COMMAND, *how, f"--data={folder / 'apart'}", *([f"--port={self.port}"] if self.port else [])]
        environment = {"CHAIRSIDE_KEYRING": keyring(), **environment}
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=clean(**environment), cwd=folder
            )

    def is_ready(self) -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/ready", timeout=5, verify=self.verify).status_code == 200  # type: ignore[arg-type]
        return False

    def await_ready(self) -> "Apart":
        until(lambda: self.process.poll() is not None or self.is_ready(), 60, what=self.told)
        assert self.process.poll() is None, self.told()
        return self

    def told(self) -> str:
        return self.output.read_text()

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


@contextmanager
def ended(*apart: Apart) -> Iterator[None]:
    with ExitStack() as stack:
        for one in apart:
            stack.callback(one.end)
        yield


def program(name: str) -> tuple[str, dict[str, str]]:
    """Installed, or out of Debian's package; the test is skipped, with the reason, where neither is possible."""
    try:
        found, environment = debian.program(name)
    except debian.Unavailable as reason:
        pytest.skip(str(reason))
    return found, {**os.environ, **environment}


def caddy() -> tuple[str, dict[str, str]]:
    """With the word that a Caddy before 2.6.3, as Debian has it, knows for what infra/Caddyfile asks of it."""
    path, environment = program("caddy")
    said = subprocess.run([path, "version"], env=environment, capture_output=True, text=True, check=True).stdout
    if tuple(map(int, re.findall(r"\d+", said)[:3])) < (2, 6, 3):
        environment |= {"CHAIRSIDE_BUFFERED": "buffer_requests"}
    return path, environment
