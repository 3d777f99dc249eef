"""The night on which the clocks change: the day has the hours that it has, and everybody is booked when they come."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person

Sit = Callable[..., Person]
ALL_NIGHT = {str(day): [["00:00", "06:00"]] for day in range(1, 8)}


def open_at_night(origin: str, timezone: str, locale: str) -> Practice:
    practice = Clinic(origin, timezone=timezone, locale=locale).set_up()
    clinic = practice.clinic
    clinic.ask("PUT", "/hours", json={"weekly": ALL_NIGHT}, version=clinic.get("/hours")["version"])
    for name in ("Ada", "Bela"):
        clinic.patient(name, f"{name}son")
    return practice


def scale(desk: Desk) -> list[str]:
    return [" ".join(hour.split()) for hour in desk.person.page.locator(".day-hours > span").all_inner_texts()]


def book_at_hour(desk: Desk, name: str, hours: float, of: int) -> None:
    """By a click in the first room, so many hours of the day's real ones from its beginning."""
    box = desk.grid.bounding_box()
    assert box
    desk.grid.click(position={"x": box["width"] * 0.25, "y": box["height"] * hours / of + 4})
    desk.person.sees(desk.person.dialog("Book a visit"))
    desk.person.type(name)
    desk.person.press("Enter")
    desk.person.sees(desk.person.button("Choose another patient"))
    desk.person.press("Control+Enter")


class TestSpring:
    @pytest.mark.parametrize(
        ("timezone", "locale", "day", "hours", "before", "after"),
        [
            ("America/New_York", "en-US", "2027-03-14", ["12 AM", "1 AM", "3 AM", "4 AM", "5 AM"],
             ("1:30 AM", "2027-03-14T06:30:00Z"), ("3:00 AM", "2027-03-14T07:00:00Z")),
            ("Europe/Bucharest", "ro-RO", "2027-03-28", ["00:00", "01:00", "02:00", "04:00", "05:00"],
             ("02:30", "2027-03-28T00:30:00Z"), ("04:00", "2027-03-28T01:00:00Z")),
        ],
    )  # fmt: skip
    def test_skips_an_hour_and_books_on_either_side(
        self, sit: Sit, origin: str, timezone: str, locale: str, day: str, hours: list[str], before: tuple[str, str],
        after: tuple[str, str],
    ) -> None:  # fmt: skip
        practice = open_at_night(origin, timezone, locale)
        desk = Desk(sit(practice.clinic), practice).open(f"?date={day}")
        assert scale(desk) == hours
        gap = hours.index(next(hour for hour in hours if hour in ("3 AM", "04:00")))
        book_at_hour(desk, "Ada", gap - 0.5, len(hours))
        desk.person.is_told(re.compile(f"Ada Adason booked for {before[0]}"))
        book_at_hour(desk, "Bela", gap, len(hours))
        desk.person.is_told(re.compile(f"Bela Belason booked for {after[0]}"))
        visits = desk.visits()
        assert [(visit["starts_at"], visit["duration_minutes"]) for visit in visits] == [(before[1], 30), (after[1], 30)]
        # One stands right above the other, as they are: nothing lies between.
        ada, bela = desk.card("Ada Adason").bounding_box(), desk.card("Bela Belason").bounding_box()
        assert ada and bela and 0 <= bela["y"] - ada["y"] - ada["height"] < 6

    def test_moves_over_the_gap_and_back(self, sit: Sit, origin: str) -> None:
        practice = open_at_night(origin, "America/New_York", "en-US")
        (ada, *_) = practice.clinic.get("/patients", q="Ada")["items"]
        ids = {"patient_id": ada["id"], "provider_id": practice.marin["id"], "operatory_id": practice.one["id"]}
        visit = practice.clinic.post("/appointments", **ids, service_id=practice.check_up["id"], starts_at="2027-03-14T06:30:00Z")
        desk = Desk(sit(practice.clinic), practice).open("?date=2027-03-14")
        desk.choose("Ada Adason")
        desk.person.press("m", *["ArrowDown"] * 6, "Enter")
        desk.person.is_told("Ada Adason moved to 3:00 AM, Room 1")
        assert practice.clinic.get(f"/appointments/{visit['id']}")["starts_at"] == "2027-03-14T07:00:00Z"
        desk.person.press("z")
        desk.person.is_told("Undone")
        assert practice.clinic.get(f"/appointments/{visit['id']}")["starts_at"] == "2027-03-14T06:30:00Z"


class TestAutumn:
    def test_has_an_hour_twice(self, sit: Sit, origin: str) -> None:
        practice = open_at_night(origin, "America/New_York", "en-US")
        desk = Desk(sit(practice.clinic), practice).open("?date=2027-11-07")
        assert scale(desk) == ["12 AM", "1 AM", "1 AM", "2 AM", "3 AM", "4 AM", "5 AM"]
        book_at_hour(desk, "Ada", 1.5, 7)
        desk.person.is_told(re.compile("Ada Adason booked for 1:30 AM"))
        book_at_hour(desk, "Bela", 2.5, 7)
        desk.person.is_told(re.compile("Bela Belason booked for 1:30 AM"))
        assert [visit["starts_at"] for visit in desk.visits()] == ["2027-11-07T05:30:00Z", "2027-11-07T06:30:00Z"]
