"""What is known of one patient, the day in numbers, the palette, and the end of a session."""

import re
from collections.abc import Callable

import httpx
from playwright.sync_api import expect

from tests.journeys.clinic import PASSWORD, Clinic, Practice
from tests.journeys.person import Person


class TestPatientPage:
    def test_shows_who_they_are_when_they_come_and_what_they_owe(self, sit: Callable[..., Person], practice: Practice) -> None:
        clinic = practice.clinic
        mobile = {"type": "mobile", "value": "+1 415 555 0132", "safe_for_voicemail": True}
        maria = clinic.patient(contacts=[mobile], note="Allergic to latex gloves")
        child = clinic.patient("Luca", "Okafor", "2016-03-04", guarantor_id=maria["id"])
        practice.booked(maria, "10:00", days=3)
        seen = practice.booked(maria, "11:00")
        clinic.ask("POST", f"/appointments/{seen['id']}/completion", json={"items": [{"service_id": practice.check_up["id"]}]})
        clinic.charge(child, 3_000)
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{maria['id']}")
        desk.sees(desk.heading("Maria Okafor"))
        desk.sees(desk.page.get_by_text("120.00"))
        desk.sees(desk.page.get_by_text("150.00"))
        desk.sees(desk.page.get_by_text("Safe for voicemail"))
        desk.sees(desk.page.get_by_text("Allergic to latex gloves"))
        desk.sees(desk.page.get_by_role("link", name="Luca Okafor"))
        desk.sees(desk.page.get_by_text("Check-up"))
        desk.press("a")
        expect(desk.page.get_by_role("tab", name=re.compile("^Visits"))).to_have_attribute("aria-selected", "true")
        desk.sees(desk.page.get_by_role("tabpanel").get_by_text("Completed"))
        desk.press("7")
        desk.sees(desk.page.get_by_role("row", name=re.compile("Check-up.*120.00")))
        # Initials only: a tab title is read by everyone who passes.
        expect(desk.page).to_have_title(f"MO #{maria['register_number']}")
        desk.press("n")
        desk.sees(desk.page.get_by_text("Choose a time for Maria Okafor."))

    def test_says_nothing_is_here_of_another_clinics_patient_as_of_none(
        self, sit: Callable[..., Person], origin: str, clinic: Clinic
    ) -> None:
        theirs = Clinic(origin, "South Dental").patient("Dan", "Rus")
        desk = sit(clinic)
        desk.expects(404)
        told = []
        for id in (theirs["id"], "00000000-0000-4000-8000-000000000000"):
            desk.go(f"{clinic.home}/patients/{id}")
            desk.sees(desk.page.get_by_text("There is nothing at this address"))
            told.append(desk.page.get_by_role("main").aria_snapshot())
        assert told[0] == told[1]

    def test_a_clinic_that_is_not_ours_looks_like_one_that_is_not(
        self, sit: Callable[..., Person], origin: str, clinic: Clinic
    ) -> None:
        other = Clinic(origin, "South Dental")
        desk = sit(clinic)
        desk.expects(404)
        told = []
        for slug in (other.slug, "no-such-clinic"):
            desk.go(f"/c/{slug}/schedule")
            desk.sees(desk.page.get_by_text("There is nothing at this address"))
            told.append(desk.page.locator("body").aria_snapshot().replace(slug, "…"))
        assert told[0] == told[1]


class TestDayInNumbers:
    def test_counts_who_came_and_what_came_in(self, sit: Callable[..., Person], practice: Practice) -> None:
        clinic = practice.clinic
        maria, ion = clinic.patient(), clinic.patient("Ion", "Blaga")
        one, two = practice.booked(maria, "11:00"), practice.booked(ion, "12:00")
        clinic.ask("POST", f"/appointments/{one['id']}/completion", json={"items": [{"service_id": practice.check_up["id"]}]})
        clinic.ask("POST", f"/appointments/{two['id']}/no-show")
        clinic.post("/payments", patient_id=maria["id"], amount=clinic.money(5_000), method="cash", allocations=[])
        desk = sit(clinic)
        desk.go(f"{clinic.home}/schedule")
        numbers = desk.page.get_by_label("The day in numbers")
        for term, value in [("Did not come", "1"), ("Completed", "1"), ("Produced", "120.00"), ("Collected", "50.00")]:
            line = numbers.locator("div", has=desk.page.get_by_role("term").filter(has_text=re.compile(f"^{term}$")))
            expect(line.get_by_role("definition")).to_contain_text(value)


