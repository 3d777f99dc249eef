"""Who, then why: what is highlighted is what is booked."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Desk:
    """Three reasons more, of which the alphabet puts the one hardly ever meant first."""
    clinic = practice.clinic
    clinic.service("Bitewing radiographs", minutes=10)
    clinic.service("Crown preparation", minutes=60)
    clinic.service("Hygiene visit", minutes=45)
    for name in ("Ada", "Bela", "Cyra"):
        clinic.patient(name, f"{name}son")
    return Desk(sit(clinic), practice)


def asked_why(desk: Desk, name: str) -> Locator:
    person = desk.person
    person.press("n")
    person.sees(person.dialog("Book a visit"))
    person.type(name)
    person.press("Enter")
    reason = person.dialog().get_by_placeholder("Type to narrow the list")
    person.is_at(reason)
    return reason


class TestReason:
    def test_what_arrows_highlight_is_what_is_booked(self, desk: Desk) -> None:
        desk.open()
        asked_why(desk, "ada")
        desk.person.press("ArrowDown", "ArrowDown")
        expect(desk.person.page.get_by_role("listbox").get_by_role("option", selected=True)).to_have_text(
            re.compile("Crown preparation")
        )
        desk.person.press("Control+Enter")
        desk.person.is_told(re.compile("Ada Adason booked for"))
        (visit,) = desk.visits()
        assert visit["duration_minutes"] == 60

    def test_letters_narrow_the_list_and_three_times_enter_books(self, desk: Desk) -> None:
        person = desk.person
        desk.open()
        asked_why(desk, "ada")
        person.type("hyg")
        expect(person.page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
        person.press("Enter")
        person.is_at(person.button(re.compile("^Book"), person.dialog()))
        person.press("Enter")
        person.is_told(re.compile("Ada Adason booked for"))
        (visit,) = desk.visits()
        assert visit["duration_minutes"] == 45

    def test_nothing_is_booked_for_a_reason_that_there_is_not(self, desk: Desk) -> None:
        person = desk.person
        desk.open()
        reason = asked_why(desk, "ada")
        person.type("xyz")
        person.sees(person.dialog().get_by_text("No reason like this."))
        expect(person.button(re.compile("^Book"), person.dialog())).to_be_disabled()
        person.press("Control+Enter")
        person.sees(person.dialog())
        reason.fill("")
        person.press("Control+Enter")
        person.is_told(re.compile("Ada Adason booked for"))

    def test_what_was_booked_here_last_is_proposed_first(self, desk: Desk) -> None:
        person = desk.person
        desk.open()
        asked_why(desk, "ada")
        person.type("hyg")
        person.press("Control+Enter")
        person.is_told(re.compile("Ada Adason booked for"))
        desk.book("Bela")
        person.is_told(re.compile("Bela Belason booked for"))
        assert [visit["duration_minutes"] for visit in desk.visits()] == [45, 45]

    def test_the_pointer_on_its_way_to_the_button_chooses_nothing(self, desk: Desk) -> None:
        person = desk.person
        desk.open()
        asked_why(desk, "ada")
        person.click(person.page.get_by_role("option", name=re.compile("Hygiene visit")))
        person.page.get_by_role("option", name=re.compile("Crown preparation")).hover()
        person.click(person.button(re.compile("^Book"), person.dialog()))
        person.is_told(re.compile("Ada Adason booked for"))
        (visit,) = desk.visits()
        assert visit["duration_minutes"] == 45

    def test_the_button_stands_beside_a_long_name(self, desk: Desk) -> None:
        person, clinic = desk.person, desk.practice.clinic
        clinic.ask("PATCH", f"/providers/{desk.practice.marin['id']}", version=desk.practice.marin["version"],
                   json={"name": "Dr. Wilhelmina Konstantinopoulou-Featherstonehaugh"})  # fmt: skip
        desk.open()
        asked_why(desk, "ada")
        button = person.button(re.compile("^Book"), person.dialog()).bounding_box()
        field = person.field("Provider", person.dialog()).bounding_box()
        assert button and field
        assert abs(button["y"] - field["y"]) < 12
