"""A session that is about to end says so; one session is at work in two clinics at once."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.clinic import PASSWORD, Clinic
from tests.journeys.factors import ends_in, works_also_in
from tests.journeys.person import Person

Sit = Callable[..., Person]


def test_asks_a_minute_before_the_screen_is_locked_and_stays_for_one_key(clinic: Clinic, sit: Sit, data: Path) -> None:
    clinic.patient("Maria", "Okafor")
    person = sit(clinic)
    person.page.clock.install()
    person.go(f"{clinic.home}/patients")
    person.sees(person.page.get_by_role("row").filter(has_text="Okafor"))
    ends_in(data, clinic, seconds=55)
    person.page.clock.fast_forward("59:30")
    asks = person.dialog("Are you still there?")
    expect(asks).to_be_visible(timeout=20_000)
    person.sees(asks.get_by_text(re.compile(r"locks in 5\d seconds")))
    person.is_at(person.button("Stay signed in", asks))
    person.press("Enter")
    expect(asks).to_have_count(0)
    left = datetime.fromisoformat(clinic.ask("GET", "/session", whole=True)["idle_expires_at"]) - datetime.now(UTC)
    assert left > timedelta(minutes=50)
    person.press("g", "n")
    person.sees(person.heading("Register a patient"))


def test_asks_for_the_password_once_it_has_ended_and_keeps_what_was_typed(clinic: Clinic, sit: Sit, data: Path) -> None:
    person = sit(clinic)
    person.go(f"{clinic.home}/patients/new")
    person.field("First name").fill("Half")
    ends_in(data, clinic, seconds=-1)
    person.expects(401)
    person.field("Last name").fill("Typed")
    person.field("Date of birth").fill("01/02/1990")
    person.press("Control+Enter")
    again = person.field("Password")
    person.sees(again)
    again.fill(PASSWORD)
    person.press("Enter")
    person.is_told(re.compile("Half Typed"))


def test_two_clinics_in_two_tabs_do_not_mix(clinic: Clinic, origin: str, sit: Sit, data: Path) -> None:
    other = Clinic(origin, "South Dental")
    works_also_in(data, clinic, other)
    clinic.patient("Maria", "Okafor")
    other.patient("Ion", "Southman")
    person = sit(clinic)
    person.go(f"{clinic.home}/patients")
    person.sees(person.page.get_by_role("row").filter(has_text="Okafor"))
    tab = person.page.context.new_page()
    tab.goto(f"{other.home}/patients")
    expect(tab.get_by_role("row").filter(has_text="Southman")).to_be_visible()
    expect(tab.get_by_text("Okafor")).to_have_count(0)
    clinic.patient("Late", "Arrival")
    expect(person.page.get_by_role("row").filter(has_text="Arrival")).to_be_visible()
    expect(tab.get_by_text("Arrival")).to_have_count(0)
    expect(person.page.get_by_text("Southman")).to_have_count(0)
    person.page.bring_to_front()
    person.go(f"{clinic.home}/patients/new")
    person.field("First name").fill("Only")
    person.field("Last name").fill("North")
    person.field("Date of birth").fill("01/02/1990")
    person.press("Control+Enter")
    person.is_told(re.compile("Only North"))
    assert [one["last_name"] for one in other.get("/patients")["items"]] == ["Southman"]
