"""With the line gone nobody can be looked for: that is said, and nobody is taken for somebody new."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Practice
from tests.journeys.person import Person

CANNOT = "Offline: patients cannot be searched now."


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Iterator[Person]:
    """Renée is in the register, and was not looked for while the line was there."""
    practice.clinic.patient("Renée", "Müller")
    practice.clinic.patient("Ada", "First")
    desk = sit(practice.clinic, ahead=True)
    desk.away = True
    yield desk
    desk.page.context.set_offline(False)


class TestNobodyIsTakenForNew:
    def test_among_the_patients(self, desk: Person, practice: Practice) -> None:
        desk.go(f"{practice.clinic.home}/patients")
        desk.sees(desk.page.get_by_role("link", name="Renée Müller"))
        desk.page.context.set_offline(True)
        desk.press("/")
        desk.type("renee")
        desk.sees(desk.page.get_by_text(CANNOT))
        expect(desk.page.get_by_text("No patient matches")).to_have_count(0)
        expect(desk.page.get_by_role("main").get_by_role("link", name="Register a patient")).to_have_count(0)
        expect(desk.page.get_by_role("link", name="Ada First")).to_have_count(0)
        desk.page.context.set_offline(False)
        desk.sees(desk.page.get_by_role("link", name="Renée Müller"))
        expect(desk.page.get_by_text(CANNOT)).to_have_count(0)

    def test_who_was_not_found_before_is_not_offered_either(self, desk: Person, practice: Practice) -> None:
        desk.go(f"{practice.clinic.home}/patients?q=zoe")
        desk.sees(desk.page.get_by_text("No patient matches “zoe”"))
        desk.page.context.set_offline(True)
        desk.sees(desk.page.get_by_text(CANNOT))
        expect(desk.page.get_by_role("main").get_by_role("link", name="Register a patient")).to_have_count(0)

    def test_in_the_palette(self, desk: Person, practice: Practice) -> None:
        desk.go(f"{practice.clinic.home}/patients")
        desk.sees(desk.page.get_by_role("link", name="Renée Müller"))
        desk.page.context.set_offline(True)
        desk.press("Control+k")
        desk.type("renee")
        dialog = desk.dialog("Command palette")
        desk.sees(dialog.get_by_text(CANNOT))
        expect(dialog.get_by_text("Nothing found")).to_have_count(0)
        desk.press("Escape", "Control+k")
        desk.type("keyboard")
        desk.press("Enter")
        desk.sees(desk.dialog("Keyboard shortcuts"))

    def test_when_booking(self, desk: Person, practice: Practice) -> None:
        desk.go(f"{practice.clinic.home}/schedule")
        desk.sees(desk.page.get_by_role("application"))
        desk.page.context.set_offline(True)
        desk.press("n")
        dialog = desk.dialog("Book a visit")
        desk.type("renee")
        desk.sees(dialog.get_by_text(CANNOT))
        expect(dialog.get_by_text(re.compile("Register “renee”"))).to_have_count(0)
        desk.press("Enter")
        desk.sees(dialog.get_by_text(CANNOT))
        desk.page.context.set_offline(False)
        # It was asked for with Enter, and is taken now that it is known.
        desk.sees(dialog.get_by_text("Renée Müller"))

    def test_when_somebody_pays_for_another(self, desk: Person, practice: Practice) -> None:
        desk.go(f"{practice.clinic.home}/patients/new")
        payer = desk.page.get_by_role("combobox", name="Who pays")
        desk.sees(payer)
        desk.page.context.set_offline(True)
        payer.fill("renee")
        desk.sees(desk.page.get_by_text(CANNOT))


class TestAScreenThatWasNotFetchedYet:
    def test_says_so_and_comes_with_the_network(self, desk: Person, practice: Practice) -> None:
        """A screen's part of the app is fetched a moment after the first; the line may go in that moment."""
        desk.page.route("**/assets/*billing*", lambda route: route.abort())
        desk.go(f"{practice.clinic.home}/patients")
        desk.sees(desk.page.get_by_role("link", name="Renée Müller"))
        desk.page.context.set_offline(True)
        desk.press("g", "b")
        desk.sees(desk.page.get_by_text("You are offline"))
        desk.page.unroute_all()
        desk.page.context.set_offline(False)
        desk.sees(desk.heading("Billing"))
