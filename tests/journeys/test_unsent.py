"""What was typed about a patient and not sent: it is there when somebody comes back, and nobody else ever sees it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, expect

from tests.journeys.clinic import PASSWORD, Clinic
from tests.journeys.person import Person

STILL_THERE = "What you typed here before is still there"


@pytest.fixture
def desk(sit: Callable[..., Person], clinic: Clinic) -> Person:
    """Half-way through registering Maria."""
    desk = sit(clinic)
    desk.go(f"{clinic.home}/patients/new")
    desk.is_at(desk.field("First name"))
    desk.type("Maria")
    desk.press("Tab")
    desk.type("Pop")
    desk.press("Tab")
    desk.type("2/19/43")
    desk.sees(desk.page.get_by_text("February 19, 1943"))
    desk.page.get_by_role("textbox", name="Mobile").fill("+1 415 555 0132")
    desk.field("City").fill("Salem")
    return desk


def away_and_back(desk: Person) -> None:
    main = desk.page.get_by_role("navigation", name="Main")
    desk.click(main.get_by_role("link", name=re.compile("^Patients")))
    desk.sees(desk.heading("Patients"))
    desk.click(main.get_by_role("link", name=re.compile("^Register")))
    desk.sees(desk.heading("Register a patient"))


def has_all_of_it(desk: Person) -> None:
    desk.sees(desk.page.get_by_text(STILL_THERE))
    expect(desk.field("First name")).to_have_value("Maria")
    expect(desk.field("Last name")).to_have_value("Pop")
    expect(desk.field("Date of birth")).to_have_value("02/19/1943")
    expect(desk.page.get_by_role("textbox", name="Mobile")).to_have_value("+1 415 555 0132")
    expect(desk.field("City")).to_have_value("Salem")


class TestHalfARegistration:
    def test_is_there_after_a_look_elsewhere_and_can_be_sent(self, desk: Person, clinic: Clinic) -> None:
        away_and_back(desk)
        has_all_of_it(desk)
        desk.page.go_back()
        desk.sees(desk.heading("Patients"))
        desk.page.go_forward()
        has_all_of_it(desk)
        desk.press("Control+Enter")
        desk.is_told("Registered: Maria Pop")
        desk.sees(desk.heading("Maria Pop"))
        (patient,) = clinic.get("/patients")["items"]
        assert (patient["birth_date"], patient["address"]["city"]) == ("1943-02-19", "Salem")
        desk.press("g", "n")
        desk.sees(desk.heading("Register a patient"))
        expect(desk.field("First name")).to_have_value("")
        expect(desk.page.get_by_text(STILL_THERE)).to_have_count(0)

    def test_can_be_begun_anew(self, desk: Person) -> None:
        away_and_back(desk)
        desk.click(desk.button("Begin anew"))
        expect(desk.field("First name")).to_have_value("")
        expect(desk.page.get_by_role("textbox", name="Mobile")).to_have_value("")
        away_and_back(desk)
        expect(desk.field("First name")).to_have_value("")

    def test_of_one_person_does_not_stand_in_the_form_of_another(self, desk: Person, clinic: Clinic) -> None:
        desk.press("Control+k")
        desk.type("Patients")
        desk.press("Enter")
        desk.sees(desk.heading("Patients"))
        desk.page.get_by_role("searchbox").fill("Ilinca Vlad")
        desk.click(desk.page.get_by_role("main").get_by_role("link", name="Register a patient"))
        expect(desk.field("First name")).to_have_value("Ilinca")
        expect(desk.field("City")).to_have_value("")
        away_and_back(desk)
        has_all_of_it(desk)

    def test_is_asked_about_before_the_page_is_read_again(self, desk: Person) -> None:
        asked: list[str] = []

        def stay(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.dismiss()

        desk.page.on("dialog", stay)
        desk.page.evaluate("() => setTimeout(() => location.reload())")
        desk.page.wait_for_timeout(500)
        assert asked == ["beforeunload"]
        expect(desk.field("First name")).to_have_value("Maria")

    def test_is_forgotten_when_somebody_signs_out(self, desk: Person, clinic: Clinic) -> None:
        asked: list[str] = []

        def go(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        desk.page.on("dialog", go)
        desk.click(desk.button(re.compile("Ana Dinu")))
        desk.click(desk.page.get_by_role("menuitem", name="Sign out"))
        desk.sees(desk.heading("Sign in"))  # the form of the patient has a field of that name, too
        desk.field("Email").fill(clinic.email)
        desk.field("Password").fill(PASSWORD)
        desk.press("Enter")
        desk.sees(desk.page.get_by_role("navigation", name="Main"))
        desk.press("g", "n")
        desk.sees(desk.heading("Register a patient"))
        expect(desk.field("First name")).to_have_value("")
        assert asked == []


class TestHalfAChange:
    def test_is_there_after_a_look_at_another_tab(self, sit: Callable[..., Person], clinic: Clinic) -> None:
        maria, ion = clinic.patient("Maria", "Okafor"), clinic.patient("Ion", "Blaga")
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{maria['id']}?tab=details")
        desk.field("Preferred name").fill("Mimi")
        desk.click(desk.page.get_by_role("tab", name=re.compile("^Ledger")))
        desk.sees(desk.page.get_by_role("tabpanel", name=re.compile("^Ledger")))
        clinic.ask("PATCH", f"/patients/{maria['id']}", version=maria["version"], json={"middle_name": "Ada"})
        desk.click(desk.page.get_by_role("tab", name=re.compile("^Details")))
        desk.sees(desk.page.get_by_text(STILL_THERE))
        expect(desk.field("Preferred name")).to_have_value("Mimi")
        desk.field("Preferred name").focus()
        desk.expects(412)
        desk.press("Control+Enter")
        desk.is_told("Saved: Maria Okafor")
        kept = clinic.get(f"/patients/{maria['id']}")
        assert (kept["preferred_name"], kept["middle_name"]) == ("Mimi", "Ada")
        expect(desk.page.get_by_text(STILL_THERE)).to_have_count(0)
        desk.go(f"{clinic.home}/patients/{ion['id']}?tab=details")
        expect(desk.field("Preferred name")).to_have_value("")
