"""Nothing of a patient in anything the program writes: canaries in every field, then a search through all of it."""

import json
import logging
import secrets
from datetime import UTC, datetime, timedelta

import pytest

from chairside.cli import supervisor
from chairside.kernel import log
from tests.conftest import NOON


@pytest.fixture
def written(capfd):
    """What goes to the log, both styles, as a server would write it."""
    log.configure("json")
    yield capfd
    log.configure("text")


async def test_no_canary_sings(north, given, written):
    canary = f"Canary{secrets.token_hex(4)}"
    person = {
        "first_name": canary, "last_name": f"{canary}l", "preferred_name": f"{canary}p", "middle_name": f"{canary}m",
        "birth_date": "1980-05-01", "note": f"{canary}n", "address": {"line1": f"{canary}a", "city": f"{canary}c"},
        "contacts": [{"type": "email", "value": f"{canary.lower()}@example.test"}],
    }  # fmt: skip
    patient = (await north.ask("POST", "/patients", json=person)).json()
    for method, path, body in (
        ("GET", f"/patients?q={canary}", None),
        ("POST", "/patients/searches", {"q": canary}),
        ("GET", f"/patients/{canary}", None),
        ("POST", "/patients", {**person, "sex": canary}),
        ("POST", "/patients", {**person, "register_number": patient["register_number"]}),
        ("POST", f"/patients/{patient['id']}/ledger/charges", {"description": canary, "price": {"amount": 1, "currency": "RON"}}),
        ("PATCH", f"/patients/{patient['id']}", {"note": canary}),
    ):
        await north.ask(method, path, json=body) if body else await north.ask(method, path)
    visit = await given.appointment(north, starts_at=NOON + timedelta(days=3), notes=canary)
    await north.ask("POST", f"/appointments/{visit.id}/cancellation", json={"reason": canary})
    said = written.readouterr()
    assert "request" in said.err
    assert canary.lower() not in (said.out + said.err).lower()


def test_an_exception_is_told_without_its_words(written):
    try:
        raise ValueError("born 1980-05-01")
    except ValueError as error:
        log.say().error("bug", **log.scrubbed(error), patient="Ana")
    logging.getLogger("somebody.elses").exception("row (Ana, 1980-05-01)")
    said = written.readouterr().err
    assert "ValueError" in said
    assert "somebody.elses" in said
    assert "1980" not in said
    assert "Ana" not in said


def test_lines_for_machines_are_json_in_utc_with_who_where_and_what(written):
    log.say_request("r" * 32, "GET", "/api/v1/session", 401, 1.5, "NotSignedIn")
    log.say().warning("beat", clinic_id="c", error="OSError")
    request, warning = (json.loads(line) for line in written.readouterr().err.splitlines())
    for one in (request, warning):
        at = datetime.fromisoformat(one["timestamp"])
        assert at.utcoffset() == timedelta(0) and abs(datetime.now(UTC) - at) < timedelta(minutes=1)
    assert (request["event"], request["route"], request["status"], request["code"]) == (
        "request",
        "/api/v1/session",
        401,
        "NotSignedIn",
    )
    assert (warning["level"], warning["clinic_id"], warning["error"]) == ("warning", "c", "OSError")


@pytest.mark.parametrize("style", ["json", "text"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\x85", "\u2028", "\x1b[2K"])
def test_nothing_that_was_sent_begins_a_line_of_its_own(written, style, end):
    log.configure(style)
    log.say().warning("beat", host=f"evil{end}2026-11-29T00:00:00Z info    signed in")
    log.say().warning("after")
    said = written.readouterr().err
    assert len(said.splitlines()) == 2 and "\x1b" not in said


@pytest.mark.parametrize("style", ["json", "text"])
def test_a_log_that_cannot_be_written_is_in_nobodys_way(monkeypatch, style):
    """A full disk, or a reader who went away: the answer that the line tells of was given all the same."""
    full = open("/dev/full", "w", buffering=1)  # noqa: SIM115 - it cannot be closed in peace
    monkeypatch.setattr("sys.stderr", full)
    monkeypatch.setattr("sys.stdout", full)
    log.configure(style)
    for _ in range(3):
        log.say().warning("beat", error="x" * 10_000)
        log.say_request("r", "GET", "/", 200, 1.0, None)
        logging.getLogger("library").warning("said %s", "something")
        supervisor._say("PostgreSQL ended")
    log.configure("text")
    with pytest.raises(OSError, match="No space left"):
        full.close()
