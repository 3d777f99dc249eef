"""A visit that repeats: what cannot be had is seen, decided of, booked and cancelled from one of them on."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person
from tests.operations.started import until


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Desk:
    practice.clinic.patient("Ada", "Adason")
    return Desk(sit(practice.clinic), practice)


def repeating(desk: Desk) -> Locator:
    person = desk.person
    desk.open()
    person.press("n")
    person.sees(person.dialog("Book a visit"))
    person.type("ada")
    person.press("Enter")
    person.is_at(person.dialog().get_by_placeholder("Type to narrow the list"))
    person.click(person.button("Repeat…", person.dialog()))
    dialog = person.dialog("Repeat the visit")
    person.is_at(person.field("Every", dialog))
    return dialog


def of_series(desk: Desk) -> list[dict[str, Any]]:
    clinic = desk.practice.clinic
    until = clinic.today + timedelta(days=200)
    found = clinic.get("/appointments", **{"from": str(clinic.today), "to": str(until), "limit": 100})["items"]
    return [one for one in found if one["series_id"]]


def days_of(desk: Desk) -> list[date]:
    zone = ZoneInfo(desk.practice.clinic.timezone)
    return [datetime.fromisoformat(one["starts_at"]).astimezone(zone).date() for one in of_series(desk)]


def test_is_booked_without_what_cannot_be_had_undone_and_cancelled_from_one_on(desk: Desk) -> None:
    person, practice = desk.person, desk.practice
    dialog = repeating(desk)
    person.field("Visits", dialog).fill("4")
    expect(dialog.get_by_role("checkbox")).to_have_count(4)
    person.sees(dialog.get_by_text("4 visits", exact=True))
    first = dialog.get_by_role("checkbox").first.get_attribute("aria-label") or ""
    # Somebody else takes the third meanwhile: what one is shown is looked at again.
    person.press("Escape")
    person.sees(desk.grid)
    at = re.search(r"(\d+):(\d+) (AM|PM)", first)
    assert at
    clock = datetime.strptime(at.group(), "%I:%M %p").strftime("%H:%M")
    practice.booked(practice.clinic.patient("Ion", "Blaga"), clock, days=14)
    dialog = repeating(desk)
    person.field("Visits", dialog).fill("4")
    person.sees(dialog.get_by_text(re.compile("Has a visit")))
    person.sees(dialog.get_by_text("3 visits · Left out: 1"))
    expect(dialog.get_by_role("checkbox").nth(2)).to_be_disabled()
    person.click(dialog.get_by_role("button", name=re.compile("^Take ")).last)
    person.sees(dialog.get_by_text("4 visits", exact=True))
    dialog.get_by_role("checkbox").nth(1).uncheck()
    person.click(person.button(re.compile("^Book 3 visits"), dialog))
    person.is_told("3 visits of Ada Adason booked")
    booked = of_series(desk)
    assert [one["series_number"] for one in booked] == [1, 2, 3]
    days = days_of(desk)
    assert days[2] - days[0] == timedelta(days=21)
    panel = person.page.get_by_role("complementary", name="Visit")
    person.click(panel.get_by_text("1 of 3"))
    visits = panel.get_by_role("listitem").get_by_role("link", name=re.compile(r"\d:\d\d"))
    expect(visits).to_have_count(3)
    person.click(visits.nth(1))
    person.sees(panel.get_by_text("2 of 3"))
    person.click(person.button("Move this and the following", panel))
    dialog = person.dialog("Move this and the following")
    person.field("Day", dialog).fill(str(days[1] + timedelta(days=1)))
    person.field("Time", dialog).fill("16:00")
    person.press("Control+Enter")
    person.is_told("2 visits of Ada Adason moved")
    between = [after - before for before, after in zip(days, days_of(desk), strict=True)]
    assert between == [timedelta(0), timedelta(1), timedelta(1)]
    person.press("z")
    person.sees(person.page.get_by_role("group", name="Undone"))
    assert [one["starts_at"] for one in of_series(desk)] == [one["starts_at"] for one in booked]
    desk.open(f"?date={days[1]}&visit={booked[1]['id']}")
    person.click(person.button("Cancel this and the following", panel))
    person.click(person.button("Patient asked", person.dialog()))
    person.press("Control+Enter")
    person.is_told("2 visits of Ada Adason cancelled")
    assert [one["status"] for one in of_series(desk)] == ["scheduled", "cancelled", "cancelled"]
    person.press("z")
    until(lambda: [one["status"] for one in of_series(desk)] == ["scheduled"] * 3, 5)


def test_fields_that_are_not_right_say_so_and_nothing_is_booked(desk: Desk) -> None:
    person = desk.person
    dialog = repeating(desk)
    person.field("Visits", dialog).fill("53")
    person.sees(dialog.get_by_text("1 – 52"))
    expect(person.button(re.compile("^Book"), dialog)).to_be_disabled()
    person.click(dialog.get_by_role("radio", name="On a day"))
    person.field("Until", dialog).fill(str(desk.practice.clinic.today + timedelta(days=15)))
    person.sees(dialog.get_by_text("3 visits", exact=True))
    person.press("Control+Enter")
    person.is_told("3 visits of Ada Adason booked")
    person.press("z")
    person.sees(person.page.get_by_role("group", name="Undone"))
    assert {one["status"] for one in of_series(desk)} == {"cancelled"}


def test_is_booked_at_a_time_that_was_found_and_is_held_meanwhile(desk: Desk) -> None:
    person, clinic = desk.person, desk.practice.clinic
    desk.open()
    person.press("Shift+F")
    person.sees(person.page.locator("[data-time]").first)
    person.click(person.page.locator("[data-time]").first)
    person.sees(person.dialog("Book a visit").get_by_text(re.compile("^Held for you")))
    person.type("ada")
    person.press("Enter")
    person.click(person.button("Repeat…", person.dialog()))
    dialog = person.dialog("Repeat the visit")
    person.field("Visits", dialog).fill("2")
    person.sees(dialog.get_by_text("2 visits", exact=True))
    assert [one for one in clinic.get("/schedule", date=str(clinic.today))["taken"] if one["held_until"]]
    person.click(person.button("Back", dialog))
    until(lambda: not clinic.get("/schedule", date=str(clinic.today))["taken"], 5)
    person.press("Shift+F")
    person.click(person.page.locator("[data-time]").first)
    person.sees(person.dialog("Book a visit").get_by_text(re.compile("^Held for you")))
    person.type("ada")
    person.press("Enter")
    person.click(person.button("Repeat…", person.dialog()))
    person.field("Visits", dialog).fill("2")
    person.sees(dialog.get_by_text("2 visits", exact=True))
    person.press("Control+Enter")
    person.is_told("2 visits of Ada Adason booked")
    assert [one["series_number"] for one in of_series(desk)] == [1, 2]
    assert not clinic.get("/schedule", date=str(clinic.today))["taken"]
