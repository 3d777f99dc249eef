"""Begun anew under load: no request fails, none is done twice. Once by run itself, once by two serve behind a real Caddy."""

import signal
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest
import trustme
from psycopg.conninfo import make_conninfo

from chairside.kernel import embedded
from tests.operations import offered, started
from tests.operations.apart import Apart, ended
from tests.operations.apart import caddy as caddy_program
from tests.operations.load import GENEROUS, Clinic, Load, check
from tests.operations.offered import agreed
from tests.operations.started import Started, command, free_port, refusal, until

HOME = Path(__file__).parents[2]
PASSWORD = "a-password-of-the-operators"


class Authority:
    """Makes certificates for localhost, one after another."""

    def __init__(self, folder: Path) -> None:
        self.certificate, self.key = folder / "certificate.pem", folder / "key.pem"
        self.context = ssl.create_default_context()
        self.renew()

    def renew(self) -> None:
        authority = trustme.CA()
        authority.configure_trust(self.context)
        made = authority.issue_cert("localhost")
        self.key.write_bytes(made.private_key_pem.bytes())
        self.certificate.write_bytes(b"".join(part.bytes() for part in made.cert_chain_pems))

    def words(self) -> list[str]:
        return [f"--certificate={self.certificate}", f"--key={self.key}"]


def shown(port: int) -> str:
    """The certificate that whoever connects sees."""
    return ssl.get_server_certificate(("localhost", port))


def serving(chairside: Started) -> list[psutil.Process]:
    """The apps of the tree; one that has ended and was not taken leave of yet is none."""
    found = []
    for one in chairside.tree():
        with suppress(psutil.ZombieProcess, psutil.NoSuchProcess):
            if "serve" in one.cmdline():
                found.append(one)
    return found


class TestRun:
    """chairside run, over https with a certificate of its own."""

    def test_begins_anew_on_a_signal_and_nobody_notices(self, data: Path, tmp_path: Path) -> None:
        authority = Authority(tmp_path)
        port = free_port()
        chairside = Started(data, port, "--host=127.0.0.1", *authority.words(), **GENEROUS)
        url = f"https://localhost:{port}"
        try:
            until(lambda: "Chairside is ready on " + url in chairside.told(), 60, what=chairside.told)
            clinics = [Clinic(url, authority.context)]
            assert clinics[0].headers["cookie"].startswith("__Host-chairside=")
            answer = httpx.get(f"{url}/api/v1/deployment", verify=authority.context)
            assert "max-age" in answer.headers["strict-transport-security"]
            offered.check(port)
            first = agreed(port, ssl.TLSVersion.TLSv1_2, ":".join(f"ECDHE-RSA-{one}:ECDHE-ECDSA-{one}" for one in offered.GOOD))
            assert first is not None and first[1].endswith("AES256-GCM-SHA384"), "the order is ours, not the client's"
            before, certificate = chairside.child("serve").pid, shown(port)
            authority.renew()
            with Load(clinics, [url], strict=True, verify=authority.context) as load:
                for turn in range(2):
                    load.await_more(20)
                    chairside.process.send_signal(signal.SIGUSR1)
                    until(lambda turn=turn: chairside.told().count("taken over") == turn + 1, 60, what=chairside.told)
                    load.await_more(20)
            assert load.failed == []
            until(lambda: len(serving(chairside)) == 1, 15, what=chairside.told)
            assert chairside.child("serve").pid != before
            assert shown(port) != certificate, "the renewed certificate was not read"
            with psycopg.connect(embedded.admin(chairside.data, "chairside")) as db:
                check(db, clinics[0])
            authority.certificate.write_text("no certificate")
            chairside.process.send_signal(signal.SIGUSR1)
            until(lambda: "goes on" in chairside.told(), 60, what=chairside.told)
            assert httpx.get(f"{url}/api/v1/deployment", verify=authority.context).status_code == 200
        finally:
            assert chairside.end() < 5

    def test_refuses_plain_http_beyond_this_machine(self, tmp_path: Path) -> None:
        for words in (["run", "--no-browser"], ["serve"]):
            done = command(*words, "--host=0.0.0.0", f"--port={free_port()}", f"--data={tmp_path / 'd'}")
            assert refusal(done).startswith("Beyond this machine Chairside speaks https only")
        assert not (tmp_path / "d").exists()

    def test_refuses_a_certificate_that_cannot_be_used(self, tmp_path: Path) -> None:
        authority = Authority(tmp_path)
        authority.key.write_text("no key")
        for words in (authority.words(), authority.words()[:1], [f"--certificate={tmp_path / 'none'}", f"--key={authority.key}"]):
            done = command("run", f"--data={tmp_path / 'd'}", "--no-browser", *words)
            assert "cannot be used" in refusal(done) or "belong together" in refusal(done)

    def test_refuses_an_address_that_is_not_this_machine_s(self, tmp_path: Path) -> None:
        words = Authority(tmp_path).words()
        done = command("run", f"--data={tmp_path / 'd'}", "--no-browser", "--host=192.0.2.1", *words)
        assert "is no address of this machine" in refusal(done)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with started.folder() as folder, embedded.running(folder, fsync="off") as admin:
        admin = make_conninfo(admin, dbname="chairside")
        done = command("migrate", DATABASE_URL=admin, CHAIRSIDE_APP_PASSWORD=PASSWORD)
        assert done.returncode == 0, done.stderr
        yield admin


