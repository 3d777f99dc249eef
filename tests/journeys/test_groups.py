"""A session of a group: one block on the schedule, its roster beside it, and everybody in it one by one and together."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Desk:
    return Desk(sit(practice.clinic), practice)


def calendar(practice: Practice, capacity: int = 3) -> Any:
    clinic = practice.clinic
    service = clinic.get("/services")["items"][0]
    providers = [{"provider_id": one["id"]} for one in clinic.get("/providers")["items"]]
    return clinic.post(
        "/calendars", name="Hygiene class", service_ids=[service["id"]], providers=providers, capacity=capacity, increment=30
    )  # fmt: skip


def session(practice: Practice, group: Any, clock: str = "10:00") -> Any:
    clinic = practice.clinic
    return clinic.post("/group-sessions", calendar_id=group["id"], starts_at=clinic.at(clock, 1))


def seat(practice: Practice, session: Any, *name: str) -> Any:
    clinic = practice.clinic
    return clinic.post(
        "/appointments", patient_id=clinic.patient(*name)["id"], group_session_id=session["id"], starts_at=session["starts_at"]
    )  # fmt: skip


def looking(desk: Desk) -> None:
    tomorrow = desk.practice.clinic.at("08:00", 1)[:10]
    desk.open(f"?date={tomorrow}")


def test_is_one_block_to_which_somebody_is_added_by_the_key_that_books(desk: Desk) -> None:
    person, practice = desk.person, desk.practice
    met = session(practice, calendar(practice))
    seat(practice, met, "Maria", "Okafor")
    practice.clinic.patient("Ada", "Adason")
    looking(desk)
    desk.choose("Hygiene class")
    person.sees(desk.panel.get_by_text("1 of 3"))
    person.sees(desk.panel.get_by_role("button", name="Maria Okafor", exact=True))
    person.press("n")
    dialog = person.dialog("Book a visit")
    person.sees(dialog.get_by_text("Joins a session: 1 of 3 seats taken"))
    person.type("ada")
    person.press("Enter")
    person.is_at(dialog.get_by_placeholder("Type to narrow the list"))
    person.press("Control+Enter")
    person.is_told(re.compile("Ada Adason booked"))
    person.click(person.button("The whole session", desk.panel))
    person.sees(desk.panel.get_by_text("2 of 3"))
    roster = desk.panel.get_by_role("region", name="Who comes")
    expect(roster.get_by_role("listitem")).to_have_count(2)
    person.click(roster.get_by_role("button", name="Ada Adason has arrived"))
    person.sees(roster.get_by_text("Arrived", exact=True).first)
    # It is shown at once; the server hears of it a moment later.
    person.sees(person.page.get_by_role("status").filter(has_text="All changes saved"))
    seats = practice.clinic.get(f"/group-sessions/{met['id']}/seats")["items"]
    assert [one["status"] for one in seats] == ["scheduled", "arrived"]


def test_is_told_live_and_read_as_a_table(desk: Desk) -> None:
    person, practice = desk.person, desk.practice
    met = session(practice, calendar(practice))
    person.go(f"{practice.clinic.home}/schedule?date={practice.clinic.at('08:00', 1)[:10]}&view=agenda")
    row = person.page.get_by_role("row", name=re.compile("Hygiene class"))
    person.sees(row.get_by_text("0 of 3"))
    seat(practice, met, "Ion", "Blaga")
    person.sees(row.get_by_text("1 of 3"))
    person.sees(person.page.get_by_role("row", name=re.compile("Ion Blaga")))


def test_is_cancelled_with_everybody_and_had_again(desk: Desk) -> None:
    person, practice = desk.person, desk.practice
    met = session(practice, calendar(practice))
    for name in ("Ana", "Bea"):
        seat(practice, met, name, "Pop")
    looking(desk)
    desk.choose("Hygiene class")
    person.click(person.button(re.compile("Cancel the session"), desk.panel))
    dialog = person.dialog("Cancel the session")
    person.sees(dialog.get_by_text(re.compile("2 patients are cancelled")))
    person.field("Reason", dialog).fill("The hygienist is ill")
    person.press("Control+Enter")
    person.is_told("Hygiene class cancelled, with 2 patients")
    assert practice.clinic.get(f"/group-sessions/{met['id']}")["cancelled"]
    person.press("z")
    person.sees(desk.card("Hygiene class"))
    assert not practice.clinic.get(f"/group-sessions/{met['id']}")["cancelled"]


def test_is_opened_empty_by_hand(desk: Desk) -> None:
    person, practice = desk.person, desk.practice
    calendar(practice)
    looking(desk)
    person.sees(desk.grid)
    person.press("Control+k")
    person.type("open a session")
    person.sees(person.page.get_by_role("option", name=re.compile("Open a session of a group")))
    person.press("Enter")
    dialog = person.dialog("Open a session")
    person.sees(person.field("Calendar", dialog))
    dialog.get_by_label("Time").last.fill("11:00")
    person.field("Seats", dialog).fill("5")
    person.press("Control+Enter")
    person.is_told(re.compile("Hygiene class opened"))
    person.sees(desk.panel.get_by_text("0 of 5"))
    person.click(person.button("One seat more", desk.panel))
    person.is_told("Hygiene class has 6 seats")
    [made] = practice.clinic.get("/group-sessions")["items"]
    assert (made["capacity"], made["by_hand"]) == (6, True)
