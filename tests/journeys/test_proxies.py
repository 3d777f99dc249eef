"""A mother acts for her child until the child comes of age: said at the desk, seen from both sides, taken back and given again."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.clinic import Clinic
from tests.journeys.person import Person

Sit = Callable[..., Person]

SLOW_SEARCH = """
const real = window.fetch
window.fetch = async (asked, more) => {
  if (String(asked.url ?? asked).includes("/patients?")) await new Promise(resolve => setTimeout(resolve, 1500))
  return real(asked, more)
}
"""


class TestWhoActs:
    def test_is_found_among_the_patients_and_ends_at_majority(self, clinic: Clinic, sit: Sit) -> None:
        ana = clinic.patient("Ana", "Popa")
        luca = clinic.patient("Luca", "Popa", f"{clinic.today.year - 10}-01-15")
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{luca['id']}")
        desk.sees(desk.page.get_by_text("Nobody acts for this patient."))
        with desk.counting("name a parent") as count:
            desk.click(desk.button("Add somebody"))
            desk.click(desk.field("Name"))
            desk.type("ana")
            desk.press("Enter")
            expect(desk.page.get_by_role("combobox", name="Name")).to_have_value("Ana Popa")
            desk.click(desk.page.get_by_role("checkbox", name="Ends when the patient comes of age"))
            desk.press("Control+Enter")
            desk.is_told("Ana Popa acts for the patient")
        assert count.clicks + count.keys <= 8
        desk.sees(desk.page.get_by_text(f"Until Jan 14, {clinic.today.year + 8}"))
        desk.click(desk.page.get_by_role("link", name="Ana Popa"))
        desk.sees(desk.heading("Ana Popa"))
        desk.sees(desk.page.get_by_role("heading", name="Acts for", exact=True))
        desk.sees(desk.page.get_by_role("link", name="Luca Popa"))
        assert clinic.get(f"/patients/{ana['id']}/proxies")["acts_for"][0]["ends_at_majority"] is True

    def test_shows_a_file_and_stands_among_those_who_come_of_age(self, clinic: Clinic, sit: Sit, tmp_path: Path) -> None:
        soon = clinic.today + timedelta(days=30)
        luca = clinic.patient("Luca", "Popa", f"{soon.year - 18}-{soon.month:02}-{min(soon.day, 28):02}")
        clinic.post(
            f"/patients/{luca['id']}/proxies", name="Nelu Popa", relationship="parent", scopes=["message"], ends_at_majority=True
        )
        paper = tmp_path / "certificat.pdf"
        paper.write_bytes(b"%PDF-1.7 x")
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{luca['id']}")
        desk.click(desk.button("Change Nelu Popa"))
        desk.sees(desk.button("Choose a file"))
        desk.page.locator("input[type=file]").set_input_files(paper)
        desk.is_told("certificat.pdf is kept")
        with desk.page.expect_download() as brought:
            desk.click(desk.page.get_by_role("link", name="Open", exact=True))
        assert Path(brought.value.path()).read_bytes() == b"%PDF-1.7 x"
        desk.click(desk.button("Remove"))
        desk.sees(desk.page.get_by_text("The file goes for good."))
        desk.click(desk.page.get_by_role("alert").get_by_role("button", name="Remove"))
        desk.is_told("The file is gone")
        desk.go(f"{clinic.home}/patients")
        desk.click(desk.page.get_by_role("link", name="Coming of age"))
        desk.sees(desk.heading("Coming of age"))
        desk.sees(desk.page.get_by_text("Ends on that day"))
        desk.sees(desk.page.get_by_role("link", name="Luca Popa"))

    def test_who_was_chosen_before_the_answer_came_is_taken_when_it_comes(self, clinic: Clinic, sit: Sit) -> None:
        clinic.patient("Ana", "Popa")
        luca = clinic.patient("Luca", "Popa")
        desk = sit(clinic)
        desk.page.add_init_script(SLOW_SEARCH)
        desk.go(f"{clinic.home}/patients/{luca['id']}")
        desk.click(desk.button("Add somebody"))
        desk.click(desk.field("Name"))
        desk.type("ana")
        desk.press("Enter")
        majority = desk.page.get_by_role("checkbox", name="Ends when the patient comes of age")
        desk.click(majority)
        desk.is_at(majority)
        desk.press("Control+Enter")
        desk.sees(desk.page.get_by_text("Find the patient who acts, or choose"))
        expect(desk.page.get_by_role("combobox", name="Name")).to_have_value("Ana Popa")
        desk.press("Control+Enter")
        desk.is_told("Ana Popa acts for the patient")

    def test_who_is_no_patient_is_written_down_changed_taken_back_and_given_again(self, clinic: Clinic, sit: Sit) -> None:
        luca = clinic.patient("Luca", "Popa")
        desk = sit(clinic)
        desk.go(f"{clinic.home}/patients/{luca['id']}")
        desk.click(desk.button("Add somebody"))
        desk.sees(desk.field("Relationship"))
        desk.press("Control+Enter")
        desk.sees(desk.page.get_by_text("Find the patient who acts, or choose"))
        desk.click(desk.page.get_by_role("radio", name="Somebody else"))
        desk.field("Name").fill("Nelu O'Hara")
        desk.field("Phone").fill("none")
        desk.expects(422)
        desk.press("Control+Enter")
        desk.sees(desk.page.get_by_text("Write a phone number, with its digits."))
        desk.field("Phone").fill("0722 333 444")
        desk.press("Control+Enter")
        desk.is_told("Nelu O'Hara acts for the patient")
        desk.click(desk.button("Change Nelu O'Hara"))
        desk.field("Until").fill("2020-01-01")
        desk.press("Control+Enter")
        desk.sees(desk.page.get_by_text("The last day is before the first."))
        desk.field("Until").fill("2199-01-01")
        desk.press("Control+Enter")
        desk.is_told("Nelu O'Hara is changed")
        desk.sees(desk.page.get_by_text("Until Jan 1, 2199"))
        desk.click(desk.button("Take back from Nelu O'Hara"))
        desk.is_told("Nelu O'Hara acts for the patient no more")
        desk.press("z")
        desk.sees(desk.button("Take back from Nelu O'Hara"))
        expect(desk.page.get_by_text("Taken back on")).to_have_count(0)
