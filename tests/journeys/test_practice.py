"""What is set up once and looked after: two people at one form, taking out of use and back, days closed, hours with a break."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person

MEANWHILE = re.compile("Somebody else changed this meanwhile")


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Person:
    return sit(practice.clinic)


def open_row(desk: Person, name: str) -> None:
    desk.click(desk.page.get_by_role("row").get_by_role("button", name=name))
    desk.sees(desk.dialog(name))


class TestTwoPeopleAtOneForm:
    def test_of_a_service_keep_both_changes(self, desk: Person, practice: Practice) -> None:
        clinic, service = practice.clinic, practice.check_up
        desk.go(f"{clinic.home}/admin/services")
        open_row(desk, "Check-up")
        clinic.ask("PATCH", f"/services/{service['id']}", version=service["version"], json={"name": "Exam"})
        desk.field("Minutes").fill("45")
        desk.expects(412)
        desk.press("Control+Enter")
        desk.is_told("Saved: Exam")
        kept = clinic.get("/services")["items"][0]
        assert (kept["name"], kept["duration_minutes"]) == ("Exam", 45)

    def test_of_a_service_are_told_what_the_other_wrote(self, desk: Person, practice: Practice) -> None:
        clinic, service = practice.clinic, practice.check_up
        desk.go(f"{clinic.home}/admin/services")
        open_row(desk, "Check-up")
        clinic.ask("PATCH", f"/services/{service['id']}", version=service["version"], json={"price": clinic.money(15_000)})
        desk.field("Price").fill("130")
        desk.expects(412)
        desk.press("Control+Enter")
        desk.sees(desk.dialog().get_by_text(MEANWHILE))
        desk.sees(desk.dialog().get_by_text("Price: $150.00"))
        expect(desk.field("Price")).to_have_value("130")
        desk.press("Control+Enter")
        desk.is_told("Saved: Check-up")
        assert clinic.get("/services")["items"][0]["price"]["amount"] == 13_000

    def test_of_an_operatory_or_a_provider(self, desk: Person, practice: Practice) -> None:
        clinic, room, marin = practice.clinic, practice.one, practice.marin
        desk.expects(412)
        desk.go(f"{clinic.home}/admin/operatories")
        open_row(desk, "Room 1")
        clinic.ask("PATCH", f"/operatories/{room['id']}", version=room["version"], json={"name": "Blue room"})
        desk.field("Name").fill("Green room")
        desk.press("Control+Enter")
        desk.sees(desk.dialog().get_by_text("Name: Blue room"))
        desk.press("Control+Enter")
        desk.is_told("Saved: Green room")

        desk.go(f"{clinic.home}/admin/providers")
        open_row(desk, "Dr. Ioana Marin")
        clinic.ask("PATCH", f"/providers/{marin['id']}", version=marin["version"], json={"name": "Dr. Ioana Marin-Pop"})
        clinic.ask("PUT", f"/providers/{marin['id']}/hours", json={"weekly": {"1": [["10:00", "12:00"]]}})
        desk.field("Usual operatory").select_option("Room 2")
        desk.press("Control+Enter")
        desk.is_told(re.compile("^Saved"))
        (kept,) = [one for one in clinic.get("/providers")["items"] if one["id"] == marin["id"]]
        assert (kept["name"], kept["operatory_id"]) == ("Dr. Ioana Marin-Pop", practice.two["id"])
        assert clinic.get(f"/providers/{marin['id']}/hours")["weekly"]["1"] == [["10:00", "12:00"]]

    def test_of_the_clinic_or_its_week_lose_nothing_they_typed(self, desk: Person, practice: Practice) -> None:
        clinic = practice.clinic
        before = clinic.get("")
        desk.expects(412)
        desk.go(f"{clinic.home}/admin/clinic")
        desk.field("Phone").fill("+1 415 555 0199")
        clinic.ask("PATCH", "", version=before["version"], json={"phone": "+1 415 555 0100", "tax_id": "12-3456789"})
        desk.press("Control+Enter")
        desk.sees(desk.page.get_by_text("Phone: +1 415 555 0100"))
        expect(desk.field("Phone")).to_have_value("+1 415 555 0199")
        desk.press("Control+Enter")
        desk.is_told(re.compile("^Saved"))
        kept = clinic.get("")
        assert (kept["phone"], kept["tax_id"]) == ("+1 415 555 0199", "12-3456789")

        desk.go(f"{clinic.home}/admin/hours")
        desk.page.get_by_role("checkbox", name="Sunday").uncheck()
        hours = clinic.get("/hours")
        clinic.ask("PUT", "/hours", version=hours["version"], json={"weekly": {"1": [["09:00", "12:00"]]}})
        desk.page.get_by_role("checkbox", name="Saturday").uncheck()
        desk.press("Control+Enter")
        desk.sees(desk.page.get_by_text(MEANWHILE))
        expect(desk.page.get_by_role("checkbox", name="Sunday")).not_to_be_checked()
        expect(desk.page.get_by_role("checkbox", name="Friday")).to_be_checked()
        desk.press("Control+Enter")
        desk.is_told("Opening hours saved")
        assert clinic.get("/hours")["weekly"]["5"] == [["08:00", "20:00"]]


class TestOutOfUse:
    def test_what_is_taken_out_of_use_leaves_the_schedule_and_comes_back(self, desk: Person, practice: Practice) -> None:
        home = practice.clinic.home
        day, main = Desk(desk, practice), desk.page.get_by_role("main")
        day.open()
        desk.sees(main.get_by_text("Room 2"))
        for page, name in [("operatories", "Room 2"), ("providers", "Dr. Radu Popa"), ("services", "Check-up")]:
            desk.go(f"{home}/admin/{page}")
            open_row(desk, name)
            desk.click(desk.button("Take out of use"))
            desk.is_told(f"{name} is out of use")
            desk.sees(desk.page.get_by_role("row", name=re.compile(f"{name}.*Not in use")))
        day.open()
        expect(main.get_by_text("Room 2")).to_have_count(0)
        day.open("?by=provider")
        expect(main.get_by_text("Dr. Radu Popa")).to_have_count(0)
        for page, name in [("operatories", "Room 2"), ("providers", "Dr. Radu Popa"), ("services", "Check-up")]:
            desk.go(f"{home}/admin/{page}")
            desk.page.get_by_role("row").get_by_role("button", name=name).focus()
            desk.press("Enter")
            desk.sees(desk.dialog(name))
            back = desk.button("Bring back into use")
            back.focus()
            desk.press("Enter")
            desk.is_told(f"{name} is in use again")
            desk.is_at(desk.page.get_by_role("row").get_by_role("button", name=name))
        day.open()
        desk.sees(main.get_by_text("Room 2"))


class TestDaysAndHours:
    def test_days_closed_are_kept_and_taken_back_by_keys_alone(self, desk: Person, practice: Practice) -> None:
        clinic = practice.clinic
        first, second = clinic.today + timedelta(10), clinic.today + timedelta(20)
        desk.go(f"{clinic.home}/admin/hours")
        desk.page.get_by_role("heading", name="Days closed").wait_for()
        desk.field("Day").focus()
        for day, name in [(first, "Harvest"), (second, "Stocktaking")]:
            desk.is_at(desk.field("Day"))
            desk.field("Day").fill(day.isoformat())
            desk.field("Occasion").focus()
            desk.type(name)
            desk.press("Enter")
            desk.sees(desk.page.get_by_role("listitem").filter(has_text=name))
        assert [one["name"] for one in clinic.get("/holidays")["items"]] == ["Harvest", "Stocktaking"]
        desk.button("Remove Harvest").focus()
        desk.press("Enter")
        desk.is_told("Removed: Harvest")
        desk.is_at(desk.button("Remove Stocktaking"))
        desk.press("z")
        desk.sees(desk.page.get_by_role("listitem").filter(has_text="Harvest"))
        desk.go(f"{clinic.home}/schedule?date={first.isoformat()}")
        desk.sees(desk.page.get_by_text("Harvest"))

    def test_a_week_has_a_break_and_closed_days(self, desk: Person, practice: Practice) -> None:
        clinic = practice.clinic
        desk.go(f"{clinic.home}/admin/hours")
        desk.page.get_by_role("checkbox", name="Sunday").uncheck()
        desk.page.get_by_label("Monday 1, to", exact=True).fill("12:00")
        desk.click(desk.button("Add more hours on Monday"))
        desk.click(desk.button("Copy Monday to Monday to Friday"))
        desk.press("Control+Enter")
        desk.is_told("Opening hours saved")
        weekly = clinic.get("/hours")["weekly"]
        assert weekly["1"][0] == ["08:00", "12:00"] and len(weekly["1"]) == 2
        assert weekly["5"] == weekly["1"] and weekly["6"] == [["08:00", "20:00"]] and not weekly.get("7")
        desk.page.get_by_label("Monday 2, from", exact=True).fill("11:00")
        desk.press("Control+Enter")
        desk.sees(desk.page.get_by_text("These times overlap."))
        assert clinic.get("/hours")["weekly"] == weekly
        desk.button("Remove Monday 2").focus()
        desk.press("Enter")
        desk.is_at(desk.button("Add more hours on Monday"))

    def test_another_day_than_usual_is_added_and_removed_within_the_providers_sheet(
        self, desk: Person, practice: Practice
    ) -> None:
        clinic = practice.clinic
        off, short, later = (clinic.today + timedelta(days) for days in (7, 8, 9))
        overrides = f"/providers/{practice.marin['id']}/overrides"
        desk.go(f"{clinic.home}/admin/providers")
        open_row(desk, "Dr. Ioana Marin")
        sheet = desk.dialog()
        desk.field("Day", sheet).fill(off.isoformat())
        desk.field("Day", sheet).press("Enter")
        desk.sees(sheet.get_by_role("listitem").filter(has_text="Day off"))
        desk.sees(sheet)
        desk.is_at(desk.field("Day", sheet))
        desk.field("Day", sheet).fill(short.isoformat())
        desk.click(desk.button("Add hours", sheet))
        desk.click(desk.button("Add hours", sheet))
        sheet.get_by_label("Day 2, from", exact=True).fill("10:00")
        desk.sees(sheet.get_by_text("These times overlap."))
        expect(desk.button("Add the day", sheet)).to_be_disabled()
        desk.button("Remove Day 2", sheet).focus()
        desk.press("Enter")
        desk.is_at(desk.field("Day", sheet))
        desk.click(desk.button("Add the day", sheet))
        expect(sheet.get_by_role("listitem")).to_have_count(2)
        desk.click(sheet.get_by_role("listitem").first.get_by_role("button"))
        expect(sheet.get_by_role("listitem")).to_have_count(1)
        # A day that stands there is meant, although nobody pressed the button beside it.
        desk.field("Day", sheet).fill(later.isoformat())
        desk.click(desk.button(re.compile("^Save"), sheet))
        desk.is_told("Saved: Dr. Ioana Marin")
        assert [one["date"] for one in clinic.get(overrides)["items"]] == [short.isoformat(), later.isoformat()]
