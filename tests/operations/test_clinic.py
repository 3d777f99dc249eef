"""What an operator does for a clinic from the command line."""

import subprocess

import httpx
import pytest

from tests.operations.started import COMMAND, clean, command, refusal

WORDS = ["--name=North Dental", "--timezone=Europe/Bucharest", "--currency=RON", "--owner=Ana Dinu"]


@pytest.fixture(scope="class")
def single(start):
    return start(CHAIRSIDE_SINGLE_CLINIC="true")


def create(single, *words, password="correct horse battery", **environment):
    return subprocess.run(
        [*COMMAND, "clinic", "create", f"--data={single.data}", *WORDS, *words], input=password + "\n", capture_output=True,
        text=True, timeout=60, env=clean(**environment),
    )  # fmt: skip


class TestClinicCreate:
    def test_makes_a_clinic_whose_owner_signs_in(self, single):
        done = create(single, "--slug=north-dental", "--email=ana@north-dental.test")
        assert (done.returncode, done.stdout) == (0, "North Dental is at /c/north-dental.\n"), done.stderr
        words = {"email": "ana@north-dental.test", "password": "correct horse battery"}
        session = httpx.post(f"http://127.0.0.1:{single.port}/api/v1/session", json=words)
        assert [clinic["slug"] for clinic in session.json()["clinics"]] == ["north-dental"]

    def test_is_the_only_way_where_nobody_signs_up(self, single):
        base = f"http://127.0.0.1:{single.port}/api/v1"
        found = httpx.get(f"{base}/deployment").json()
        assert (found["sign_up"], found["single_clinic"]) == (False, True)
        owner = {"name": "x", "email": "x@x.test", "password": "correct horse battery"}
        answer = httpx.post(f"{base}/clinics", json={"name": "x", "slug": "xyz", "timezone": "UTC", "owner": owner})
        assert (answer.status_code, answer.json()["code"]) == (403, "SignUpClosed")

    def test_keeps_one_in_single_clinic_mode(self, single):
        create(single, "--slug=north-dental", "--email=ana@north-dental.test")
        again = create(single, "--slug=another-one", "--email=b@x.test", CHAIRSIDE_SINGLE_CLINIC="true")
        assert refusal(again).startswith("There is a clinic already")

    @pytest.mark.parametrize(
        ("words", "password", "sentence"),
        [
            (["--slug=north-dental", "--email=new@x.test"], "correct horse battery", "Another clinic already has this address."),
            (["--slug=API", "--email=new@x.test"], "correct horse battery", "slug:"),
            (["--slug=fine-one", "--email=new@x.test"], "short", "password:"),
        ],
    )
    def test_says_what_is_wrong_in_a_sentence(self, single, words, password, sentence):
        assert refusal(create(single, *words, password=password)).startswith(sentence)

    def test_rolls_the_months_forward(self, single):
        done = command("audit", "roll-forward", f"--data={single.data}")
        assert (done.returncode, "next three" in done.stdout) == (0, True), done.stderr