class Caddy:
    """With the configuration that we ship, in front of these ports."""

    def __init__(self, folder: Path, ports: list[int]) -> None:
        path, environment = caddy_program()
        self.port, self.log = free_port(), folder / "caddy.txt"
        environment = environment | {
            "CHAIRSIDE_SITE": "localhost", "CHAIRSIDE_UPSTREAMS": " ".join(f"127.0.0.1:{port}" for port in ports),
            "CHAIRSIDE_HTTP_PORT": str(free_port()), "CHAIRSIDE_HTTPS_PORT": str(self.port),
            "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder),
        }  # fmt: skip
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [path, "run", "--config", str(HOME / "infra/Caddyfile"), "--adapter", "caddyfile"],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder,
            )  # fmt: skip
        root = folder / "caddy/pki/authorities/local/root.crt"
        self.url = f"https://localhost:{self.port}"
        until(lambda: root.exists() or self.process.poll() is not None, 30, what=self.log.read_text)
        self.context = ssl.create_default_context(cafile=str(root))
        until(self.answers, 30, what=self.log.read_text)

    def answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            return httpx.get(f"{self.url}/api/v1/deployment", verify=self.context).status_code == 200
        except httpx.TransportError:
            return False

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:  # it waits for the streams that a test left open
            self.process.kill()
            self.process.wait(15)


