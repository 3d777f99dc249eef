"""The embedded server on folders that others left in every state."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from chairside.kernel import embedded, folder, orphans
from chairside.kernel.stop import Stop
from tests.operations import started


@pytest.fixture(scope="module")
def made():
    """A database that was stopped in order; every test leaves it so."""
    with started.folder() as data:
        with embedded.running(data, fsync="off"):
            pass
        yield data


def answers(admin: str) -> bool:
    with psycopg.connect(admin) as db:
        return db.execute("select 1").fetchone() == (1,)


class TestStart:
    def test_is_made_as_promised(self, made: Path) -> None:
        with embedded.running(made, fsync="off") as admin, psycopg.connect(admin) as db:
            shown = {
                name: db.execute(f"show {name}").fetchone()[0]
                for name in ("data_checksums", "listen_addresses", "password_encryption")
            }  # type: ignore[index]
            rules = db.execute("select distinct auth_method from pg_hba_file_rules").fetchall()
        assert shown == {"data_checksums": "on", "listen_addresses": "", "password_encryption": "scram-sha-256"}
        assert rules == [("scram-sha-256",)]

    def test_logs_no_values(self, made: Path) -> None:
        with embedded.running(made, fsync="off") as admin, psycopg.connect(admin, autocommit=True) as db:
            db.execute("create table canary (name text primary key)")
            for _ in range(2):
                with suppress(psycopg.errors.UniqueViolation):
                    db.execute("insert into canary values (%s)", ["Wrenfield"])
            db.execute("drop table canary")
        log = (made / "postgres.log").read_text()
        assert "canary_pkey" in log
        assert "Wrenfield" not in log

    def test_sets_a_long_log_aside_while_it_goes_on_writing(self, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(embedded, "LOG_BYTES", 10)
        log, aside = made / "postgres.log", made / "postgres.log.1"
        with embedded.running(made, fsync="off") as admin, psycopg.connect(admin, autocommit=True) as db:
            for word in ("before", "after"):
                with suppress(psycopg.errors.UndefinedTable):
                    db.execute(f"select from {word}".encode())
                if word == "before":
                    embedded.shorten_log(made)
        assert "before" in aside.read_text()
        assert "before" not in log.read_text()
        assert log.read_text().count("after") == 2
        assert b"\0" not in log.read_bytes()
        assert aside.stat().st_mode & 0o777 == 0o600

    def test_over_a_pid_file_whose_number_is_somebody_elses_now(self, made: Path) -> None:
        stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, cwd="/")
        try:
            (made / "postgres/postmaster.pid").write_text(
                f"{stranger.pid}\n{made / 'postgres'}\n1\n5432\n{made}\n\n  1 2\nready   \n"
            )
            (made / ".s.PGSQL.5432.lock").write_text(f"{stranger.pid}\n")
            with embedded.running(made, fsync="off") as admin:
                assert answers(admin)
            assert stranger.poll() is None
        finally:
            stranger.communicate(b"\n")

    def test_over_a_server_that_outlived_its_parent(self, made: Path) -> None:
        """As where no signal tells it that the parent died."""
        left = embedded.start(made, {"fsync": "off"})
        with embedded.running(made, fsync="off") as admin:
            assert left.postmaster.wait(1) == 0
            assert answers(admin)

    def test_over_backends_that_outlived_their_server(self, made: Path) -> None:
        left = embedded.start(made, {"fsync": "off"})
        with psycopg.connect(left.admin) as db:
            backend = db.info.backend_pid
            os.kill(backend, signal.SIGSTOP)  # cannot notice that its parent died
            left.postmaster.kill()
            left.postmaster.wait()
            started.until(lambda: orphans.tenants(made / "postgres") == [backend], 5)
            with embedded.running(made, fsync="off") as admin:
                assert answers(admin)

    def test_over_a_set_up_that_was_killed_half_way(self) -> None:
        with started.folder() as data:
            embedded.prepare(data)
            (data / "postgres.unfinished").mkdir()
            (data / "postgres.unfinished/PG_VERSION").write_text("18")
            (data / "admin.password").write_text("of the one that was never finished")
            with embedded.running(data, fsync="off") as admin:
                assert answers(admin)

    def test_refuses_a_path_that_no_socket_can_have(self) -> None:
        with started.folder() as data, pytest.raises(Stop, match="too long a path by"):
            embedded.start(data / ("x" * 100))

    def test_tells_where_to_read_why_it_did_not_start(self, made: Path) -> None:
        with pytest.raises(Stop, match=r"postgres\.log says why"):
            embedded.start(made, {"shared_buffers": "nonsense"})


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to nobody")
class TestAsRoot:
    def test_runs_as_nobody(self, made: Path) -> None:
        with embedded.running(made, fsync="off"):
            owner = Path(f"/proc/{orphans.tenants(made / 'postgres')[0]}").stat().st_uid
        assert owner == made.stat().st_uid != 0

    def test_says_so_when_this_root_may_become_nobody_else(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "chown", refuse)
        with started.folder() as data, pytest.raises(Stop, match="run it as another user"), embedded.running(data):
            pass

    def test_refuses_a_folder_that_nobody_can_reach(self) -> None:
        with TemporaryDirectory() as private, pytest.raises(Stop, match=r"inside a private folder.*another --data\.$"):
            embedded.start(Path(private) / "data")

    def test_copies_binaries_out_of_a_private_environment(self, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with TemporaryDirectory() as private:
            hidden = Path(private) / "pginstall"
            shutil.copytree(embedded._binaries(), hidden, symlinks=True)
            monkeypatch.setattr(embedded, "_binaries", lambda: hidden)
            with embedded.running(made, fsync="off") as admin:
                assert answers(admin)
            copies = list(made.glob("install-*"))
            assert len(copies) == 1
            with embedded.running(made, fsync="off"):
                assert list(made.glob("install-*")) == copies
            assert Path(private).stat().st_mode & 0o077 == 0, "the private folder was opened"
        shutil.rmtree(copies[0])


class TestFolder:
    def test_is_held_by_one(self, tmp_path: Path) -> None:
        with (
            folder.held(tmp_path, "the first"),
            pytest.raises(folder.Held, match="the first"),
            folder.held(tmp_path, "the second"),
        ):
            pass
        with folder.held(tmp_path, "the third"):
            pass

    def test_refuses_to_close_what_holds_other_things(self, tmp_path: Path) -> None:
        (tmp_path / "holiday.jpg").touch()
        tmp_path.chmod(0o755)
        with pytest.raises(Stop, match="holds other things"):
            folder.private(tmp_path)
        assert tmp_path.stat().st_mode & 0o777 == 0o755

    def test_makes_a_secret_once_whoever_comes_first(self, tmp_path: Path) -> None:
        made = folder.secret(tmp_path, "s")
        assert len(made) >= 32
        assert folder.secret(tmp_path, "s") == made
        assert folder.new_secret(tmp_path / "s") != made
        assert [path.name for path in tmp_path.iterdir()] == ["s"]
        assert (tmp_path / "s").stat().st_mode & 0o777 == 0o600
