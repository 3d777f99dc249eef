"""The next times at which everybody is free: found, booked, moved to, explained."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person
from tests.operations.started import until


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Desk:
    return Desk(sit(practice.clinic), practice)


def tomorrow(desk: Desk, clock: str) -> datetime:
    return datetime.fromisoformat(desk.practice.clinic.at(clock, 1))


def find(desk: Desk) -> Locator:
    """Looking from tomorrow on; the dialog."""
    date = tomorrow(desk, "08:00").date()
    desk.open(f"?date={date}")
    desk.person.press("Shift+F")
    return looked(desk.person)


def looked(person: Person) -> Locator:
    dialog = person.dialog("Find a time")
    person.sees(dialog.get_by_role("button", name=re.compile("(AM|PM) with")))
    return dialog


def starts_at(desk: Desk, visit: str) -> datetime:
    return datetime.fromisoformat(desk.practice.clinic.get(f"/appointments/{visit}")["starts_at"])


class TestFindATime:
    def test_books_the_first_by_keys(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        maria = practice.clinic.patient("Maria", "Okafor")
        practice.clinic.appointment(
            practice.clinic.patient("Ion", "Blaga"), practice.marin, practice.one, practice.check_up, "08:00", 1
        )
        dialog = find(desk)
        person.is_at(person.field("Reason", dialog))
        person.field("With", dialog).select_option(label="Dr. Ioana Marin")
        person.sees(dialog.get_by_role("button", name=re.compile("^8:30 AM with")))
        person.press("Enter")
        booking = person.dialog("Book a visit")
        person.sees(booking.get_by_text(re.compile("8:30 AM · Dr. Ioana Marin")))
        person.sees(booking.get_by_text(re.compile("Held for you 4:5")))
        taken = practice.clinic.get("/schedule", date=str(tomorrow(desk, "08:00").date()))["taken"]
        assert [datetime.fromisoformat(one["starts_at"]) for one in taken] == [tomorrow(desk, "08:30")]
        person.type("Maria")
        person.sees(person.page.get_by_role("option", name=re.compile("^Maria ")))
        person.press("Enter")
        person.sees(person.button("Choose another patient"))
        person.press("Control+Enter")
        person.is_told(re.compile("Maria Okafor booked for 8:30 AM"))
        [visit] = [one for one in practice.clinic.get("/appointments")["items"] if one["patient_id"] == maria["id"]]
        assert starts_at(desk, visit["id"]) == tomorrow(desk, "08:30")
        assert visit["provider_id"] == practice.marin["id"]

    def test_lets_the_time_go_when_it_is_closed_and_says_when_somebody_was_faster(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        ion = practice.clinic.patient("Ion", "Blaga")
        dialog = find(desk)
        day = str(tomorrow(desk, "08:00").date())
        person.click(dialog.get_by_role("button", name=re.compile("^9:00 AM with Dr. Ioana Marin")).first)
        person.sees(person.dialog("Book a visit").get_by_text(re.compile("Held for you")))
        person.press("Escape")
        expect(person.dialog()).to_have_count(0)
        until(lambda: practice.clinic.get("/schedule", date=day)["taken"] == [], 10)
        person.press("Shift+F")
        dialog = looked(person)
        time = dialog.get_by_role("button", name=re.compile("^9:00 AM with Dr. Ioana Marin")).first
        person.expects(409)
        person.page.route("**/availability?*", lambda route: route.abort())  # what is on the screen stays as it is
        person.away = True
        practice.clinic.appointment(ion, practice.marin, practice.one, practice.check_up, "09:00", 1)
        person.click(time)
        person.is_told("That time is taken")
        person.page.unroute("**/availability?*")
        person.sees(person.dialog("Find a time"))

    def test_moves_the_visit_that_is_carried(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        maria = practice.clinic.patient("Maria", "Okafor")
        visit = practice.clinic.appointment(maria, practice.marin, practice.one, practice.check_up, "08:00", 1)
        desk.open(f"?date={tomorrow(desk, '08:00').date()}")
        desk.choose("Maria Okafor")
        person.press("c")
        person.sees(person.page.get_by_text("Maria Okafor is being moved"))
        person.press("Shift+F")
        dialog = looked(person)
        person.sees(dialog.get_by_text("Maria Okafor"))
        person.click(dialog.get_by_role("button", name=re.compile("^9:15 AM with Dr. Ioana Marin")).first)
        person.is_told(re.compile("Maria Okafor moved to 9:15 AM"))
        assert starts_at(desk, visit["id"]) == tomorrow(desk, "09:15")
        person.press("z")
        person.sees(person.page.get_by_role("group", name="Undone"))
        assert starts_at(desk, visit["id"]) == tomorrow(desk, "08:00")

    def test_goes_from_time_to_time_by_the_arrows(self, desk: Desk) -> None:
        person = desk.person
        dialog = find(desk)
        times = dialog.get_by_role("button", name=re.compile("(AM|PM) with Dr. Ioana Marin"))
        others = dialog.get_by_role("button", name=re.compile("(AM|PM) with Dr. Radu Popa"))
        times.first.focus()
        person.press("ArrowRight")
        person.is_at(times.nth(1))
        person.press("ArrowDown")
        person.is_at(others.nth(1))
        person.press("ArrowUp", "ArrowLeft")
        person.is_at(times.first)

    def test_says_why_a_time_is_not_among_them_and_shows_the_visit(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        ion = practice.clinic.patient("Ion", "Blaga")
        practice.clinic.appointment(ion, practice.marin, practice.one, practice.check_up, "09:00", 1)
        dialog = find(desk)
        person.click(person.button("Why is a time not offered?", dialog))
        why = dialog.get_by_role("region", name="Why is a time not offered?")
        person.sees(why.get_by_text("It is offered."))
        marin = why.get_by_role("listitem").filter(has_text="Dr. Ioana Marin")
        person.sees(marin.get_by_text(re.compile(r"Has a visit, 9:00.9:30\sAM")))
        person.sees(why.get_by_role("listitem").filter(has_text="Dr. Radu Popa").get_by_text("Is free"))
        person.field("Time", why).fill("5 am")
        person.sees(marin.get_by_text(re.compile("Works 8:00")))
        person.field("Time", why).fill("9:07 am")
        person.click(person.button("Show the visit", marin))
        expect(person.dialog()).to_have_count(0)
        desk.has_chosen("Ion Blaga")

    def test_that_fits_nobody_is_looked_for_more_widely(self, desk: Desk) -> None:
        person = desk.person
        dialog = find(desk)
        person.click(dialog.get_by_role("radio", name="Evening"))
        person.field("Length", dialog).fill("240")
        person.sees(dialog.get_by_role("heading", name="No time fits"))
        person.click(person.button("Anybody, anywhere, any time", dialog))
        person.sees(dialog.get_by_role("button", name=re.compile("^8:00 AM with")))
        person.field("Length", dialog).fill("2")
        person.sees(dialog.get_by_text("5 min – 720 min"))
