"""A server of the operator's in DATABASE_URL: migrate, serve and worker apart, or run over all of them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.kernel import embedded, migrate
from chairside.kernel.stop import Stop
from tests.operations import started
from tests.operations.started import COMMAND, Started, clean, command, free_port, refusal

PASSWORD = "a password of the operator's"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Somebody's own PostgreSQL; the administrator's connection string for a database that is not there yet."""
    with started.folder() as folder, embedded.running(folder, fsync="off") as admin:
        yield make_conninfo(admin, dbname="practice")


@pytest.fixture(scope="module")
def migrated(server: str) -> str:
    done = command("migrate", DATABASE_URL=server, CHAIRSIDE_APP_PASSWORD=PASSWORD)
    assert done.returncode == 0, done.stderr
    assert f"The database is at {migrate.newest()}" in done.stdout
    return server


class TestApart:
    def test_migrate_makes_roles_and_database_and_again_does_nothing(self, migrated: str) -> None:
        with psycopg.connect(make_conninfo(migrated, user="chairside_app", password=PASSWORD)) as db:
            assert migrate.revision(db) == migrate.newest()
        again = command("migrate", DATABASE_URL=migrated)
        assert "0 migrations done" in again.stdout, again.stderr

    def test_migrate_works_for_one_who_is_no_superuser(self, migrated: str) -> None:
        with psycopg.connect(make_conninfo(migrated, dbname="postgres"), autocommit=True) as db:
            db.execute("create role keeper login createrole createdb password 'k'")
            roles = "chairside_owner, chairside_app, chairside_auth, chairside_search, chairside_sealer, chairside_tailer"
            db.execute(f"grant {roles} to keeper with admin option")
        done = command("migrate", DATABASE_URL=make_conninfo(migrated, dbname="branch", user="keeper", password="k"))
        assert done.returncode == 0, done.stderr

    def test_migrate_says_that_the_app_may_not(self, migrated: str) -> None:
        with psycopg.connect(migrated, autocommit=True) as db:
            db.execute("create role visitor login password 'v'")
        done = command("migrate", DATABASE_URL=make_conninfo(migrated, user="visitor", password="v"))
        assert "must be an administrator's" in refusal(done)

    def test_serve_and_worker_run_on_it(self, migrated: str, tmp_path: Path) -> None:
        port = free_port()
        url = make_conninfo(migrated, user="chairside_app", password=PASSWORD)
        environment = clean(CHAIRSIDE_APP_URL=url, CHAIRSIDE_KEYRING=started.keyring())
        output = (tmp_path / "output").open("wb")
        apart = [
            subprocess.Popen(
                [*COMMAND, *words, f"--data={tmp_path / 'd'}"],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
            for words in (["serve", f"--port={port}"], ["worker"])
        ]

        def ready() -> bool:
            try:
                return httpx.get(f"http://127.0.0.1:{port}/ready").status_code == 200
            except httpx.TransportError:
                return False

        try:
            started.until(ready, 30, what=(tmp_path / "output").read_text)
        finally:
            for process in apart:
                process.terminate()
            codes = [process.wait(10) for process in apart]
        assert codes[1] == 0

    def test_serve_refuses_to_pass_the_fences(self, migrated: str, tmp_path: Path) -> None:
        done = command("serve", f"--port={free_port()}", f"--data={tmp_path}", DATABASE_URL=migrated)
        assert "must not run as postgres" in refusal(done)

    def test_serve_refuses_a_database_behind_this_release(self, migrated: str, tmp_path: Path) -> None:
        with psycopg.connect(make_conninfo(migrated, dbname="postgres"), autocommit=True) as db:
            db.execute("create database behind")
        url = make_conninfo(migrated, dbname="behind", user="chairside_app", password=PASSWORD)
        done = command("serve", f"--port={free_port()}", f"--data={tmp_path}", CHAIRSIDE_APP_URL=url)
        assert refusal(done).endswith("run chairside migrate.")

    def test_refuses_a_server_that_does_not_answer(self, tmp_path: Path) -> None:
        done = command("migrate", DATABASE_URL="postgresql://a@127.0.0.1:1/b")
        assert "cannot be reached" in refusal(done)

    @pytest.mark.parametrize("url", ["postgresql://a@127.0.0.1", "not one"])
    def test_refuses_what_names_no_database(self, url: str) -> None:
        assert refusal(command("migrate", DATABASE_URL=url)).startswith("DATABASE_URL ")

    def test_refuses_an_old_server(self) -> None:
        old: psycopg.Connection = SimpleNamespace(info=SimpleNamespace(server_version=170004))  # type: ignore[assignment]
        with pytest.raises(Stop, match=r"^Chairside needs PostgreSQL 18 or newer; this server is 17\.$"):
            migrate.check_server(old)


class TestRun:
    def test_runs_on_it_without_a_server_of_its_own(self, server: str) -> None:
        with started.folder() as data:
            chairside = Started(data, free_port(), DATABASE_URL=server, CHAIRSIDE_KEYRING=started.keyring())
            chairside.await_ready()
            assert not (data / "postgres").exists()
            assert len(chairside.tree()) == 3
            assert chairside.end() < 5


class TestReset:
    def test_makes_the_database_anew(self, migrated: str, tmp_path: Path) -> None:
        with psycopg.connect(migrated, autocommit=True) as db:
            db.execute("create table left_over ()")
        done = command("reset", "--empty", f"--data={tmp_path}", DATABASE_URL=migrated)
        assert done.returncode == 0, done.stderr
        with psycopg.connect(migrated) as db:
            assert db.execute("select to_regclass('left_over'), to_regclass('patient') is not null").fetchone() == (None, True)

    def test_refuses_outside_development(self, migrated: str, tmp_path: Path) -> None:
        production = {"CHAIRSIDE_ENVIRONMENT": "production", "CHAIRSIDE_SECRET": "s" * 32}
        done = command("reset", "--empty", f"--data={tmp_path}", DATABASE_URL=migrated, **production)
        assert refusal(done).startswith("reset is for development only")
