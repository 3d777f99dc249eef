"""Time in which nobody is booked: blocked by keys, seen, freed again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person
from tests.operations.started import until


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Desk:
    return Desk(sit(practice.clinic), practice)


def taken(desk: Desk) -> list[tuple[str, str]]:
    clinic = desk.practice.clinic
    found = clinic.get("/schedule", date=str(clinic.today))["taken"]
    return [(one["reason"], one["starts_at"]) for one in found]


def test_is_blocked_by_keys_undone_and_done_again(desk: Desk) -> None:
    person, practice = desk.person, desk.practice
    desk.open()
    person.press("Shift+B")
    dialog = person.dialog("Block time")
    person.is_at(person.field("What for", dialog))
    person.press("Enter")
    person.sees(dialog.get_by_text("Say what for."))
    person.type("Staff meeting")
    person.field("From", dialog).fill("10:00")
    person.field("Until", dialog).fill("9:00")
    person.press("Enter")
    person.sees(dialog.get_by_text("It ends after it begins."))
    person.field("Until", dialog).fill("11:30")
    person.press("Enter")
    person.is_told(re.compile("^Blocked 10:00.11:30"))
    person.sees(desk.grid.get_by_text("Staff meeting"))
    assert [reason for reason, _ in taken(desk)] == ["Staff meeting"]
    person.press("z")
    person.sees(person.page.get_by_role("group", name="Undone"))
    expect(desk.grid.get_by_text("Staff meeting")).to_have_count(0)
    assert taken(desk) == []
    answer = practice.clinic.post(
        "/blockouts", provider_id=practice.marin["id"], operatory_id=practice.one["id"], reason="Repair",
        starts_at=practice.clinic.at("14:00"), ends_at=practice.clinic.at("15:00"),
    )  # fmt: skip
    assert answer["visits"] == 0
    person.sees(desk.grid.get_by_text("Repair"))  # by itself: somebody else did it


def test_is_freed_where_it_is_listed_and_that_is_undone(desk: Desk) -> None:
    person, practice = desk.person, desk.practice
    practice.clinic.post(
        "/blockouts", operatory_id=practice.one["id"], reason="Repair",
        starts_at=practice.clinic.at("14:00"), ends_at=practice.clinic.at("15:00"),
    )  # fmt: skip
    practice.booked(practice.clinic.patient("Ion", "Blaga"), "10:15")
    desk.open()
    person.sees(desk.grid.get_by_text("Repair"))
    person.press("Shift+B")
    dialog = person.dialog("Block time")
    person.click(person.button("Free again: Repair", dialog))
    person.is_told(re.compile("^Free again 2:00"))
    until(lambda: taken(desk) == [], 5)
    person.press("Escape")
    person.press("z")
    person.sees(person.page.get_by_role("group", name="Undone"))
    assert [reason for reason, _ in taken(desk)] == ["Repair"]
    person.press("Shift+B")
    person.click(dialog.get_by_role("button", name="Lunch"))
    person.field("From", dialog).fill("10:00")
    person.field("Until", dialog).fill("10:30")
    person.press("Control+Enter")
    person.is_told(re.compile("1 visit stands there and stays"))
