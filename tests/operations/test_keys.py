"""The keyring is made, followed and missed, as an operator meets it."""

import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.kernel import embedded
from tests.operations.started import COMMAND, Started, clean, command, free_port, refusal


def keks(data: Path) -> set[str]:
    with psycopg.connect(make_conninfo(embedded.admin(data), dbname="chairside")) as db:
        both = "select kek from clinic_key union select kek from deployment_key"
        return {kek for (kek,) in db.execute(both)}


def keyring(data: Path) -> Path:
    return data / "keyring"


class TestKeyring:
    """In the order in which it is lived through, on one folder."""

    def test_is_made_on_the_first_start_and_closed_to_others(self, chairside: Started, data: Path) -> None:
        assert keyring(data).stat().st_mode & 0o777 == 0o600
        assert len(keks(data)) == 1

    def test_is_followed_by_another_while_chairside_works(self, chairside: Started, data: Path) -> None:
        before = keks(data)
        told = command("keys", "new", str(keyring(data)))
        assert told.returncode == 0, told.stderr
        newest = told.stdout.split()[0]
        done = command("keys", "rotate", f"--data={data}")
        assert done.returncode == 0 and "wrapped by the newest key" in done.stdout, done.stderr
        assert keks(data) == {newest} != before
        status = command("keys", "status", f"--data={data}")
        assert f"{newest} wraps" in status.stdout and "No clinic is on its way" in status.stdout, status.stderr
        keyring(data).write_text(keyring(data).read_text().splitlines()[0])  # the older key may go

    def test_gives_a_clinic_another_data_key(self, chairside: Started, data: Path) -> None:
        about = ["--name=North", "--slug=north", "--timezone=Europe/Bucharest", "--owner=Ana", "--email=ana@example.test"]
        made = subprocess.run(
            [*COMMAND, "clinic", "create", *about, f"--data={data}"], env=clean(), input="brown otters knit at noon\n", text=True,
            capture_output=True, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        done = command("keys", "rotate", "--clinic=north", f"--data={data}")
        assert done.stdout.startswith("north: key 2;"), done.stderr
        assert "north: key 2, sealing what lies under key 1" in command("keys", "status", f"--data={data}").stdout

    def test_gives_the_deployment_another_data_key(self, chairside: Started, data: Path) -> None:
        done = command("keys", "rotate", "--deployment", f"--data={data}")
        assert done.returncode == 0, done.stderr
        assert "There is no clinic at nowhere" in refusal(command("keys", "rotate", "--clinic=nowhere", f"--data={data}"))
        with psycopg.connect(make_conninfo(embedded.admin(data), dbname="chairside")) as db:
            assert db.execute("select max(version) from deployment_key").fetchone() == (2,)


class TestWithoutIt:
    """As after a restore into another machine to which nobody brought the keyring."""

    @pytest.fixture
    def lost(self, data: Path, tmp_path: Path):
        if not (data / "postgres").exists():
            first = Started(data, free_port()).await_ready()
            first.end()
        kept = tmp_path / "kept"
        shutil.move(keyring(data), kept)
        yield data
        shutil.move(kept, keyring(data))

    def test_the_app_does_not_start_and_says_what_is_missing(self, lost: Path) -> None:
        for words in (["serve", f"--port={free_port()}"], ["worker"], ["keys", "rotate"]):
            said = refusal(command(*words, f"--data={lost}"))
            assert "The keys of this database are not in" in said and "Put the keyring" in said

    def test_production_does_not_make_one(self, lost: Path) -> None:
        production = {"CHAIRSIDE_ENVIRONMENT": "production", "CHAIRSIDE_SECRET": "s" * 32}
        said = refusal(command("worker", f"--data={lost}", **production))
        assert said.startswith("CHAIRSIDE_KEYRING or CHAIRSIDE_KMS_KEY must be set")
        assert not keyring(lost).exists()

    def test_it_goes_on_once_it_is_back(self, data: Path) -> None:
        again = Started(data, free_port()).await_ready()
        again.end()
