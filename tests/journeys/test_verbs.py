"""Everything that can be done with a visit, by the mouse alone and by keys alone, and taken back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person

Sit = Callable[..., Person]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def visit(practice: Practice) -> Any:
    return practice.booked(practice.clinic.patient(), "15:00")


def is_now(practice: Practice, visit: Any, status: str) -> None:
    assert practice.clinic.get(f"/appointments/{visit['id']}")["status"] == status


def by_hours(person: Person, card: Locator, hours: float, *, column: int = 0, edge: bool = False) -> None:
    """Drags a card that lasts half an hour, or its lower edge."""
    box = card.bounding_box()
    assert box
    x, y = box["x"] + 60, box["y"] + (box["height"] - 3 if edge else 10)
    person.page.mouse.move(x, y)
    person.page.mouse.down()
    person.page.mouse.move(x + column * box["width"], y + box["height"] * 2 * hours, steps=8)
    person.page.mouse.up()


STEPS = [
    ("Confirmed", "Maria Okafor has confirmed", "Confirmed", "confirmed"),
    ("Arrived", "Maria Okafor has arrived", "Arrived", "arrived"),
    ("Seat", "Maria Okafor is in the chair", "In chair", "in_chair"),
    ("Did not come", "Maria Okafor did not come", "No-show", "no_show"),
]


class TestByMouse:
    @pytest.mark.parametrize(("verb", "said", "word", "status"), STEPS)
    @pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE], ids=["desk", "phone"])
    def test_a_step_and_back(
        self, sit: Sit, practice: Practice, visit: Any, size: dict[str, int], verb: str, said: str, word: str, status: str
    ) -> None:
        person = sit(practice.clinic, viewport=size)
        desk = Desk(person, practice).open()
        person.click(desk.card("Maria Okafor"))
        person.click(person.button(re.compile(f"^{verb}")).last)
        person.is_told(said)
        is_now(practice, visit, status)
        person.click(person.button(re.compile("^Undo( Z)?$")))
        person.is_told("Undone")
        is_now(practice, visit, "scheduled")
        # And once more, by what the panel offers when the notice has gone.
        person.click(person.button(re.compile(f"^{verb}")).last)
        person.click(person.button(re.compile(f"^Undo “{word}”")))
        expect(person.button(re.compile("^Undo “"))).to_have_count(0)
        is_now(practice, visit, "scheduled")

    @pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE], ids=["desk", "phone"])
    def test_a_cancellation_with_a_reason_and_back(self, sit: Sit, practice: Practice, visit: Any, size: dict[str, int]) -> None:
        person = sit(practice.clinic, viewport=size)
        desk = Desk(person, practice).open()
        person.click(desk.card("Maria Okafor"))
        person.click(person.button(re.compile("^Cancel visit")))
        asked = person.dialog("Cancel visit")
        person.click(person.button("Patient is ill", asked))
        person.click(person.button(re.compile("^Cancel visit"), asked))
        person.is_told("Visit of Maria Okafor cancelled")
        is_now(practice, visit, "cancelled")
        expect(desk.card("Maria Okafor")).to_have_count(0)
        person.click(person.button(re.compile("^Undo( Z)?$")))
        person.is_told("Undone")
        is_now(practice, visit, "scheduled")
        person.sees(person.page.get_by_text("Scheduled"))

    def test_a_visit_is_dragged_and_made_longer(self, sit: Sit, practice: Practice) -> None:
        visit = practice.booked(practice.clinic.patient(), "11:00")
        person = sit(practice.clinic)
        desk = Desk(person, practice).open()
        card = desk.card("Maria Okafor")
        by_hours(person, card, 1, column=1)
        person.is_told("Maria Okafor moved to 12:00 PM, Room 2")
        by_hours(person, card, 1 / 4, edge=True)
        expect(card).to_contain_text(re.compile(r"12:00–12:45\sPM"))
        person.sees(person.page.get_by_role("banner").get_by_text("All changes saved"))
        moved = practice.clinic.get(f"/appointments/{visit['id']}")
        assert (moved["duration_minutes"], moved["operatory_id"]) == (45, practice.two["id"])
        person.click(person.button(re.compile("^Undo Z$")).last)
        person.is_told("Undone")
        assert practice.clinic.get(f"/appointments/{visit['id']}")["duration_minutes"] == 30

    def test_a_visit_is_carried_to_a_time_that_is_clicked(self, sit: Sit, practice: Practice, visit: Any) -> None:
        person = sit(practice.clinic)
        desk = Desk(person, practice).open()
        person.click(desk.card("Maria Okafor"))
        person.click(person.button(re.compile("^Move to another day")))
        person.sees(person.page.get_by_text("Maria Okafor is being moved"))
        person.click(person.button("Next day"))
        person.sees(person.page.get_by_text("No visits"))
        person.sees(person.page.get_by_text("Maria Okafor is being moved"))
        box = desk.grid.bounding_box()
        assert box
        desk.grid.click(position={"x": box["width"] * 0.75, "y": box["height"] / 2 + 4})
        person.is_told("Maria Okafor moved to 2:00 PM, Room 2")
        desk.has_chosen("Maria Okafor")
        person.click(person.button(re.compile("^Undo Z$")))
        person.is_told("Undone")
        assert practice.clinic.get(f"/appointments/{visit['id']}")["starts_at"] == visit["starts_at"]


class TestByFinger:
    """On a phone: what was chosen lies over the day as a sheet, and makes room for the day when a time is wanted."""

    def test_a_visit_is_moved_by_two_taps(self, sit: Sit, practice: Practice) -> None:
        visit = practice.booked(practice.clinic.patient(), "11:00")
        person = sit(practice.clinic, viewport=PHONE, has_touch=True, is_mobile=True)
        desk = Desk(person, practice).open()
        desk.card("Maria Okafor").tap()
        person.button(re.compile("^Move$")).tap()
        person.sees(person.page.get_by_text("Moving Maria Okafor"))
        expect(person.dialog()).to_have_count(0)
        box = desk.grid.bounding_box()
        assert box
        # The second room, at noon and a little, of the twelve hours from eight.
        desk.grid.tap(position={"x": box["width"] * 0.75, "y": box["height"] * 4 / 12 + 10})
        person.is_told("Maria Okafor moved to 12:00 PM, Room 2")
        moved = practice.clinic.get(f"/appointments/{visit['id']}")
        assert moved["operatory_id"] == practice.two["id"]

    def test_a_finger_that_scrolls_moves_nobody(self, sit: Sit, practice: Practice) -> None:
        visit = practice.booked(practice.clinic.patient(), "11:00")
        person = sit(practice.clinic, viewport=PHONE, has_touch=True, is_mobile=True)
        desk = Desk(person, practice).open()
        box = desk.card("Maria Okafor").bounding_box()
        assert box
        x, y = box["x"] + 40, box["y"] + 20
        line = person.page.context.new_cdp_session(person.page)
        line.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in range(1, 13):
            line.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - 12 * step}]})
        line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        person.page.wait_for_timeout(500)
        after = desk.card("Maria Okafor").bounding_box()
        assert after and after["y"] < box["y"] - 60
        assert practice.clinic.get(f"/appointments/{visit['id']}")["version"] == visit["version"]

    def test_a_visit_is_carried_to_another_day(self, sit: Sit, practice: Practice, visit: Any) -> None:
        person = sit(practice.clinic, viewport=PHONE, has_touch=True, is_mobile=True)
        desk = Desk(person, practice).open()
        desk.card("Maria Okafor").tap()
        person.button(re.compile("^Move to another day")).tap()
        person.sees(person.page.get_by_text("Maria Okafor is being moved"))
        person.button("Next day").tap()
        person.sees(desk.grid)
        expect(desk.card("Maria Okafor")).to_have_count(0)
        person.button(re.compile("^Put it here")).tap()
        person.is_told(re.compile("Maria Okafor moved to 8:00 AM, Room 1"))


class TestByKeys:
    """From the page as it is loaded: nothing has the focus, nothing is chosen."""

    @pytest.fixture
    def desk(self, sit: Sit, practice: Practice, visit: Any) -> Desk:
        desk = Desk(sit(practice.clinic), practice).open()
        card = desk.card("Maria Okafor")
        # From the first free time down to the visit.
        for _ in range(40):
            desk.person.press("ArrowDown")
            if card.evaluate("card => card === document.activeElement"):
                break
        desk.has_chosen("Maria Okafor")
        return desk

    @pytest.mark.parametrize(
        ("key", "said", "status"), [("f", STEPS[0][1], "confirmed"), ("a", STEPS[1][1], "arrived"), ("s", STEPS[2][1], "in_chair"),
                                    ("w", STEPS[3][1], "no_show")]
    )  # fmt: skip
    def test_a_step_and_back(self, desk: Desk, visit: Any, key: str, said: str, status: str) -> None:
        desk.person.press(key)
        desk.person.is_told(said)
        is_now(desk.practice, visit, status)
        desk.person.press("z")
        desk.person.is_told("Undone")
        is_now(desk.practice, visit, "scheduled")
        desk.person.is_at(desk.card("Maria Okafor"))
        desk.person.press("ArrowDown", "ArrowUp")
        desk.person.is_at(desk.card("Maria Okafor"))

    def test_a_cancellation_frees_the_time_and_the_arrows_go_on_from_there(self, desk: Desk) -> None:
        desk.person.press("x")
        desk.person.sees(desk.person.dialog("Cancel visit"))
        desk.person.type("Ill")
        desk.person.press("Control+Enter")
        desk.person.is_told("Visit of Maria Okafor cancelled")
        expect(desk.person.dialog()).to_have_count(0)
        desk.person.press("ArrowDown")
        desk.person.is_at(desk.grid.locator(".day-free"))
        expect(desk.grid.locator(".day-free")).to_have_accessible_name(re.compile("^[34]:.* PM"))

    def test_a_completion_and_back(self, desk: Desk, visit: Any) -> None:
        desk.person.press("d")
        desk.person.sees(desk.person.field("Quantity of Check-up"))
        desk.person.press("Control+Enter")
        desk.person.is_told("Visit of Maria Okafor completed")
        desk.person.press("Escape")
        expect(desk.person.dialog()).to_have_count(0)
        is_now(desk.practice, visit, "completed")
        desk.person.press("u")
        desk.person.is_at(desk.person.button(re.compile("^Undo completion")))
        desk.person.press("Control+Enter")
        desk.person.is_told("Completion of Maria Okafor’s visit undone")
        is_now(desk.practice, visit, "scheduled")
        desk.person.is_at(desk.card("Maria Okafor"))

    def test_a_cancellation_is_taken_back_from_the_patients_page(self, sit: Sit, practice: Practice, visit: Any) -> None:
        """The day no longer shows it; the patient's visits do."""
        practice.clinic.ask("POST", f"/appointments/{visit['id']}/cancellation", json={"reason": "Mistaken"})
        person = sit(practice.clinic)
        person.go(f"{practice.clinic.home}/patients/{visit['patient_id']}?tab=visits")
        person.click(person.button("Undo “Cancelled”"))
        person.is_told("Undone")
        expect(person.button("Undo “Cancelled”")).to_have_count(0)
        is_now(practice, visit, "scheduled")

    def test_by_the_agenda(self, desk: Desk, visit: Any) -> None:
        """The table: its visit is chosen with Enter, and the same keys work."""
        person = desk.person
        person.go(f"{desk.practice.clinic.home}/schedule?view=agenda")
        time = person.page.get_by_role("row").get_by_role("button", name=re.compile("^3:00"))
        time.focus()
        person.press("Enter", "a")
        person.is_told("Maria Okafor has arrived")
        is_now(desk.practice, visit, "arrived")
        person.press("z")
        person.is_told("Undone")
        is_now(desk.practice, visit, "scheduled")
