"""`chairside import patients FILE --clinic SLUG`, as the operator gives it on a data folder."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.exchange.brought import CASES, listed
from tests.operations import started
from tests.operations.started import command, refusal

FILE = CASES / "patients-us.csv"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with started.folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def chairside(folder: Path) -> Iterator[started.Started]:
    running = started.Started(folder, started.free_port()).await_ready()
    yield running
    started.ended([running])


@pytest.fixture
def clinic(chairside: started.Started) -> Iterator["Clinic"]:
    with httpx.Client(base_url=f"http://localhost:{chairside.port}/api/v1") as http:
        yield Clinic(http, chairside.data)


class Clinic:
    def __init__(self, http: httpx.Client, data: Path) -> None:
        self.slug = f"north-{secrets.token_hex(4)}"
        self.http, self.data = http, data
        owner = {"name": "Ana Dinu", "email": f"{self.slug}@example.test", "password": secrets.token_urlsafe(16)}
        words = {"name": "North", "slug": self.slug, "timezone": "America/New_York", "locale": "en-US", "currency": "USD"}
        answer = http.post("/clinics", json=words | {"owner": owner})
        assert answer.status_code == 201, answer.text

    def get(self, path: str) -> dict:
        answer = self.http.get(f"/clinics/{self.slug}{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def bring(self, file: Path, *words: str):
        return command(
            "import", "patients", str(file), "--clinic", self.slug, f"--data={self.data}", *words, CHAIRSIDE_LOG="json"
        )


def figures(said: str) -> list[str]:
    return [" ".join(line.split()) for line in said.splitlines()]


class TestImportPatients:
    def test_a_dry_run_says_what_would_happen_and_changes_nothing(self, clinic):
        done = clinic.bring(FILE, "--dry-run")
        assert done.returncode == 0, done.stderr
        lines = figures(done.stdout)
        refused = {bad["row"] for bad in listed("us")["bad_rows"] if bad["outcome"].startswith("refused")}
        for line in (
            "1500 rows", f"{1500 - len(refused)} accepted, 14 of them with a warning", f"{len(refused)} refused",
            "12 balance is not an amount", "257,910.69 in the file", "Dry run: nothing was changed.",
            "Days are read month first: 09/03/09 is 2009-09-03.",
        ):  # fmt: skip
            assert line in lines
        assert not any("in the ledger" in line for line in lines)
        assert clinic.get("/patients")["items"] == clinic.get("/imports")["items"] == []

    def test_brings_them_in_beside_a_worker_and_says_how_far_it_is(self, clinic):
        done = clinic.bring(FILE)
        assert done.returncode == 0, done.stderr
        lines = figures(done.stdout)
        assert any(line.endswith("of 1500 rows") for line in lines)
        accepted = next(line.split()[0] for line in lines if line.endswith(" accepted") and "," in line)
        assert f"{accepted} in the ledger" in lines
        [brought] = clinic.get("/imports")["items"]
        assert (brought["status"], brought["filename"], brought["counts"]["accepted"]) == ("done", "patients-us.csv", 1425)
        again = clinic.bring(FILE)
        assert again.returncode == 0, again.stderr
        assert "1425 already in the clinic" in figures(again.stdout)
        assert len(clinic.get("/imports")["items"]) == 2

    @pytest.mark.parametrize(
        "content, sentence",
        [
            (b"", "The file is empty."),
            (
                b"%PDF-1.7",
                "This looks like a PDF document, not a CSV file. Open it in the program that made it and save it as CSV.",
            ),
            (
                b"a,b\n1,2\n",
                "No column is read as last name, first name: name the columns so, or import in the app, where they are chosen.",
            ),
            (b"Last name,First name\nPop,Ana\nPop\n", "Row 3 (line 3) has 1 columns where the first row has 2."),
        ],
    )
    def test_refuses_a_file_in_one_sentence(self, clinic, tmp_path, content, sentence):
        (tmp_path / "bad.csv").write_bytes(content)
        assert refusal(clinic.bring(tmp_path / "bad.csv")) == sentence
        assert clinic.get("/imports")["items"] == []

    def test_refuses_what_is_not_there(self, clinic, tmp_path):
        absent = tmp_path / "absent.csv"
        assert refusal(clinic.bring(absent)) == f"{absent} cannot be read: No such file or directory."
        clinic.slug = "elsewhere"
        assert refusal(clinic.bring(FILE)) == "There is no clinic elsewhere here."

    def test_brings_them_in_when_nothing_runs(self, clinic, chairside):
        chairside.end()
        done = clinic.bring(CASES / "patients-dmy.csv")
        assert done.returncode == 0, done.stderr
        lines = figures(done.stdout)
        accepted = next(line.split()[0] for line in lines if line.endswith(" accepted") and "," in line)
        assert f"{accepted} in the ledger" in lines
