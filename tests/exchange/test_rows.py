import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.exchange.rules import Analysis, Corrections, Incoming, Outcome, Setting, analyse, emails, names, phones, read, text
from chairside.exchange.rules.targets import LIMITS

SETTING = Setting(date(2027, 3, 1), "en-US", "USD")
GOOD = {"Id": "1", "Last name": "Smith", "First name": "Ann", "DOB": "1980-02-13"}


def written(*rows: dict[str, str]) -> io.BytesIO:
    """A file of rows that are GOOD but for what is named."""
    header = dict.fromkeys(column for row in (GOOD, *rows) for column in row)
    content = io.StringIO(newline="")
    write = csv.DictWriter(content, header, restval="")
    write.writeheader()
    write.writerows(GOOD | row for row in rows)
    return io.BytesIO(content.getvalue().encode())


def run(*rows: dict[str, str], corrections: Corrections | None = None) -> tuple[Analysis, list[Outcome]]:
    file = written(*rows)
    analysis = analyse(file, SETTING, corrections)
    return analysis, list(read(file, analysis.reading, SETTING))


def patient(**cells: str) -> Incoming:
    _, [outcome] = run({name.replace("_", " "): value for name, value in cells.items()})
    assert outcome.patient, outcome.problems
    return outcome.patient


def problems(**cells: str) -> list[str]:
    _, [outcome] = run({name.replace("_", " "): value for name, value in cells.items()})
    return [problem.sentence for problem in outcome.problems]


class TestNames:
    @pytest.mark.parametrize(
        "name",
        ["O'Brien", "D\u2019Angelo", "Țîrlea", "T\u0326i\u0302rlea", "محمد", "דוד", "Nguyễn", "van der Berg", "'t Hooft",
         "می\u200cخواهم", "\u200fاحمد", "李", "Smith-Jones", "🦷"],
    )  # fmt: skip
    def test_stay_as_typed(self, name: str) -> None:
        assert patient(Last_name=name).last_name == name

    def test_are_trimmed_with_single_spaces_and_without_control_characters(self) -> None:
        assert patient(Last_name="  van \t der\u00a0\u00a0Berg\u200b \x07").last_name == "van der Berg"

    @pytest.mark.parametrize("blank", ["", "  ", "\u200b", "\ufeff \u00a0", "\x07\x1b"])
    def test_may_not_be_blank(self, blank: str) -> None:
        assert problems(Last_name=blank, First_name=blank) == ["last name is blank", "first name is blank"]

    def test_of_one_column_are_split(self) -> None:
        assert names.split("Smith, Ann Marie") == ("Ann Marie", "Smith")
        assert names.split("Ann Marie Smith") == ("Ann Marie", "Smith")
        assert names.split("Jan van der Berg") == ("Jan", "van der Berg")
        assert names.split("de Souza") == ("de", "Souza")
        assert names.split("Cher") == ("", "Cher")
        file = io.BytesIO(b'Id,Name,DOB\n1,"Smith, Ann",1980-02-13\n2,Cher,1980-02-13\n')
        analysis = analyse(file, SETTING)
        assert [problem.sentence for problem in analysis.dry_run.problems] == ["first name is blank"]

    @pytest.mark.parametrize("target", ["Last name", "First name", "City"])
    def test_may_not_be_longer_than_the_register_holds(self, target: str) -> None:
        name = target.lower()
        assert problems(**{target: "x" * 201}) == [f"{name} is longer than 200 characters"]
        assert problems(**{target: "x" * 200}) == []

    @given(st.text(max_size=60))
    def test_cleaning_is_done_once(self, cell: str) -> None:
        once = text.one_line(cell)
        assert once == once.strip()
        assert not any(c < " " or "\x7f" <= c < "\xa0" for c in once)
        if not once.startswith("'"):
            assert text.one_line(once) == once


class TestBirthDates:
    def test_may_be_blank_as_old_registers_have_them(self) -> None:
        analysis, [outcome] = run({"DOB": ""})
        assert outcome.patient
        assert outcome.patient.birth_date is None
        assert [problem.sentence for problem in outcome.problems] == ["birth date is blank"]
        assert analysis.dry_run.counts.warned == 1
        without = analyse(io.BytesIO(b"Last name,First name\nSmith,Ann\n"), SETTING)
        assert (without.dry_run.counts.accepted, without.dry_run.counts.warned, without.survey.missing) == (1, 0, ())

    def test_must_be_days_of_the_past_or_today(self) -> None:
        assert problems(DOB="31/02/1990") == ["birth date is not a date"]
        assert problems(DOB="2027-03-02") == ["birth date is in the future"]
        assert patient(DOB="2027-03-01").birth_date == SETTING.today


