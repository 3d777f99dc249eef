"""A backup is taken while the clinic works, and comes back whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.kernel import embedded, migrate
from tests.operations import started
from tests.operations.load import GENEROUS, Clinic, Load, check
from tests.operations.started import Started, command, free_port, refusal

FILE = "taken.chairside"


class Taken:
    """A Chairside on which desks worked while the backup was taken; it has ended."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder, self.data = folder, data
        self.key, self.file = folder / "key", folder / FILE
        done = command("backup", "key", str(self.key))
        assert done.returncode == 0, done.stderr
        chairside = Started(data, free_port(), **GENEROUS).await_ready()
        url = f"http://localhost:{chairside.port}"
        self.clinics = [Clinic(url), Clinic(url)]
        with Load(self.clinics, [url], strict=True) as load:
            load.await_more(60)
            self.before = [(list(clinic.booked), list(clinic.paid)) for clinic in self.clinics]
            done = self.take(self.file)
            assert done.returncode == 0, done.stderr
            load.await_more(20)
        assert load.failed == []
        self.working = chairside

    def take(self, *words: "str | Path"):
        return command("backup", *map(str, words), f"--key={self.key}", f"--data={self.data}")

    def asks(self, *words: "str | Path", key: "Path | None" = None):
        return command(*words[0].split(), *map(str, words[1:]), f"--key={key or self.key}")  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taken]:
    with started.folder() as data:
        made = Taken(tmp_path_factory.mktemp("backup"), data)
        yield made
        started.ended([made.working])


@pytest.fixture(scope="module")
def other() -> Iterator[str]:
    """Another machine's PostgreSQL: the administrator's connection string for a database that is not there yet."""
    with started.folder() as folder, embedded.running(folder, fsync="off") as admin:
        yield make_conninfo(admin, dbname="chairside")


class TestBackup:
    def test_is_closed_to_others_and_leaves_nothing_unfinished(self, taken: Taken) -> None:
        assert taken.file.stat().st_mode & 0o777 == 0o600
        assert sorted(path.name for path in taken.folder.iterdir()) == ["key", FILE]
        assert taken.clinics[0].slug.encode() not in taken.file.read_bytes()

    def test_verifies(self, taken: Taken) -> None:
        done = taken.asks("backup verify", taken.file)
        assert done.returncode == 0, done.stderr
        assert "2 clinics" in done.stdout and "the books balance" in done.stdout

    def test_into_a_folder_is_named_for_its_moment_and_keeps_so_many(self, taken: Taken, tmp_path: Path) -> None:
        (tmp_path / "2020-01-01T000000+0000.chairside").touch()
        (tmp_path / "letters.txt").touch()
        done = taken.take(tmp_path, "--keep=1")
        assert done.returncode == 0, done.stderr
        names = sorted(path.name for path in tmp_path.iterdir())
        assert len(names) == 2 and names[1] == "letters.txt" and not names[0].startswith("2020-01-01")

    def test_takes_no_file_s_place(self, taken: Taken) -> None:
        assert "is there already" in refusal(taken.take(taken.file))

    def test_without_a_key_there_is_none(self, taken: Taken, tmp_path: Path) -> None:
        done = command("backup", str(tmp_path / "f"), f"--key={tmp_path / 'none'}", f"--data={taken.data}")
        assert "makes one" in refusal(done)
        assert list(tmp_path.iterdir()) == []

    def test_of_one_who_does_not_see_every_clinic_is_refused(self, taken: Taken, tmp_path: Path) -> None:
        url = f"{embedded.address(taken.data)} user=chairside_app password={(taken.data / 'app.password').read_text()} dbname=chairside"
        done = command("backup", str(tmp_path / "f"), f"--key={taken.key}", DATABASE_URL=url)
        assert "must see every clinic" in refusal(done)
        assert list(tmp_path.iterdir()) == []


