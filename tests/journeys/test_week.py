"""A week of the schedule: whose it is, what can be done in it, and the weeks in which the clocks change."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person

Sit = Callable[..., Person]


@pytest.fixture
def desk(sit: Sit, practice: Practice) -> Desk:
    return Desk(sit(practice.clinic), practice)


def ahead(practice: Practice) -> date:
    """The Wednesday of the next week: all of it is still to come."""
    today = practice.clinic.today
    return today + timedelta(9 - today.weekday())


def booked(practice: Practice, day: date, clock: str = "10:00", name: tuple[str, str] = ("Maria", "Okafor")) -> dict:
    return practice.booked(practice.clinic.patient(*name), clock, days=(day - practice.clinic.today).days)


def placed(desk: Desk, visit: dict) -> tuple[str, str]:
    now = desk.practice.clinic.get(f"/appointments/{visit['id']}")
    return now["starts_at"], desk.clock(now["starts_at"])


class TestTheView:
    def test_has_a_key_and_an_address_and_begins_with_the_countrys_first_day(self, desk: Desk) -> None:
        person, page = desk.person, desk.person.page
        desk.open()
        person.press("2")
        expect(page).to_have_url(re.compile("view=week"))
        heads = page.get_by_role("button", name=re.compile("^Open "))
        expect(heads).to_have_count(7)
        assert (heads.first.get_attribute("aria-label") or "").startswith("Open Sun")
        person.press("3")
        expect(page).to_have_url(re.compile("view=agenda"))
        person.press("1")
        expect(page).not_to_have_url(re.compile("view="))

    def test_is_of_one_whom_one_chooses_or_of_everyone(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        clinic, day = practice.clinic, ahead(desk.practice)
        booked(practice, day)
        days = (day - clinic.today).days
        clinic.appointment(clinic.patient("Ion", "Blaga"), practice.popa, practice.two, practice.check_up, "12:00", days)
        desk.open(f"?view=week&date={day}")
        person.sees(desk.card("Maria Okafor"))
        expect(desk.card("Ion Blaga")).to_have_count(0)
        person.page.get_by_label("Week of").select_option("Dr. Radu Popa")
        person.sees(desk.card("Ion Blaga"))
        expect(desk.card("Maria Okafor")).to_have_count(0)
        person.page.get_by_label("Week of").select_option("Everyone")
        person.sees(desk.card("Ion Blaga"))
        person.sees(desk.card("Maria Okafor"))
        # And from there to the day.
        person.click(person.button(re.compile(f"^Open \\D+{day.day}$")))
        expect(person.page).to_have_url(re.compile(f"date={day}"))
        person.sees(person.page.get_by_text("Room 2", exact=True))

    def test_turns_by_weeks(self, desk: Desk) -> None:
        person, day = desk.person, ahead(desk.practice)
        booked(desk.practice, day)
        desk.open(f"?view=week&date={day}")
        person.sees(desk.card("Maria Okafor"))
        person.press("j")
        expect(desk.card("Maria Okafor")).to_have_count(0)
        person.press("k")
        person.sees(desk.card("Maria Okafor"))

    def test_shows_a_closed_day_narrow_and_names_a_holiday(self, desk: Desk) -> None:
        clinic, day = desk.practice.clinic, ahead(desk.practice)
        clinic.post("/holidays", date=str(day), name="Founders’ Day")
        desk.open(f"?view=week&date={day}")
        desk.person.sees(desk.person.button(re.compile("Founders’ Day")))
        (closed,) = [index for index in range(7) if desk.column(index)["width"] < 60]
        assert closed == 3 and desk.column(4)["width"] > 90


class TestInTheWeek:
    def test_books_by_a_click_and_by_keys(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        practice.clinic.patient()
        practice.clinic.patient("Ion", "Blaga")
        day = ahead(practice)
        desk.open(f"?view=week&date={day}")
        column = desk.column(4)
        person.page.mouse.click(column["x"] + 40, desk.top() + 3 * 60 * desk.minute() + 4)
        person.sees(person.dialog("Book a visit").get_by_text(re.compile("Thu.*11:00 AM")))
        person.type("okafor")
        person.press("Enter")
        person.sees(person.button("Choose another patient"))
        person.press("Control+Enter")
        person.is_told(re.compile("Maria Okafor booked for 11:00 AM"))
        desk.has_chosen("Maria Okafor")
        desk.card("Maria Okafor").focus()
        person.press("ArrowRight")
        person.is_at(desk.grid.locator(".day-free"))
        person.press("n")
        person.type("Ion")
        person.sees(person.page.get_by_role("option", name=re.compile("^Ion ")))
        person.press("Enter")
        person.sees(person.button("Choose another patient"))
        person.press("Control+Enter")
        person.is_told(re.compile("Ion Blaga booked for 11:00 AM"))
        first, second = desk.visits()
        assert [desk.clock(one["starts_at"]) for one in (first, second)] == ["11:00", "11:00"]
        assert desk.date(second["starts_at"]) == str(day + timedelta(2))
        assert first["provider_id"] == second["provider_id"] == practice.marin["id"]

    def test_moves_to_another_day_by_arrows_and_by_hand_and_back(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        day = ahead(practice)
        visit = booked(practice, day)
        desk.open(f"?view=week&date={day}")
        desk.choose("Maria Okafor")
        person.press("m", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "Enter")
        person.is_told(re.compile("Maria Okafor moved to 10:15 AM"))
        starts, clock = placed(desk, visit)
        assert (desk.date(starts), clock) == (str(day + timedelta(1)), "10:15")
        person.press("z")
        person.is_told("Undone")
        with desk.dragging("Maria Okafor") as hand:
            hand.by(columns=-2, minutes=60)
            expect(desk.card("Maria Okafor")).to_have_attribute("data-when", re.compile("11:00.*Mon"))
        person.is_told(re.compile("Maria Okafor moved to 11:00 AM"))
        starts, clock = placed(desk, visit)
        assert (desk.date(starts), clock) == (str(day - timedelta(2)), "11:00")

    def test_knows_that_the_room_is_taken_by_somebody_who_is_not_shown(self, desk: Desk) -> None:
        """Another provider has both rooms: the server is asked, and the next free time is offered."""
        person, practice = desk.person, desk.practice
        clinic, day = practice.clinic, ahead(practice)
        days = (day - clinic.today).days
        visit = booked(practice, day)
        clinic.appointment(clinic.patient("Ion", "Blaga"), practice.popa, practice.one, practice.check_up, "11:00", days)
        desk.open(f"?view=week&date={day}")
        desk.choose("Maria Okafor")
        person.expects(409)
        person.press("m", *["ArrowDown"] * 12, "Enter")
        person.is_told("That time is taken")
        person.click(person.page.get_by_role("region", name="Notifications").get_by_role("button", name=re.compile("^11:30 AM")))
        person.is_told(re.compile("Maria Okafor moved to 11:30 AM"))
        assert placed(desk, visit)[1] == "11:30"

    def test_from_right_to_left_the_week_begins_at_the_right(self, sit: Sit, practice: Practice) -> None:
        person = sit(practice.clinic, locale="ar")
        person.page.add_init_script("localStorage.setItem('chairside.preferences', JSON.stringify({ locale: 'ar' }))")
        desk = Desk(person, practice)
        day = ahead(practice)
        visit = booked(practice, day)
        desk.open(f"?view=week&date={day}")
        assert desk.column(0)["x"] > desk.column(6)["x"]
        person.click(desk.card("Maria Okafor"))
        person.press("m", "ArrowLeft", "Enter")
        expect(person.page.locator("[data-lifted]")).to_have_count(0)
        expect(person.page.locator("[data-saving]")).to_have_count(0)
        assert desk.date(placed(desk, visit)[0]) == str(day + timedelta(1))
        with desk.dragging("Maria Okafor") as hand:
            hand.by(columns=1, minutes=30)
        person.sees(desk.card("10:30–.?11:00"))
        expect(person.page.locator("[data-saving]")).to_have_count(0)
        starts, clock = placed(desk, visit)
        assert (desk.date(starts), clock) == (str(day + timedelta(2)), "10:30")


ALL_NIGHT = {str(day): [["00:00", "06:00"]] for day in range(1, 8)}


def open_at_night(origin: str) -> Practice:
    practice = Clinic(origin, timezone="America/New_York").set_up()
    clinic = practice.clinic
    clinic.ask("PUT", "/hours", json={"weekly": ALL_NIGHT}, version=clinic.get("/hours")["version"])
    clinic.patient()
    return practice


def at_night(desk: Desk, starts_at: str) -> dict:
    practice = desk.practice
    (maria,) = practice.clinic.get("/patients", q="Maria")["items"]
    ids = {"patient_id": maria["id"], "provider_id": practice.marin["id"], "operatory_id": practice.one["id"]}
    visit: dict = practice.clinic.post("/appointments", **ids, service_id=practice.check_up["id"], starts_at=starts_at)
    return visit


class TestWhenTheClocksChange:
    def test_in_spring_the_hour_is_missing_on_its_day_and_is_leapt_over(self, sit: Sit, origin: str) -> None:
        practice = open_at_night(origin)
        desk = Desk(sit(practice.clinic), practice)
        visit = at_night(desk, "2027-03-15T05:30:00Z")
        desk.open("?view=week&date=2027-03-14")
        person = desk.person
        missing = desk.grid.locator(".day-missing").bounding_box()
        assert missing and abs(missing["x"] - desk.column(0)["x"]) < 4
        assert abs(missing["y"] - desk.top() - 120 * desk.minute()) < 2
        # Half past one of Monday onto Sunday, and then down over the hour that there is not.
        desk.choose("Maria Okafor")
        person.press("m", "ArrowLeft", "Enter")
        person.is_told(re.compile("Maria Okafor moved to 1:30 AM"))
        assert placed(desk, visit)[0] == "2027-03-14T06:30:00Z"
        with desk.dragging("Maria Okafor") as hand:
            hand.by(minutes=90)
        person.is_told(re.compile("Maria Okafor moved to 3:00 AM"))
        assert placed(desk, visit)[0] == "2027-03-14T07:00:00Z"

    def test_in_autumn_the_hour_is_there_twice_on_its_day_alone(self, sit: Sit, origin: str) -> None:
        practice = open_at_night(origin)
        desk = Desk(sit(practice.clinic), practice)
        visit = at_night(desk, "2027-11-07T05:30:00Z")
        desk.open("?view=week&date=2027-11-07")
        person = desk.person
        hours = [" ".join(hour.split()) for hour in person.page.locator(".day-hours > span").all_inner_texts()]
        assert hours == ["12 AM", "1 AM", "1 AM", "2 AM", "3 AM", "4 AM", "5 AM"]
        expect(desk.grid.locator(".day-missing")).to_have_count(6)
        with desk.dragging("Maria Okafor") as hand:
            hand.by(minutes=60)
        expect(person.page.locator("[data-saving]")).to_have_count(0)
        person.is_told(re.compile("Maria Okafor moved to 1:30 AM"))
        assert placed(desk, visit)[0] == "2027-11-07T06:30:00Z"
        with desk.dragging("Maria Okafor") as hand:
            hand.by(columns=1, minutes=60)
        person.is_told(re.compile("Maria Okafor moved to 2:30 AM"))
        assert placed(desk, visit)[0] == "2027-11-08T07:30:00Z"


SLOW_WEEKS = """
const real = window.fetch
window.fetch = async (asked, more) => {
  if (String(asked.url ?? asked).includes("/schedule/week")) await new Promise(resolve => setTimeout(resolve, 3000))
  return real(asked, more)
}
"""


class TestLeafing:
    def test_goes_on_while_a_week_is_still_fetched(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        today = practice.clinic.today
        person.page.add_init_script(SLOW_WEEKS)
        person.go(f"{practice.clinic.home}/schedule?view=week&date={today}")
        loading = person.page.get_by_role("main").get_by_role("status", name="Loading")
        expect(person.page.get_by_role("heading", level=1)).to_have_count(1)  # the screen is there, its week is not
        expect(loading).to_be_visible()
        for key, days in ("j", 7), ("j", 14), ("k", 7):
            person.press(key)
            expect(person.page).to_have_url(re.compile(f"date=.?{today + timedelta(days)}"))
        expect(loading).to_have_count(0)
