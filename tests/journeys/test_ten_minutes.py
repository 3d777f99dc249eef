"""From sign-up to paid without a mouse, and how many strokes and clicks the everyday tasks take."""

import re
import secrets
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.clinic import PASSWORD, Practice
from tests.journeys.person import Person
from tests.journeys.test_import import EXPORT
from tests.journeys.zones import where_it_is

MINUTES = 10
LONGEST_WALK = 70
"""Strokes of Tab before we say that something cannot be reached by key."""


def tab_to(person: Person, role: str, name: str | re.Pattern[str]) -> None:
    """As somebody without a mouse does: Tab until it has the focus."""
    wanted = person.page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(LONGEST_WALK):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        person.press("Tab")
    raise AssertionError(f"{role} {name} cannot be reached by Tab")


class TestTenMinutes:
    def test_a_whole_day_without_a_mouse(self, sit: Callable[..., Person]) -> None:
        began = time.monotonic()
        zone = where_it_is(9)
        owner = sit(timezone_id=zone)
        slug = f"hillside-{secrets.token_hex(3)}"
        with owner.counting("a whole day, from sign-up to paid") as count:
            self._sign_up(owner, slug)
            self._set_up(owner, datetime.now(ZoneInfo(zone)).strftime("%A"))
            self._bring_patients_in(owner)
            self._register(owner)
            self._work_a_day(owner)
        assert count.clicks == 0
        assert time.monotonic() - began < MINUTES * 60
        print(f"  by a machine in {time.monotonic() - began:.0f} s")

    def _sign_up(self, owner: Person, slug: str) -> None:
        with owner.counting("sign up"):
            owner.go("/signup")
            owner.is_at(owner.field("Clinic name"))
            owner.type(f"Hillside {slug[-6:]}")
            tab_to(owner, "combobox", "Currency")
            owner.type("usd")
            owner.press("Enter")
            tab_to(owner, "combobox", "Language of documents")
            owner.type("American")
            tab_to(owner, "textbox", "Your name")
            owner.type("Ana Dinu")
            owner.press("Tab")
            owner.type(f"{slug}@example.test")
            owner.press("Tab")
            owner.type(PASSWORD)
            owner.press("Enter")
            owner.sees(owner.heading(re.compile("^Welcome to Hillside")))

    def _set_up(self, owner: Person, today: str) -> None:
        with owner.counting("set up"):
            owner.is_at(owner.field("Name"))
            owner.press("Control+Enter")
            expect(owner.field("Name")).to_have_value("Operatory 1")
            owner.is_at(owner.field("Name"))
            owner.press("Control+Enter")
            owner.sees(owner.page.get_by_role("group", name="The usual week"))
            if today in ("Saturday", "Sunday"):
                tab_to(owner, "checkbox", today)
                owner.press("Space")
            owner.press("Control+Enter")
            owner.is_told("Opening hours saved")
            owner.is_at(owner.field("Service"))
            owner.type("Check-up")
            tab_to(owner, "textbox", "Price")
            owner.type("120")
            owner.press("Control+Enter")
            owner.sees(owner.heading("What comes next"))

    def _bring_patients_in(self, owner: Person) -> None:
        with owner.counting("bring patients in"):
            tab_to(owner, "link", re.compile("^Bring patients in"))
            owner.press("Enter")
            owner.sees(owner.heading("Bring patients in"))
            self._file(owner, EXPORT)
            owner.sees(owner.page.get_by_text("Rows in the file"))
            tab_to(owner, "combobox", "Meaning of 1")
            owner.type("Female")
            expect(owner.field("Meaning of 1")).to_have_value("female")
            owner.press("Control+Enter")
            expect(owner.page.get_by_text("patients are in")).to_be_visible(timeout=60_000)

    def _file(self, owner: Person, path: Path) -> None:
        tab_to(owner, "button", "Choose a file")
        with owner.page.expect_file_chooser() as chooser:
            owner.press("Enter")
        chooser.value.set_files(path)

    def _register(self, owner: Person) -> None:
        with owner.counting("register a patient"):
            owner.press("g", "n")
            owner.is_at(owner.field("First name"))
            owner.type("Marisol")
            owner.press("Tab")
            owner.type("Quince")
            owner.press("Tab")
            owner.type("3/4/88")
            owner.press("Control+Enter")
            owner.is_told("Registered: Marisol Quince")
            owner.sees(owner.heading("Marisol Quince"))

    def _work_a_day(self, owner: Person) -> None:
        with owner.counting("book, receive, complete, invoice and be paid"):
            owner.press("g", "s")
            grid = owner.page.get_by_role("application")
            owner.sees(grid)
            owner.press("n")
            owner.is_at(owner.page.get_by_role("combobox").first)
            owner.type("quin")
            owner.press("Enter")
            owner.sees(owner.button("Choose another patient"))
            owner.press("Control+Enter")
            owner.is_told(re.compile("Marisol Quince booked for"))
            owner.press("a")
            owner.is_told("Marisol Quince has arrived")
            owner.press("s")
            owner.is_told("Marisol Quince is in the chair")
            owner.press("d")
            owner.sees(owner.dialog("Complete the visit"))
            owner.press("Control+Enter")
            owner.is_at(owner.button("Invoice and take payment"))
            owner.press("Enter")
            expect(owner.field("Amount", owner.dialog("Take payment"))).to_have_value("120.00")
            owner.press("Control+Enter")
            owner.is_told(re.compile(r"Received .*120\.00 from Marisol Quince"))
            owner.sees(owner.page.get_by_label("The day in numbers").get_by_text(re.compile("120.00")))


