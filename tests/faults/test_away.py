"""PostgreSQL is away, in every way that it can be: each route says so at once, and all go on by themselves when it is back."""

import random
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.kernel import embedded
from tests.faults.far import Far
from tests.faults.line import Clinic, Journal, Line
from tests.operations import started
from tests.operations.started import COMMAND, clean, command, free_port, until

PASSWORD = "a password of the operator's"
POOL_SECONDS, REQUEST_SECONDS = 0.5, 3.0
SOME = 9  # one route of so many is asked, where all of them take the same way
GRACE = 20.0  # to have a server stop that does not answer, on a machine with much else to do
CLINIC = "/api/v1/clinics/{clinic}/"
SERVER = {"fsync": "off", "max_connections": "40"}


class House:
    """An app and a worker, and a server that is elsewhere; a second line to it, for when the first is given up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = embedded.start(folder, SERVER)
        self.first, self.second = (Far(folder / embedded.SOCKET) for _ in range(2))
        self.second.cut()
        done = command("migrate", DATABASE_URL=self.admin, CHAIRSIDE_APP_PASSWORD=PASSWORD)
        assert done.returncode == 0, done.stderr
        url = make_conninfo(
            dbname="chairside", user="chairside_app", password=PASSWORD, host="127.0.0.1,127.0.0.1", sslmode="disable",
            port=f"{self.first.port},{self.second.port}",
        )  # fmt: skip
        environment = clean(
            CHAIRSIDE_APP_URL=url, CHAIRSIDE_POOL_SECONDS=str(POOL_SECONDS), CHAIRSIDE_REQUEST_SECONDS=str(REQUEST_SECONDS),
            CHAIRSIDE_SECRET="s" * 32, CHAIRSIDE_KEYRING=started.keyring(),
        )  # fmt: skip
        self.port = free_port()
        self.output = folder.with_suffix(".txt")
        with self.output.open("wb") as output:
            self.processes = [
                subprocess.Popen([*COMMAND, *words, f"--data={folder.with_suffix('.app')}"], env=environment,
                                 stdin=subprocess.DEVNULL, stdout=output, stderr=output)
                for words in (["serve", f"--port={self.port}"], ["worker"])
            ]  # fmt: skip
        until(lambda: self.answers("/ready") == 200, 60, what=self.output.read_text)
        self.clinic = Clinic.sign_up([self.port], name="north")
        self.journal = Journal(Path("/dev/null"))
        self.clinics, self.perhaps = 1, 0  # that signed up; of which that was said to be in doubt
        self.routes = list(self._routes())

    @property
    def admin(self) -> str:
        return embedded.admin(self.folder, "chairside")

    def answers(self, path: str) -> int:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=8).status_code
        except httpx.TransportError:
            return 0

    def ask(self, every: int = 1) -> list[tuple[str, httpx.Response, float]]:
        """Each route once, or one of so many; many at a time. The answer and how long it took."""
        headers = {
            "cookie": self.clinic.cookie,
            "sec-fetch-site": "same-origin",
            "idempotency-key": secrets.token_hex(8),
            "if-match": '"1"',
        }

        def ask(route: tuple[str, str]) -> tuple[str, httpx.Response, float]:
            method, path = route
            body: Any = (
                {"content": b"x"} if path.endswith("/content") else {} if method in ("GET", "DELETE") else {"json": body_of(path)}
            )
            at = time.monotonic()
            answer = httpx.request(
                method, f"http://127.0.0.1:{self.port}{self._filled(path)}", headers=headers, timeout=60, **body
            )
            return f"{method} {path}", answer, time.monotonic() - at

        uploads = [route for route in self.routes if route[1].endswith("/content")]  # they may take longer than the others
        with ThreadPoolExecutor(32) as pool:
            told = list(pool.map(ask, dict.fromkeys([*self.routes[::every], *uploads])))
        for route, answer, _ in told:
            if route == "POST /api/v1/clinics":
                self.clinics += answer.status_code == 201
                self.perhaps += answer.status_code == 504 or answer.json().get("code") == "PerhapsSaved"
        return told

    def end(self) -> None:
        """Told to end while the server is away, they end."""
        self.server.stop()
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(30)

    def _routes(self) -> Iterator[tuple[str, str]]:
        document = httpx.get(f"http://127.0.0.1:{self.port}/api/v1/openapi.json", timeout=60).json()
        for path, methods in document["paths"].items():
            yield from (
                (method.upper(), path) for method in methods if not path.endswith(("/events", "/stream"))
            )  # which do not end

    def _filled(self, path: str) -> str:
        parts = (
            self.clinic.slug if part == "{clinic}" else str(uuid4()) if part.startswith("{") else part for part in path.split("/")
        )
        return "/".join(parts)


OWNER = {"name": "Ana", "password": "correct horse battery"}


def body_of(path: str) -> dict[str, Any]:
    """Where something is looked at before the database is."""
    word = f"n-{secrets.token_hex(6)}"
    place = {"name": "N", "slug": word, "timezone": "UTC", "locale": "en-US", "currency": "USD"}
    owner = {"owner": {**OWNER, "email": f"{word}@example.test"}}
    return {
        "/api/v1/clinics": {**place, **owner},
        "/api/v1/session": {"email": "a@example.test", "password": OWNER["password"]},
    }.get(path, {})


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with started.folder() as folder:
        house = House(folder)
        try:
            yield house
        finally:
            house.end()


@pytest.fixture(autouse=True)
def is_back(house: House) -> Iterator[None]:
    """After each test the same processes work again, jobs too, and nothing is left of what was refused."""
    pids = [process.pid for process in house.processes]
    yield
    until(lambda: house.answers("/ready") == 200, 60, what=house.output.read_text)
    assert [process.pid for process in house.processes if process.poll() is None] == pids, house.output.read_text()
    line = Line(house.clinic, house.journal, random.Random(1))
    made = line.insist("POST", "/imports", {"kind": "patients", "filename": "p.csv", "size": 60}, key=secrets.token_hex(8))
    content = b"Number,Last name,First name,Birthdate\n1,Popescu,Ana,1980-05-01\n"
    assert line.insist("PUT", f"/imports/{made.body['id']}/content", content).answer.status_code == 200
    until(lambda: line.get(f"/imports/{made.body['id']}")["status"] == "analysed", 60, what=house.output.read_text)
    with psycopg.connect(house.admin) as db:
        [(clinics,)] = db.execute("select count(*) from clinic").fetchall()
        assert house.clinics <= clinics <= house.clinics + house.perhaps
        # Jobs that return by the clock are in the middle of something now and then; nobody stays there.
        left = "select count(*) from pg_stat_activity where state like 'idle in%%' and state_change < %s"
        until(lambda: db.execute(left, [db.execute("select now() - interval '5 s'").fetchone()[0]]).fetchone() == (0,), 20)


def away(
    house: House, *, codes: set[str], every: int = SOME, seconds: float = POOL_SECONDS + GRACE, statuses: tuple[int, ...] = (503,)
) -> None:
    """Every route of a clinic says so in one sentence, soon, and no other has a bug; the process lives, and is not ready."""

    def clear(route: str, answer: httpx.Response) -> bool:
        if CLINIC not in route:  # some need no database, others look at the body first
            return answer.status_code != 500
        problem = answer.headers.get("content-type") == "application/problem+json"
        return answer.status_code in statuses and problem and answer.json()["code"] in codes

    told = house.ask(every)
    wrong = [f"{route}: {answer.status_code} {answer.text[:200]}" for route, answer, _ in told if not clear(route, answer)]
    assert not wrong, "\n".join(wrong)
    assert all(answer.headers["retry-after"].isdigit() for _, answer, _ in told if answer.status_code == 503)
    assert all(answer.json()["detail"].endswith(".") for route, answer, _ in told if CLINIC in route)
    slow = [f"{route}: {took:.1f} s" for route, _, took in told if took > seconds]
    assert not slow, "\n".join(slow)
    assert (house.answers("/health"), house.answers("/ready")) == (200, 503)


@contextmanager
def started_again(house: House) -> Iterator[None]:
    try:
        yield
    finally:
        house.server = embedded.start(house.folder, SERVER)


class TestAway:
    @pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL], ids=["fast", "immediate", "killed"])
    def test_the_server_was_stopped(self, house: House, how: signal.Signals) -> None:
        house.server.postmaster.send_signal(how)
        house.server.postmaster.wait(20)
        with started_again(house):
            away(house, codes={"Busy", "DatabaseAway"}, every=1 if how == signal.SIGQUIT else SOME)

    def test_the_server_lets_nobody_else_in(self, house: House) -> None:
        """Smart: who is connected may go on; when the last of them is gone, so is the server."""
        house.server.postmaster.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        house.first.cut()
        house.server.postmaster.wait(20)
        house.first.mend()
        with started_again(house):
            away(house, codes={"Busy", "DatabaseAway"})

    def test_the_line_was_cut(self, house: House) -> None:
        house.first.cut()
        try:
            away(house, codes={"Busy", "DatabaseAway"})
        finally:
            house.first.mend()

    def test_the_line_swallows_everything(self, house: House) -> None:
        house.first.swallow()
        try:
            codes = {"Busy", "DatabaseAway", "TooSlow", "PerhapsSaved"}
            away(house, codes=codes, seconds=REQUEST_SECONDS + GRACE + 5, statuses=(503, 504))
        finally:
            house.first.cut()
            house.first.mend()

    def test_the_server_is_somewhere_else_now(self, house: House) -> None:
        """As after a failover: the connection string names both places."""
        house.first.cut()
        house.second.mend()
        until(lambda: house.answers("/ready") == 200, 20, what=house.output.read_text)
        assert {answer.status_code for _, answer, _ in house.ask(SOME)}.isdisjoint({500, 503})
        house.first.mend()
        house.second.cut()

    def test_the_server_takes_no_more_connections(self, house: House) -> None:
        with ExitStack() as stack:
            house.first.cut()
            with pytest.raises(psycopg.OperationalError):
                while True:
                    stack.enter_context(psycopg.connect(house.admin))
            house.first.mend()
            away(house, codes={"Busy", "DatabaseAway"})

    def test_the_server_may_only_be_read(self, house: House) -> None:
        def only_read(word: str) -> None:
            with psycopg.connect(house.admin, autocommit=True) as db:
                db.execute("set default_transaction_read_only = off")
                db.execute(f"alter role chairside_app set default_transaction_read_only = {word}".encode())
                db.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'chairside_app'")

        only_read("on")
        told = house.ask(SOME)
        only_read("off")
        assert [f"{route}: {answer.text}" for route, answer, _ in told if answer.status_code == 500] == []
        assert any(answer.status_code == 503 for _, answer, _ in told)
