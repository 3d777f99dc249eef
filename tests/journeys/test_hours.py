"""What entitles a provider, when they are away, when the clinic is closed, and their calendar on a phone."""

import re
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person
from tests.journeys.staff import Member

MARIN = "Dr. Ioana Marin"


@pytest.fixture
def desk(sit: Callable[..., Person], practice: Practice) -> Person:
    return sit(practice.clinic)


def sheet_of(desk: Person, practice: Practice, name: str = MARIN) -> Locator:
    desk.go(f"{practice.clinic.home}/admin/providers")
    desk.click(desk.page.get_by_role("row").get_by_role("button", name=name))
    desk.sees(desk.dialog(name))
    return desk.dialog(name)


def part(sheet: Locator, heading: str) -> Locator:
    return sheet.locator("section").filter(has=sheet.page.get_by_role("heading", name=heading, exact=True))


class TestNumbers:
    def test_are_checked_and_only_the_right_one_is_kept(self, desk: Person, practice: Practice) -> None:
        clinic = practice.clinic
        desk.expects(422)
        sheet = sheet_of(desk, practice)
        desk.field("NPI", sheet).fill("1234567893")
        desk.field("DEA number", sheet).fill("ap5836728")
        desk.press("Control+Enter")
        desk.sees(sheet.get_by_text("A DEA number has two letters and seven digits"))
        desk.is_at(desk.field("DEA number", sheet))
        desk.field("DEA number", sheet).fill("ap5836727")
        desk.press("Control+Enter")
        desk.is_told(f"Saved: {MARIN}")
        kept = clinic.get(f"/providers/{practice.marin['id']}")
        assert (kept["npi"], kept["dea"]) == ("1234567893", "AP5836727")
        desk.press("z")
        desk.is_told("Undone")
        assert clinic.get(f"/providers/{practice.marin['id']}")["dea"] is None

    def test_say_in_which_zone_the_hours_are(self, desk: Person, practice: Practice) -> None:
        clinic = practice.clinic
        sheet = sheet_of(desk, practice)
        zone = sheet.get_by_role("combobox", name="Time zone of these hours").first
        zone.click()
        desk.type("lisbon")
        desk.press("Enter", "Control+Enter")
        desk.is_told(f"Saved: {MARIN}")
        assert clinic.get(f"/providers/{practice.marin['id']}")["timezone"] == "Europe/Lisbon"


class TestLicences:
    def test_are_added_renewed_and_taken_back_and_warn_before_they_run_out(self, desk: Person, practice: Practice) -> None:
        clinic = practice.clinic
        soon, later = clinic.today + timedelta(20), clinic.today + timedelta(500)
        licences = part(sheet_of(desk, practice), "Licences")
        desk.field("State or authority", licences).fill("Oregon")
        desk.field("Number", licences).fill("D-1234")
        desk.field("Good until", licences).fill(soon.isoformat())
        desk.field("Good until", licences).press("Enter")
        desk.is_told("Saved: Oregon")
        desk.sees(licences.get_by_role("listitem").filter(has_text=re.compile("Oregon.*D-1234.*runs out on")))
        desk.is_at(desk.field("State or authority", licences))
        desk.press("Escape")
        desk.sees(desk.page.get_by_text("A licence has run out or soon will"))

        licences = part(sheet_of(desk, practice), "Licences")
        desk.click(desk.button("Change Oregon", licences))
        expect(desk.field("Number", licences)).to_have_value("D-1234")
        desk.field("Good until", licences).fill(later.isoformat())
        desk.click(desk.button("Keep the licence", licences))
        desk.sees(licences.get_by_role("listitem").filter(has_text="good until"))
        desk.press("Escape")
        expect(desk.page.get_by_text("A licence has run out or soon will")).to_have_count(0)

        licences = part(sheet_of(desk, practice), "Licences")
        desk.click(desk.button("Remove Oregon", licences))
        expect(licences.get_by_role("listitem")).to_have_count(0)
        desk.click(desk.button(re.compile("^Undo")).last)
        desk.sees(licences.get_by_role("listitem").filter(has_text="Oregon"))
        [kept] = clinic.get("/licences")["items"]
        assert (kept["number"], kept["expires_on"]) == ("D-1234", later.isoformat())


