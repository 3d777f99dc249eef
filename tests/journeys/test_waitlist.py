"""Somebody waits for a time, is given one, and comes back to the list when that is undone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person
from tests.journeys.staff import Member

Sit = Callable[..., Person]
Join = Callable[[Clinic, str], Member]


@pytest.fixture
def person(sit: Sit, practice: Practice) -> Person:
    return sit(practice.clinic)


def waiting(practice: Practice, name: str = "Maria", **more: Any) -> Any:
    patient = practice.clinic.patient(name)
    return practice.clinic.post("/waitlist", patient_id=patient["id"], service_id=practice.check_up["id"], **more)


class TestTheList:
    def test_is_served_from_the_keyboard_and_undoing_brings_them_back(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        waiting(practice, "Ana")
        bea = waiting(practice, "Bea", urgent=True, notice_hours=48)
        person.go(f"{clinic.home}/waitlist")
        rows = person.page.get_by_role("row")
        expect(rows.nth(1)).to_contain_text("Bea Okafor")
        expect(rows.nth(1)).to_contain_text("2 days ahead")
        with person.counting("give a time to who waits most urgently") as count:
            person.press("b")
            person.sees(person.page.get_by_text("Choose a time for Bea Okafor."))
            person.press("n")
            person.sees(person.dialog("Book a visit").get_by_text("Bea Okafor"))
            person.press("Control+Enter")
            person.is_told(re.compile("Bea Okafor booked"))
        assert (count.keys, count.clicks) == (3, 0)
        person.press("g", "w")
        expect(rows).to_have_count(2)
        assert clinic.get(f"/waitlist/{bea['id']}")["status"] == "booked"
        person.press("z")
        expect(rows).to_have_count(3)
        assert clinic.get(f"/waitlist/{bea['id']}")["status"] == "waiting"

    def test_is_changed_and_left(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        entry = waiting(practice)
        person.go(f"{clinic.home}/waitlist")
        person.sees(person.page.get_by_role("row", name=re.compile("Any time")))
        person.press("e")
        dialog = person.dialog("Maria Okafor")
        dialog.get_by_label("Tuesday").check()
        dialog.get_by_label("Evening").check()
        person.press("Control+Enter")
        person.sees(person.page.get_by_role("row", name=re.compile("Tue · Evening")))
        person.press("z")
        person.sees(person.page.get_by_role("row", name=re.compile("Any time")))
        person.press("x")
        person.click(person.button("Does not want to wait"))
        person.press("Control+Enter")
        person.sees(person.heading("Nobody waits"))
        assert clinic.get(f"/waitlist/{entry['id']}")["closing_reason"] == "Does not want to wait"
        person.press("z")
        person.sees(person.page.get_by_role("row", name=re.compile("Maria Okafor")))

    def test_is_only_looked_at_by_an_assistant(self, practice: Practice, sit: Sit, join: Join) -> None:
        waiting(practice)
        looking = sit(join(practice.clinic, "assistant"))
        looking.go(f"{practice.clinic.home}/waitlist")
        looking.sees(looking.page.get_by_role("row", name=re.compile("Maria Okafor")))
        expect(looking.button(re.compile("^Change"))).to_have_count(0)


class TestThePatient:
    def test_is_put_on_it_for_an_earlier_time_and_leaves_it_with_that(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        maria = clinic.patient()
        visit = practice.booked(maria, "15:00", days=8)
        person.go(f"{clinic.home}/patients/{maria['id']}")
        person.click(person.button("Put on the waiting list"))
        person.field("Would like a visit earlier").select_option(index=1)
        person.page.get_by_role("dialog").get_by_label(re.compile("As soon as possible")).check()
        person.press("Control+Enter")
        person.is_told("Maria Okafor is on the waiting list")
        person.sees(person.page.get_by_text("As soon as possible"))
        [entry] = clinic.get("/waitlist")["items"]
        assert entry["appointment"]["id"] == visit["id"]
        clinic.ask("POST", f"/appointments/{visit['id']}/rescheduling", json={"starts_at": clinic.at("16:00", 2)})
        assert clinic.get(f"/waitlist/{entry['id']}")["status"] == "booked"
        person.go(f"{clinic.home}/patients/{maria['id']}")
        person.sees(person.page.get_by_text("Waits for nothing."))

    def test_whose_visit_was_cancelled_waits_for_another_with_what_it_was_for(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        maria = clinic.patient()
        clinic.post("/services", name="Aesthetics", duration_minutes=60, price={"amount": 100, "currency": "USD"})
        visit = practice.booked(maria, "15:00", days=8)
        clinic.ask("POST", f"/appointments/{visit['id']}/cancellation", json={"reason": "Ill"})
        person.go(f"{clinic.home}/patients/{maria['id']}?tab=appointments")
        person.sees(person.page.get_by_text("Cancelled", exact=True))
        person.click(person.button("Put on the waiting list", person.page.get_by_role("tabpanel")))
        sheet = person.dialog()
        expect(sheet.get_by_role("combobox", name="For")).to_have_value(practice.check_up["id"])
        person.press("Control+Enter")
        person.is_told("Maria Okafor is on the waiting list")
        [entry] = clinic.get("/waitlist")["items"]
        assert entry["service_id"] == practice.check_up["id"]
        person.press("z")
        person.is_told("Undone")
        assert clinic.get("/waitlist")["items"] == []
