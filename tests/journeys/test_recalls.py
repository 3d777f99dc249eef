"""Patients are called in: what for is set up, the call list is worked through from the keyboard, and the recall follows the visit."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person
from tests.journeys.staff import Member

Sit = Callable[..., Person]
Join = Callable[[Clinic, str], Member]
PHONE = {"type": "mobile", "value": "+1 415 555 0132", "is_primary": True, "safe_for_voicemail": True}


def kind(practice: Practice, name: str = "Six-month check") -> Any:
    services = [practice.check_up["id"]]
    return practice.clinic.post("/recall-types", name=name, interval={"every": 6, "unit": "months"}, service_ids=services)


def due(practice: Practice, type: Any, *names: str, days: int = -10, **more: Any) -> list[Any]:
    """One after another by their names, the longest due first."""
    clinic, made = practice.clinic, []
    for turn, name in enumerate(names):
        patient = clinic.patient(name, **more)
        day = (clinic.today + timedelta(days=days + turn)).isoformat()
        made.append(clinic.post("/recalls", patient_id=patient["id"], type_id=type["id"], due_on=day))
    return made


@pytest.fixture
def person(sit: Sit, practice: Practice) -> Person:
    return sit(practice.clinic)


class TestTheCallList:
    def test_is_worked_through_from_the_keyboard(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        ana, bea = due(practice, kind(practice), "Ana", "Bea", contacts=[PHONE])
        person.go(f"{clinic.home}/recalls")
        row = person.page.get_by_role("row", name=re.compile("Ana Okafor"))
        person.sees(row.get_by_role("cell", name=re.compile(re.escape("+1 415 555 0132"))))
        person.sees(row.get_by_role("cell", name=re.compile("A message may be left")))
        with person.counting("note that somebody did not answer") as count:
            person.press("a", "Control+Enter")
            person.is_told("Ana Okafor: No answer")
        assert (count.keys, count.clicks) == (2, 0)
        person.sees(row.get_by_text("No answer"))
        person.press("z")
        person.sees(row.get_by_text("Not tried yet"))

        person.press("j", "s")
        person.sees(person.dialog("Snooze").get_by_text("Bea Okafor"))
        person.press("Control+Enter")
        person.is_told(re.compile("^Bea Okafor is snoozed until"))
        expect(person.page.get_by_role("row")).to_have_count(2)
        person.press("z")
        expect(person.page.get_by_role("row")).to_have_count(3)
        assert {clinic.get(f"/recalls/{one['id']}")["status"] for one in (ana, bea)} == {"due"}

    def test_goes_by_arrows_from_name_to_name(self, person: Person, practice: Practice) -> None:
        due(practice, kind(practice), "Ana", "Bea", "Cara")
        person.go(f"{practice.clinic.home}/recalls")
        person.page.get_by_role("link", name="Ana Okafor").focus()
        person.press("ArrowDown")
        person.is_at(person.page.get_by_role("link", name="Bea Okafor"))
        person.press("a")
        person.sees(person.dialog("Note an attempt").get_by_text("Bea Okafor"))
        person.press("Escape")
        person.is_at(person.page.get_by_role("link", name="Bea Okafor"))
        person.press("ArrowUp", "Enter")
        person.sees(person.heading("Ana Okafor"))

    def test_books_with_the_patient_and_the_reason_known(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        clinic.service("A first talk")
        [ana] = due(practice, kind(practice), "Ana")
        person.go(f"{clinic.home}/recalls")
        person.sees(person.page.get_by_role("row", name=re.compile("Ana Okafor")))
        with person.counting("book somebody from the call list") as count:
            person.press("b")
            person.sees(person.page.get_by_text("Choose a time for Ana Okafor."))
            person.press("n")
            dialog = person.dialog("Book a visit")
            person.sees(dialog.get_by_text("Ana Okafor"))
            person.sees(dialog.get_by_role("option", name="Check-up", selected=True))
            person.press("Control+Enter")
            person.is_told(re.compile("Ana Okafor"))
        assert (count.keys, count.clicks) == (3, 0)
        person.press("g", "r")
        person.sees(person.heading("Nobody to call"))
        person.click(person.page.get_by_role("radio", name="Booked"))
        person.sees(person.page.get_by_text(re.compile("Booked for")))
        assert clinic.get(f"/recalls/{ana['id']}")["status"] == "booked"

    def test_hears_what_another_desk_did(self, person: Person, practice: Practice) -> None:
        [ana] = due(practice, kind(practice), "Ana")
        person.go(f"{practice.clinic.home}/recalls")
        row = person.page.get_by_role("row", name=re.compile("Ana Okafor"))
        person.sees(row.get_by_text("Not tried yet"))
        practice.clinic.post(f"/recalls/{ana['id']}/attempts", kind="call", outcome="will_call_back")
        person.sees(row.get_by_text("Will call back"))
        practice.booked(ana["patient"], "15:00")
        person.sees(person.heading("Nobody to call"))

    def test_closes_with_a_reason_and_opens_again(self, person: Person, practice: Practice) -> None:
        due(practice, kind(practice), "Ana")
        person.go(f"{practice.clinic.home}/recalls")
        person.sees(person.page.get_by_role("row", name=re.compile("Ana Okafor")))
        person.press("x")
        person.click(person.button("Has moved away"))
        person.press("Control+Enter")
        person.is_told(re.compile("^Recall closed"))
        person.sees(person.heading("Nobody to call"))
        person.press("z")
        person.sees(person.page.get_by_role("row", name=re.compile("Ana Okafor")))

    def test_is_only_looked_at_by_an_assistant_and_not_at_all_by_an_auditor(
        self, practice: Practice, sit: Sit, join: Join
    ) -> None:
        clinic = practice.clinic
        due(practice, kind(practice), "Ana")
        looking = sit(join(clinic, "assistant"))
        looking.go(f"{clinic.home}/recalls")
        looking.sees(looking.page.get_by_role("row", name=re.compile("Ana Okafor")))
        expect(looking.button(re.compile("^Note an attempt"))).to_have_count(0)
        looking.press("a")
        expect(looking.dialog()).to_have_count(0)
        auditor = sit(join(clinic, "auditor"))
        auditor.go(f"{clinic.home}/recalls")
        auditor.sees(auditor.page.get_by_text("Look at recalls"))


class TestThePatient:
    def test_gets_a_recall_and_another_interval_on_their_page(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        kind(practice)
        maria = clinic.patient()
        person.go(f"{clinic.home}/patients/{maria['id']}")
        person.sees(person.page.get_by_text("Not called in for anything."))
        person.click(person.button("Add a recall"))
        person.sees(person.page.get_by_text("Left empty: every 6 months"))
        person.press("Control+Enter")
        person.is_told("Maria Okafor will be called in: Six-month check")
        person.click(person.button("Change: Six-month check"))
        person.field("Every").fill("3")
        person.press("Control+Enter")
        person.is_told(re.compile("^Recall changed"))
        person.sees(person.page.get_by_text(re.compile("every 3 months")))
        person.press("z")
        person.sees(person.page.get_by_text(re.compile("every 6 months")))

    def test_is_called_in_again_after_the_visit(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        [ana] = due(practice, kind(practice), "Ana")
        visit = practice.booked(ana["patient"], "09:00")
        person.go(f"{clinic.home}/patients/{ana['patient']['id']}")
        person.sees(person.page.get_by_text(re.compile("Booked for")))
        expect(person.page.get_by_role("status").filter(has_text="Live")).to_have_count(1)  # from here on it is heard
        items = [{"service_id": practice.check_up["id"]}]
        clinic.ask("POST", f"/appointments/{visit['id']}/completion", json={"items": items})
        person.sees(person.page.get_by_text("Not due yet"))
        assert clinic.get(f"/recalls/{ana['id']}")["previous_on"] == clinic.today.isoformat()


class TestTheTypes:
    def test_begin_with_the_usual_ones(self, person: Person, practice: Practice) -> None:
        clinic = practice.clinic
        person.go(f"{clinic.home}/recalls")
        person.click(person.page.get_by_role("link", name="Set up recalls"))
        person.click(person.button("Begin with the usual ones"))
        person.is_told("The usual types of recall were added")
        person.click(person.button("Hygiene, 4 months"))
        person.page.get_by_role("dialog").get_by_label("What is booked").select_option(label="Check-up")
        person.press("Control+Enter")
        person.is_told(re.compile("Hygiene, 4 months"))
        types = {one["name"]: one for one in clinic.get("/recall-types")["items"]}
        assert types["Hygiene, 4 months"]["service_ids"] == [practice.check_up["id"]]
        assert types["Hygiene, 4 months"]["interval"] == {"every": 4, "unit": "months"}
        assert len(types) == 4