class TestVacations:
    def test_name_whom_they_leave_waiting_and_are_one_act(self, desk: Person, practice: Practice) -> None:
        clinic, maria = practice.clinic, practice.clinic.patient()
        clinic.appointment(maria, practice.marin, practice.one, practice.check_up, "10:00", 8)
        first, last = clinic.today + timedelta(7), clinic.today + timedelta(11)
        sheet = sheet_of(desk, practice)
        vacations = part(sheet, "Vacations")
        desk.field("First day", vacations).fill(first.isoformat())
        desk.sees(vacations.get_by_text("Nobody is booked then."))
        desk.field("Last day", vacations).fill(last.isoformat())
        desk.sees(vacations.get_by_text("1 visit is booked then, and stays booked"))
        desk.sees(vacations.get_by_role("listitem").filter(has_text="Maria Okafor"))
        desk.field("Reason", vacations).fill("Skiing")
        desk.field("Reason", vacations).press("Enter")
        desk.sees(vacations.get_by_role("listitem").filter(has_text="Skiing"))
        path = f"/providers/{practice.marin['id']}/vacations"
        [kept] = clinic.get(path)["items"]
        assert (kept["first_on"], kept["last_on"], kept["reason"]) == (first.isoformat(), last.isoformat(), "Skiing")
        desk.click(desk.button(re.compile("^Undo")).last)
        expect(vacations.get_by_role("listitem")).to_have_count(0)
        assert clinic.get(path)["items"] == []
        # What stands there is meant, although nobody pressed the button beside it.
        desk.field("First day", vacations).fill(first.isoformat())
        desk.click(desk.button(re.compile("^Save"), sheet))
        desk.is_told(f"Saved: {MARIN}")
        [kept] = clinic.get(path)["items"]
        assert kept["last_on"] == first.isoformat()

    def test_days_in_another_zone_are_added_and_removed(self, desk: Person, practice: Practice) -> None:
        clinic = practice.clinic
        day = (clinic.today + timedelta(7)).isoformat()
        travels = part(sheet_of(desk, practice), "In another time zone")
        desk.field("First day", travels).fill(day)
        expect(desk.button("Add these days", travels)).to_be_disabled()
        travels.get_by_role("combobox").click()
        desk.type("tokyo")
        desk.press("Enter")
        desk.click(desk.button("Add these days", travels))
        desk.sees(travels.get_by_role("listitem").filter(has_text="Asia/Tokyo"))
        path = f"/providers/{practice.marin['id']}/travels"
        assert [one["timezone"] for one in clinic.get(path)["items"]] == ["Asia/Tokyo"]
        desk.click(travels.get_by_role("listitem").get_by_role("button"))
        expect(travels.get_by_role("listitem")).to_have_count(0)
        assert clinic.get(path)["items"] == []


class TestTheWeekAsAPicture:
    def bars(self, within: Locator) -> Locator:
        return within.locator("[data-slot=week-picture] [data-bar]")

    def test_changes_as_hours_are_typed(self, desk: Person, practice: Practice) -> None:
        desk.go(f"{practice.clinic.home}/admin/hours")
        main = desk.page.get_by_role("main")
        expect(self.bars(main)).to_have_count(7)
        desk.page.get_by_role("checkbox", name="Sunday").uncheck()
        expect(self.bars(main)).to_have_count(6)
        desk.click(desk.button("Add more hours on Monday"))
        expect(self.bars(main)).to_have_count(7)
        desk.field("See the week of", main).select_option(MARIN)
        expect(self.bars(main)).to_have_count(7)

    def test_of_a_provider_shows_their_own_hours_and_days_off(self, desk: Person, practice: Practice) -> None:
        clinic, marin = practice.clinic, f"/providers/{practice.marin['id']}"
        clinic.ask("PUT", f"{marin}/hours", json={"weekly": {str(day): [["09:00", "12:00"]] for day in range(1, 8)}})
        clinic.post(f"{marin}/overrides", date=clinic.today.isoformat(), blocks=[])
        desk.go(f"{clinic.home}/admin/hours")
        main = desk.page.get_by_role("main")
        desk.field("See the week of", main).select_option(MARIN)
        desk.sees(main.get_by_text("they keep hours of their own"))
        expect(self.bars(main)).to_have_count(6)
        desk.page.get_by_role("checkbox", name="Sunday").uncheck()
        expect(self.bars(main)).to_have_count(6)


