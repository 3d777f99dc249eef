"""A practice brings its patients in from a real export, and takes a small mistake back."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.journeys.clinic import Clinic
from tests.journeys.person import Person

CASES = Path(__file__).parents[1] / "cases"
EXPORT = CASES / "patients-us.csv"
SAID = json.loads((CASES / "patients-us.json").read_text())
REFUSED = {row["row"] for row in SAID["bad_rows"] if row["outcome"] == "refused"}
WARNED = {row["row"] for row in SAID["bad_rows"] if row["outcome"] != "refused"} - REFUSED


def choose(person: Person, path: Path) -> None:
    """By key: the field has the focus ring, Enter or Space opens the browser's own window."""
    with person.page.expect_file_chooser() as chooser:
        person.page.get_by_label("Choose a file").focus()
        person.press("Enter")
    chooser.value.set_files(path)


def fact(person: Person, term: str) -> Locator:
    """What stands beside a term of a list of facts."""
    return person.page.get_by_role("term").filter(has_text=re.compile(f"^{term}$")).locator("xpath=following-sibling::*[1]")


class TestBringingIn:
    def test_a_real_export(self, sit: Callable[..., Person], clinic: Clinic, tmp_path: Path) -> None:
        owner = sit(clinic, accept_downloads=True)
        owner.go(f"{clinic.home}/import")
        choose(owner, EXPORT)

        # What was guessed, with what it makes of the file's own words.
        expect(owner.field("Dates")).to_have_value("mdy")
        owner.sees(owner.page.get_by_text("September 3, 2009"))
        expect(owner.field("WirelessPhone becomes")).to_have_value("phone_mobile")
        expect(owner.field("PatNum becomes")).to_have_value("register_number")
        expect(owner.field("Meaning of Inactive")).to_have_value("archived")
        owner.sees(owner.page.get_by_text("Please say").first)
        owner.field("Meaning of 1").select_option("Female")
        expect(owner.field("Meaning of 1")).to_have_value("female")

        # The dry run says exactly what the list beside the file says.
        expect(fact(owner, "Rows in the file")).to_have_text(f"{SAID['rows']:,}")
        expect(fact(owner, "Will be imported")).to_have_text(f"{SAID['rows'] - len(REFUSED):,}")
        expect(fact(owner, "Refused")).to_have_text(str(len(REFUSED)))
        owner.sees(owner.page.get_by_text(f"{len(WARNED)} with a warning"))
        with owner.page.expect_download() as download:
            owner.click(owner.page.get_by_role("link", name="Download refused rows"))
        download.value.save_as(tmp_path / "refused.csv")
        rows = list(csv.DictReader((tmp_path / "refused.csv").read_text("utf-8-sig").splitlines(keepends=True)))
        assert len(rows) == len(REFUSED)
        assert all(row["Reason"] for row in rows)
        assert {row["PatNum"] for row in rows} == {row["register_number"] for row in SAID["bad_rows"] if row["row"] in REFUSED}
        assert clinic.get("/patients")["items"] == []

        owner.press("Control+Enter")
        owner.sees(owner.page.get_by_role("progressbar").or_(owner.page.get_by_text("patients are in")))
        expect(owner.page.get_by_text(f"{SAID['rows'] - len(REFUSED):,} patients are in")).to_be_visible(timeout=60_000)
        owner.sees(owner.page.get_by_text("The ledger holds exactly what the imported rows say."))
        (done,) = clinic.get("/imports")["items"]
        assert done["balances"]["ledger"] == done["balances"]["accepted"]

        owner.press("Control+k")
        owner.type("renee muller")
        owner.sees(owner.page.get_by_role("option", name=re.compile("Renée Müller.*#1002")))
        owner.press("Enter")
        owner.sees(owner.heading("Renée Müller"))

        # The same file again: everybody is here already.
        owner.go(f"{clinic.home}/import")
        choose(owner, EXPORT)
        expect(fact(owner, "Already here")).to_have_text(f"{SAID['rows'] - len(REFUSED):,}")
        owner.sees(owner.page.get_by_text("Nobody in this file is new"))
        expect(owner.button(re.compile("^Import 0 patients"))).to_be_disabled()

    def test_taken_back_as_a_whole_but_who_was_touched_stays(
        self, sit: Callable[..., Person], clinic: Clinic, tmp_path: Path
    ) -> None:
        small = tmp_path / "small.csv"
        small.write_text(
            "Number,First name,Last name,Born,Balance\n7,Ion,Pop,1980-02-03,12.50\n8,Ada,Stan,1990-05-06,\n9,Dan,Rus,1970-01-02,-3.00\n"
        )
        owner = sit(clinic)
        owner.go(f"{clinic.home}/import")
        choose(owner, small)
        owner.sees(owner.button(re.compile("^Import 3 patients")))
        owner.press("Control+Enter")
        expect(owner.page.get_by_text("3 patients are in")).to_be_visible(timeout=30_000)
        ada = clinic.get("/patients", q="8")["items"][0]
        clinic.charge(ada)

        owner.click(owner.button("Undo the import…"))
        owner.sees(owner.dialog("Take 3 patients out again?"))
        owner.press("Control+Enter")
        expect(owner.page.get_by_text("2 patients were taken out again")).to_be_visible(timeout=30_000)
        owner.sees(owner.page.get_by_text("1 patient stayed"))
        owner.sees(owner.page.get_by_role("link", name="Ada Stan"))
        assert [patient["last_name"] for patient in clinic.get("/patients")["items"]] == ["Stan"]

    def test_an_undo_goes_on_without_whoever_asked(self, sit: Callable[..., Person], clinic: Clinic, tmp_path: Path) -> None:
        """A bar shows how far it is, to everybody who looks; whoever presses second is told, and sees the same."""
        many = tmp_path / "many.csv"
        people = "".join(f"{n},Ion {n},Pop,1980-02-03,1.00\n" for n in range(1, 6001))
        many.write_text(f"Number,First name,Last name,Born,Balance\n{people}")
        owner, other = sit(clinic), sit(clinic)
        owner.go(f"{clinic.home}/import")
        choose(owner, many)
        expect(owner.field("Dates")).to_have_value("ymd")
        owner.sees(owner.button(re.compile("^Import 6,000 patients")))
        owner.press("Control+Enter")
        expect(owner.page.get_by_text("6,000 patients are in")).to_be_visible(timeout=60_000)
        other.go(owner.page.url)
        other.expects(409)
        for one in (owner, other):
            one.click(one.button("Undo the import…"))
            one.sees(one.dialog("Take 6,000 patients out again?"))
        owner.press("Control+Enter")
        expect(owner.page.get_by_role("progressbar", name="Undoing…")).to_be_visible(timeout=10_000)
        other.press("Control+Enter")
        owner.go(f"{clinic.home}/patients")
        expect(other.page.get_by_text("6,000 patients were taken out again")).to_be_visible(timeout=60_000)
        assert clinic.get("/patients")["items"] == []

    def test_says_where_a_file_is_wrong(self, sit: Callable[..., Person], clinic: Clinic, tmp_path: Path) -> None:
        owner = sit(clinic)
        owner.go(f"{clinic.home}/import")
        for name, content, said in [
            ("empty.csv", b"", "The file is empty."),
            ("photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 50, re.compile("not a CSV file|NUL byte|does not look like")),
            (
                "torn.csv",
                b"First name,Last name,Born\nIon,Pop,1980-01-01\nAda,Stan\n",
                re.compile("Row 3 .line 3. has 2 columns"),
            ),
            ("wide.csv", b",".join(b"c%d" % at for at in range(500)) + b"\n" + b"," * 499 + b"\n", re.compile("500 columns")),
        ]:
            (tmp_path / name).write_bytes(content)
            choose(owner, tmp_path / name)
            owner.sees(owner.page.get_by_role("alert").get_by_text(said))
        assert clinic.get("/patients")["items"] == []