class TestPhones:
    @pytest.mark.parametrize(
        "number",
        ["(721)801-3111 x24", "721-801-3111 ext. 24", "0721 234 567 int. 3", "+40 721 234 567", "18106057421", "+1 598 952 9518",
         "721.801.3111, ext 5", "٠٧٢١٢٣٤٥٦٧", "0721/234567", "(0)721 234567", "555-0100"],
    )  # fmt: skip
    def test_are_kept_as_typed_with_their_extensions(self, number: str) -> None:
        assert phones.read(number) == (number, True)
        assert patient(Mobile=f" {number} ").phone_mobile == number

    @pytest.mark.parametrize(
        "number", ["none", "n/a", "1234", "+", "call her mother", "0721234567, 0722345678", "1" * 16, "555-O1OO", "(", "x24"]
    )
    def test_that_are_none_are_kept_in_the_note(self, number: str) -> None:
        _, [outcome] = run({"Home Phone": number, "Note": "Prefers mornings"})
        assert [problem.sentence for problem in outcome.problems] == ["home phone is not a phone number"]
        assert outcome.patient
        assert outcome.patient.phone_home is None
        assert outcome.patient.note == f"Prefers mornings\nHome Phone: {number}"

    def test_with_words_beside_them_are_dialled_without(self) -> None:
        _, [outcome] = run({"Mobile": "(212) 555-0100 x7 (her mother)"})
        assert outcome.patient
        assert (outcome.patient.phone_mobile, outcome.patient.note) == (
            "(212) 555-0100 x7",
            "Mobile: (212) 555-0100 x7 (her mother)",
        )
        assert [problem.code for problem in outcome.problems] == ["words_beside"]

    @given(st.text(max_size=60))
    def test_no_text_breaks_it(self, number: str) -> None:
        found = phones.read(number)
        assert found is None or sum(c.isdecimal() for c in found.value) >= phones.FEWEST


class TestEmails:
    @pytest.mark.parametrize(
        "address", ["ann@example.org", "a.b+c@sub.example.co.uk", "zoë@exämple.org", "o'brien@example.org", "a@xn--e1a.net"]
    )
    def test_are_addresses(self, address: str) -> None:
        assert emails.is_address(address)

    @pytest.mark.parametrize(
        "address",
        ["none", "a b@example.org", "john@", "@example.org", "a@b", "a@@b.org", "a..b@example.org", ".a@example.org",
         "a@example..org", "a@example.org, b@example.org", "a@-example.org", "<a@example.org>", "a" * 250 + "@example.org",
         "a@example.o", "a.@example.org"],
    )  # fmt: skip
    def test_or_not(self, address: str) -> None:
        assert not emails.is_address(address)


class TestBalances:
    def test_are_minor_units_and_zero_when_blank(self) -> None:
        assert patient(Balance="$1,234.50").balance == 123450
        assert patient(Balance="(45.00)").balance == -4500
        assert patient(Balance="").balance == 0

    def test_are_bounded(self) -> None:
        assert problems(Balance="10,000,000,000.01") == ["balance is too large"]
        assert problems(Balance="1e999") == ["balance is not an amount"]

    def test_add_up_whatever_is_refused(self) -> None:
        analysis, _ = run(
            {"Id": "1", "Balance": "10.00"},
            {"Id": "1", "Balance": "5.00"},
            {"Id": "2", "Balance": "abc"},
            {"Id": "3", "Balance": "-2.50"},
        )
        totals = analysis.dry_run.totals
        assert (totals.file, totals.accepted, totals.refused, totals.unreadable) == (1250, 750, 500, 1)

    def test_are_of_the_clinics_currency(self) -> None:
        file = written({"Balance": "1,234"})
        setting = Setting(SETTING.today, "ja-JP", "JPY")
        assert analyse(file, setting).dry_run.totals.file == 1234


