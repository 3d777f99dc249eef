"""What was done in haste comes back: for ten seconds, from anywhere, the last first; the ledger by a second entry."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person


@pytest.fixture
def person(sit: Callable[..., Person], practice: Practice) -> Person:
    return sit(practice.clinic)


@pytest.fixture
def desk(person: Person, practice: Practice) -> Desk:
    return Desk(person, practice)


def undo(person: Person, said: str | re.Pattern[str] = "", answer: str = "Undone") -> None:
    """Z; the answer names what it was."""
    person.press("z")
    person.sees(notice(person, answer).filter(has_text=said))


def notice(person: Person, title: str) -> Locator:
    return person.page.get_by_role("group", name=title)


class TestTheOffer:
    def test_several_come_back_one_by_one_from_the_last_wherever_one_has_gone(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        for key, said in [("f", "has confirmed"), ("a", "has arrived"), ("s", "is in the chair")]:
            person.press(key)
            person.is_told(f"Maria Okafor {said}")
        person.press("m", "ArrowDown", "ArrowDown", "Enter")
        person.is_told("Maria Okafor moved to 3:10 PM, Room 1")
        person.press("g", "p")
        person.sees(person.heading("Patients"))
        statuses = []
        for said in ["moved to 3:10 PM", "is in the chair", "has arrived", "has confirmed"]:
            person.press("z")
            # What was undone is said with the word.
            person.sees(person.page.get_by_role("group", name="Undone").get_by_text(re.compile(said)))
            now = practice.clinic.get(f"/appointments/{visit['id']}")
            statuses.append((now["status"], now["starts_at"] == visit["starts_at"]))
        assert statuses == [("in_chair", True), ("arrived", True), ("confirmed", True), ("scheduled", True)]

    def test_stays_ten_seconds_and_waits_for_whoever_reads_it(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        practice.booked(practice.clinic.patient(), "15:00")
        person.page.clock.install()
        desk.open()
        desk.choose("Maria Okafor")
        person.press("a")
        told = notice(person, "Maria Okafor has arrived")
        expect(told).to_be_visible()
        person.page.clock.run_for(9_000)
        expect(told).to_be_visible()
        told.hover()
        person.page.clock.run_for(60_000)
        expect(told).to_be_visible()
        told.get_by_role("button", name=re.compile("^Undo")).focus()
        person.page.mouse.move(5, 5)
        person.page.clock.run_for(60_000)
        expect(told).to_be_visible()
        desk.card("Maria Okafor").focus()
        person.page.clock.run_for(11_000)
        expect(told).to_have_count(0)

    def test_says_why_when_it_is_no_longer_possible(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        person.press("a")
        person.is_told("Maria Okafor has arrived")
        practice.clinic.ask("POST", f"/appointments/{visit['id']}/seating")
        person.expects(409, 412)
        person.press("z")
        told = notice(person, "Can no longer be undone")
        person.sees(told.get_by_text(re.compile("Maria Okafor has arrived – .+")))
        assert practice.clinic.get(f"/appointments/{visit['id']}")["status"] == "in_chair"

    def test_of_a_place_that_is_taken_meanwhile_says_so(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        person.press("m", *["ArrowDown"] * 12, "Enter")
        person.is_told("Maria Okafor moved to 4:00 PM, Room 1")
        practice.booked(practice.clinic.patient("Ion", "Blaga"), "15:00")
        person.expects(409)
        undo(person, answer="Can no longer be undone")


class TestVisits:
    def test_a_booking_a_cancellation_and_a_note(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        practice.clinic.patient()
        desk.open()
        desk.book("Maria")
        person.is_told(re.compile("Maria Okafor booked for"))
        undo(person)
        assert [visit["status"] for visit in desk.visits()] == ["cancelled"]
        visit = practice.booked(practice.clinic.patient("Ion", "Blaga"), "15:00", notes="Needs a ramp")
        desk.open()
        desk.choose("Ion Blaga")
        person.press("w")
        person.is_told("Ion Blaga did not come")
        undo(person, "did not come")
        person.sees(desk.card("Ion Blaga", status="Scheduled"))
        person.click(person.button("Edit the note", desk.panel))
        person.field("Note for this visit").fill("No ramp")
        person.press("Control+Enter")
        person.is_told("Note kept for Ion Blaga")
        undo(person, "Note kept")
        person.sees(desk.panel.get_by_text("Needs a ramp"))
        assert practice.clinic.get(f"/appointments/{visit['id']}")["notes"] == "Needs a ramp"


class TestPatients:
    def test_changed_fields_are_as_they_were_and_a_new_record_is_put_away(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        maria = clinic.patient(address={"city": "Fresno"})
        sit_at(person, clinic, f"/patients/{maria['id']}?tab=details")
        person.field("First name").fill("Marie")
        person.field("City").fill("Salinas")
        person.press("Control+Enter")
        person.is_told("Saved: Marie Okafor")
        undo(person)
        expect(person.field("First name")).to_have_value("Maria")
        kept = clinic.get(f"/patients/{maria['id']}")
        assert (kept["first_name"], kept["address"]["city"]) == ("Maria", "Fresno")
        sit_at(person, clinic, "/patients/new")
        person.field("First name").fill("Vlad")
        person.field("Last name").fill("Enache")
        person.field("Date of birth").fill("5/1/1980")
        person.press("Control+Enter")
        person.is_told("Registered: Vlad Enache")
        person.sees(person.heading("Vlad Enache"))
        undo(person)
        assert [one["first_name"] for one in clinic.get("/patients")["items"]] == ["Maria"]


class TestPractice:
    def test_what_is_set_up_is_as_it_was(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        for page, row, label, text, path, name in [
            ("services", "Check-up", "Price", "999", "/services", "price"),
            ("operatories", "Room 1", "Name", "Green room", "/operatories", "name"),
            ("providers", "Dr. Ioana Marin", "Title", "DMD", "/providers", "title"),
        ]:
            before = [one[name] for one in clinic.get(path)["items"]]
            sit_at(person, clinic, f"/admin/{page}")
            person.click(person.page.get_by_role("row").get_by_role("button", name=row))
            person.field(label, person.dialog()).fill(text)
            person.press("Control+Enter")
            person.is_told(re.compile("^Saved"))
            assert [one[name] for one in clinic.get(path)["items"]] != before
            undo(person)
            assert [one[name] for one in clinic.get(path)["items"]] == before
            person.click(person.page.get_by_role("row").get_by_role("button", name=row))
            person.click(person.button("Take out of use"))
            person.is_told(f"{row} is out of use")
            undo(person, "is out of use")
            assert all(one["active"] for one in clinic.get(path)["items"])

    def test_the_practice_its_week_and_its_closed_days_too(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        sit_at(person, clinic, "/admin/clinic")
        person.field("Phone").fill("+1 415 555 0199")
        person.press("Control+Enter")
        person.is_told(re.compile("^Saved"))
        undo(person)
        expect(person.field("Phone")).to_have_value("")
        assert clinic.get("")["phone"] is None
        before = clinic.get("/hours")["weekly"]
        sit_at(person, clinic, "/admin/hours")
        person.page.get_by_role("checkbox", name="Sunday").uncheck()
        person.press("Control+Enter")
        person.is_told("Opening hours saved")
        undo(person, "Opening hours saved")
        assert clinic.get("/hours")["weekly"] == before


class TestPeople:
    def test_an_invitation_its_withdrawal_and_ones_own_name(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        email = f"radu.{clinic.slug}@example.test"
        sit_at(person, clinic, "/admin/staff")
        person.press("n")
        person.field("Email").fill(email)
        person.dialog().get_by_label(re.compile("^Dentist")).check()
        person.press("Control+Enter")
        person.is_told(f"An invitation is on its way to {email}")
        assert waiting(clinic) == [email]
        undo(person, "An invitation is on its way")
        assert waiting(clinic) == []
        clinic.post("/invitations", email=email, roles=["dentist"])
        person.page.reload()
        person.click(person.page.get_by_role("listitem").filter(has_text=email).get_by_role("button", name="Take back"))
        person.is_told(re.compile("was taken back"))
        assert waiting(clinic) == []
        undo(person, "was taken back")
        assert waiting(clinic) == [email]
        sit_at(person, clinic, "/account")
        person.field("Your name").fill("Ana Dinu-Pop")
        person.press("Enter")
        person.is_told("Your name is saved")
        undo(person, "Your name is saved")
        expect(person.field("Your name")).to_have_value("Ana Dinu")


class TestLedger:
    def test_a_charge_is_undone_by_a_second_entry(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        maria = clinic.patient()
        sit_at(person, clinic, f"/patients/{maria['id']}?tab=ledger")
        person.press("+")
        person.sees(person.dialog("Add charge"))
        person.type("check")
        person.press("Enter", "Control+Enter")
        person.is_told(re.compile("^Charged: Check-up"))
        undo(person)
        entries = clinic.get(f"/patients/{maria['id']}/ledger")
        assert (len(entries["items"]), entries["balance"]["amount"]) == (2, 0)

    def test_a_draft_goes_and_comes_and_what_is_issued_is_not_offered_back(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        maria = clinic.patient()
        clinic.charge(maria, 10_000)
        sit_at(person, clinic, f"/patients/{maria['id']}?tab=ledger")
        person.press("i")
        person.click(person.button(re.compile("^Keep as draft"), person.dialog()))
        person.is_told(re.compile("^Draft"))
        undo(person)
        assert drafts(clinic) == []
        person.press("i")
        person.press("Control+Enter")
        person.is_told(re.compile("^Issued|issued"))
        expect(
            person.page.get_by_role("region", name="Notifications").get_by_role("button", name=re.compile("^Undo"))
        ).to_have_count(0)


def sit_at(person: Person, clinic: Clinic, path: str) -> None:
    person.go(clinic.home + path)
    person.sees(person.page.get_by_role("main").get_by_role("heading").first)


def drafts(clinic: Clinic) -> list[Any]:
    return [one for one in clinic.get("/invoices")["items"] if one["status"] == "draft"]


def waiting(clinic: Clinic) -> list[str]:
    return [one["email"] for one in clinic.get("/invitations")["items"] if one["state"] == "open"]
