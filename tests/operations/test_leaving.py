"""Told to end, `serve` cuts nobody off: neither who is still sent here by a proxy that has not noticed, nor whose answer takes long."""

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.kernel import embedded
from tests.operations import started
from tests.operations.apart import Apart, ended
from tests.operations.load import GENEROUS, Clinic
from tests.operations.started import command

PASSWORD = "a-password-of-the-operators"
PATIENT = {"first_name": "A", "last_name": "B", "birth_date": "1980-01-01"}
DRAIN = 1


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with started.folder() as folder, embedded.running(folder, fsync="off") as admin:
        admin = make_conninfo(admin, dbname="chairside")
        done = command("migrate", DATABASE_URL=admin, CHAIRSIDE_APP_PASSWORD=PASSWORD)
        assert done.returncode == 0, done.stderr
        yield admin


@pytest.fixture
def app(server: str, tmp_path: Path) -> Iterator[Apart]:
    environment = {
        **GENEROUS, "CHAIRSIDE_APP_URL": make_conninfo(server, user="chairside_app", password=PASSWORD),
        "CHAIRSIDE_SECRET": "s" * 32, "CHAIRSIDE_DRAIN_SECONDS": str(DRAIN),
    }  # fmt: skip
    with ended(Apart(tmp_path, "worker", **environment)):
        app = Apart(tmp_path, "serve", **environment).await_ready()
        yield app
        app.process.kill()
        app.process.wait(10)


class Asking(threading.Thread):
    """A proxy that has not noticed: line after line, until it is told, or nobody takes its call, which it would mend itself."""

    def __init__(self, clinic: Clinic, app: Apart) -> None:
        super().__init__(daemon=True)
        self.clinic, self.app = clinic, app
        self.cut: list[str] = []
        self.statuses: list[int] = []
        self.refused = False
        self.enough = threading.Event()

    def run(self) -> None:
        while not self.enough.wait(0.02) and not self.refused:
            try:
                path = f"{self.app.url}{self.clinic.path}/patients"
                self.statuses.append(httpx.post(path, headers=self.clinic.headers, json=PATIENT, timeout=20).status_code)
            except httpx.ConnectError:
                self.refused = True
            except httpx.TransportError as error:
                self.cut.append(repr(error))


class TestLeaving:
    def test_goes_on_answering_while_it_is_still_asked(self, app: Apart) -> None:
        asking = Asking(Clinic(app.url), app)
        asking.start()
        time.sleep(0.5)
        app.process.send_signal(signal.SIGTERM)
        time.sleep(DRAIN + 3)
        assert app.process.poll() is None and not asking.refused, "it left while somebody was sent here"
        asking.enough.set()
        asking.join(20)
        assert app.end() in (0, -signal.SIGTERM)
        assert asking.cut == [] and set(asking.statuses) == {201}

    def test_leaves_in_the_end_and_cuts_nobody_off(self, app: Apart) -> None:
        asking = [Asking(clinic, app) for clinic in [Clinic(app.url)] for _ in range(3)]
        for one in asking:
            one.start()
        began = time.monotonic()
        app.process.send_signal(signal.SIGTERM)
        assert app.process.wait(DRAIN + 20) in (0, -signal.SIGTERM)
        assert time.monotonic() - began > DRAIN
        for one in asking:
            one.join(20)
            assert one.refused and one.cut == [] and set(one.statuses) == {201}

    def test_waits_for_an_answer_that_takes_long(self, app: Apart, server: str) -> None:
        clinic = Clinic(app.url)
        answers: list[httpx.Response] = []

        def ask() -> None:
            path = f"{app.url}{clinic.path}/patients"
            answers.append(httpx.post(path, headers=clinic.headers, json=PATIENT, timeout=30))

        asking = threading.Thread(target=ask, daemon=True)
        with psycopg.connect(server) as db:
            db.execute("lock table patient in exclusive mode")  # for longer than it would drain and be patient
            asking.start()
            time.sleep(0.5)
            app.process.send_signal(signal.SIGTERM)
            time.sleep(DRAIN + 5)
            db.rollback()
        asking.join(20)
        assert [answer.status_code for answer in answers] == [201]
        assert app.process.wait(20) in (0, -signal.SIGTERM)
