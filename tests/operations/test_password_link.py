"""Somebody who forgot their password gets a link from the operator, where no letters are sent."""

import re
import subprocess

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.kernel import embedded
from tests.operations.started import COMMAND, clean, command, free_port, refusal

OLD, NEW = "brown otters knit at noon", "seven kettles hum in tune"
EMAIL = "ana@forgetful.test"
AUDIT = """
    select e.action, e.actor_type, e.request_id, p.email
      from audit_event e join principal p on p.id = e.on_behalf_of
     where e.action = 'give_password_link'
"""


@pytest.fixture(scope="class")
def clinic(start, data):
    running = start()
    words = ["--name=Forgetful", "--slug=forgetful", "--timezone=UTC", "--owner=Ana Dinu", f"--email={EMAIL}", f"--data={data}"]
    made = subprocess.run(
        [*COMMAND, "clinic", "create", *words], env=clean(), input=OLD + "\n", text=True, capture_output=True, check=False
    )
    assert made.returncode == 0, made.stderr
    return running


def give(data, *words, **environment):
    return command("password-link", *words, f"--data={data}", **environment)


class TestPasswordLink:
    def test_opens_the_way_to_a_new_password_once(self, clinic, data):
        done = give(data, EMAIL.upper(), "--origin=https://chairside.example/")
        assert done.returncode == 0, done.stderr
        said, link = done.stdout.splitlines()
        assert re.fullmatch(r"Ana Dinu chooses a new password here, once, until 20\d\d-\d\d-\d\d \d\d:\d\d .+:", said)
        where, token = link.split("#")
        assert where == "https://chairside.example/password-reset"
        base = f"http://127.0.0.1:{clinic.port}/api/v1"
        answers = [
            httpx.post(f"{base}/password-resets/acceptance", json={"token": token, "password": NEW}).status_code for _ in range(2)
        ]
        assert answers == [204, 409]
        signed_in = [httpx.post(f"{base}/session", json={"email": EMAIL, "password": one}).status_code for one in (OLD, NEW)]
        assert signed_in == [401, 201]

    def test_stands_in_the_audit_as_the_systems_and_sends_no_letter(self, clinic, data):
        assert give(data, EMAIL).returncode == 0
        with psycopg.connect(make_conninfo(embedded.admin(data), dbname="chairside")) as db:
            assert set(db.execute(AUDIT)) == {("give_password_link", "system", "password-link", EMAIL)}
            assert db.execute("select count(*) from message where kind = 'password_reset'").fetchone() == (0,)
            [text] = db.execute("select string_agg(l::text, ' ') from person_link l").fetchone()
        assert give(data, EMAIL).stdout.strip().rpartition("#")[2] not in text

    @pytest.mark.parametrize(
        ("environment", "where"),
        [({}, "http://localhost:8000"), ({"CHAIRSIDE_ORIGIN": "https://teeth.example"}, "https://teeth.example")],
    )
    def test_leads_where_people_find_chairside(self, clinic, data, environment, where):
        assert f"{where}/password-reset#" in give(data, EMAIL, **environment).stdout

    def test_works_in_production_which_has_to_say_where(self, clinic, data):
        production = {
            "CHAIRSIDE_ENVIRONMENT": "production", "CHAIRSIDE_SECRET": "x" * 40, "CHAIRSIDE_KEYRING": str(data / "keyring"),
        }  # fmt: skip
        assert refusal(give(data, EMAIL, **production)).startswith("Say where people find Chairside: --origin")
        done = give(data, EMAIL, "--origin=https://teeth.example", **production)
        assert "https://teeth.example/password-reset#" in done.stdout, done.stderr

    def test_says_what_is_wrong_in_a_sentence(self, clinic, data):
        assert refusal(give(data, "nobody@forgetful.test")) == "Nobody signs in with nobody@forgetful.test."
        assert refusal(give(data, EMAIL, "--origin=https://teeth.example/app")).startswith("https://teeth.example/app is no")
        away = {"CHAIRSIDE_APP_URL": f"postgresql://chairside_app:x@127.0.0.1:{free_port()}/chairside"}
        assert refusal(give(data, EMAIL, **away)).startswith("The database cannot be reached: ")
