"""To another day: typed as one says it, or chosen from a month."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Desk:
    return Desk(sit(practice.clinic), practice).open()


def asked(desk: Desk) -> Locator:
    desk.person.press("g", "d")
    dialog = desk.person.dialog("Go to date")
    desk.person.is_at(desk.person.field("Date", dialog))
    return dialog


def is_on(desk: Desk, day: date) -> None:
    expect(desk.person.page).to_have_url(re.compile(f"date={day.isoformat()}"))
    desk.person.sees(desk.person.page.get_by_role("application", name=re.compile(rf"{day:%B} {day.day}\b")))


class TestOneDayOn:
    def test_by_a_button_that_keeps_the_focus(self, desk: Desk) -> None:
        person, today = desk.person, desk.practice.clinic.today
        person.button("Next day").focus()
        person.press("Enter")
        is_on(desk, today + timedelta(1))
        person.is_at(person.button("Next day"))
        person.press("Enter")
        is_on(desk, today + timedelta(2))
        person.is_at(person.button("Next day"))


class TestGoTo:
    def test_as_far_away_as_was_typed(self, desk: Desk) -> None:
        person, today = desk.person, desk.practice.clinic.today
        with person.counting("go two weeks on") as count:
            asked(desk)
            person.type("+2w")
            person.press("Enter")
        assert count.keys == 3
        is_on(desk, today + timedelta(14))
        asked(desk)
        person.type("tomorrow")
        person.press("Enter")
        is_on(desk, today + timedelta(1))

    def test_a_month_and_a_day_are_the_next_there_is(self, desk: Desk) -> None:
        person, today = desk.person, desk.practice.clinic.today
        past = today - timedelta(1)
        dialog = asked(desk)
        person.type(f"{past.month}/{past.day}")
        person.sees(dialog.get_by_text(re.compile("^[A-Z][a-z]+day, .*in 36[45] days")))
        person.press("Enter")
        is_on(desk, past.replace(year=past.year + 1))

    def test_what_is_no_day_goes_nowhere(self, desk: Desk) -> None:
        person = desk.person
        dialog = asked(desk)
        person.type("13/45")
        person.sees(dialog.get_by_text(re.compile("^Not a day yet")))
        person.press("Enter")
        person.sees(dialog)
        person.press("Escape")
        expect(dialog).to_have_count(0)

    def test_from_the_month_by_mouse_and_by_arrows(self, desk: Desk) -> None:
        person, today = desk.person, desk.practice.clinic.today
        person.click(person.button("Go to date"))
        dialog = person.dialog("Go to date")
        person.click(person.button("Next month", dialog))
        first = (today.replace(day=1) + timedelta(32)).replace(day=1)
        person.click(dialog.get_by_role("gridcell").get_by_role("button", name=re.compile(f" {first:%B} 15, ")))
        is_on(desk, first.replace(day=15))
        dialog = asked(desk)
        dialog.get_by_role("gridcell").locator("[tabindex='0']").focus()
        person.press("ArrowDown", "ArrowRight", "Enter")
        is_on(desk, first.replace(day=15) + timedelta(8))

    def test_at_one_click_when_people_are_asked_back(self, desk: Desk) -> None:
        person, today = desk.person, desk.practice.clinic.today
        asked(desk)
        person.click(person.button("In a week"))
        is_on(desk, today + timedelta(7))