class TestPublicHolidays:
    def test_are_chosen_from_a_list_and_never_twice(self, desk: Person, practice: Practice) -> None:
        clinic = practice.clinic
        dialog = desk.dialog("Public holidays")

        def choose() -> None:
            desk.click(desk.button("Public holidays"))
            expect(dialog.get_by_role("combobox", name="Country")).not_to_have_value("")
            dialog.get_by_role("combobox", name="Country").click()
            desk.type("united states")
            desk.press("Enter")
            desk.field("Year", dialog).select_option(str(clinic.today.year + 1))

        desk.go(f"{clinic.home}/admin/hours")
        choose()
        dialog.get_by_role("checkbox", name=re.compile("^New Year")).first.uncheck()
        count = dialog.get_by_role("checkbox", checked=True).count()
        assert count > 5
        desk.press("Control+Enter")
        desk.is_told(f"{count} days added")
        assert len(clinic.get("/holidays")["items"]) == count
        choose()
        expect(dialog.get_by_role("checkbox", disabled=True)).to_have_count(count)
        desk.press("Escape")
        desk.press("z")
        desk.sees(desk.page.get_by_text("No days closed ahead."))
        assert clinic.get("/holidays")["items"] == []


class TestACalendarFeed:
    def fetched(self, address: str) -> httpx.Response:
        return httpx.get(address, timeout=30)

    def test_is_made_copied_renewed_and_revoked_on_the_providers_sheet(self, desk: Person, practice: Practice) -> None:
        clinic, maria = practice.clinic, practice.clinic.patient()
        practice.booked(maria, "11:00", notes="Prefers the window seat")
        feed = part(sheet_of(desk, practice), "Calendar feed")
        desk.click(desk.button("Make an address", feed))
        shown = desk.dialog("The address of the calendar")
        address = desk.field("Address", shown).input_value()
        assert address.startswith(f"{clinic.origin}/api/v1/feeds/") and address.endswith(".ics")
        desk.click(desk.button("Done", shown))
        desk.sees(feed.get_by_text("Not fetched yet"))
        calendar = self.fetched(address)
        assert calendar.status_code == 200 and "SUMMARY:Visit" in calendar.text and "LOCATION:Room 1" in calendar.text
        assert "Okafor" not in calendar.text and "window" not in calendar.text

        desk.click(desk.button("Make another address", feed))
        desk.press("Control+Enter")
        other = desk.field("Address", desk.dialog("The address of the calendar")).input_value()
        desk.click(desk.button("Done", desk.dialog("The address of the calendar")))
        assert [self.fetched(one).status_code for one in (address, other)] == [404, 200]
        desk.click(desk.button("Revoke", feed))
        desk.sees(desk.dialog("Revoke this address?"))
        desk.press("Control+Enter")
        desk.is_told("The address is revoked")
        expect(feed.get_by_role("listitem")).to_have_count(0)
        assert self.fetched(other).status_code == 404

    def test_is_on_the_account_page_of_who_treats_and_of_nobody_else(
        self, sit: Callable[..., Person], practice: Practice, join: Callable[[Clinic, str], Member]
    ) -> None:
        clinic = practice.clinic
        dentist, receptionist = join(clinic, "dentist"), join(clinic, "receptionist")
        clinic.provider_is(practice.marin, dentist.email)
        there, elsewhere = sit(dentist), sit(receptionist)
        elsewhere.go(f"{clinic.home}/account")
        elsewhere.sees(elsewhere.field("Your name"))
        expect(elsewhere.page.get_by_text("Calendar feed")).to_have_count(0)
        there.go(f"{clinic.home}/account")
        there.click(there.button("Make an address"))
        address = there.field("Address", there.dialog("The address of the calendar")).input_value()
        assert self.fetched(address).status_code == 200
