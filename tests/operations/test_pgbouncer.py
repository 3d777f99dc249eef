"""Two app processes and a worker on one database, through pgbouncer in transaction mode with fewer connections than askers."""

import os
import re
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from chairside.kernel import embedded
from tests.operations import started
from tests.operations.apart import Apart, ended, program
from tests.operations.load import GENEROUS, Clinic, Load, check, sign_up
from tests.operations.started import command, free_port, until
from tests.valkey import Valkey

PASSWORD = "a-password-of-the-operators"
SERVER_CONNECTIONS = 3
PREPARED_SINCE = (1, 21)
CONFIGURATION = """
[databases]
chairside = host={host} port=5432 dbname=chairside
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users.txt
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 200
server_login_retry = 1
{more}
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with started.folder() as folder, embedded.running(folder, fsync="off") as admin:
        admin = make_conninfo(admin, dbname="chairside")
        done = command("migrate", DATABASE_URL=admin, CHAIRSIDE_APP_PASSWORD=PASSWORD)
        assert done.returncode == 0, done.stderr
        yield admin


class Pgbouncer:
    """In front of that server."""

    def __init__(self, folder: Path, server: str) -> None:
        path, environment = program("pgbouncer")
        told = subprocess.run([path, "--version"], env=environment, capture_output=True, text=True, check=True).stdout
        self.version = tuple(map(int, re.findall(r"\d+", told)[:2]))
        self.prepares = self.version >= PREPARED_SINCE
        self.port = free_port()
        more = "max_prepared_statements = 200" if self.prepares else ""
        host = conninfo_to_dict(server)["host"]
        text = CONFIGURATION.format(host=host, port=self.port, folder=folder, connections=SERVER_CONNECTIONS, more=more)
        (folder / "pgbouncer.ini").write_text(text)
        (folder / "users.txt").write_text(f'"chairside_app" "{PASSWORD}"\n')
        folder.chmod(0o755)
        user = ["--user=nobody"] if os.geteuid() == 0 else []
        self.log = folder / "pgbouncer.txt"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [path, *user, str(folder / "pgbouncer.ini")], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.url = f"host=127.0.0.1 port={self.port} dbname=chairside user=chairside_app password={PASSWORD}"
        until(self.answers, 20, what=self.log.read_text)

    def answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            psycopg.connect(self.url, prepare_threshold=None).close()
        except psycopg.OperationalError:
            return False
        return True

    def end(self) -> None:
        self.process.kill()
        self.process.wait(10)


@pytest.fixture(scope="module")
def pooler(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pgbouncer]:
    folder = tmp_path_factory.mktemp("pgbouncer")
    for above in (folder.parent, folder.parent.parent):  # pytest's own are closed to everyone else
        above.chmod(0o755)
    running = Pgbouncer(folder, server)
    yield running
    running.end()


@pytest.fixture(scope="module")
def valkey() -> Iterator[Valkey]:
    with Valkey() as running:
        yield running


@pytest.fixture(scope="module", params=["false", "true"], ids=["unprepared", "prepared"])
def apps(request, pooler: Pgbouncer, valkey: Valkey, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Apart]]:
    if request.param == "true" and not pooler.prepares:
        found = ".".join(map(str, pooler.version))
        pytest.skip(f"pgbouncer {found} does not know prepared statements; since 1.21")
    folder = tmp_path_factory.mktemp("apps")
    environment = {
        **GENEROUS, "CHAIRSIDE_APP_URL": pooler.url, "CHAIRSIDE_PREPARE": request.param, "CHAIRSIDE_REDIS_URL": valkey.url,
        "CHAIRSIDE_SECRET": "s" * 32, "CHAIRSIDE_POOL_SIZE": "6",
    }  # fmt: skip
    two = [Apart(folder, "serve", **environment), Apart(folder, "serve", **environment)]
    with ended(*two, worker := Apart(folder, "worker", **environment)):
        for app in two:
            app.await_ready()
        assert worker.process.poll() is None
        yield two


class TestThroughPgbouncer:
    def test_no_clinic_sees_another_and_every_act_is_done_once(self, apps: list[Apart], server: str) -> None:
        clinics = [Clinic(apps[number % 2].url) for number in range(4)]
        with Load(clinics, [app.url for app in apps], strict=True) as load:
            load.await_more(400)
        assert load.failed == []
        with psycopg.connect(server) as db:
            for clinic in clinics:
                assert clinic.booked
                check(db, clinic)
            used = db.execute("select count(*) from pg_stat_activity where usename = 'chairside_app'").fetchone()
            assert used and used[0] <= SERVER_CONNECTIONS
            until(lambda: done(db), 30)

    def test_what_is_cut_off_in_the_middle_is_done_once_too(self, apps: list[Apart], server: str) -> None:
        clinics = [Clinic(apps[number % 2].url) for number in range(2)]
        with Load(clinics, [app.url for app in apps], strict=False) as load, psycopg.connect(server, autocommit=True) as db:
            for _ in range(5):
                load.await_more(40)
                db.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'chairside_app'")
            load.await_more(40)
        assert load.failed == []
        with psycopg.connect(server) as db:
            for clinic in clinics:
                check(db, clinic)

    def test_a_statement_that_is_given_up_leaves_nothing_behind(self, apps: list[Apart]) -> None:
        """The asker goes away in the middle; what comes next on that connection is whole."""
        clinic = Clinic(apps[0].url)
        for _ in range(20):
            try:
                httpx.get(f"{apps[0].url}{clinic.path}/patients", headers=clinic.headers, timeout=0.004)
            except httpx.TimeoutException:
                continue
        for app in apps:
            answer = httpx.get(f"{app.url}{clinic.path}/patients", headers=clinic.headers)
            assert [one["last_name"] for one in answer.json()["items"]] == [clinic.slug] * 2

    def test_two_processes_share_one_limit(self, apps: list[Apart], pooler: Pgbouncer, valkey: Valkey, tmp_path: Path) -> None:
        environment = {"CHAIRSIDE_APP_URL": pooler.url, "CHAIRSIDE_PREPARE": "false", "CHAIRSIDE_SECRET": secrets.token_hex(16)}
        shared = {**environment, "CHAIRSIDE_REDIS_URL": valkey.url, "CHAIRSIDE_SIGN_UPS_PER_ADDRESS": "5"}
        two = [Apart(tmp_path, "serve", **shared), Apart(tmp_path, "serve", **shared)]
        with ended(*two):
            for app in two:
                app.await_ready()
            codes = [sign_up(two[number % 2].url) for number in range(8)]
        assert codes == [201] * 5 + [429] * 3


def done(db: psycopg.Connection) -> bool:
    """The worker has done what was left to it."""
    left = db.execute("select count(*) from procrastinate_jobs where status in ('todo', 'doing')").fetchone()
    return left == (0,)
