"""Two people at one day, and a line that is slow: nobody acts on what is no longer so."""

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Route, expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Desk:
    return Desk(sit(practice.clinic), practice)


class TestTheOtherDesk:
    def test_is_seen_where_it_was_faster(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        practice.booked(practice.clinic.patient("Ion", "Blaga"), "16:00")
        person.press("m", *["ArrowDown"] * 12)
        person.expects(409)
        person.press("Enter")
        person.is_told("That time is taken")
        person.sees(desk.card("Ion Blaga"))

    def test_does_not_stand_in_the_way_for_ever(self, desk: Desk) -> None:
        """It has moved the visit on; the next act here is refused once, and then goes by what is so."""
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        practice.clinic.ask("POST", f"/appointments/{visit['id']}/arrival")
        person.expects(409, 412)
        person.press("f")
        person.is_told("Not saved")
        person.sees(desk.card("Maria Okafor", status="Arrived"))
        person.press("s")
        person.is_told("Maria Okafor is in the chair")


class TestTwoAtOneTime:
    def test_the_one_who_was_booked_is_the_one_who_is_chosen(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        practice.booked(practice.clinic.patient("Ada", "First"), "15:00")
        second = practice.booked(practice.clinic.patient("Bela", "Second"), "15:00", overbooking_reason="Emergency")
        desk.open()
        desk.choose("Bela Second")
        person.press("m")
        person.sees(person.page.get_by_text("Moving Bela Second"))
        desk.has_chosen("Bela Second")
        person.press("Escape")
        person.press("a")
        person.is_told("Bela Second has arrived")
        assert practice.clinic.get(f"/appointments/{second['id']}")["status"] == "arrived"

    def test_an_overbooked_visit_that_was_moved_comes_back(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        practice.booked(practice.clinic.patient("Ada", "First"), "15:00")
        second = practice.booked(practice.clinic.patient("Bela", "Second"), "15:00", overbooking_reason="Emergency")
        desk.open()
        desk.choose("Bela Second")
        person.press("m", *["ArrowDown"] * 12, "Enter")
        person.is_told(re.compile("Bela Second moved to 4:00 PM"))
        person.press("z")
        person.is_told("Undone")
        assert practice.clinic.get(f"/appointments/{second['id']}")["starts_at"] == second["starts_at"]


class TestSlowLine:
    def test_one_days_visits_never_stand_under_another(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        person.sees(desk.card("Maria Okafor"))
        held: list[Route] = []
        slow = [True]
        person.page.route("**/schedule?*", lambda route: held.append(route) if slow else route.continue_())
        for _ in range(3):
            person.press("j")
        expect(person.page.get_by_text(re.compile("^1 visit$"))).to_have_count(0)
        expect(desk.card("Maria Okafor")).to_have_count(0)
        slow.clear()
        for route in held:
            with suppress(Error):  # the page asks for each day that it passes, and drops what it passed
                route.continue_()
        person.sees(desk.grid)

    def test_somebody_who_is_known_is_not_registered_twice_however_fast_one_types(
        self, sit: Callable[..., Person], clinic: Clinic
    ) -> None:
        clinic.patient("Emily", "Carter", "1985-04-07")
        person = sit(clinic)
        person.go(f"{clinic.home}/patients/new")
        person.is_at(person.field("First name"))
        person.type("Emily")
        person.press("Tab")
        person.type("Carter")
        person.press("Tab")
        person.type("4/7/85")
        person.press("Control+Enter")
        person.sees(person.page.get_by_text("Somebody like this is registered already"))
        person.sees(person.button(re.compile("^Register anyway")))
        assert len(clinic.get("/patients")["items"]) == 1
        person.click(person.button(re.compile("^Register anyway")))
        person.is_told("Registered: Emily Carter")
        assert len(clinic.get("/patients")["items"]) == 2

    def test_what_is_typed_before_a_dialog_is_ready_is_not_lost(self, desk: Desk) -> None:
        """P, an amount and Ctrl+Enter, while what is due is still being read."""
        person, clinic = desk.person, desk.practice.clinic
        maria = clinic.patient()
        clinic.invoice(maria, 12_000)
        person.go(f"{clinic.home}/patients/{maria['id']}?tab=ledger")
        person.sees(person.page.get_by_text("120.00"))
        held: list[Route] = []
        slow = [True]
        person.page.route("**/invoices*", lambda route: held.append(route) if slow else route.continue_())
        person.press("p")
        dialog = person.dialog("Take payment")
        person.sees(dialog)
        person.type("455")
        person.press("Backspace")
        expect(dialog.get_by_role("textbox")).to_have_count(0)
        slow.clear()
        for route in held:
            route.continue_()
        expect(person.field("Amount", dialog)).to_have_value("45")
        person.press("Control+Enter")
        person.is_told(re.compile("Received"))
        assert clinic.get(f"/patients/{maria['id']}/ledger")["balance"]["amount"] == 7_500


class TestFocus:
    def test_comes_back_when_a_dialog_closes(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        for key, name in [("?", "Keyboard shortcuts"), ("x", "Cancel visit"), ("n", "Book a visit"), ("d", "Complete the visit")]:
            person.press(key)
            person.sees(person.dialog(name))
            person.press("Escape")
            expect(person.dialog()).to_have_count(0)
            person.is_at(desk.card("Maria Okafor"))

    def test_booking_from_a_patients_page_chooses_the_visit(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        maria = practice.clinic.patient()
        person.go(f"{practice.clinic.home}/patients/{maria['id']}")
        person.sees(person.heading("Maria Okafor"))
        person.press("n")
        person.sees(person.page.get_by_text("Choose a time for Maria Okafor."))
        person.sees(desk.grid)
        person.press("n")
        person.sees(person.dialog("Book a visit").get_by_text("Maria Okafor"))
        person.press("Control+Enter")
        person.is_told(re.compile("Maria Okafor booked for"))
        desk.has_chosen("Maria Okafor")
