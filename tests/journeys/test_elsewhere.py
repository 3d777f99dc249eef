"""A calendar that a provider keeps elsewhere: connected by its address, minded when a time is looked for, gone and back."""

import json
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme
from playwright.sync_api import expect

from tests.journeys.clinic import Practice
from tests.journeys.conftest import MORE_THAN_ENOUGH
from tests.journeys.desk import Desk
from tests.journeys.person import Person
from tests.journeys.test_hours import MARIN, part, sheet_of
from tests.operations import started
from tests.scheduling.servers import calendar, event

SAID: dict[str, bytes] = {}
GOOGLE = """
[google]
client_id = "chairside"
client_secret = "only for a test"
authorize = "{url}/authorize"
token = "{url}/token"
api = "{url}"
local = true
ca = "ca.pem"
"""


class Calendars(BaseHTTPRequestHandler):
    """Addresses with what is in SAID; and an account, whose person agrees at once."""

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        if where.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(where.query).items()}
            self.send_response(302)
            self.send_header("location", f"{asked['redirect_uri']}?code=good&state={asked['state']}")
            self.end_headers()
            return
        body = SAID.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("content-type", "text/calendar")
        self.send_header("content-length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        body = SAID.get(self.path) or b"{}"
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Nothing among what the tests print."""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Where calendars are served on this machine, and who vouches for it."""
    authority, ca = trustme.CA(), tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(ca)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Calendars)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    url = f"https://127.0.0.1:{server.server_port}"
    (ca.parent / "accounts.toml").write_text(GOOGLE.format(url=url))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield url, ca
    server.shutdown()


@pytest.fixture(scope="module")
def origin(elsewhere: tuple[str, Path]) -> Iterator[str]:
    """A Chairside that may ask this machine for calendars."""
    with started.folder() as data:
        own = {"CHAIRSIDE_CALENDAR_HOSTS": "127.0.0.1", "CHAIRSIDE_CALENDAR_CA": str(elsewhere[1])}
        own["CHAIRSIDE_CALENDAR_ACCOUNTS"] = str(elsewhere[1].parent / "accounts.toml")
        running = started.Started(data, started.free_port(), **MORE_THAN_ENOUGH, **own)
        try:
            yield f"http://localhost:{running.await_ready().port}"
        finally:
            started.ended([running])


def test_keeps_its_times_from_being_offered(sit: Callable[..., Person], practice: Practice, elsewhere: tuple[str, Path]) -> None:
    person = sit(practice.clinic)
    eight = datetime.fromisoformat(practice.clinic.at("08:00", 1))
    start, end = (f":{one.astimezone(UTC):%Y%m%dT%H%M%SZ}" for one in (eight, eight + timedelta(hours=1)))
    SAID["/secret-8f3a/basic.ics"] = calendar(event(start=start, end=end))
    address = f"{elsewhere[0]}/secret-8f3a/basic.ics"

    section = part(sheet_of(person, practice), "Outside calendars")
    person.field("Name", section).fill("Private")
    person.field("Address", section).fill("not an address")
    person.expects(422)
    person.click(person.button("Connect", section))
    person.sees(section.get_by_text("A web address that begins with https://."))
    person.field("Address", section).fill(address)
    person.press("Enter")
    person.is_told("Private is connected")
    person.sees(section.get_by_text(re.compile("^Looked at ")))
    person.sees(section.get_by_text("127.0.0.1 ….ics"))
    expect(person.page.get_by_text("secret-8f3a")).to_have_count(0)
    person.press("Escape")

    desk = Desk(person, practice)
    day = eight.date()
    desk.open(f"?date={day}&by=provider")
    person.sees(desk.grid.get_by_text("Busy elsewhere"))
    person.press("Shift+F")
    found = person.dialog("Find a time")
    person.field("With", found).select_option(label=MARIN)
    person.sees(found.get_by_role("button", name=re.compile("^9:00 AM with")))
    first = found.get_by_role("button", name=re.compile("(AM|PM) with")).first
    expect(first).to_have_accessible_name(re.compile("^9:00 AM with"))
    person.click(person.button("Why is a time not offered?", found))
    why = found.get_by_role("region", name="Why is a time not offered?")
    person.field("Time", why).fill("8:30 AM")
    person.press("Tab")
    person.sees(why.get_by_text(re.compile("^Busy in an outside calendar, 8:00")))
    person.press("Escape")

    section = part(sheet_of(person, practice), "Outside calendars")
    person.click(person.button("Remove Private", section))
    person.is_told("Private is removed")
    expect(section.get_by_role("listitem")).to_have_count(0)
    taken = practice.clinic.get("/schedule", date=str(day))["taken"]
    assert taken == []
    person.click(person.button(re.compile("^Undo")))
    person.is_told("Undone")
    person.sees(section.get_by_text(re.compile("^Looked at ")))
    started.until(lambda: practice.clinic.get("/schedule", date=str(day))["taken"] != [], 10)

    SAID.clear()
    started.until(lambda: _asked_lately(practice), 20)
    person.click(person.button("Look again now: Private", section))
    person.sees(section.get_by_text(re.compile("There is no calendar at that address any more")))
    assert practice.clinic.get("/schedule", date=str(day))["taken"]


def test_behind_an_account_is_connected_there_and_back(sit: Callable[..., Person], practice: Practice) -> None:
    person = sit(practice.clinic, ignore_https_errors=True)
    eight = datetime.fromisoformat(practice.clinic.at("08:00", 1))
    busy = {"start": eight.isoformat(), "end": (eight + timedelta(hours=1)).isoformat()}
    SAID["/token"] = json.dumps({"access_token": "x", "refresh_token": "y"}).encode()
    SAID["/freeBusy"] = json.dumps({"calendars": {"primary": {"busy": [busy]}}}).encode()
    section = part(sheet_of(person, practice), "Outside calendars")
    person.click(person.button("Connect a Google calendar", section))
    person.is_told("The calendar is connected")
    assert "calendar=" not in person.page.url
    section = part(sheet_of(person, practice), "Outside calendars")
    person.sees(section.get_by_text(re.compile("^Looked at ")))
    person.sees(section.get_by_text("Google", exact=True))
    [taken] = practice.clinic.get("/schedule", date=str(eight.date()))["taken"]
    assert (taken["elsewhere"], datetime.fromisoformat(taken["starts_at"])) == (True, eight)


def _asked_lately(practice: Practice) -> bool:
    """Within fifteen seconds nobody is asked twice."""
    [one] = practice.clinic.get("/outside-calendars")["items"]
    at = datetime.fromisoformat(one["refreshed_at"])
    return datetime.now(at.tzinfo) - at > timedelta(seconds=16)
