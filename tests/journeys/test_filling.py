"""A time is free: who could come is asked for where it is seen, and the best of them is booked with one press."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Desk:
    return Desk(sit(practice.clinic), practice)


def test_is_filled_with_who_waits_most_urgently_and_that_is_undone(desk: Desk) -> None:
    person, clinic, service = desk.person, desk.practice.clinic, desk.practice.check_up["id"]
    for name, urgent in (("Ana", False), ("Bea", True)):
        clinic.post("/waitlist", patient_id=clinic.patient(name)["id"], service_id=service, urgent=urgent)
    type = clinic.post("/recall-types", name="Check-up", interval={"every": 6, "unit": "months"}, service_ids=[service])
    due = (clinic.today - timedelta(days=80)).isoformat()
    clinic.post("/recalls", patient_id=clinic.patient("Carla")["id"], type_id=type["id"], due_on=due)
    desk.open()
    with person.counting("fill a time") as count:
        person.press("Shift+W")
        dialog = person.dialog("Who could come?")
        rows = dialog.get_by_role("listitem")
        expect(rows).to_have_count(3)
        expect(rows.nth(0)).to_contain_text("Bea Okafor")
        expect(rows.nth(0)).to_contain_text("Urgent")
        expect(rows.nth(1)).to_contain_text("Carla Okafor")
        expect(rows.nth(1)).to_contain_text("Long due")
        person.is_at(dialog.get_by_role("button", name=re.compile("^Book Bea Okafor")))
        person.press("Enter")
        person.is_told(re.compile("Bea Okafor booked"))
    assert (count.keys, count.clicks) == (2, 0)
    person.press("Shift+W")
    expect(person.dialog("Who could come?").get_by_role("listitem")).to_have_count(2)
    person.press("Escape")
    person.press("z")
    person.sees(person.page.get_by_role("group", name="Undone"))
    assert {one["patient"]["first_name"] for one in clinic.get("/waitlist")["items"]} == {"Ana", "Bea"}


def test_says_when_nobody_could(desk: Desk) -> None:
    desk.open()
    desk.person.press("Shift+W")
    desk.person.sees(desk.person.dialog("Who could come?").get_by_text("Nobody who waits or is due could come then."))
