"""A visit in the hand: dragged over the day and the week, by a mouse and by a finger, and what becomes of it when it is let go."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person

Sit = Callable[..., Person]


@pytest.fixture
def desk(sit: Sit, practice: Practice) -> Desk:
    return Desk(sit(practice.clinic), practice)


def at(desk: Desk, visit: Any) -> tuple[str, int, str]:
    """Where the server has it: the clinic's clock, the minutes, the room."""
    now = desk.practice.clinic.get(f"/appointments/{visit['id']}")
    room = {desk.practice.one["id"]: "Room 1", desk.practice.two["id"]: "Room 2"}[now["operatory_id"]]
    return desk.clock(now["starts_at"]), now["duration_minutes"], room


class TestByMouse:
    def test_goes_where_it_is_let_go_on_five_minutes_and_comes_back(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "10:00")
        desk.open()
        with desk.dragging("Maria Okafor") as hand:
            hand.by(columns=1, minutes=52)
            # What is written beside it is where it would be.
            expect(desk.card("Maria Okafor")).to_have_attribute("data-when", re.compile("10:50–11:20 AM · Room 2"))
        person.is_told("Maria Okafor moved to 10:50 AM, Room 2")
        assert at(desk, visit) == ("10:50", 30, "Room 2")
        person.press("z")
        person.is_told("Undone")
        assert at(desk, visit) == ("10:00", 30, "Room 1")

    def test_ends_where_its_edge_is_let_go(self, desk: Desk) -> None:
        visit = desk.practice.booked(desk.practice.clinic.patient(), "10:00")
        desk.open()
        with desk.dragging("Maria Okafor", edge=True) as hand:
            hand.by(minutes=20)
        desk.person.is_told(re.compile("Maria Okafor moved to 10:00 AM"))
        assert at(desk, visit) == ("10:00", 50, "Room 1")

    def test_stays_when_escape_is_pressed_on_the_way(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "10:00")
        desk.open()
        card = desk.card("Maria Okafor")
        before = card.bounding_box()
        with desk.dragging("Maria Okafor") as hand:
            hand.by(columns=1, minutes=60)
            expect(card).to_have_attribute("data-lifted", "true")
            person.press("Escape")
            expect(card).not_to_have_attribute("data-lifted", "true")
        assert card.bounding_box() == before
        assert practice.clinic.get(f"/appointments/{visit['id']}")["version"] == visit["version"]

    def test_returns_from_a_taken_time_and_is_offered_the_next_free_ones(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "10:00")
        practice.booked(practice.clinic.patient("Ion", "Blaga"), "11:00")
        desk.open()
        before = desk.card("Maria Okafor").bounding_box()
        person.expects(409)
        with desk.dragging("Maria Okafor") as hand:
            hand.by(minutes=60)
        person.is_told("That time is taken")
        person.is_told("Next free:")
        assert desk.card("Maria Okafor").bounding_box() == before
        person.click(person.page.get_by_role("region", name="Notifications").get_by_role("button", name=re.compile("^11:30 AM")))
        person.is_told(re.compile("Maria Okafor moved to 11:30 AM"))
        assert at(desk, visit) == ("11:30", 30, "Room 1")

    def test_the_day_goes_on_under_it_at_the_edge(self, sit: Sit, practice: Practice) -> None:
        """A low window: the evening is out of sight, and comes."""
        desk = Desk(sit(practice.clinic, viewport={"width": 1200, "height": 520}), practice)
        visit = practice.booked(practice.clinic.patient(), "10:00")
        desk.open()
        card = desk.card("Maria Okafor")
        card.scroll_into_view_if_needed()
        with desk.dragging("Maria Okafor") as hand:
            hand.to(y=514)
            expect(card).to_have_attribute("data-when", re.compile(r"^[2-9]:\d\d–"))
        desk.person.is_told(re.compile("Maria Okafor moved to"))
        clock, _, _ = at(desk, visit)
        assert clock > "12:00"

    def test_nothing_is_drawn_anew_on_the_way(self, desk: Desk) -> None:
        """Of the whole page one element changes, and of that its transform and the time beside it."""
        practice = desk.practice
        practice.booked(practice.clinic.patient(), "10:00")
        for hour in range(12, 18):
            practice.booked(practice.clinic.patient("Ion", f"Blaga{hour}"), f"{hour}:00")
        desk.open()
        with desk.dragging("Maria Okafor") as hand:
            hand.by(minutes=10)
            desk.person.page.evaluate(WATCH)
            hand.by(columns=1, minutes=80)
            hand.by(columns=0, minutes=45)
            changed = desk.person.page.evaluate("window.changed")
        assert changed and set(changed) <= {"day-item style", "day-item data-when"}
        desk.person.is_told(re.compile("Maria Okafor moved to"))


class TestFromRightToLeft:
    def test_the_first_column_is_at_the_right_and_the_hand_follows(self, sit: Sit, practice: Practice) -> None:
        person = sit(practice.clinic, locale="ar")
        person.page.add_init_script("localStorage.setItem('chairside.preferences', JSON.stringify({ locale: 'ar' }))")
        desk = Desk(person, practice)
        visit = practice.booked(practice.clinic.patient(), "10:00")
        desk.open()
        assert desk.column(0)["x"] > desk.column(1)["x"]
        with desk.dragging("Maria Okafor") as hand:
            hand.by(columns=1, minutes=30)
        person.sees(desk.card("10:30–.?11:00"))
        expect(person.page.locator("[data-saving]")).to_have_count(0)
        assert at(desk, visit) == ("10:30", 30, "Room 2")


