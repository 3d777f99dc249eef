"""A day at the front desk, mostly on the keyboard."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Desk:
    return Desk(sit(practice.clinic), practice)


class TestBooking:
    def test_by_keys_alone(self, desk: Desk) -> None:
        person, clinic = desk.person, desk.practice.clinic
        maria = clinic.patient("Maria", "Okafor")
        desk.open()
        person.press("n")
        person.sees(person.dialog("Book a visit"))
        person.type("oka")
        person.press("Enter")
        person.sees(person.button("Choose another patient"))
        person.press("Enter", "Control+Enter")
        person.is_told(re.compile("Maria Okafor booked for"))
        person.sees(desk.card("Maria Okafor"))
        (visit,) = desk.visits()
        assert (visit["patient_id"], visit["status"]) == (maria["id"], "scheduled")
        assert visit["operatory_id"] == desk.practice.one["id"]

    def test_by_a_click_into_a_gap(self, desk: Desk) -> None:
        person, clinic = desk.person, desk.practice.clinic
        clinic.patient("Maria", "Okafor")
        desk.open("?date=" + clinic.at("12:00", 1)[:10])
        box = desk.grid.bounding_box()
        assert box
        # The second column, a third of the way from eight to twenty: noon.
        desk.grid.click(position={"x": box["width"] * 0.75, "y": box["height"] / 3 + 4})
        person.sees(person.dialog("Book a visit").get_by_text("12:00 PM · Room 2"))
        person.type("okafor")
        person.sees(person.page.get_by_role("option", name=re.compile("Maria Okafor")))
        person.press("Enter", "Control+Enter")
        person.is_told("Maria Okafor booked for 12:00 PM, Room 2")
        (visit,) = desk.visits()
        assert (visit["starts_at"], visit["operatory_id"]) == (_utc(clinic.at("12:00", 1)), desk.practice.two["id"])

    def test_for_whoever_types_faster_than_the_search_answers(self, desk: Desk) -> None:
        person, clinic = desk.person, desk.practice.clinic
        clinic.patient("Maria", "Okafor")
        desk.open()
        person.page.route("**/patients?*", lambda route: (person.page.wait_for_timeout(300), route.continue_()))
        person.press("n")
        person.sees(person.dialog("Book a visit"))
        person.type("okafor")
        person.press("Enter", "Control+Enter")
        person.is_told(re.compile("Maria Okafor booked for"))
        person.sees(desk.card("Maria Okafor"))
        assert len(desk.visits()) == 1

    def test_registers_first_who_is_new(self, desk: Desk) -> None:
        person = desk.person
        desk.open()
        person.press("n")
        person.type("Vlad Enache")
        person.sees(person.page.get_by_role("option", name="Register “Vlad Enache” first"))
        person.press("Enter")
        expect(person.field("Last name")).to_have_value("Enache")

    def test_says_what_is_taken_and_takes_the_next_free_time(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        maria, ion = practice.clinic.patient("Maria", "Okafor"), practice.clinic.patient("Ion", "Blaga")
        ours = practice.booked(maria, "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        # Somebody at another desk is faster.
        practice.booked(ion, "16:00")
        person.press("m", *["ArrowDown"] * 12)
        person.expects(409)
        person.press("Enter")
        person.is_told("That time is taken")
        person.is_told("Next free:")
        person.is_at(person.page.get_by_role("region", name="Notifications").get_by_role("button", name=re.compile("^4:30 PM")))
        person.press("Enter")
        person.is_told(re.compile("Maria Okafor moved to 4:30 PM"))
        assert practice.clinic.get(f"/appointments/{ours['id']}")["starts_at"] == _utc(practice.clinic.at("16:30"))


class TestMoving:
    def test_by_arrows_and_back_again(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        person.press("m", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowDown")
        person.sees(person.page.get_by_text("Moving Maria Okafor"))
        person.press("Enter")
        person.is_told("Maria Okafor moved to 3:15 PM, Room 2")
        moved = practice.clinic.get(f"/appointments/{visit['id']}")
        assert (moved["starts_at"], moved["duration_minutes"]) == (_utc(practice.clinic.at("15:15")), 35)
        assert moved["operatory_id"] == practice.two["id"]
        person.press("z")
        person.is_told("Undone")
        back = practice.clinic.get(f"/appointments/{visit['id']}")
        assert (back["starts_at"], back["duration_minutes"]) == (visit["starts_at"], 30)
        assert back["operatory_id"] == practice.one["id"]

    def test_leaves_it_where_it_was(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        person.press("m", "ArrowDown", "Escape")
        expect(person.page.get_by_text("Moving Maria Okafor")).to_have_count(0)
        assert practice.clinic.get(f"/appointments/{visit['id']}")["version"] == visit["version"]

    def test_by_one_click_and_another(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        person.click(person.button(re.compile("^Move M$"), desk.panel))
        box = desk.grid.bounding_box()
        assert box
        desk.grid.click(position={"x": box["width"] * 0.75, "y": box["height"] * 9 / 12 + 10})
        person.is_told("Maria Okafor moved to 5:00 PM, Room 2")
        moved = practice.clinic.get(f"/appointments/{visit['id']}")
        assert (moved["starts_at"], moved["operatory_id"]) == (_utc(practice.clinic.at("17:00")), practice.two["id"])

    def test_carried_to_another_day_and_put_down_there(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        with person.counting("move to another day") as count:
            person.press("c")
            person.sees(person.page.get_by_text("Maria Okafor is being moved"))
            person.press("j")
            person.sees(person.page.get_by_text("No visits"))
            person.press("v")
            person.is_told(re.compile("Maria Okafor moved to"))
        assert count.keys <= 5
        moved = practice.clinic.get(f"/appointments/{visit['id']}")
        assert _day(moved["starts_at"], practice) == practice.clinic.today + timedelta(1)

    def test_lands_on_the_first_time_that_is_long_enough(self, desk: Desk) -> None:
        """Tomorrow somebody comes at eight and at a quarter past nine: an hour fits at a quarter to ten at the earliest."""
        person, practice = desk.person, desk.practice
        clinic = practice.clinic
        long = clinic.service("Crown", minutes=60)
        visit = clinic.appointment(clinic.patient(), practice.marin, practice.one, long, "15:00")
        practice.booked(clinic.patient("Ion", "Blaga"), "08:00", days=1)
        practice.booked(clinic.patient("Ada", "First"), "09:15", days=1)
        desk.open()
        desk.choose("Maria Okafor")
        person.press("c")
        person.sees(person.page.get_by_text("Maria Okafor is being moved"))
        person.press("j")
        person.sees(desk.card("Ada First"))
        person.is_at(desk.grid.locator(".day-free"))
        person.press("v")
        person.is_told(re.compile("Maria Okafor moved to"))
        moved = clinic.get(f"/appointments/{visit['id']}")
        assert (moved["starts_at"], moved["duration_minutes"]) == (_utc(clinic.at("09:45", 1)), 60)


class TestSteps:
    def test_arrives_sits_and_every_step_comes_back(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        for key, said, status in [
            ("f", "Maria Okafor has confirmed", "confirmed"),
            ("a", "Maria Okafor has arrived", "arrived"),
            ("s", "Maria Okafor is in the chair", "in_chair"),
        ]:
            person.press(key)
            person.is_told(said)
            assert practice.clinic.get(f"/appointments/{visit['id']}")["status"] == status
        person.press("z")
        person.is_told("Undone")
        person.sees(desk.card("Maria Okafor", status="Arrived"))
        assert practice.clinic.get(f"/appointments/{visit['id']}")["status"] == "arrived"

    def test_each_step_is_taken_back_later_in_the_day(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "15:00")
        for step, word, before in [
            ("confirmation", "Confirmed", "Scheduled"),
            ("arrival", "Arrived", "Scheduled"),
            ("seating", "In chair", "Scheduled"),
            ("no-show", "No-show", "Scheduled"),
        ]:
            practice.clinic.ask("POST", f"/appointments/{visit['id']}/{step}")
            desk.open()
            desk.choose("Maria Okafor")
            person.sees(person.button(re.compile(f"^Undo “{word}”"), desk.panel))
            person.press("u")
            person.is_told("Undone")
            person.sees(desk.card("Maria Okafor", status=before))
            expect(person.button(re.compile("^Undo “"), desk.panel)).to_have_count(0)
            assert practice.clinic.get(f"/appointments/{visit['id']}")["status"] == "scheduled"

    def test_cancels_with_a_reason(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        person.press("x")
        asked = person.dialog("Cancel visit")
        person.is_at(person.field("Reason", asked))
        person.press("Control+Enter")
        person.sees(asked.get_by_text("Please say why."))
        person.type("Has the flu")
        person.press("Control+Enter")
        person.is_told("Visit of Maria Okafor cancelled")
        expect(desk.card("Maria Okafor")).to_have_count(0)
        gone = practice.clinic.get(f"/appointments/{visit['id']}")
        assert (gone["status"], gone["last_step"]["reason"]) == ("cancelled", "Has the flu")
        person.press("z")
        person.is_told("Undone")
        person.sees(desk.card("Maria Okafor"))

    def test_did_not_come(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        practice.booked(practice.clinic.patient(), "15:00")
        desk.open()
        desk.choose("Maria Okafor")
        person.press("w")
        person.is_told("Maria Okafor did not come")
        person.sees(desk.card("Maria Okafor", status="No-show"))
        numbers = person.page.get_by_role("term").filter(has_text="Did not come")
        person.sees(numbers)


class TestOverbooking:
    def test_on_purpose_and_nobody_slips_in_when_the_first_is_cancelled(self, desk: Desk) -> None:
        """A is booked, B overbooks, A cancels: the time is still B's, and C is told so."""
        person, practice = desk.person, desk.practice
        clinic = practice.clinic
        clinic.patient("Ada", "First")
        clinic.patient("Bela", "Second")
        clinic.patient("Cyra", "Third")
        at_fifteen = "?date=" + clinic.at("15:00", 1)[:10]
        desk.open(at_fifteen)

        desk.book("Ada")
        person.is_told(re.compile("Ada First booked for"))
        (first,) = desk.visits()
        # Bela is booked after her and moved onto her.
        desk.choose("Ada First")
        desk.book("Bela")
        person.is_told(re.compile("Bela Second booked for"))
        desk.choose("Bela Second")
        person.expects(409)
        person.press("m", *["ArrowUp"] * 6, "Enter")
        person.is_told("That time is taken")
        person.press("Tab", "Tab", "Tab")
        person.is_at(person.button("Book anyway…"))
        person.press("Enter")
        asked = person.dialog("Overbook this time?")
        person.is_at(person.field("Reason", asked))
        person.type("Emergency")
        person.press("Control+Enter")
        person.is_told(re.compile("Bela Second moved to"))
        desk.choose("Bela Second")
        person.sees(desk.panel.get_by_text("Overbooked on purpose").last)

        desk.choose("Ada First")
        person.press("x")
        person.type("Moved away")
        person.press("Control+Enter")
        person.is_told("Visit of Ada First cancelled")

        desk.choose("Bela Second")
        desk.book("Cyra")
        person.is_told(re.compile("Cyra Third booked for"))
        desk.choose("Cyra Third")
        person.press("m", *["ArrowUp"] * 6, "Enter")
        person.is_told("That time is taken")
        live = [visit for visit in desk.visits() if visit["status"] != "cancelled"]
        here = [visit for visit in live if visit["starts_at"] == first["starts_at"]]
        assert len(here) == 1 and here[0]["overbooking_reason"] == "Emergency"


def _day(instant: str, practice: Practice) -> date:
    return datetime.fromisoformat(instant).astimezone(ZoneInfo(practice.clinic.timezone)).date()


def _utc(instant: str) -> str:
    return datetime.fromisoformat(instant).astimezone(UTC).isoformat().replace("+00:00", "Z")
