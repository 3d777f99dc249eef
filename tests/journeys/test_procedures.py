"""A new clinic begins its list of procedures with one click, changes a price from a day on, and brings a file in."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.clinic import Clinic
from tests.journeys.person import Person

Sit = Callable[..., Person]


def test_a_list_is_begun_searched_and_changed_from_a_day_on(clinic: Clinic, sit: Sit) -> None:
    desk = sit(clinic)
    desk.go(f"{clinic.home}/admin/procedures")
    desk.click(desk.button("Begin with an invented list"))
    desk.is_told("procedures came")
    search = desk.page.get_by_role("searchbox", name="Code or name")
    search.fill("fi-0")
    expect(desk.page.get_by_role("row")).to_have_count(1 + 5)
    search.fill("three")
    desk.click(desk.button("Composite filling, three surfaces"))
    desk.field("Price").fill("210")
    day = clinic.today + timedelta(days=30)
    desk.field("Holds from").fill(day.isoformat())
    desk.press("Control+Enter")
    desk.is_told("Kept: Composite filling, three surfaces")
    desk.sees(desk.page.get_by_text("changes on"))
    desk.sees(desk.page.get_by_text("$190.00"))
    desk.click(desk.button("Composite filling, three surfaces"))
    desk.click(desk.button("Archive", desk.dialog()))
    desk.is_told("Archived: Composite filling, three surfaces")
    desk.sees(desk.page.get_by_text("Nothing matches."))
    desk.press("z")
    desk.sees(desk.button("Composite filling, three surfaces"))


def test_a_file_is_looked_through_and_taken_in(clinic: Clinic, sit: Sit, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Nr,What,Fee\nEX-01,Examination,50\nEX-02,,60\n")
    desk = sit(clinic)
    desk.go(f"{clinic.home}/admin/procedures")
    desk.sees(desk.button("Begin with an invented list"))
    desk.click(desk.button("Bring a list in"))
    desk.field("File").set_input_files(file)
    desk.sees(desk.page.get_by_text("no column is read"))
    desk.field("Name", desk.dialog()).select_option("What")
    desk.sees(desk.page.get_by_text("2 rows: 1 new, 0 changed, 0 the same"))
    desk.sees(desk.page.get_by_text("Line 3, Name"))
    desk.click(desk.button("Take in"))
    desk.is_told("Taken in: 1")
    desk.sees(desk.button("Examination"))
    assert [one["code"] for one in clinic.get("/procedures")["items"]] == ["EX-01"]
