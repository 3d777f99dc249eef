"""How the schedule is looked at: some of its columns, a week as a list, looks that have a name, and how long somebody has waited."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Practice
from tests.journeys.desk import Desk
from tests.journeys.person import Person

Sit = Callable[..., Person]


@pytest.fixture
def desk(sit: Sit, practice: Practice) -> Desk:
    return Desk(sit(practice.clinic), practice)


class TestLooks:
    def test_are_kept_under_a_name_and_taken_again_with_two_keys(self, desk: Desk) -> None:
        person, clinic = desk.person, desk.practice.clinic
        desk.open()
        heads = person.page.locator(".day-head")
        person.press("Shift+V")
        dialog = person.dialog("Views of the schedule")
        person.sees(dialog.get_by_text("No view has a name yet."))
        person.click(dialog.get_by_role("checkbox", name="Room 2"))
        expect(dialog.get_by_text("Columns: 1 of 2")).to_be_visible()
        expect(dialog.get_by_role("checkbox", name="Room 1")).to_be_disabled()
        dialog.get_by_label("Save what is shown as *").fill("Mornings O'Hara")
        person.click(dialog.get_by_role("checkbox", name="For everybody here"))
        person.click(person.button("Save", dialog))
        person.is_told("Mornings O'Hara is saved")
        expect(desk.grid.locator(".day-column")).to_have_count(1)
        expect(person.button("Views: not every column is shown")).to_be_visible()
        person.press("2")
        expect(heads.first).to_be_visible()
        person.press("Shift+V")
        person.sees(dialog.get_by_role("button", name="Mornings O'Hara", exact=False).first)
        person.press("1")
        expect(dialog).to_have_count(0)
        expect(person.page).to_have_url(re.compile("columns="))
        expect(desk.grid.locator(".day-column")).to_have_count(1)
        [kept] = clinic.get("/schedule-views")["items"]
        assert (kept["view"], kept["by"], kept["shared"]) == ("day", "operatory", True)
        assert kept["columns"] == [desk.practice.one["id"]]

    def test_of_the_same_name_are_refused_at_the_name_and_what_was_removed_comes_back(self, desk: Desk) -> None:
        person, clinic = desk.person, desk.practice.clinic
        clinic.post("/schedule-views", name="All week", view="week", by="provider")
        desk.open()
        person.press("Shift+V")
        dialog = person.dialog("Views of the schedule")
        person.sees(dialog.get_by_role("button", name="Remove All week"))
        dialog.get_by_label("Save what is shown as *").fill("all WEEK")
        person.expects(409)
        person.press("Enter")
        person.sees(dialog.get_by_text("You have a view of this name already."))
        person.click(dialog.get_by_role("button", name="Remove All week"))
        person.is_told("All week is removed")
        person.sees(dialog.get_by_text("No view has a name yet."))
        person.press("Escape")
        person.press("z")
        person.sees(person.page.get_by_role("group", name="Undone"))
        assert [one["name"] for one in clinic.get("/schedule-views")["items"]] == ["All week"]


class TestTheWeekAsAList:
    def test_names_each_day_and_finds_a_visit_under_its_own(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        clinic = practice.clinic
        wednesday = clinic.today + timedelta(9 - clinic.today.weekday())
        days = (wednesday - clinic.today).days
        practice.booked(clinic.patient("Maria"), "10:00", days=days)
        practice.booked(clinic.patient("Ion"), "09:00", days=days + 1)
        person.go(f"{clinic.home}/schedule?view=agenda&date={wednesday}")
        person.click(person.page.get_by_role("radiogroup", name="Agenda of").get_by_role("radio", name="7 days"))
        table = person.page.get_by_role("table")
        expect(table.get_by_role("rowheader", name=re.compile("Wednesday.*1 visit"))).to_be_visible()
        expect(table.get_by_role("rowheader", name=re.compile("Friday.*No visits"))).to_be_visible()
        groups = table.locator("tbody").filter(has=person.page.get_by_role("link"))
        expect(groups).to_have_count(2)
        expect(groups.nth(0)).to_contain_text("Maria Okafor")
        expect(groups.nth(1)).to_contain_text("Ion Okafor")
        person.press("j")
        person.sees(person.page.get_by_role("heading", name="Nobody is booked"))
        person.press("k")
        person.sees(table.get_by_role("link", name="Maria Okafor"))


class TestWaiting:
    def test_says_for_how_long_somebody_has_waited_and_warns_when_it_is_long(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient("Maria"), "12:00")
        person.page.clock.install()
        desk.open()
        desk.choose("Maria Okafor")
        person.press("a")
        person.sees(desk.panel.get_by_text("· now"))
        person.page.clock.fast_forward("12:31")
        chip = desk.panel.get_by_text("· 12 min")
        expect(chip).to_be_visible()
        expect(chip).not_to_have_class(re.compile("text-warn"))
        person.page.clock.fast_forward("04:00")
        expect(desk.panel.get_by_text("· 16 min")).to_have_class(re.compile("text-warn"))
        expect(desk.card("Maria Okafor")).to_contain_text("16 min")
        assert practice.clinic.get(f"/appointments/{visit['id']}")["status"] == "arrived"


class TestRouteSlip:
    def test_is_opened_with_one_key_on_the_chosen_visit(self, desk: Desk) -> None:
        person, practice = desk.person, desk.practice
        visit = practice.booked(practice.clinic.patient("Maria"), "12:00")
        desk.open()
        desk.choose("Maria Okafor")
        link = desk.panel.get_by_role("link", name="Print route slip")
        expect(link).to_have_attribute("href", re.compile(f"route-slips.appointment_id={visit['id']}$"))
        with person.page.context.expect_event("request", lambda asked: visit["id"] in asked.url and "route-slips" in asked.url):
            person.press("r")
        answer = person.page.request.get(desk.person.origin + str(link.get_attribute("href")))
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
