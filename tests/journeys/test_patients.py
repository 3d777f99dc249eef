"""Finding somebody, registering somebody new, two people changing one record, putting away and bringing back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Clinic
from tests.journeys.person import Person


@pytest.fixture
def register(clinic: Clinic) -> Clinic:
    """A register with a few people in it."""
    mobile = {"type": "mobile", "value": "+40 721 555 019", "is_primary": True}
    clinic.patient("Țîrlea", "Popescu-Ionescu", "1979-02-03", contacts=[mobile])
    clinic.patient("Renée", "Müller", "1943-02-19")
    clinic.patient("Seán", "O'Brien", "1990-12-31", register_number="A-77")
    return clinic


class TestFinding:
    @pytest.mark.parametrize(
        "words, who",
        [
            ("ionesc", "Țîrlea Popescu-Ionescu"),
            ("tirl pop", "Țîrlea Popescu-Ionescu"),
            ("muller", "Renée Müller"),
            ("obrien", "Seán O'Brien"),
            ("555 019", "Țîrlea Popescu-Ionescu"),
            ("1943-02-19", "Renée Müller"),
            ("12/31/1990", "Seán O'Brien"),
            ("A-77", "Seán O'Brien"),
        ],
    )
    def test_by_whatever_is_known(self, sit: Callable[..., Person], register: Clinic, words: str, who: str) -> None:
        """Faster than the answers come: Enter takes who fits all of what was typed, never who fitted its beginning."""
        desk = sit(register)
        desk.go(f"{register.home}/patients")
        desk.sees(desk.page.get_by_role("row", name=re.compile("Müller")))
        desk.press("/")
        desk.type(words)
        desk.press("Enter")
        desk.sees(desk.heading(who))

    def test_offers_to_register_who_is_not_there(self, sit: Callable[..., Person], register: Clinic) -> None:
        desk = sit(register)
        desk.go(f"{register.home}/patients?q=Ilinca Vlad")
        desk.sees(desk.page.get_by_text("No patient matches “Ilinca Vlad”"))
        desk.click(desk.page.get_by_role("link", name="Register a patient").last)
        expect(desk.field("First name")).to_have_value("Ilinca")
        expect(desk.field("Last name")).to_have_value("Vlad")


class TestRegistering:
    def test_shows_who_it_might_already_be(self, sit: Callable[..., Person], register: Clinic) -> None:
        desk = sit(register)
        desk.go(f"{register.home}/patients/new")
        desk.is_at(desk.field("First name"))
        desk.type("Renee")
        desk.press("Tab")
        desk.type("Mueller")
        desk.press("Tab")
        desk.type("2/19/43")
        desk.sees(desk.page.get_by_text("February 19, 1943"))
        desk.sees(desk.page.get_by_text("Somebody like this is registered already"))
        desk.sees(desk.page.get_by_role("link", name="Renée Müller"))

    def test_keeps_every_mark_of_a_name_and_what_may_be_said_to_a_machine(
        self, sit: Callable[..., Person], clinic: Clinic
    ) -> None:
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/new")
        desk.is_at(desk.field("First name"))
        desk.type("د. ليلى")
        desk.press("Tab")
        desk.type("O’Neill-Nguyễn")
        desk.press("Tab")
        desk.type("120385")
        desk.sees(desk.page.get_by_text("December 3, 1985"))
        desk.field("Sex").select_option("Female")
        desk.page.get_by_role("textbox", name="Mobile").fill("+1 (415) 555-0132")
        desk.page.get_by_role("checkbox", name="Safe for voicemail").check()
        desk.press("Control+Enter")
        desk.is_told("Registered: د. ليلى O’Neill-Nguyễn")
        desk.sees(desk.heading("د. ليلى O’Neill-Nguyễn"))
        desk.sees(desk.page.get_by_text("+1 (415) 555-0132"))
        desk.sees(desk.page.get_by_text("Safe for voicemail"))
        (patient,) = clinic.get("/patients")["items"]
        assert (patient["first_name"], patient["last_name"]) == ("د. ليلى", "O’Neill-Nguyễn")
        assert (patient["birth_date"], patient["sex"]) == ("1985-12-03", "female")
        assert [contact["safe_for_voicemail"] for contact in patient["contacts"]] == [True]

    def test_points_at_what_is_wrong(self, sit: Callable[..., Person], clinic: Clinic) -> None:
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/new")
        desk.field("First name").fill("Maria")
        desk.press("Control+Enter")
        desk.sees(desk.page.get_by_text("2 fields need another look"))
        desk.is_at(desk.field("Last name"))
        desk.type("Pop")
        desk.field("Date of birth").fill("31/31/1990")
        desk.sees(desk.page.get_by_text("Not a date yet"))
        desk.expects(422)
        desk.press("Control+Enter")
        desk.sees(desk.page.get_by_text("This is not a date."))
        desk.is_at(desk.field("Date of birth"))
        assert clinic.get("/patients")["items"] == []

    def test_keeps_the_focus_where_something_is_taken_away(self, sit: Callable[..., Person], register: Clinic) -> None:
        desk = sit(register)
        desk.go(f"{register.home}/patients/new")
        desk.is_at(desk.field("First name"))
        desk.button("Remove Email").focus()
        desk.press("Enter")
        desk.is_at(desk.button("Add a contact"))
        payer = desk.page.get_by_role("combobox", name="Who pays")
        payer.fill("muller")
        desk.sees(desk.page.get_by_role("option", name=re.compile("Renée Müller")))
        payer.press("Enter")
        desk.button("Clear: Who pays").focus()
        desk.press("Enter")
        desk.is_at(payer)
        expect(payer).to_have_value("")


class TestTwoPeople:
    def test_changing_the_same_field_are_asked_which_is_right(self, sit: Callable[..., Person], clinic: Clinic) -> None:
        patient = clinic.patient("Maria", "Okafor", middle_name="Ada")
        here, there = sit(clinic), sit(clinic)
        for person in (here, there):
            person.go(f"{clinic.home}/patients/{patient['id']}?tab=details")
            expect(person.field("Last name")).to_have_value("Okafor")

        there.field("Last name").fill("Okafor-Bello")
        there.field("City").fill("Cluj")
        there.press("Control+Enter")
        there.is_told("Saved: Maria Okafor-Bello")

        here.field("Last name").fill("Bello")
        here.field("Preferred name").fill("Mimi")
        here.expects(412)
        here.press("Control+Enter")
        asked = here.dialog(re.compile("was changed by somebody else meanwhile"))
        here.sees(asked)
        expect(asked.get_by_role("group")).to_have_count(1)
        choice = asked.get_by_role("group", name="Last name")
        expect(choice.get_by_role("radio", name=re.compile("Yours.*Bello"))).not_to_be_checked()
        expect(choice.get_by_role("radio", name=re.compile("Theirs.*Okafor-Bello"))).not_to_be_checked()
        expect(here.button("Keep what is chosen")).to_be_disabled()
        choice.get_by_role("radio", name=re.compile("Yours")).check()
        here.press("Control+Enter")
        here.is_told("Saved: Maria Bello")
        kept = clinic.get(f"/patients/{patient['id']}")
        assert (kept["last_name"], kept["preferred_name"], kept["middle_name"]) == ("Bello", "Mimi", "Ada")
        assert kept["address"]["city"] == "Cluj"

    def test_changing_different_fields_are_both_right(self, sit: Callable[..., Person], clinic: Clinic) -> None:
        patient = clinic.patient("Maria", "Okafor")
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{patient['id']}?tab=details")
        desk.field("Preferred name").fill("Mimi")
        clinic.ask("PATCH", f"/patients/{patient['id']}", version=patient["version"], json={"middle_name": "Ada"})
        desk.expects(412)
        desk.press("Control+Enter")
        desk.is_told("Saved: Maria Okafor")
        kept = clinic.get(f"/patients/{patient['id']}")
        assert (kept["preferred_name"], kept["middle_name"]) == ("Mimi", "Ada")


class TestArchiving:
    def test_puts_away_and_brings_back(self, sit: Callable[..., Person], register: Clinic) -> None:
        desk = sit(register)
        desk.go(f"{register.home}/patients")
        desk.click(desk.page.get_by_role("link", name="Renée Müller"))
        desk.sees(desk.heading("Renée Müller"))
        desk.press("Control+k")
        desk.type("archive")
        desk.press("Enter")
        desk.is_told("Renée Müller is archived")
        desk.press("z")
        desk.is_told("Undone")

        desk.click(desk.button("More"))
        desk.click(desk.page.get_by_role("menuitem", name="Archive"))
        desk.is_told("Renée Müller is archived")
        desk.press("g", "p")
        desk.sees(desk.page.get_by_role("link", name="Seán O'Brien"))
        expect(desk.page.get_by_role("link", name="Renée Müller")).to_have_count(0)
        desk.click(desk.page.get_by_role("radio", name="Archived"))
        desk.sees(desk.page.get_by_role("link", name="Renée Müller"))
        expect(desk.page.get_by_role("link", name="Seán O'Brien")).to_have_count(0)