class TestByFinger:
    @pytest.fixture
    def tablet(self, sit: Sit, practice: Practice) -> Desk:
        return Desk(sit(practice.clinic, viewport={"width": 1100, "height": 800}, has_touch=True), practice)

    def test_is_taken_up_after_a_moment(self, tablet: Desk) -> None:
        visit = tablet.practice.booked(tablet.practice.clinic.patient(), "10:00")
        tablet.open()
        finger = Finger(tablet.person.page)
        x, y = tablet.middle("Maria Okafor")
        finger.down(x, y)
        expect(tablet.card("Maria Okafor")).to_have_attribute("data-lifted", "true")
        finger.move(x, y + 60 * tablet.minute())
        expect(tablet.card("Maria Okafor")).to_have_attribute("data-when", re.compile("11:00"))
        finger.up()
        tablet.person.is_told(re.compile("Maria Okafor moved to 11:00 AM"))
        assert at(tablet, visit) == ("11:00", 30, "Room 1")

    def test_that_moves_at_once_scrolls_and_takes_nothing_up(self, tablet: Desk) -> None:
        visit = tablet.practice.booked(tablet.practice.clinic.patient(), "10:00")
        tablet.open()
        finger = Finger(tablet.person.page)
        x, y = tablet.middle("Maria Okafor")
        finger.down(x, y)
        for step in range(1, 8):
            finger.move(x, y - step * 12)
        expect(tablet.card("Maria Okafor")).not_to_have_attribute("data-lifted", "true")
        finger.up()
        assert tablet.practice.clinic.get(f"/appointments/{visit['id']}")["version"] == visit["version"]

    def test_moves_and_lengthens_by_taps_alone(self, tablet: Desk) -> None:
        person = tablet.person
        visit = tablet.practice.booked(tablet.practice.clinic.patient(), "10:00")
        tablet.open()
        tablet.card("Maria Okafor").tap()
        tablet.has_chosen("Maria Okafor")
        person.button(re.compile("^Move( M)?$"), tablet.panel).tap()
        person.sees(person.page.get_by_text("Moving Maria Okafor"))
        person.button("5 min longer").tap()
        person.button("5 min longer").tap()
        person.button(re.compile("^Put it here")).tap()
        person.is_told(re.compile("Maria Okafor moved to 10:00 AM"))
        assert at(tablet, visit) == ("10:00", 40, "Room 1")


class TestLength:
    def test_by_keys_and_by_a_click_where_it_should_end(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "10:00")
        desk.open()
        desk.choose("Maria Okafor")
        person.press("Shift+M", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown", "Enter")
        person.is_told(re.compile("Maria Okafor moved to 10:00 AM"))
        assert at(desk, visit) == ("10:00", 40, "Room 1")
        person.click(person.button(re.compile("^Change length"), desk.panel))
        column = desk.column(0)
        person.page.mouse.click(column["x"] + 40, desk.top() + 3 * 60 * desk.minute() + 1)
        person.sees(desk.card("10:00–11:00"))
        expect(person.page.locator("[data-saving]")).to_have_count(0)
        assert at(desk, visit) == ("10:00", 60, "Room 1")


class TestWhileOthersWork:
    def test_what_they_change_is_seen_and_the_hand_keeps_its_visit(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient(), "10:00")
        desk.open()
        with desk.dragging("Maria Okafor") as hand:
            hand.by(minutes=60)
            practice.booked(practice.clinic.patient("Ion", "Blaga"), "12:00")
            desk.read_again()
            person.sees(desk.card("Ion Blaga"))
            expect(desk.card("Maria Okafor")).to_have_attribute("data-lifted", "true")
            hand.by(columns=1, minutes=60)
        person.is_told("Maria Okafor moved to 11:00 AM, Room 2")
        assert at(desk, visit) == ("11:00", 30, "Room 2")

    def test_who_moved_the_same_visit_first_was_first(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        clinic = practice.clinic
        visit = practice.booked(clinic.patient(), "10:00")
        desk.open()
        person.expects(412)
        with desk.dragging("Maria Okafor") as hand:
            hand.by(minutes=30)
            there = {"starts_at": clinic.at("14:00")}
            clinic.ask("POST", f"/appointments/{visit['id']}/rescheduling", json=there, version=visit["version"])
            desk.read_again()
            hand.by(minutes=60)
        person.is_told("Not saved")
        assert at(desk, visit) == ("14:00", 30, "Room 1")
        person.sees(desk.card("2:00–2:30 PM"))

    def test_a_visit_that_was_cancelled_meanwhile_is_said_to_be(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        clinic = practice.clinic
        visit = practice.booked(clinic.patient(), "10:00")
        desk.open()
        person.expects(409, 412)
        with desk.dragging("Maria Okafor") as hand:
            hand.by(minutes=30)
            clinic.ask("POST", f"/appointments/{visit['id']}/cancellation", json={"reason": "ill"}, version=visit["version"])
            desk.read_again()
            expect(desk.card("Maria Okafor")).to_have_attribute("data-lifted", "true")
        person.is_told("Not saved")
        expect(desk.card("Maria Okafor")).to_have_count(0)


WATCH = """() => {
  window.changed = []
  new MutationObserver(list => {
    for (const { target, attributeName, type } of list)
      window.changed.push(`${target.className || target.nodeName} ${attributeName ?? type}`)
  }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
}"""


class Finger:
    """One finger, as the browser's own input has it: a page may scroll under it."""

    def __init__(self, page: Page) -> None:
        self.cdp = page.context.new_cdp_session(page)

    def _send(self, kind: str, *points: dict[str, float]) -> None:
        self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    def down(self, x: float, y: float) -> None:
        self._send("touchStart", {"x": x, "y": y})

    def move(self, x: float, y: float) -> None:
        self._send("touchMove", {"x": x, "y": y})

    def up(self) -> None:
        self._send("touchEnd")
