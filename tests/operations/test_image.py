"""The image and what stands around it. No engine builds it here; what can be said without one is said, and its steps are taken."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import httpx
import pytest
import yaml
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from chairside.cli import COMMANDS
from chairside.kernel import embedded, migrate
from chairside.kernel.settings import Settings
from tests.operations import started
from tests.operations.apart import caddy
from tests.operations.started import clean, free_port, until
from tools import uv

HOME = Path(__file__).parents[2]
INFRA = HOME / "infra"
PINNED = re.compile(r"^[\w./-]+:[\w.-]*\d[\w.-]*(@sha256:[0-9a-f]{64})?$")
OTHERS = {"CHAIRSIDE_APP_PASSWORD", "CHAIRSIDE_SITE", "CHAIRSIDE_UPSTREAMS"}  # of commands and of Caddy, not of Settings
SETTINGS = {f"CHAIRSIDE_{field.name.upper()}" for field in fields(Settings)} | OTHERS
PASSWORD = "a-password-of-the-operators"
NOWHERE = ["--data", "/dev/null/nowhere"]
"""The image's user may write nothing; whoever runs the tests may be root, and could."""


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((INFRA / "compose.yaml").read_text())


def steps(name: str) -> list[str]:
    """The instructions of this kind in the Dockerfile, in order."""
    whole = (INFRA / "Dockerfile").read_text().replace("\\\n", " ")
    return [line.split(maxsplit=1)[1].strip() for line in whole.splitlines() if line.split(maxsplit=1)[:1] == [name]]


class TestDockerfile:
    def test_begins_from_a_pinned_image(self):
        [base] = [one.removeprefix("BASE=") for one in steps("ARG")]
        assert PINNED.match(base)
        assert steps("FROM") == ["${BASE} AS build", "${BASE}"]

    def test_ends_as_nobody_in_particular_with_a_command_that_exists(self):
        assert steps("USER") == ["10001:10001"]
        assert steps("ENTRYPOINT") == ['["chairside"]']
        assert yaml.safe_load(steps("CMD")[-1])[0] in COMMANDS
        assert "/health" in steps("HEALTHCHECK")[0]

    def test_takes_along_what_building_needs_and_no_secret(self):
        kept = {line.lstrip("!") for line in (HOME / ".dockerignore").read_text().splitlines() if line.startswith("!")}
        made_of = {"LICENSE", "README.md", "chairside", "pyproject.toml", "tools", "uv.lock", "web"}
        shipped = re.findall(r'"(.+)": "chairside/shipped', (HOME / "tools/wheel.py").read_text())
        assert len(shipped) > 1
        assert kept == made_of | {one for one in shipped if one.split("/")[0] not in made_of}
        assert all((HOME / name).exists() for name in kept)


