"""What was refused is asked about only as long as it is the matter, and never over what is being done now."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Desk:
    """Maria was to be moved onto Ion, and that time is taken."""
    desk = Desk(sit(practice.clinic), practice)
    practice.booked(practice.clinic.patient("Maria", "Okafor"), "15:00")
    practice.booked(practice.clinic.patient("Ion", "Blaga"), "16:00")
    return desk


def refused(desk: Desk) -> Locator:
    person = desk.person
    desk.open()
    desk.choose("Maria Okafor")
    person.expects(409)
    person.press("m", *["ArrowDown"] * 12, "Enter")
    notice = person.page.get_by_role("group", name=re.compile("That time is taken"))
    person.sees(notice)
    return notice


class TestTaken:
    def test_says_who_and_when(self, desk: Desk) -> None:
        expect(refused(desk)).to_have_accessible_name(re.compile(r"That time is taken: Maria Okafor, 4:00 PM"))

    def test_goes_when_a_dialog_opens(self, desk: Desk) -> None:
        notice = refused(desk)
        desk.person.press("Escape", "n")
        desk.person.sees(desk.person.dialog("Book a visit"))
        expect(notice).to_have_count(0)

    def test_goes_when_another_day_is_looked_at(self, desk: Desk) -> None:
        notice = refused(desk)
        desk.person.click(desk.person.button("Next day"))
        expect(notice).to_have_count(0)

    def test_goes_when_something_else_is_done(self, desk: Desk) -> None:
        notice = refused(desk)
        desk.choose("Ion Blaga")
        desk.person.sees(notice)
        desk.person.press("a")
        desk.person.is_told("Ion Blaga has arrived")
        expect(notice).to_have_count(0)


class TestRoom:
    @pytest.mark.parametrize("size", [(1440, 730), (390, 844)])
    def test_a_notice_covers_nothing_of_a_dialog(
        self, sit: Callable[..., Person], practice: Practice, size: tuple[int, int]
    ) -> None:
        visit = practice.booked(practice.clinic.patient(), "15:00")
        person = sit(practice.clinic, viewport={"width": size[0], "height": size[1]})
        person.go(f"{practice.clinic.home}/schedule?visit={visit['id']}")
        person.click(person.button(re.compile("^Arrived")))
        person.is_told("Maria Okafor has arrived")
        person.click(person.button(re.compile("^Cancel visit")))
        person.sees(person.dialog("Cancel visit"))
        notice = person.page.get_by_role("group", name="Maria Okafor has arrived").bounding_box()
        dialog = person.dialog("Cancel visit").bounding_box()
        assert notice and dialog
        assert notice["y"] + notice["height"] <= dialog["y"] and dialog["y"] + dialog["height"] <= size[1]

    @pytest.mark.parametrize("size", [(1440, 730), (390, 844)])
    def test_a_notice_covers_no_bar_at_the_foot_of_a_page(
        self, sit: Callable[..., Person], practice: Practice, size: tuple[int, int]
    ) -> None:
        visit = practice.booked(practice.clinic.patient(), "15:00")
        person = sit(practice.clinic, viewport={"width": size[0], "height": size[1]})
        person.go(f"{practice.clinic.home}/schedule?visit={visit['id']}")
        person.click(person.button(re.compile("^Arrived")))
        person.is_told("Maria Okafor has arrived")
        person.press("Escape", "g", "n")
        person.sees(person.heading("Register a patient"))
        notice = person.page.get_by_role("group", name="Maria Okafor has arrived").bounding_box()
        button = person.button(re.compile("^Register( |$)")).last.bounding_box()
        assert notice and button
        assert notice["y"] + notice["height"] <= button["y"]
