"""The screen is locked: nothing under it is seen or heard, everything of it stays as it was."""

import re
from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.journeys.clinic import PASSWORD, Clinic
from tests.journeys.person import Person

Sit = Callable[..., Person]


class TestTheLockedScreen:
    def test_is_unlocked_by_the_pin_exactly_where_one_was(self, clinic: Clinic, sit: Sit) -> None:
        clinic.patient("Maria", "Okafor")
        person = sit(clinic)
        page = person.page
        person.go(f"{clinic.home}/account/security")
        person.click(person.button("Choose a PIN"))
        person.field("New PIN").fill("482913")
        person.field("The same once more").fill("482914")
        person.press("Enter")
        person.sees(page.get_by_text("This is not the same PIN."))
        person.field("The same once more").fill("482913")
        person.press("Enter")
        person.is_told("The PIN is set")

        other = page.context.new_page()
        other.goto(f"{clinic.home}/patients")
        expect(other.get_by_role("row").filter(has_text="Okafor")).to_be_visible()
        page.bring_to_front()
        person.press("g", "n")
        person.field("First name").fill("Half")
        person.field("Last name").focus()
        person.type("Typed")
        person.expects(401)  # what was asked a moment before the screen was locked
        person.press("Control+Shift+L")
        locked = person.dialog("Locked")
        person.sees(locked)
        person.is_at(person.field("PIN", locked))
        # Nothing under it can be seen or heard, here and in the other tab.
        expect(page.get_by_role("heading", name="Register a patient")).to_have_count(0)
        assert page.title() == "Locked"
        expect(other.get_by_role("dialog", name="Locked")).to_be_visible()
        expect(other.get_by_text("Okafor").first).to_be_hidden()
        assert "Okafor" not in other.locator("body").aria_snapshot()

        person.type("000000")
        person.sees(locked.get_by_text("4 tries are left"))
        person.press("Escape")
        person.sees(locked)
        person.is_at(person.field("PIN", locked))
        person.type("482913")
        expect(locked).to_have_count(0)
        person.is_at(person.field("Last name"))
        assert person.field("First name").input_value() == "Half"
        assert person.field("Last name").input_value() == "Typed"
        expect(other.get_by_role("row").filter(has_text="Okafor")).to_be_visible()

    def test_gives_the_focus_back_though_it_had_to_be_fetched_first(self, clinic: Clinic, sit: Sit) -> None:
        """The browser takes the focus from what is hidden with its next frame: before there is a dialog to remember it."""
        clinic.ask("PUT", "/session/pin", whole=True, json={"pin": "482913"})
        person = sit(clinic)
        page = person.page
        on_their_way: list[Route] = []
        page.route(re.compile(r"/assets/lock-screen-.+\.js"), lambda route: on_their_way.append(route))
        person.expects(401)
        person.go(f"{clinic.home}/patients/new")
        person.field("Last name").focus()
        person.type("Typed")
        person.press("Control+Shift+L")
        page.wait_for_function("() => document.activeElement === document.body")
        expect(page.get_by_role("heading", name="Register a patient")).to_have_count(0)
        while not on_their_way:
            page.wait_for_timeout(50)
        for route in on_their_way:
            route.continue_()
        person.is_at(person.field("PIN"))
        person.type("482913")
        expect(person.dialog("Locked")).to_have_count(0)
        person.is_at(person.field("Last name"))
        person.type(", on")
        assert person.field("Last name").input_value() == "Typed, on"

    def test_gives_the_focus_back_to_a_field_of_a_dialog(self, clinic: Clinic, sit: Sit) -> None:
        clinic.ask("PUT", "/session/pin", whole=True, json={"pin": "482913"})
        person = sit(clinic)
        person.expects(401)
        person.go(f"{clinic.home}/admin/roles")
        person.click(person.button("New role"))
        about = person.field("What it is for")
        about.fill("At the door")
        person.press("Control+Shift+L")
        person.is_at(person.field("PIN"))
        person.type("482913")
        expect(person.dialog("Locked")).to_have_count(0)
        person.is_at(about)
        assert about.input_value() == "At the door"

    def test_is_unlocked_by_proof_where_there_is_no_pin(self, clinic: Clinic, sit: Sit) -> None:
        person = sit(clinic)
        person.expects(401)
        person.go(f"{clinic.home}/patients")
        person.sees(person.heading("No patients yet"))
        # Over a dialog, too.
        person.press("?")
        person.sees(person.dialog("Keyboard shortcuts"))
        person.press("Control+Shift+L")
        person.sees(person.dialog("Locked"))
        # Locked it stays, and a page that is read anew is locked.
        person.page.reload()
        person.sees(person.dialog("Locked"))
        person.field("Password", person.dialog("Locked")).fill(PASSWORD)
        person.press("Enter")
        person.sees(person.heading("No patients yet"))

    def test_is_shown_by_whatever_is_asked_of_a_locked_session(self, clinic: Clinic, sit: Sit) -> None:
        clinic.ask("PUT", "/session/pin", whole=True, json={"pin": "482913"})
        person = sit(clinic)
        person.expects(401)
        person.go(f"{clinic.home}/account/security")
        person.sees(person.page.get_by_text("A PIN is set"))
        clinic.ask("POST", "/session/lock", whole=True)
        person.press("g", "p")
        person.sees(person.dialog("Locked"))
        person.is_at(person.field("PIN"))
        for left in (4, 3, 2, 1):
            person.type("000000")
            person.sees(person.dialog().get_by_text(f"{left} tries are left"))
        person.type("000000")
        person.sees(person.dialog("Please sign in again"))
        person.field("Password").fill(PASSWORD)
        person.press("Enter")
        person.sees(person.heading("No patients yet"))
        expect(person.dialog()).to_have_count(0)