class TestTargets:
    """ui.md's table, for the tasks that exist: never more strokes or clicks than it says."""

    def test_books_a_known_patient_in_a_visible_slot(self, sit: Callable[..., Person], practice: Practice) -> None:
        practice.clinic.patient("Maria", "Okafor")
        desk = sit(practice.clinic)
        desk.go(f"{practice.clinic.home}/schedule")
        desk.sees(desk.page.get_by_role("application"))
        with desk.counting("book a known patient") as count:
            desk.press("n")
            desk.is_at(desk.page.get_by_role("combobox").first)
            desk.type("okafor")
            desk.press("Enter")
            desk.sees(desk.button("Choose another patient"))
            desk.press("Enter", "Control+Enter")
            desk.is_told(re.compile("Maria Okafor booked for"))
        assert count.keys <= 4

    def test_books_by_three_clicks(self, sit: Callable[..., Person], practice: Practice) -> None:
        practice.clinic.patient("Maria", "Okafor")
        desk = sit(practice.clinic)
        desk.go(f"{practice.clinic.home}/schedule?date={practice.clinic.at('12:00', 1)[:10]}")
        grid = desk.page.get_by_role("application")
        box = grid.bounding_box()
        assert box
        with desk.counting("book a known patient, by mouse") as count:
            count.clicks += 1
            grid.click(position={"x": box["width"] * 0.25, "y": box["height"] / 3 + 4})
            desk.type("okafor")
            desk.click(desk.page.get_by_role("option", name=re.compile("Maria Okafor")))
            desk.click(desk.button(re.compile("^Book"), desk.dialog("Book a visit")))
            desk.is_told("Maria Okafor booked for 12:00 PM, Room 1")
        assert count.clicks <= 3

    def test_marks_arrived(self, sit: Callable[..., Person], practice: Practice) -> None:
        first = practice.booked(practice.clinic.patient(), "15:00")
        practice.booked(practice.clinic.patient("Ion", "Blaga"), "16:00")
        desk = sit(practice.clinic)
        desk.go(f"{practice.clinic.home}/schedule?visit={first['id']}")
        panel = desk.page.get_by_role("complementary", name="Visit")
        desk.sees(panel.get_by_role("heading", name="Maria Okafor"))
        with desk.counting("mark arrived") as count:
            desk.press("a")
            desk.is_told("Maria Okafor has arrived")
        assert count.keys <= 1
        desk.page.get_by_role("application").get_by_role("button", name=re.compile("Ion Blaga")).click()
        desk.sees(panel.get_by_role("heading", name="Ion Blaga"))
        with desk.counting("mark arrived, by mouse") as count:
            desk.click(desk.button(re.compile("^Arrived"), panel))
            desk.is_told("Ion Blaga has arrived")
        assert count.clicks <= 1

    def test_takes_payment_of_the_balance(self, sit: Callable[..., Person], practice: Practice) -> None:
        clinic = practice.clinic
        maria = clinic.patient()
        clinic.charge(maria, 10_000)
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{maria['id']}")
        desk.sees(desk.heading("Maria Okafor"))
        with desk.counting("take payment of the balance") as count:
            desk.press("7", "p")
            desk.is_at(desk.field("Amount", desk.dialog("Take payment")))
            desk.press("Control+Enter")
            desk.is_told(re.compile(r"Received .*100\.00 from Maria Okafor"))
        assert count.keys <= 4
        assert clinic.get(f"/patients/{maria['id']}/ledger")["balance"]["amount"] == 0

        clinic.charge(maria, 4_000)
        desk.go(f"{clinic.home}/patients/{maria['id']}")
        with desk.counting("take payment of the balance, by mouse") as count:
            desk.click(desk.page.get_by_role("tab", name=re.compile("^Ledger")))
            desk.click(desk.button(re.compile("^Take payment")))
            desk.click(desk.button(re.compile("^Take payment"), desk.dialog("Take payment")))
            desk.is_told(re.compile(r"Received .*40\.00 from Maria Okafor"))
        assert count.clicks <= 3