class TestRestore:
    def test_refuses_what_does_not_open_and_touches_nothing(self, taken: Taken, other: str, tmp_path: Path) -> None:
        whole = taken.file.read_bytes()
        middle = len(whole) // 2
        spoilt = {
            "another key": (whole, "this is not its key"),
            "cut": (whole[:middle], "damaged or cut off"),
            "changed": (whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :], "damaged or cut off"),
            "other": (b"something else", "no backup of Chairside's"),
        }
        foreign = tmp_path / "foreign-key"
        foreign.write_text("k" * 40)
        for name, (content, sentence) in spoilt.items():
            (file := tmp_path / "spoilt").write_bytes(content)
            key = foreign if name == "another key" else taken.key
            done = command("restore", str(file), f"--key={key}", DATABASE_URL=other)
            assert sentence in refusal(done), name
        with psycopg.connect(make_conninfo(other, dbname="postgres")) as db:
            names = {name for (name,) in db.execute("select datname from pg_database")}
        assert "chairside_restored" not in names

    def test_brings_back_everything_answered_before_it_began_and_works(self, taken: Taken, other: str, tmp_path: Path) -> None:
        done = command("restore", str(taken.file), f"--key={taken.key}", DATABASE_URL=other)
        assert done.returncode == 0, done.stderr
        assert migrate.newest() in done.stdout
        with psycopg.connect(other) as db:
            for clinic, (booked, paid) in zip(taken.clinics, taken.before, strict=True):
                later = clinic.booked, clinic.paid
                clinic.booked, clinic.paid = booked, paid
                check(db, clinic, at_least=True)
                clinic.booked, clinic.paid = later
        with started.folder() as data:
            lost = Started(data, free_port(), DATABASE_URL=other, **GENEROUS)  # nobody brought the keyring
            assert lost.process.wait(60) == 1 and "Put the keyring it was made with in its place" in lost.told()
            keyring = str(taken.data / "keyring")
            again = Started(data, free_port(), DATABASE_URL=other, CHAIRSIDE_KEYRING=keyring, **GENEROUS).await_ready()
            url = f"http://localhost:{again.port}"
            clinic = taken.clinics[0]
            answer = httpx.get(f"{url}{clinic.path}/patients", headers=clinic.headers)
            assert answer.status_code == 401, "a session of before was let in"
            words = {"email": clinic.email, "password": "correct horse battery"}
            session = httpx.post(f"{url}/api/v1/session", json=words)
            assert session.status_code == 201, session.text
            cookie = {"cookie": session.headers["set-cookie"].split(";")[0], "sec-fetch-site": "same-origin"}
            assert len(httpx.get(f"{url}{clinic.path}/patients", headers=cookie).json()["items"]) == 2
            body = {"first_name": "New", "last_name": "One", "birth_date": "1980-01-01"}
            assert httpx.post(f"{url}{clinic.path}/patients", headers=cookie, json=body).status_code == 201
            running = command("restore", str(taken.file), f"--key={taken.key}", "--replace", DATABASE_URL=other)
            assert "end it first" in refusal(running)
            again.end()
        over = command("restore", str(taken.file), f"--key={taken.key}", DATABASE_URL=other)
        assert "--replace would lose it" in refusal(over)
        done = command("restore", str(taken.file), f"--key={taken.key}", "--replace", DATABASE_URL=other)
        assert done.returncode == 0, done.stderr
        with psycopg.connect(other) as db:
            assert db.execute("select count(*) from patient where last_name = 'One'").fetchone() == (0,)
            names = {name for (name,) in db.execute("select datname from pg_database")}
        assert not names & {"chairside_replaced", "chairside_restored"}

    def test_of_a_newer_release_is_refused(self, taken: Taken, other: str, monkeypatch: pytest.MonkeyPatch) -> None:
        from chairside.kernel import dump, sealed
        from chairside.kernel.stop import Stop

        monkeypatch.setattr(migrate, "newest", lambda: "202001010000")
        with taken.file.open("rb") as file, pytest.raises(Stop, match="restore it with that release or a newer one"):
            dump.read(other, "never", sealed.opened(file, sealed.read_key(taken.key)))

    def test_a_data_folder_of_ones_own_is_replaced_in_place(self, taken: Taken, tmp_path: Path) -> None:
        running = command("restore", str(taken.file), f"--key={taken.key}", "--replace", f"--data={taken.data}")
        assert "end it first" in refusal(running)
        taken.working.end()
        done = command("restore", str(taken.file), f"--key={taken.key}", "--replace", f"--data={taken.data}")
        assert done.returncode == 0, done.stderr
        again = Started(taken.data, free_port(), **GENEROUS).await_ready()
        answer = httpx.get(f"http://localhost:{again.port}{taken.clinics[0].path}", headers=taken.clinics[0].headers)
        assert answer.status_code == 401
        again.end()