class TestGuarantors:
    def test_are_found_before_and_behind(self) -> None:
        analysis, outcomes = run({"Id": "1", "Guarantor": "2"}, {"Id": "2", "Guarantor": "2"}, {"Id": "3", "Guarantor": "1"})
        assert analysis.dry_run.problems == ()
        assert [outcome.patient and outcome.patient.guarantor for outcome in outcomes] == ["2", None, "1"]

    def test_whose_row_was_refused_are_warned_about_and_the_row_imported(self) -> None:
        analysis, outcomes = run(
            {"Id": "1", "Guarantor": "2"},
            {"Id": "2", "Last name": ""},
            {"Id": "3", "Guarantor": "9"},
            {"Id": "4", "Guarantor": "2", "Email": "x"},
        )
        counts = analysis.dry_run.counts
        assert (counts.accepted, counts.refused, counts.warned) == (3, 1, 3)
        assert [(p.row, p.code) for p in analysis.dry_run.problems] == [
            (2, "guarantor_refused"), (3, "blank"), (4, "not_found"), (5, "not_an_address"), (5, "guarantor_refused"),
        ]  # fmt: skip
        assert outcomes[0].patient

    def test_may_be_in_the_register_already(self) -> None:
        file = written({"Id": "3", "Guarantor": "9"})
        assert analyse(file, SETTING, registered={"9"}).dry_run.counts.warned == 0

    def test_are_accepted_by_the_first_of_two_rows(self) -> None:
        analysis, _ = run({"Id": "1"}, {"Id": "1"}, {"Id": "2", "Guarantor": "1"})
        assert [(p.row, p.code) for p in analysis.dry_run.problems] == [(3, "twice")]


class TestRegisterNumbers:
    def test_are_compared_trimmed_and_exactly(self) -> None:
        analysis, _ = run({"Id": "1"}, {"Id": " 1 "}, {"Id": "01"}, {"Id": ""}, {"Id": ""})
        assert [(p.row, p.code) for p in analysis.dry_run.problems] == [(3, "twice")]

    def test_every_later_row_is_refused_with_its_other_reasons_too(self) -> None:
        analysis, _ = run({"Id": "1", "DOB": "never"}, {"Id": "1", "Last name": "", "Email": "x"}, {"Id": "1"})
        assert [(p.row, p.field, p.code) for p in analysis.dry_run.problems] == [
            (2, "birth_date", "not_a_date"), (3, "last_name", "blank"), (3, "register_number", "twice"),
            (4, "register_number", "twice"),
        ]  # fmt: skip
        assert analysis.dry_run.counts.warned == 0


class TestStatusAndSex:
    @pytest.mark.parametrize(
        ("status", "archived"), [("Inactive", True), ("ARHIVAT", True), ("Patient", False), ("", False), ("Vip", False)]
    )
    def test_inactive_is_archived(self, status: str, archived: bool) -> None:
        assert patient(PatStatus=status).archived is archived

    def test_that_somebody_died_is_not_lost(self) -> None:
        found = patient(PatStatus="Deceased", Note="x")
        assert (found.archived, found.note) == (True, "x\nPatStatus: Deceased")

    def test_a_status_can_be_corrected(self) -> None:
        _, [outcome] = run({"PatStatus": "Vip"}, corrections=Corrections(statuses={"VIP": "archived"}))
        assert outcome.patient
        assert outcome.patient.archived

    @pytest.mark.parametrize(
        ("code", "sex"),
        [("F", "female"), ("bărbat", "male"), ("X", "other"), ("U", "unknown"), ("1", "unknown"), ("", "unknown")],
    )
    def test_sex(self, code: str, sex: str) -> None:
        assert patient(Sex=code).sex == sex


class TestNotes:
    def test_of_several_columns_are_put_together(self) -> None:
        assert patient(Note="a", Comments=" b\r\nc ").note == "Note: a\nComments: b\nc"
        assert patient(Note="", Comments="").note is None

    def test_may_not_be_longer_than_the_register_holds(self) -> None:
        assert problems(Note="x" * (LIMITS["note"] + 1)) == ["note is longer than 10000 characters"]

    def test_keep_lines_and_tabs_and_lose_control_characters(self) -> None:
        assert patient(Note="a\tb\r\nc\x07\n").note == "a\tb\nc"


def test_many_problems_are_counted_and_the_first_kept() -> None:
    rows = [{"Id": str(n), "Last name": "", "DOB": "x"} for n in range(50)]
    dry_run = analyse(written(*rows), SETTING, keep=7).dry_run
    assert [problem.row for problem in dry_run.problems] == [2, 2, 3, 3, 4, 4, 5]
    assert set(dry_run.reasons) == {("last_name", "blank", 50), ("birth_date", "not_a_date", 50)}
