"""A clinic keeps its records to care teams: an owner says so, somebody is shut out, and is let in by being named."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person
from tests.journeys.staff import Member

Sit = Callable[..., Person]
Join = Callable[[Clinic, str], Member]
CLOSED = "Only the care team opens this record"


def keep(clinic: Clinic) -> None:
    rules = clinic.get("/record-rules")
    clinic.ask("PATCH", "/record-rules", version=rules["version"], json={"care_teams": True})


class TestTheRule:
    def test_is_said_by_an_owner_who_sees_whom_it_meets_and_can_take_it_back(self, clinic: Clinic, sit: Sit, join: Join) -> None:
        join(clinic, "dentist")
        join(clinic, "receptionist")
        owner = sit(clinic)
        owner.go(f"{clinic.home}/admin/security?show=records")
        owner.sees(owner.page.get_by_text("1 would open only the records of their own patients"))
        owner.sees(owner.page.get_by_text("Rada Dentist"))
        owner.click(owner.page.get_by_role("radio", name="The care team"))
        owner.is_told("Records are kept to care teams")
        owner.sees(owner.page.get_by_text("1 opens only the records of their own patients"))
        assert clinic.get("/record-rules")["care_teams"] is True
        owner.press("z")
        owner.sees(owner.page.get_by_text("1 would open only the records of their own patients"))
        assert clinic.get("/record-rules")["care_teams"] is False

    def test_is_read_and_not_changed_by_a_manager(self, clinic: Clinic, sit: Sit, join: Join) -> None:
        manager = join(clinic, "manager")
        person = sit(manager)
        person.go(f"{clinic.home}/admin/security?show=records")
        expect(person.page.get_by_role("radio", name="The care team")).to_be_disabled()


class TestWhoeverIsNotOnTheTeam:
    def test_is_told_whose_record_it_is_and_opens_it_once_named(self, clinic: Clinic, sit: Sit, join: Join) -> None:
        maria = clinic.patient(note="afraid of needles")
        dentist = join(clinic, "dentist")
        keep(clinic)
        radu = sit(dentist)
        radu.expects(403)
        radu.go(f"{clinic.home}/patients")
        row = radu.page.get_by_role("row", name="Maria Okafor")
        radu.sees(row.get_by_role("img", name="For the care team only"))
        radu.click(row.get_by_role("link"))
        radu.sees(radu.heading("Maria Okafor"))
        radu.sees(radu.heading(CLOSED))
        expect(radu.page.get_by_text("afraid of needles")).to_have_count(0)

        owner = sit(clinic)
        owner.go(f"{clinic.home}/patients/{maria['id']}")
        owner.sees(owner.page.get_by_text("Nobody is named, and nobody who signs in here has a visit."))
        with owner.counting("name somebody on a care team") as count:
            owner.click(owner.field("Name somebody"))
            owner.type("rada")
            owner.press("Enter")
            owner.is_told("Rada Dentist is named on the care team")
        assert count.clicks + count.keys <= 6
        radu.sees(radu.page.get_by_text("afraid of needles"))  # by itself: that the team changed is told live

        owner.click(owner.button("Take Rada Dentist off the care team"))
        owner.is_told("Rada Dentist is no longer named on the care team")
        radu.sees(radu.heading(CLOSED))
        owner.press("z")
        owner.sees(owner.button("Take Rada Dentist off the care team"))

    def test_loses_sight_of_a_record_that_is_open_when_the_clinic_says_so(self, clinic: Clinic, sit: Sit, join: Join) -> None:
        maria = clinic.patient(note="afraid of needles")
        radu = sit(join(clinic, "dentist"))
        radu.expects(403)
        radu.go(f"{clinic.home}/patients/{maria['id']}")
        radu.sees(radu.page.get_by_text("afraid of needles"))
        keep(clinic)
        radu.sees(radu.heading(CLOSED))
        expect(radu.page.get_by_text("afraid of needles")).to_have_count(0)

    def test_is_on_it_by_a_visit(self, practice: Practice, sit: Sit, join: Join) -> None:
        clinic = practice.clinic
        maria = clinic.patient(note="afraid of needles")
        dentist = join(clinic, "dentist")
        clinic.provider_is(practice.marin, dentist.email)
        practice.booked(maria, "10:00")
        keep(clinic)
        radu = sit(dentist)
        radu.go(f"{clinic.home}/patients/{maria['id']}")
        radu.sees(radu.page.get_by_text("Has visits"))
        radu.sees(radu.page.get_by_text("afraid of needles"))
        expect(radu.button(re.compile("^Take .* off"))).to_have_count(0)

    def test_sees_on_the_schedule_who_comes_and_not_why(self, practice: Practice, sit: Sit, join: Join) -> None:
        clinic = practice.clinic
        practice.booked(clinic.patient(), "10:00", notes="extraction")
        assistant = join(clinic, "assistant")
        keep(clinic)
        person = sit(assistant)
        person.go(f"{clinic.home}/schedule")
        person.click(person.page.get_by_role("application").get_by_role("button", name=re.compile("Maria Okafor")))
        panel = person.page.get_by_role("complementary")
        person.sees(panel.get_by_text("For the care team only"))
        expect(person.page.get_by_text("extraction")).to_have_count(0)
