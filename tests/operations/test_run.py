"""chairside run: one process tree on one folder and one port, closed to everyone else."""

import socket
import stat
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from chairside.kernel import embedded
from tests.operations.started import Started, command, free_port, refusal

IDLE_MEGABYTES = 450


def is_open(path: Path) -> bool:
    """To somebody else; what is gone meanwhile, as PostgreSQL's own passing files are, is to nobody."""
    with suppress(FileNotFoundError):
        return bool(stat.S_IMODE(path.lstat().st_mode) & 0o077) and not path.is_symlink()
    return False


class TestRun:
    def test_tells_what_it_does_and_where_it_is(self, chairside: Started) -> None:
        told = chairside.told()
        assert f"in {chairside.data}" in told
        assert f"ready on http://localhost:{chairside.port}" in told

    def test_serves_the_api(self, chairside: Started) -> None:
        answer = httpx.get(f"http://127.0.0.1:{chairside.port}/ready")
        assert answer.json() == {"status": "ok", "database": True, "migrations": True, "worker": True}

    def test_listens_on_this_machine_only(self, chairside: Started) -> None:
        listening = {
            (process.pid, connection.laddr)
            for process in chairside.tree()
            for connection in process.net_connections("inet")
            if connection.status == psutil.CONN_LISTEN
        }
        assert {address for _, address in listening} == {("127.0.0.1", chairside.port)}

    def test_closes_its_folder_to_everyone_else(self, chairside: Started) -> None:
        found = [chairside.data, *chairside.data.rglob("*")]
        assert len(found) > 900
        # Libraries copied out of a private environment are nobody's secret; what holds them is closed.
        mine = [path for path in found if not any(part.startswith("install-") for part in path.parts)]
        assert [path for path in mine if is_open(path)] == []

    def test_lets_nobody_in_without_a_password(self, chairside: Started) -> None:
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"{embedded.address(chairside.data)} user=postgres dbname=postgres")

    def test_stays_small(self, chairside: Started) -> None:
        chairside.await_ready()
        assert sum(process.memory_full_info().pss for process in chairside.tree()) / 1e6 < IDLE_MEGABYTES

    def test_refuses_a_second_start_on_the_same_data(self, chairside: Started) -> None:
        done = command("run", f"--data={chairside.data}", f"--port={free_port()}", "--no-browser")
        assert refusal(done) == (
            f"Chairside is already running on {chairside.data} "
            f"(process {chairside.process.pid}, http://localhost:{chairside.port})."
        )

    def test_refuses_a_port_that_is_taken(self, tmp_path: Path) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            done = command("run", f"--data={tmp_path / 'd'}", f"--port={port}", "--no-browser")
        assert refusal(done) == f"Port {port} is taken by another program; choose one with --port."

    def test_refuses_the_invented_clinic_in_production(self, tmp_path: Path) -> None:
        production = {"CHAIRSIDE_ENVIRONMENT": "production", "CHAIRSIDE_SECRET": "s" * 32}
        done = command("run", f"--data={tmp_path / 'd'}", "--demo", "--no-browser", **production)
        assert "development only" in refusal(done)
        assert not (tmp_path / "d").exists()

    def test_other_commands_attach_to_its_database(self, chairside: Started) -> None:
        done = command("migrate", f"--data={chairside.data}")
        assert done.returncode == 0, done.stderr
        assert "0 migrations done" in done.stdout
        assert chairside.is_ready()