class Two:
    """Two app processes and a worker behind it."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder = folder
        self.environment = {
            **GENEROUS, "CHAIRSIDE_APP_URL": make_conninfo(server, user="chairside_app", password=PASSWORD),
            "CHAIRSIDE_SECRET": "s" * 32, "CHAIRSIDE_DRAIN_SECONDS": "4", "CHAIRSIDE_ORIGIN": "https://localhost",
        }  # fmt: skip
        self.apps = [Apart(folder, "serve", **self.environment) for _ in range(2)]
        self.worker = Apart(folder, "worker", **self.environment)
        for app in self.apps:
            app.await_ready()

    def replace(self, number: int) -> None:
        """Ends one, as a service manager does, and starts it again on its port."""
        old = self.apps[number]
        assert old.end() == 0 or old.process.returncode == -signal.SIGTERM, old.told()
        self.apps[number] = Apart(self.folder, "serve", port=old.port, **self.environment).await_ready()


@pytest.fixture(scope="module")
def two(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    made = Two(tmp_path_factory.mktemp("two"), server)
    with ended(made.worker):
        yield made
        for app in made.apps:
            app.process.kill()
            app.process.wait(10)


@pytest.fixture(scope="module")
def caddy(two: Two, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caddy]:
    running = Caddy(tmp_path_factory.mktemp("caddy"), [app.port for app in two.apps])
    yield running
    running.end()


class Upstream(ThreadingHTTPServer):
    """In the place of an app: answers at once, and knows when it was asked to change something."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[bytes] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Upstream

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        self.server.asked.append(b"")
        self.server.asked[-1] = self.rfile.read(int(self.headers["content-length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None: ...


class TestCaddy:
    def test_passes_a_request_on_when_it_is_whole(self, tmp_path: Path) -> None:
        """Else it may cut an answer off that comes before it has looked whether the request goes on: golang/go#40747."""
        upstream = Upstream()
        caddy = Caddy(tmp_path, [upstream.server_port])
        try:
            with (
                socket.create_connection(("127.0.0.1", caddy.port), 10) as plain,
                caddy.context.wrap_socket(plain, server_hostname="localhost") as line,
            ):
                line.sendall(b"POST /api/v1/session HTTP/1.1\r\nhost: localhost\r\ncontent-length: 8\r\n\r\nhalf")
                time.sleep(0.7)
                assert upstream.asked == []
                line.sendall(b"more")
                assert line.recv(1000).startswith(b"HTTP/1.1 200")
            assert upstream.asked == [b"halfmore"]
        finally:
            caddy.end()
            upstream.shutdown()


class TestBehindCaddy:
    def test_the_app_knows_who_asks_and_that_it_is_https(self, caddy: Caddy, server: str) -> None:
        clinic = Clinic(caddy.url, caddy.context)
        assert clinic.headers["cookie"].startswith("__Host-chairside=")
        forged = {**clinic.headers, "x-forwarded-for": "198.51.100.66", "x-forwarded-proto": "http"}
        body = {"first_name": "A", "last_name": "B", "birth_date": "1980-01-01"}
        made = httpx.post(f"{caddy.url}{clinic.path}/patients", headers=forged, json=body, verify=caddy.context)
        assert made.status_code == 201, made.text
        with psycopg.connect(server) as db:
            found = db.execute("select host(ip) from audit_event where entity_id = %s and action = 'insert'", [made.json()["id"]])
            assert found.fetchall() in ([("127.0.0.1",)], [("::1",)])

    def test_agrees_to_strong_suites_alone(self, caddy: Caddy) -> None:
        offered.check(caddy.port)

    def test_metrics_are_not_for_the_world(self, caddy: Caddy, two: Two) -> None:
        assert httpx.get(f"{caddy.url}/metrics", verify=caddy.context).status_code == 404
        assert httpx.get(f"{two.apps[0].url}/metrics").status_code == 200

    def test_its_log_holds_no_question_and_no_session(self, caddy: Caddy) -> None:
        httpx.get(f"{caddy.url}/api/v1/session?q=Popescu", headers={"cookie": "__Host-chairside=secretive"}, verify=caddy.context)
        until(lambda: "/api/v1/session" in caddy.log.read_text(), 5)
        told = caddy.log.read_text()
        assert "Popescu" not in told and "secretive" not in told

    def test_live_updates_come_as_they_happen(self, caddy: Caddy) -> None:
        clinic = Clinic(caddy.url, caddy.context)
        told: list[float] = []

        def hear() -> None:
            with httpx.stream(
                "GET", f"{caddy.url}{clinic.path}/stream", headers=clinic.headers, verify=caddy.context, timeout=20
            ) as answer:
                for line in answer.iter_lines():
                    if line.startswith("event:") or line.startswith("data:"):
                        told.append(time.monotonic())
                    if len(told) > 3:
                        return

        hearing = threading.Thread(target=hear, daemon=True)
        hearing.start()
        until(lambda: bool(told), 10)
        body = {"first_name": "A", "last_name": "B", "birth_date": "1980-01-01"}
        made = httpx.post(f"{caddy.url}{clinic.path}/patients", headers=clinic.headers, json=body, verify=caddy.context)
        assert made.status_code == 201
        first = len(told)
        until(lambda: len(told) > first or not hearing.is_alive(), 10)

    def test_each_is_replaced_in_turn_and_nobody_notices(self, caddy: Caddy, two: Two, server: str) -> None:
        clinics = [Clinic(caddy.url, caddy.context) for _ in range(2)]
        with Load(clinics, [caddy.url], strict=True, verify=caddy.context) as load:
            for number in range(2):
                load.await_more(30)
                two.replace(number)
                time.sleep(2)  # Caddy looks once in a second
            load.await_more(30)
        assert load.failed == []
        with psycopg.connect(server) as db:
            for clinic in clinics:
                check(db, clinic)