class TestPalette:
    def test_finds_patients_and_pages_without_a_mouse(self, sit: Callable[..., Person], clinic: Clinic) -> None:
        clinic.patient("Maria", "Okafor")
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients")
        desk.sees(desk.page.get_by_role("link", name="Maria Okafor"))
        with desk.counting("find a patient and open the record") as count:
            desk.press("Control+k")
            desk.is_at(desk.page.get_by_role("combobox"))
            desk.press(*"oka")
            desk.press("Enter")
            desk.sees(desk.heading("Maria Okafor"))
        assert count.keys <= 6
        desk.press("Control+k")
        desk.is_at(desk.page.get_by_role("combobox"))
        desk.type("hours")
        desk.press("Enter")
        desk.sees(desk.heading("Opening hours"))
        desk.press("Control+k")
        desk.is_at(desk.page.get_by_role("combobox"))
        desk.press("Escape")
        expect(desk.dialog()).to_have_count(0)
        desk.press("?")
        desk.sees(desk.dialog("Keyboard shortcuts"))

    def test_two_clicks_to_a_patient(self, sit: Callable[..., Person], clinic: Clinic) -> None:
        clinic.patient("Maria", "Okafor")
        desk = sit(clinic)
        desk.go(f"{clinic.home}/schedule")
        with desk.counting("find a patient and open the record, by mouse") as count:
            desk.click(desk.button(re.compile("Search or run a command")))
            desk.type("oka")
            desk.click(desk.page.get_by_role("option", name=re.compile("Maria Okafor")))
            desk.sees(desk.heading("Maria Okafor"))
        assert count.clicks <= 2


class TestSession:
    def test_signs_out_and_leaves_nothing_behind(self, sit: Callable[..., Person], clinic: Clinic) -> None:
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients")
        desk.click(desk.button(re.compile("Ana Dinu")))
        desk.click(desk.page.get_by_role("menuitem", name="Sign out"))
        desk.sees(desk.heading("Sign in"))
        desk.go(f"{clinic.home}/patients")
        desk.sees(desk.heading("Sign in"))
        desk.field("Email").fill(clinic.email)
        desk.field("Password").fill("not the right password")
        desk.expects(401)
        desk.press("Enter")
        desk.sees(desk.page.get_by_text("The email or the password is not right."))
        desk.field("Password").fill(PASSWORD)
        desk.press("Enter")
        desk.sees(desk.heading("Patients"))

    def test_that_ends_meanwhile_keeps_what_was_typed(self, sit: Callable[..., Person], clinic: Clinic) -> None:
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/new")
        desk.field("First name").fill("Maria")
        desk.field("Last name").fill("Okafor")
        desk.field("Date of birth").fill("5/1/80")
        end_session(clinic)
        desk.expects(401)
        desk.press("Control+Enter")
        asked = desk.dialog("Please sign in again")
        desk.sees(asked)
        desk.is_at(desk.field("Password", asked))
        desk.type(PASSWORD)
        desk.press("Enter")
        desk.is_told("Registered: Maria Okafor")
        desk.sees(desk.heading("Maria Okafor"))


def end_session(clinic: Clinic) -> None:
    """As the server ends it: the browser still believes in its cookie."""
    httpx.delete(
        f"{clinic.origin}/api/v1/session", headers={"origin": clinic.origin}, cookies=dict(clinic.http.cookies)
    ).raise_for_status()
