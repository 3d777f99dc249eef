"""A Chairside of our own for a benchmark: a fresh data folder, the real command, and the processor time of its parts."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from psycopg.conninfo import make_conninfo

from chairside.kernel import embedded

CHAIRSIDE = Path(sys.executable).parent / "chairside"
MANY = str(10**9)
UNLIMITED = {
    "CHAIRSIDE_REQUESTS_PER_PRINCIPAL": MANY, "CHAIRSIDE_REQUESTS_PER_ADDRESS": MANY, "CHAIRSIDE_SIGN_UPS_PER_ADDRESS": MANY,
    "CHAIRSIDE_IDLE_MINUTES": "600",
}  # fmt: skip


@dataclass
class Running:
    url: str
    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def named(self, word: str) -> list[psutil.Process]:
        """The processes of the tree whose command line names the word."""
        tree = [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        return [one for one in tree if word in " ".join(_command(one))]

    @property
    def app(self) -> psutil.Process:
        return self.named(" serve")[0]

    @property
    def postmaster(self) -> psutil.Process:
        return self.named("bin/postgres")[0]

    @property
    def admin(self) -> str:
        """The administrator's connection string, as other commands on this machine find it."""
        return make_conninfo(embedded.admin(self.folder), dbname="chairside")

    def log(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in self.folder.rglob("*log*") if path.is_file())


def _command(one: psutil.Process) -> list[str]:
    try:
        return one.cmdline()
    except psutil.Error:
        return []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(folder: Path | None = None, **environment: str) -> Iterator[Running]:
    """On a folder that is there and stays, or on one of its own."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="chairside-bench-", ignore_cleanup_errors=True) as name:
        folder = folder or Path(name) / "data"
        os.chmod(name, 0o755)  # PostgreSQL, when started by root, runs as somebody else
        process = subprocess.Popen(
            [CHAIRSIDE, "run", "--data", folder, "--port", str(port), "--no-browser"],
            env={**os.environ, **UNLIMITED, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _await(f"http://127.0.0.1:{port}/ready", process)
            yield Running(f"http://127.0.0.1:{port}", port, folder, process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("Chairside did not become ready")


@dataclass
class Somebody:
    """A signed-in owner of a new clinic."""

    url: str
    slug: str
    cookie: str

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> dict:
        """A request of the clinic; the key is fresh. Raises on anything but success."""
        request = urllib.request.Request(
            f"{self.url}/api/v1/clinics/{self.slug}{path}", method=method,
            data=None if body is None else json.dumps(body).encode(), headers={**self.headers(), **headers},
        )  # fmt: skip
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or b"{}")

    def headers(self) -> dict[str, str]:
        return {
            "cookie": self.cookie, "sec-fetch-site": "same-origin", "content-type": "application/json",
            "idempotency-key": secrets.token_hex(12),
        }  # fmt: skip

    @property
    def token(self) -> str:
        return self.cookie.partition("=")[2]


def sign_up(url: str) -> Somebody:
    slug = f"bench-{secrets.token_hex(4)}"
    owner = {"name": "Ana Dinu", "email": f"{slug}@example.test", "password": secrets.token_urlsafe(16)}
    words = {"name": "Bench", "slug": slug, "timezone": "UTC", "locale": "en-US", "currency": "USD", "owner": owner}
    request = urllib.request.Request(
        f"{url}/api/v1/clinics", data=json.dumps(words).encode(), headers={"content-type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return Somebody(url, slug, answer.headers["set-cookie"].split(";")[0])


def known(url: str, slug: str, token: str) -> Somebody:
    """Whoever holds this session's token, in one of their clinics."""
    return Somebody(url, slug, f"chairside={token}")


def seconds(processes: list[psutil.Process]) -> float:
    """Processor time so far, user and system; of a postmaster also that of its backends, living and gone."""
    spent = 0.0
    for one in processes:
        times = one.cpu_times()
        spent += times.user + times.system
        if "postgres" in " ".join(_command(one)):
            spent += times.children_user + times.children_system
            for child in one.children(recursive=True):
                try:
                    spent += sum(child.cpu_times()[:2])
                except psutil.Error:
                    continue
    return spent
