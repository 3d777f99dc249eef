"""Every command by the keyboard: in the palette, by its keys on whatever layout is under the hand, and by keys of one's own."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.journeys.clinic import Practice
from tests.journeys.person import Person

Sit = Callable[..., Person]
CTRL, SHIFT = 2, 8


@pytest.fixture
def desk(sit: Sit, practice: Practice) -> Person:
    desk = sit(practice.clinic)
    desk.go(f"{practice.clinic.home}/schedule")
    desk.sees(desk.page.get_by_role("application"))
    return desk


def strike(desk: Person, key: str, code: str, modifiers: int = 0) -> None:
    """A key of another layout, as the browser itself receives it: what it says and where it stands."""
    session = desk.page.context.new_cdp_session(desk.page)
    place = ord(code[-1]) if re.fullmatch(r"(Key|Digit).", code) else 0
    event: dict[str, Any] = {"key": key, "code": code, "modifiers": modifiers, "windowsVirtualKeyCode": place}
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **event})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})
    session.detach()


class TestPalette:
    def test_has_every_command_of_the_screen_and_of_the_app(self, desk: Person) -> None:
        desk.press("Control+k")
        offered = desk.dialog("Command palette").get_by_role("option")
        for name in ("Book", "Today", "Next day", "Go to date", "View: Agenda", "Schedule", "Patients", "Register a patient"):
            desk.sees(offered.filter(has_text=name))
        for name in ("Billing", "Providers", "Services", "Keyboard shortcuts", "Preferences", "Theme: Dark", "Language: Română"):
            desk.sees(offered.filter(has_text=name))

    def test_begins_with_what_was_used_last(self, desk: Person) -> None:
        desk.press("Control+k")
        desk.type("density")
        desk.press("Enter")
        expect(desk.page.locator("html")).to_have_attribute("data-density", "compact")
        expect(desk.dialog()).to_have_count(0)
        desk.press("Control+k")
        expect(desk.dialog().get_by_role("option").first).to_contain_text("Density: Comfortable")
        desk.press("Enter")
        expect(desk.page.locator("html")).to_have_attribute("data-density", "comfortable")

    def test_has_what_was_typed_before_its_script_was_there(self, desk: Person) -> None:
        """And nothing of it reaches the screen behind, where `n` books."""
        page = desk.page
        held: list[Route] = []
        page.route(re.compile(r"/assets/palette-\w"), lambda route: held.append(route))
        page.reload()
        desk.sees(page.get_by_role("application"))
        desk.press("Control+k")
        desk.type("density")
        desk.press("Enter")
        for route in held:
            route.continue_()
        expect(page.locator("html")).to_have_attribute("data-density", "compact")
        expect(desk.dialog()).to_have_count(0)

    @pytest.mark.parametrize("wait", [0, 60, 120])
    def test_loses_no_key_in_the_moment_in_which_its_script_comes(self, desk: Person, wait: int) -> None:
        page = desk.page
        held: list[Route] = []
        page.route(re.compile(r"/assets/palette-\w"), lambda route: held.append(route))
        page.reload()
        desk.sees(page.get_by_role("application"))
        desk.press("Control+k")
        desk.type("d")
        page.wait_for_timeout(wait)
        for route in held:
            route.continue_()
        page.keyboard.type("ensity", delay=8)
        expect(desk.dialog().get_by_role("combobox")).to_have_value("density")

    def test_finds_patients_and_says_how_many_results_there_are(self, desk: Person, practice: Practice) -> None:
        practice.clinic.patient("Ileana", "Cazacu")
        desk.press("Control+k")
        desk.type("cazac")
        desk.sees(desk.dialog().get_by_role("option", name=re.compile("Ileana Cazacu")))
        expect(desk.dialog().get_by_role("status")).to_have_text("1 result")
        box = desk.dialog().get_by_role("combobox")
        expect(box).to_have_attribute("aria-activedescendant", re.compile("."))
        desk.press("Enter")
        desk.sees(desk.heading("Ileana Cazacu"))
        desk.press("Control+k")
        desk.sees(desk.dialog().get_by_role("group", name="Patients seen last"))


class TestOtherLayouts:
    @pytest.mark.parametrize(
        ("layout", "key", "code", "modifiers", "opened"),
        [
            ("Arabic", "ى", "KeyN", 0, "Book a visit"),
            ("Arabic", "ن", "KeyK", CTRL, "Command palette"),
            ("Arabic", "؟", "Slash", SHIFT, "Keyboard shortcuts"),
            ("Hebrew", "מ", "KeyN", 0, "Book a visit"),
            ("Hebrew", "ל", "KeyK", CTRL, "Command palette"),
            ("Romanian", "n", "KeyN", 0, "Book a visit"),
            ("Romanian", "?", "Slash", SHIFT, "Keyboard shortcuts"),
        ],
    )
    def test_command(self, desk: Person, layout: str, key: str, code: str, modifiers: int, opened: str) -> None:
        strike(desk, key, code, modifiers)
        desk.sees(desk.dialog(opened))

    def test_altgr_and_composed_letters_are_typing(self, desk: Person) -> None:
        desk.page.evaluate(
            """() => {
              const struck = more => window.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...more }))
              struck({ key: 'n', code: 'KeyN', isComposing: true })
              struck({ key: 'Process', code: 'KeyN' })
              struck({ key: 'n', code: 'KeyN', ctrlKey: true, altKey: true, modifierAltGraph: true })
              struck({ key: 'Dead', code: 'KeyN' })
            }"""
        )
        desk.page.wait_for_timeout(200)
        expect(desk.dialog()).to_have_count(0)
        desk.press("n")
        desk.sees(desk.dialog("Book a visit"))

    def test_letters_are_for_the_field_while_one_is_typed_in(self, desk: Person, practice: Practice) -> None:
        desk.go(f"{practice.clinic.home}/patients")
        desk.sees(desk.page.get_by_role("searchbox"))
        desk.press("/")
        desk.is_at(desk.page.get_by_role("searchbox"))
        desk.type("n?z")
        strike(desk, "ى", "KeyN")
        expect(desk.dialog()).to_have_count(0)
        expect(desk.page.get_by_role("searchbox")).to_have_value("n?z")

    def test_nothing_is_given_from_under_a_dialog(self, desk: Person) -> None:
        desk.press("?")
        desk.page.get_by_role("button", name="Close").focus()
        desk.press("n", "g", "p", "Control+k")
        desk.page.wait_for_timeout(200)
        expect(desk.dialog()).to_have_count(1)
        desk.sees(desk.dialog("Keyboard shortcuts"))


class TestSheet:
    def test_lists_the_keys_of_other_screens_and_finds_them(self, desk: Person) -> None:
        desk.press("?")
        sheet = desk.dialog("Keyboard shortcuts")
        for name in ("Arrived · with a visit selected", "Take payment · on a patient’s ledger", "Issue · on an invoice"):
            desk.sees(sheet.get_by_text(name))
        desk.type("payment")
        expect(sheet.get_by_role("term")).to_have_count(3)
        desk.press("Control+a")
        desk.type("x")
        desk.sees(sheet.get_by_text("Cancel visit"))
        desk.click(sheet.get_by_role("link", name="Change shortcuts"))
        desk.sees(desk.heading("Preferences"))


class TestOwnKeys:
    @pytest.fixture
    def mine(self, desk: Person) -> Person:
        desk.press("g", "m")
        desk.sees(desk.heading("Preferences"))
        return desk

    def keys(self, mine: Person, command: str, keys: str = "") -> Locator:
        return mine.button(re.compile(rf"^Change the keys of {command}: ?{keys}"))

    def change(self, mine: Person, command: str) -> None:
        mine.click(self.keys(mine, command).first)
        mine.sees(mine.page.get_by_text("Press keys…"))

    def test_replace_the_usual_ones_at_once_and_are_shown_everywhere(self, mine: Person) -> None:
        self.change(mine, "Patients")
        mine.press("h", "h")
        mine.sees(self.keys(mine, "Patients", "H ?H"))
        mine.press("g", "p")
        mine.page.wait_for_timeout(200)
        mine.sees(mine.heading("Preferences"))
        mine.press("h", "h")
        mine.sees(mine.heading("Patients"))
        mine.press("Control+k")
        expect(mine.dialog().get_by_role("option").filter(has_text="PatientsHH")).to_be_visible()
        mine.page.reload()
        mine.sees(mine.heading("Patients"))
        mine.press("g", "m")
        mine.click(mine.button("Reset all"))
        mine.sees(self.keys(mine, "Patients", "G ?P"))

    def test_ask_before_they_take_the_keys_of_something_else(self, mine: Person) -> None:
        self.change(mine, "Undo.*")
        mine.press("j")
        mine.sees(mine.page.get_by_text("is in the way of “Next day”"))
        mine.click(mine.button("Use it here instead"))
        mine.sees(self.keys(mine, "Undo.*", "J"))
        mine.sees(self.keys(mine, "Next day", "No keys"))
        mine.click(mine.button(re.compile("^Reset to")).first)
        mine.sees(self.keys(mine, "Undo.*", "Z"))

    def test_are_never_what_the_browser_or_a_field_needs(self, mine: Person) -> None:
        self.change(mine, "Billing")
        mine.press("Enter")
        mine.sees(mine.page.get_by_text("Enter is needed by the browser or by fields"))
        mine.press("Control+c")
        mine.sees(mine.page.get_by_text("Mod+C is needed by the browser or by fields"))
        mine.press("Escape")
        mine.sees(self.keys(mine, "Billing", "G ?B"))

    def test_single_keys_can_be_turned_off(self, mine: Person, practice: Practice) -> None:
        mine.click(mine.page.get_by_role("radio", name="Off"))
        mine.go(f"{practice.clinic.home}/schedule")
        mine.sees(mine.page.get_by_role("application"))
        mine.press("n", "?", "g", "p")
        mine.page.wait_for_timeout(200)
        expect(mine.dialog()).to_have_count(0)
        mine.sees(mine.page.get_by_role("application"))
        mine.press("Control+k")
        mine.sees(mine.dialog("Command palette"))
