"""Who, then why: what is highlighted is what is booked."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Desk:
    """Three reasons more, of which the alphabet puts the one hardly ever meant first."""
    clinic = practice.clinic
    clinic.service("Bitewing radiographs", minutes=10)
    clinic.service("Crown preparation", minutes=60)
    clinic.service("Hygiene visit", minutes=45)
    for name in ("Ada", "Bela", "Cyra"):
        clinic.patient(name, f"{name}son")
    return Desk(sit(clinic), practice)


def asked_why(desk: Desk, name: str) -> Locator:
    person = desk.person
    person.press("n")
    person.sees(person.dialog("Book a visit"))
    person.type(name)
    person.press("Enter")
    reason = person.dialog().get_by_placeholder("Type to narrow the list")
    person.is_at(reason)
    return reason


class TestReason:
    def test_what_arrows_highlight_is_what_is_booked(self, desk: Desk) -> None:
        desk.open()
        asked_why(desk, "ada")
        desk.person.press("ArrowDown", "ArrowDown")
        expect(desk.person.page.get_by_role("listbox").get_by_role("option", selected=True)).to_have_text(
            re.compile("Crown preparation")
        )
        desk.person.press("Control+Enter")
        desk.person.is_told(re.compile("Ada Adason booked for"))
        (visit,) = desk.visits()
        assert visit["duration_minutes"] == 60

    def test_letters_narrow_the_list_and_three_times_enter_books(self, desk: Desk) -> None:
        person = desk.person
        desk.open()
        asked_why(desk, "ada")
        person.type("hyg")
        expect(person.page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
        person.press("Enter")
        person.is_at(person.button(re.compile("^Book"), person.dialog()))
        person.press("Enter")
        person.is_told(re.compile("Ada Adason booked for"))
        (visit,) = desk.visits()
        assert visit["duration_minutes"] == 45

    def test_nothing_is_booked_for_a_reason_that_there_is_not(self, desk: Desk) -> None:
        person = desk.person
        desk.open()
        reason = asked_why(desk, "ada")
        person.type("xyz")
        person.sees(person.dialog().get_by_text("No reason like this."))
        expect(person.button(re.compile("^Book"), person.dialog())).to_be_disabled()
        person.press("Control+Enter")
        person.sees(person.dialog())
        reason.fill("")
        person.press("Control+Enter")
        person.is_told(re.compile("Ada Adason booked for"))

    def test_what_was_booked_here_last_is_proposed_first(self, desk: Desk) -> None:
        person = desk.person
        desk.open()
        asked_why(desk, "ada")
        person.type("hyg")
        person.press("Control+Enter")
        person.is_told(re.compile("Ada Adason booked for"))
        desk.book("Bela")
        person.is_told(re.compile("Bela Belason booked for"))
        assert [visit["duration_minutes"] for visit in desk.visits()] == [45, 45]

    def test_the_pointer_on_its_way_to_the_button_chooses_nothing(self, desk: Desk) -> None:
        person = desk.person
        desk.open()
        asked_why(desk, "ada")
        person.click(person.page.get_by_role("option", name=re.compile("Hygiene visit")))
        person.page.get_by_role("option", name=re.compile("Crown preparation")).hover()
        person.click(person.button(re.compile("^Book"), person.dialog()))
        person.is_told(re.compile("Ada Adason booked for"))
        (visit,) = desk.visits()
        assert visit["duration_minutes"] == 45

    def test_the_button_stands_beside_a_long_name(self, desk: Desk) -> None:
        person, clinic = desk.person, desk.practice.clinic
        clinic.ask("PATCH", f"/providers/{desk.practice.marin['id']}", version=desk.practice.marin["version"],
                   json={"name": "Dr. Wilhelmina Konstantinopoulou-Featherstonehaugh"})  # fmt: skip
        desk.open()
        asked_why(desk, "ada")
        button = person.button(re.compile("^Book"), person.dialog()).bounding_box()
        field = person.field("Provider", person.dialog()).bounding_box()
        assert button and field
        assert abs(button["y"] - field["y"]) < 12


class TestFreeTime:
    """What is proposed is never refused."""

    @pytest.fixture
    def full(self, desk: Desk) -> Desk:
        """Tomorrow both providers are busy from eight, until 8:30 and one of them a quarter of an hour more to clean up."""
        clinic, practice = desk.practice.clinic, desk.practice
        crown = clinic.post("/services", name="Crown", duration_minutes=30, price=clinic.money(1), buffer_after_minutes=20)
        clinic.appointment(clinic.patient("Dora", "Dorason"), practice.marin, practice.one, crown, "08:00", 1)
        clinic.appointment(clinic.patient("Emil", "Emilson"), practice.popa, practice.two, practice.check_up, "08:00", 1)
        clinic.appointment(clinic.patient("Filip", "Filipson"), practice.popa, practice.two, practice.check_up, "09:30", 1)
        desk.open("?date=" + clinic.at("12:00", 1)[:10])
        return desk

    def test_leaves_out_what_is_kept_free_after_a_visit(self, full: Desk) -> None:
        person, clinic = full.person, full.practice.clinic
        asked_why(full, "ada")
        person.type("bitewing")
        person.press("Control+Enter")
        person.is_told(re.compile("Ada Adason booked for"))
        (booked,) = [visit for visit in full.visits() if visit["duration_minutes"] == 10]
        starts_at = datetime.fromisoformat(booked["starts_at"])
        assert datetime.fromisoformat(clinic.at("08:50", 1)) <= starts_at < datetime.fromisoformat(clinic.at("09:00", 1))

    def test_is_long_enough_for_the_reason(self, full: Desk) -> None:
        """The first free half hour is too short for a crown; the dialog says so and takes the first that is not."""
        person, practice = full.person, full.practice
        practice.clinic.appointment(
            practice.clinic.patient("Gina", "Ginason"), practice.marin, practice.one, practice.check_up, "09:30", 1
        )
        person.page.reload()
        person.sees(full.card("Gina Ginason"))
        asked_why(full, "ada")
        person.type("crown prep")
        person.sees(person.dialog().get_by_text(re.compile("is not free for 60 min; this is the first time that is")))
        person.press("Control+Enter")
        person.is_told(re.compile("Ada Adason booked for"))
        (booked,) = [visit for visit in full.visits() if visit["duration_minutes"] == 60]
        assert datetime.fromisoformat(booked["starts_at"]) == datetime.fromisoformat(practice.clinic.at("10:00", 1))

    def test_is_shaded_where_it_is_kept(self, full: Desk) -> None:
        kept = full.person.page.locator(".day-kept")
        expect(kept).to_have_count(1)
        box, card = kept.bounding_box(), full.card("Dora Dorason").bounding_box()
        assert box and card
        assert box["height"] == pytest.approx(card["height"] * 2 / 3, abs=3) and abs(box["y"] - card["y"] - card["height"]) < 4

    def test_a_time_one_has_chosen_is_kept_and_said_to_be_taken(self, full: Desk) -> None:
        """Half past eight in the first room, where ten minutes of cleaning are left."""
        person, practice = full.person, full.practice
        practice.clinic.appointment(
            practice.clinic.patient("Gina", "Ginason"), practice.marin, practice.one, practice.check_up, "09:30", 1
        )
        person.page.reload()
        person.sees(full.card("Gina Ginason"))
        full.choose("Gina Ginason")
        person.press("ArrowUp")
        asked_why(full, "ada")
        person.type("crown prep")
        person.sees(person.dialog().get_by_text(re.compile("^Not free for 60 min")))
        person.click(person.button("Why not?", person.dialog()))
        person.sees(person.dialog().get_by_text(re.compile("Has a visit, 9:30")).first)
        person.expects(409)
        person.press("Control+Enter")
        person.is_told("That time is taken")

    def test_is_not_run_into_the_break(self, desk: Desk) -> None:
        """Open from eight to half past, and from ten: an hour is proposed at ten."""
        person, clinic = desk.person, desk.practice.clinic
        week = {str(day): [["08:00", "08:30"], ["10:00", "12:00"]] for day in range(1, 8)}
        clinic.ask("PUT", "/hours", json={"weekly": week}, version=clinic.get("/hours")["version"])
        desk.open("?date=" + clinic.at("12:00", 1)[:10])
        asked_why(desk, "ada")
        person.type("crown")
        person.sees(person.dialog().get_by_text(re.compile("8:00 AM is not free for 60 min")))
        person.press("Control+Enter")
        person.is_told(re.compile("Ada Adason booked for 10:00 AM"))

    def test_outside_the_hours_it_says_so(self, desk: Desk) -> None:
        person, clinic = desk.person, desk.practice.clinic
        week = {str(day): [["08:00", "08:30"]] for day in range(1, 8)}
        clinic.ask("PUT", "/hours", json={"weekly": week}, version=clinic.get("/hours")["version"])
        desk.open("?date=" + clinic.at("12:00", 1)[:10])
        asked_why(desk, "ada")
        person.type("bitewing")
        expect(person.dialog().get_by_text("Not within the working hours.")).to_have_count(0)
        person.page.keyboard.press("Control+a")
        person.type("crown")
        person.sees(person.dialog().get_by_text("Not within the working hours."))
        person.click(person.button("Why not?", person.dialog()))
        person.sees(person.dialog().get_by_text(re.compile("Works 8:00.8:30 AM that day")))
