"""Processor time of a request over that of a Django REST Framework app doing the same work on the same PostgreSQL.

Both hold the same rows, and are first asked the same: their answers must be equal. Then they are measured in short turns, one after
the other, in one run; printed are the medians of the turns. README.md says what makes the other one quick.
"""

import hashlib
import json
import os
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import psutil
import psycopg

from bench import million, wire
from bench.peers import moving
from bench.running import Running, Somebody, free_port, known, running, seconds

HOME = Path(__file__).parent
TOOLS = HOME.parents[1] / ".tools/peers"
CONNECTIONS = 4
REQUESTS = 1000
TURNS = 11
PLAIN = "…, plain"  # the same page, when theirs leaves out models and serializers; nothing is promised of it
MOST = {"GET patient": 1 / 3, "GET 50 patients": 1 / 3, PLAIN: None, "POST appointment": 1 / 2}


@dataclass
class Side:
    """One of the two: where it listens, its own processes, and the next free time of its schedule."""

    name: str
    port: int
    processes: list[psutil.Process]
    slots: Iterator[int]
    plain: str = ""


@dataclass
class Spent:
    """Microseconds of processor time for a request: the app's own, and PostgreSQL's."""

    app: float
    postgres: float


def tools() -> Path:
    """Django and its server, in an environment of their own; made when it is absent or the requirements changed."""
    wanted = (HOME / "requirements.txt").read_bytes()
    mark = TOOLS / hashlib.sha256(wanted).hexdigest()[:16]
    if not mark.exists():
        print("  Django REST Framework, into .tools/peers ...", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", TOOLS], check=True)
        subprocess.run([TOOLS / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                        "-r", HOME / "requirements.txt"], check=True)  # fmt: skip
        mark.touch()
    return TOOLS / "bin"


@contextmanager
def peer(server: Running) -> Iterator[Side]:
    """The Django app on a database of its own, filled with the rows of ours: one process, as many threads as we have connections."""
    binaries, port, password = tools(), free_port(), secrets.token_urlsafe(16)
    moving.prepare(server.admin, password)
    environment = {
        **os.environ, "PEER_SECRET": secrets.token_urlsafe(32), "PEER_PASSWORD": password, "PEER_SOCKET": str(server.folder),
        "DJANGO_SETTINGS_MODULE": "app.settings", "PYTHONPATH": str(HOME),
    }  # fmt: skip
    subprocess.run([binaries / "django-admin", "migrate", "--run-syncdb", "--verbosity=0"], check=True, env=environment)
    moving.move(server.admin, (HOME / "app/audit.sql").read_text())
    process = subprocess.Popen(
        [binaries / "granian", "--interface=wsgi", "--workers=1", f"--blocking-threads={CONNECTIONS}", "--host=127.0.0.1",
         f"--port={port}", "--no-ws", "--http=1", "--no-access-log", "--log-level=warning", "app.wsgi:application"],
        env=environment,
    )  # fmt: skip
    try:
        _await(port)
        own = psutil.Process(process.pid)
        yield Side("Django REST Framework", port, [own, *own.children(recursive=True)], count(), "?plain=1")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def _await(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the peer does not answer")


class Work:
    """The requests of the three cases, alike for both sides."""

    def __init__(self, somebody: Somebody) -> None:
        self.somebody = somebody
        self.base = f"/api/v1/clinics/{somebody.slug}"
        self.patients = [patient["id"] for patient in somebody.ask("GET", "/patients?limit=200")["items"]]
        self.providers = [one["id"] for one in somebody.ask("GET", "/providers?active=true")["items"]]
        self.service = somebody.ask("GET", "/services")["items"][0]["id"]

    def requests(self, case: str, wanted: int, side: Side) -> list[bytes]:
        headers = {"cookie": self.somebody.cookie}
        if case == "GET patient":
            paths = [f"{self.base}/patients/{self.patients[n % len(self.patients)]}" for n in range(wanted)]
            return [wire.request("GET", path, headers) for path in paths]
        if case != "POST appointment":
            return [wire.request("GET", f"{self.base}/patients{side.plain if case == PLAIN else ''}", headers)] * wanted
        return [
            wire.request("POST", f"{self.base}/appointments", self.somebody.headers(), json.dumps(self.booking(n)).encode())
            for n in (next(side.slots) for _ in range(wanted))
        ]

    def booking(self, n: int) -> dict[str, str]:
        """The n-th: no two of one provider or patient meet."""
        starts_at = datetime(2040, 1, 1, tzinfo=UTC) + n // 4 * timedelta(minutes=45)
        return {"patient_id": self.patients[n % 4], "provider_id": self.providers[n % 4], "service_id": self.service,
                "starts_at": starts_at.isoformat()}  # fmt: skip


def compare(work: Work, ours: Side, theirs: Side) -> None:
    """Raises unless both give the same answers, also to what is refused, and each leaves the traces that it should."""
    bodies = []
    for side in (ours, theirs):
        one = known(f"http://127.0.0.1:{side.port}", work.somebody.slug, work.somebody.token)
        booking = work.booking(next(side.slots))
        again = {"idempotency-key": secrets.token_hex(8)}
        page = one.ask("GET", "/patients")
        booked = one.ask("POST", "/appointments", booking, **again)
        repeated = one.ask("POST", "/appointments", booking, **again)
        if one.ask("GET", f"/patients{side.plain}") != page:
            raise RuntimeError(f"{side.name} gives another page when it is plain")
        cases = {
            "taken": _status(one, "POST", "/appointments", booking),
            "nobody": _status(one, "GET", f"/patients/{work.service}"),
            "stranger": _status(known(one.url, one.slug, "x" * 43), "GET", "/patients"),
            "elsewhere": _status(known(one.url, "no-such-clinic", one.token), "GET", "/patients"),
        }
        if repeated != booked:
            raise RuntimeError(f"{side.name} gave a repeated request another answer")
        bodies.append({
            "patient": one.ask("GET", f"/patients/{work.patients[7]}"), "page": page["items"], "more": bool(page["next_cursor"]),
            "booked": booked | {"id": None}, **cases,
        })  # fmt: skip
    for case in bodies[0]:
        if bodies[0][case] != bodies[1][case]:
            raise RuntimeError(f"answers differ: {case}\n{bodies[0][case]}\n{bodies[1][case]}")
    if bodies[0]["taken"] != 409 or bodies[0]["nobody"] != 404 or bodies[0]["stranger"] != 401:
        raise RuntimeError(f"not what was to be refused: {bodies[0]}")


def _status(one: Somebody, method: str, path: str, body: object = None) -> int:
    try:
        one.ask(method, path, body)
    except urllib.error.HTTPError as error:
        return error.code
    return 200


async def turn(case: str, work: Work, side: Side, server: Running) -> Spent:
    requests = work.requests(case, REQUESTS, side)
    app, postgres = seconds(side.processes), seconds([server.postmaster])
    statuses = await wire.drive(side.port, requests, connections=CONNECTIONS)
    if set(statuses) != {201 if case == "POST appointment" else 200}:
        raise RuntimeError(f"{side.name}, {case}: {statuses}")
    each = 1e6 / len(requests)
    return Spent((seconds(side.processes) - app) * each, (seconds([server.postmaster]) - postgres) * each)


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="chairside-bench-", ignore_cleanup_errors=True) as parent:
        os.chmod(parent, 0o755)
        made = million.make(Path(parent), "small")
        with running(made.path) as server:
            somebody = known(server.url, million.EQUAL, million.session(made, server.admin))
            work = Work(somebody)
            ours = Side("Chairside", server.port, [server.app], count())
            with peer(server) as theirs:
                compare(work, ours, theirs)
                print("answers are equal; µs of processor time for a request, app and PostgreSQL", flush=True)
                await _measure(work, ours, theirs, server)


async def _measure(work: Work, ours: Side, theirs: Side, server: Running) -> None:
    print(f"{'':18} {'Chairside':>16} {'Django REST F.':>16}  {'app ratio':>9}", flush=True)
    figures = []
    for case, most in MOST.items():
        for side in (ours, theirs):
            await turn(case, work, side, server)
        with psycopg.connect(server.admin, autocommit=True) as db:
            db.execute("analyze")
        turns = [(await turn(case, work, ours, server), await turn(case, work, theirs, server)) for _ in range(TURNS)]
        ratio = statistics.median(mine.app / other.app for mine, other in turns)
        columns = [Spent(*(statistics.median(getattr(one, part) for one in side) for part in ("app", "postgres")))
                   for side in zip(*turns, strict=True)]  # fmt: skip
        shown = " ".join(f"{one.app:8.0f} {one.postgres:7.0f}" for one in columns)
        verdict = f"at most {most:.2f}  {'met' if ratio <= most else 'MISSED'}" if most else ""
        print(f"{case:18} {shown}  {ratio:9.2f}  {verdict}", flush=True)
        figures.append({"case": case, "ratio": round(ratio, 3), "most": most and round(most, 3), "ours": vars(columns[0]),
                        "theirs": vars(columns[1])})  # fmt: skip
    print(json.dumps(figures))