class TestCompose:
    def test_every_image_is_pinned(self, compose):
        images = {name: one.get("image", "") for name, one in compose["services"].items()}
        assert {
            name for name, image in images.items() if not PINNED.match(image.replace("${CHAIRSIDE_VERSION:-0.1.0}", "0.1.0"))
        } == set()

    def test_every_setting_exists(self, compose):
        for name, one in compose["services"].items():
            named = {key.removesuffix("_FILE") for key in one.get("environment", {}) if key.startswith("CHAIRSIDE_")}
            assert named <= SETTINGS, name

    def test_every_setting_of_the_example_exists(self):
        named = set(re.findall(r"^#? ?(CHAIRSIDE_[A-Z_]+)=", (INFRA / "example.env").read_text(), re.MULTILINE))
        assert len(named) > 4
        assert named <= SETTINGS

    def test_every_command_of_ours_exists(self, compose):
        ours = [one for one in compose["services"].values() if one["image"].startswith("chairside:")]
        assert len(ours) == 4
        assert {one["command"][0] for one in ours if "command" in one} <= set(COMMANDS)

    def test_ours_may_write_nothing_and_do_nothing_special(self, compose):
        for one in compose["services"].values():
            if one["image"].startswith("chairside:"):
                assert one["read_only"] and one["cap_drop"] == ["ALL"] and "ports" not in one

    def test_all_that_keep_or_show_files_share_their_place(self, compose):
        dockerfile = (INFRA / "Dockerfile").read_text()
        for name in ("app1", "app2", "worker"):
            one = compose["services"][name]
            assert one["environment"]["CHAIRSIDE_FILES"] == "${CHAIRSIDE_FILES:-/files}"
            assert "files:/files" in one["volumes"]
        assert "files" in compose["volumes"] and re.search(r"--owner=10001 .*/files", dockerfile)

    def test_only_the_proxy_can_be_reached(self, compose):
        assert [name for name, one in compose["services"].items() if "ports" in one] == ["caddy"]

    def test_the_others_wait_for_the_migration(self, compose):
        for name in ("app1", "app2", "worker"):
            assert compose["services"][name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert compose["services"]["migrate"]["depends_on"]["db"] == {"condition": "service_healthy"}

    def test_everything_that_stays_says_whether_it_is_well(self, compose):
        own = {"migrate", "worker", "app1", "app2"}  # one ends, one has no port, two have the image's
        assert {name for name, one in compose["services"].items() if not one.get("healthcheck")} | own == own

    def test_no_password_stands_in_it_and_every_secret_is_a_file(self, compose):
        text = (INFRA / "compose.yaml").read_text() + (INFRA / "example.env").read_text() + (INFRA / "pgbouncer.ini").read_text()
        assert not re.search(r"(?i)(password|secret)\w*[ ]*[:=][ ]*(?!/run/secrets/|\{file|\[|$)[\w'\"]+", text, re.MULTILINE)
        assert all(set(one) == {"file"} for one in compose["secrets"].values())
        used = {name for one in compose["services"].values() for name in one.get("secrets", [])}
        assert used == set(compose["secrets"])

    def test_what_only_its_owner_may_read_belongs_to_the_user_of_the_image(self):
        told = (INFRA / "compose.yaml").read_text()
        user = steps("USER")[0].split(":")[0]
        for secret in ("keyring", "audit_key"):
            assert re.search(rf"^#.*chown {user} .*\b{secret}\b", told, re.MULTILINE), secret

    def test_the_proxy_that_is_believed_is_the_one_that_stands_there(self, compose):
        caddy = compose["services"]["caddy"]["networks"]["default"]["ipv4_address"]
        assert compose["services"]["app1"]["environment"]["CHAIRSIDE_PROXIES"] == caddy

    def test_the_app_drains_in_less_time_than_it_is_given(self, compose):
        app = compose["services"]["app1"]
        assert float(app["environment"]["CHAIRSIDE_DRAIN_SECONDS"]) + 5 < int(app["stop_grace_period"].removesuffix("s"))

    def test_is_read_by_docker_itself(self, tmp_path: Path):
        if not shutil.which("docker") or subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
            pytest.skip("docker compose is not installed")
        done = subprocess.run(
            ["docker", "compose", "-f", str(INFRA / "compose.yaml"), "--env-file", str(INFRA / "example.env"), "config", "--quiet"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


class TestAround:
    def test_caddy_reads_its_configuration(self, tmp_path: Path):
        path, environment = caddy()
        words = [path, "validate", "--config", str(INFRA / "Caddyfile"), "--adapter", "caddyfile"]
        homes = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
        done = subprocess.run(words, env=environment | homes, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def test_alerts_watch_what_is_told(self):
        source = "".join(path.read_text() for path in HOME.glob("chairside/**/*.py"))
        told = set(re.findall(r'"(chairside_[a-z_]+)"', source)) | set(
            re.findall(r"(chairside_request_seconds_bucket)\{", source)
        )
        rules = [rule for group in yaml.safe_load((INFRA / "alerts.yaml").read_text())["groups"] for rule in group["rules"]]
        named = {name for rule in rules for name in re.findall(r"chairside_[a-z_]+", rule["expr"])}
        assert len(named) > 8
        assert named <= told
        assert all(rule["annotations"]["summary"].endswith(".") for rule in rules)

    def test_workflows_are_readable_and_pin_what_they_use(self):
        for file in (HOME / ".github/workflows").glob("*.yml"):
            flow = yaml.safe_load(file.read_text())
            assert set(flow) >= {"name", True, "permissions", "jobs"}, file  # YAML reads `on` as true
            for job in flow["jobs"].values():
                assert job["timeout-minutes"] and job["runs-on"] != "ubuntu-latest"
                for step in job["steps"]:
                    if "uses" in step:
                        assert re.search(r"@([0-9a-f]{40}|v\d+(\.\d+)*)$", step["uses"]), step


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The Dockerfile's steps after the web app is built: the wheel, the locked requirements, an environment of its own."""
    folder = tmp_path_factory.mktemp("image")
    program, made = uv.bring(HOME / ".tools"), {"UV_SYSTEM_CERTS": "true", **os.environ, "VIRTUAL_ENV": ""}
    moved = {".tools/uv-*/bin/uv": program, "/wheels": str(folder), "/opt/chairside": str(folder / "opt")}
    for step in steps("RUN"):
        if step.startswith(".tools/uv-"):
            for here, there in moved.items():
                step = step.replace(here, there)
            done = subprocess.run(["sh", "-c", step], cwd=HOME, env=made, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{step}\n{done.stderr}"
    yield folder / "opt/bin/chairside"
    shutil.rmtree(folder / "opt")


class TestInstalled:
    def test_migrates_serves_and_works_without_the_repo(self, installed: Path, tmp_path: Path):
        (tmp_path / "password").write_text(PASSWORD + "\n")
        (tmp_path / "secret").write_text("s" * 40)
        with started.folder() as data, embedded.running(data, fsync="off") as admin:
            given = conninfo_to_dict(make_conninfo(admin, dbname="chairside"))
            (tmp_path / "admin").write_text(str(given.pop("password")))
            environment = clean(
                PATH=f"{installed.parent}:/usr/bin:/bin", CHAIRSIDE_ENVIRONMENT="production", HOME="/nonexistent",
                DATABASE_URL=make_conninfo("", **given), PGPASSWORD_FILE=str(tmp_path / "admin"),
                CHAIRSIDE_APP_PASSWORD_FILE=str(tmp_path / "password"), CHAIRSIDE_SECRET_FILE=str(tmp_path / "secret"),
                CHAIRSIDE_PROXIES="172.30.0.10", CHAIRSIDE_KEYRING=str(tmp_path / "keyring"),
                CHAIRSIDE_AUDIT_KEY_FILE=str(tmp_path / "audit"),
                CHAIRSIDE_AUDIT_PLACE=str(tmp_path / "place"),
            )  # fmt: skip
            environment.pop("PYTHONPATH", None)
            done = subprocess.run([installed, "audit", "key", str(tmp_path / "audit")], cwd="/", env=clean(), check=False)
            assert done.returncode == 0
            done = subprocess.run([installed, "migrate"], cwd="/", env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            assert f"at {migrate.newest()}" in done.stdout
            made = [installed, "keys", "new", str(tmp_path / "keyring")]
            assert subprocess.run(made, cwd="/", env=environment, check=False).returncode == 0
            port = free_port()
            output = (tmp_path / "output").open("wb")
            processes = [
                subprocess.Popen([installed, *words], cwd="/", env=environment, stdout=output, stderr=output)
                for words in (["serve", "--host", "0.0.0.0", "--port", str(port), *NOWHERE], ["worker", *NOWHERE])
            ]
            try:
                until(lambda: ready(port), 60, what=(tmp_path / "output").read_text)
                page = httpx.get(f"http://127.0.0.1:{port}/")
                assert page.status_code == 200 and "<script" in page.text
                asset = re.search(r'src="(/assets/[^"]+\.js)"', page.text)
                assert asset and httpx.get(f"http://127.0.0.1:{port}{asset[1]}").status_code == 200
            finally:
                for process in processes:
                    process.terminate()
                    process.wait(15)

    def test_refuses_to_start_without_its_secrets(self, installed: Path, tmp_path: Path):
        environment = clean(PATH=f"{installed.parent}:/usr/bin:/bin", CHAIRSIDE_ENVIRONMENT="production")
        for more, sentence in (
            ({}, "CHAIRSIDE_SECRET must have at least 32 characters"),
            ({"CHAIRSIDE_SECRET_FILE": str(tmp_path / "none")}, "cannot be read"),
        ):
            done = subprocess.run(
                [installed, "serve"], cwd="/", env=environment | more, capture_output=True, text=True, check=False
            )
            assert done.returncode == 1 and sentence in done.stderr


def ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/ready", timeout=5).status_code == 200
    except httpx.TransportError:
        return False
