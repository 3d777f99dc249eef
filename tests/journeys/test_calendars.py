"""A calendar is written beside what it would offer, and a visit is booked by it with everybody whom it needs."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Desk:
    return Desk(sit(practice.clinic), practice)


def test_a_calendar_is_written_and_booked_by(desk: Desk) -> None:
    person, practice = desk.person, desk.practice
    clinic = practice.clinic
    helper = clinic.provider("Mara Helper")
    person.go(f"{clinic.home}/admin/calendars")
    person.sees(person.page.get_by_text("No calendar yet"))
    person.press("n")
    sheet = person.dialog("Add a calendar")
    person.is_at(person.field("Name", sheet))
    person.press("Control+Enter")
    person.sees(sheet.get_by_text("Choose at least one service."))
    person.field("Name", sheet).fill("Surgery")
    person.sees(sheet.get_by_text("Choose a service and a provider to see"))
    sheet.get_by_role("group", name="Services").get_by_role("checkbox", name="Check-up").check()
    who = sheet.get_by_role("group", name="Who takes the visits")
    who.get_by_role("checkbox", name="Dr. Radu Popa").check()
    preview = sheet.get_by_role("complementary", name="What it offers now")
    person.sees(preview.get_by_text("Dr. Radu Popa").first)
    expect(preview.get_by_text(re.compile("^(48|47) times$")).first).to_be_visible()  # half an hour each, every quarter

    person.field("Starts every", sheet).fill("60")
    expect(preview.get_by_text("12 times", exact=True).first).to_be_visible()
    who.get_by_role("checkbox", name="Dr. Ioana Marin").check()
    person.field("Who is assigned", sheet).select_option(label="By priority, the lowest number first")
    sheet.get_by_label("Priority of Dr. Radu Popa").fill("2")
    person.sees(preview.get_by_text("Dr. Ioana Marin").first)
    person.click(person.button("Add what it needs", sheet))
    needs = sheet.get_by_role("group", name="What else it needs 1")
    needs.get_by_role("checkbox", name="Mara Helper").check()
    person.press("Control+Enter")
    person.is_told("Saved: Surgery")
    [made] = clinic.get("/calendars")["items"]
    assert (made["name"], made["strategy"], made["increment"]) == ("Surgery", "priority", 60)
    assert [one["priority"] for one in made["providers"]] == [2, 1]
    assert [one["any_of"] for one in made["requires"]] == [[helper["id"]]]

    tomorrow = datetime.fromisoformat(clinic.at("08:00", 1)).date()
    maria = clinic.patient("Maria", "Okafor")
    desk.open(f"?date={tomorrow}")
    person.press("Shift+F")
    found = person.dialog("Find a time")
    person.field("By calendar", found).select_option(label="Surgery")
    expect(found.get_by_role("button", name=re.compile("^8:15 AM with"))).to_have_count(0)
    expect(found.get_by_role("button", name=re.compile("with Dr. Radu Popa"))).to_have_count(0)
    person.click(found.get_by_role("button", name=re.compile("^9:00 AM with Dr. Ioana Marin")).first)
    person.sees(person.dialog("Book a visit").get_by_text(re.compile("Held for you")))
    person.type("Maria")
    person.sees(person.page.get_by_role("option", name=re.compile("^Maria ")))
    person.press("Enter")
    person.sees(person.button("Choose another patient"))
    person.press("Control+Enter")
    person.is_told(re.compile("Maria Okafor booked for 9:00 AM"))
    [visit] = clinic.get("/appointments")["items"]
    assert (visit["patient_id"], visit["provider_id"]) == (maria["id"], practice.marin["id"])
    assert visit["calendar_id"] == made["id"] and [one["resource_id"] for one in visit["also"]] == [helper["id"]]

    person.go(f"{clinic.home}/admin/calendars")
    person.click(person.page.get_by_role("row").get_by_role("button", name="Surgery"))
    person.click(person.button("Take out of use"))
    person.is_told("Surgery is out of use")
    person.sees(person.page.get_by_role("row", name=re.compile("Surgery.*Not in use")))
