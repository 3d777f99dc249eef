"""What a form says about what is typed into it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 2


class TestADateOfBirth:
    @pytest.mark.parametrize(
        "typed, said", [("1/1/2050", "that is in the future"), ("1/1/1850", "is the year right?"), ("2/19/1943", "years")]
    )
    def test_that_is_hard_to_believe_is_doubted_at_once(
        self, sit: Callable[..., Person], clinic: Clinic, typed: str, said: str
    ) -> None:
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/new")
        desk.field("Date of birth").fill(typed)
        desk.sees(desk.page.get_by_text(re.compile(re.escape(said))))
        expect(desk.page.get_by_text(re.compile(r"-\d+ year"))).to_have_count(0)


class TestAnAmountThatIsMissing:
    def test_is_needed_and_not_wrong(self, sit: Callable[..., Person], practice: Practice) -> None:
        maria = practice.clinic.patient()
        desk = sit(practice.clinic)
        desk.go(f"{practice.clinic.home}/patients/{maria['id']}?tab=ledger")
        desk.sees(desk.heading("Maria Okafor"))
        for key, name in [("+", "Add charge"), ("p", "Take payment")]:
            desk.press(key)
            dialog = desk.dialog(name)
            desk.sees(dialog)
            amount = dialog.get_by_role("textbox", name=re.compile("^(Price|Amount)"))
            amount.fill("")
            amount.press("Control+Enter")
            desk.sees(dialog.get_by_text("This is needed."))
            expect(dialog.get_by_text("This is not an amount.")).to_have_count(0)
            amount.fill("twelve")
            amount.press("Control+Enter")
            desk.sees(dialog.get_by_text("This is not an amount."))
            desk.press("Escape")
            expect(desk.dialog()).to_have_count(0)

        desk.go(f"{practice.clinic.home}/admin/services")
        desk.click(desk.button(re.compile("^Add a service")).first)
        desk.field("Service").fill("Whitening")
        desk.press("Control+Enter")
        desk.sees(desk.dialog().get_by_text("This is needed."))
        expect(desk.dialog().get_by_text("This is not an amount.")).to_have_count(0)


class TestANameWithoutAPlaceToBreak:
    def test_stays_in_the_visit_panel_and_in_the_patients_page(self, sit: Callable[..., Person], practice: Practice) -> None:
        patient = practice.clinic.patient(LONG, LONG)
        practice.booked(patient, "15:00")
        desk = Desk(sit(practice.clinic), practice).open()
        desk.choose(LONG)
        assert fits(desk.panel)
        arrived = desk.panel.get_by_role("button", name=re.compile("^Arrived"))
        panel, button = desk.panel.bounding_box(), arrived.bounding_box()
        assert panel and button and button["x"] + button["width"] <= panel["x"] + panel["width"]
        for width in (1440, 390):
            desk.person.page.set_viewport_size({"width": width, "height": 844})
            desk.person.go(f"{practice.clinic.home}/patients/{patient['id']}")
            desk.person.sees(desk.person.heading(re.compile(LONG)))
            assert fits(desk.person.page.get_by_role("main"))


def fits(what: Locator) -> bool:
    """Nothing of it has to be scrolled to sideways."""
    return bool(what.evaluate("one => one.scrollWidth <= one.clientWidth + 1"))
