"""Two practices' exports, row by row against the lists of what must be refused or warned about."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from chairside.exchange.rules import Corrections, Reading, Setting, analyse, as_json, read

CASES = Path(__file__).parents[1] / "cases"
TODAY = date(2027, 3, 1)
AMERICAN, ROMANIAN = Setting(TODAY, "en-US", "USD"), Setting(TODAY, "ro-RO", "RON")
FILES = [("us", ","), ("dmy", ";")]


def opened(name: str) -> io.BytesIO:
    return io.BytesIO((CASES / f"patients-{name}.csv").read_bytes())


def listed(name: str, outcome: str) -> set[tuple[int, str, str]]:
    rows = json.loads((CASES / f"patients-{name}.json").read_text())["bad_rows"]
    return {(row["row"], row["register_number"], row["why"]) for row in rows if row["outcome"].startswith(outcome)}


def cells(name: str, separator: str) -> list[dict[str, str]]:
    text = (CASES / f"patients-{name}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


# An export may well be read by a practice whose own habits are other than the file's.
@pytest.mark.parametrize("setting", [AMERICAN, ROMANIAN], ids=["in America", "in Romania"])
@pytest.mark.parametrize(("name", "separator"), FILES)
class TestEveryRow:
    def test_is_refused_warned_about_or_imported_as_listed(self, name: str, separator: str, setting: Setting) -> None:
        analysis = analyse(opened(name), setting)
        found = {True: set(), False: set()}
        for problem in analysis.dry_run.problems:
            found[problem.refuses].add((problem.row, problem.register_number, problem.sentence))
        assert found[True] == listed(name, "refused")
        assert found[False] == listed(name, "imported")
        rows = json.loads((CASES / f"patients-{name}.json").read_text())["rows"]
        counts = analysis.dry_run.counts
        assert (counts.rows, counts.refused, counts.warned) == (rows, len(found[True]), len(found[False]))
        assert counts.accepted == rows - counts.refused

    def test_keeps_what_the_cells_say(self, name: str, separator: str, setting: Setting) -> None:
        reading = analyse(opened(name), setting).reading
        said = cells(name, separator)
        last, first, phone, email = (
            next(column for column, target in zip(reading.header, reading.targets, strict=True) if target == wanted)
            for wanted in ("last_name", "first_name", "phone_mobile", "email")
        )
        accepted = 0
        for row, outcome in enumerate(read(opened(name), reading, setting), 2):
            cell = said[row - 2]
            assert outcome.row == row
            assert [each.strip() for each in outcome.cells] == [each.strip() for each in cell.values()]
            if patient := outcome.patient:
                accepted += 1
                assert (patient.last_name, patient.first_name) == (cell[last].strip(), cell[first].strip())
                assert patient.phone_mobile == cell[phone]
                assert patient.email == cell[email] or f"{email}: {cell[email]}" in (patient.note or "")
                assert patient.guarantor is None
        assert accepted == len(said) - len(listed(name, "refused"))


class TestTheAmericanFile:
    def test_balances_add_up_to_the_cent(self) -> None:
        totals = analyse(opened("us"), AMERICAN).dry_run.totals
        refused = {row for row, _, _ in listed("us", "refused")}
        by_hand = [(row in refused, cents(cell["Balance"])) for row, cell in enumerate(cells("us", ","), 2)]
        assert totals.accepted == sum(amount for turned_away, amount in by_hand if not turned_away and amount is not None)
        assert totals.refused == sum(amount for turned_away, amount in by_hand if turned_away and amount is not None)
        assert totals.file == totals.accepted + totals.refused
        assert totals.unreadable == sum(1 for _, amount in by_hand if amount is None) == 12

    def test_every_column_is_recognised(self) -> None:
        survey = analyse(opened("us"), AMERICAN).survey
        assert [column.target for column in survey.columns] == [
            "register_number", "last_name", "first_name", "middle_name", "preferred_name", "birth_date", "sex", "address_line1",
            "city", "region", "postal_code", "phone_home", "phone_mobile", "email", "guarantor", "status", "balance", "note",
        ]  # fmt: skip
        assert survey.missing == ()
        assert (survey.reading.encoding, survey.reading.separator) == ("utf-8", ",")

    def test_dates_are_month_first_for_the_whole_column(self) -> None:
        survey = analyse(opened("us"), ROMANIAN).survey
        assert (survey.dates.order, survey.dates.confidence, survey.dates.contrary) == ("mdy", "certain", 0)
        born = {o.register_number: o.patient.birth_date for o in read(opened("us"), survey.reading, AMERICAN) if o.patient}
        assert born["1002"] == date(1943, 2, 19)
        assert born["1004"] == date(1976, 1, 11)
        assert born["1011"] == date(2009, 9, 3)
        assert born["1001"] == date(2011, 11, 15)

    def test_digits_for_a_sex_are_asked_about_and_unknown_until_then(self) -> None:
        survey = analyse(opened("us"), AMERICAN).survey
        assert {code.code: code.count for code in survey.sexes if code.meaning is None} == {"0": 189, "1": 193}
        sexes = {o.register_number: o.patient.sex for o in read(opened("us"), survey.reading, AMERICAN) if o.patient}
        assert (sexes["1001"], sexes["1002"], sexes["1006"], sexes["1004"]) == ("unknown", "male", "female", "unknown")
        chosen = analyse(opened("us"), AMERICAN, Corrections(sexes={"0": "male", "1": "female"})).reading
        sexes = {o.register_number: o.patient.sex for o in read(opened("us"), chosen, AMERICAN) if o.patient}
        assert (sexes["1004"], sexes["1017"]) == ("male", "female")

    def test_inactive_patients_are_archived(self) -> None:
        reading = analyse(opened("us"), AMERICAN).reading
        archived = [o.patient.archived for o in read(opened("us"), reading, AMERICAN) if o.patient]
        rows = {row for row, _, _ in listed("us", "refused")}
        status = [cell["PatStatus"] == "Inactive" for row, cell in enumerate(cells("us", ","), 2) if row not in rows]
        assert archived == status

    def test_notes_are_text_whatever_a_spreadsheet_would_make_of_them(self) -> None:
        reading = analyse(opened("us"), AMERICAN).reading
        notes = {o.register_number: o.patient.note for o in read(opened("us"), reading, AMERICAN) if o.patient}
        assert notes["1006"] == '=HYPERLINK("http://x","y")'
        assert notes["1002"] == 'He said "ouch"'
        assert notes["1010"] == "line one\nline two"
        assert notes["1136"] == "line one\nline two\nEmail: a b@example.org"

    def test_a_number_that_appears_again_is_refused_though_the_first_was(self) -> None:
        problems = [p for p in analyse(opened("us"), AMERICAN).dry_run.problems if p.register_number == "1053"]
        assert [(p.row, p.field, p.code) for p in problems] == [
            (54, "balance", "not_an_amount"),
            (55, "register_number", "twice"),
        ]


def test_the_analysis_survives_being_kept_as_json() -> None:
    analysis = analyse(opened("us"), AMERICAN)
    kept = json.loads(json.dumps(as_json(analysis)))
    assert Reading.from_json(kept["reading"]) == analysis.reading
    assert kept["counts"] == {"rows": 1500, "accepted": 1425, "refused": 75, "warned": 14, "already_present": 0}
    assert kept["balances"]["file"] == analysis.dry_run.totals.file
    assert kept["problems"][0]["detail"] == "register number appears twice in the file"
    assert kept["guesses"]["date_order"]["value"] == "mdy"


def cents(text: str) -> int | None:
    """The balance of the American file as its makers wrote it, by another way than the one that is tested."""
    if text in ("abc", "NaN", "1e999", "12.34.56"):
        return None
    digits = int("".join(c for c in text if c.isdigit()))
    return -digits if "(" in text or "-" in text else digits
