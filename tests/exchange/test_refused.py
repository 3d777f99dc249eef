import csv
import io
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from chairside.exchange.rules import Setting, analyse, refused_csv
from chairside.exchange.rules.refused import guarded
from chairside.exchange.rules.text import unguarded

SETTING = Setting(date(2027, 3, 1), "en-US", "USD")
CASES = Path(__file__).parents[1] / "cases"


def refused(content: bytes) -> bytes:
    file = io.BytesIO(content)
    return b"".join(refused_csv(file, analyse(file, SETTING).reading, SETTING))


def rows(content: bytes, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_has_the_original_columns_in_their_order_and_the_reasons_behind() -> None:
    content = b'Note,Last,First,DOB,Balance\n"a ""b""\nc",,Ann,31/31/1990,-45.00\n,Smith,Bob,1980-02-13,1\n'
    assert rows(refused(content)) == [
        ["Note", "Last", "First", "DOB", "Balance", "Reason"],
        ['a "b"\nc', "", "Ann", "31/31/1990", "-45.00", "last name is blank; birth date is not a date"],
    ]


def test_nothing_in_it_is_a_formula() -> None:
    content = b'=Note,Last,First,DOB,Phone\n"=HYPERLINK(""http://x"")",@SUM(1),-2+3,x,+1 212 555 0100\n'
    header, row = rows(refused(content))
    assert header[0] == "'=Note"
    assert row == ['\'=HYPERLINK("http://x")', "'@SUM(1)", "'-2+3", "x", "'+1 212 555 0100", "birth date is not a date"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_cell_never_begins_as_a_formula_and_reads_back(cell: str) -> None:
    safe = guarded(cell)
    assert not safe.startswith(("=", "@", "\t", "\r"))
    assert not safe.startswith(("+", "-")) or safe[1:].replace(",", "").replace(".", "").isdecimal()
    if not cell.startswith(("'", "\t", "\r")):
        assert unguarded(safe) == cell


def test_corrected_it_can_be_brought_again() -> None:
    content = b"Last;First;DOB;Mobile;Balance\nSmith;Ann;31.31.1990;+1 212 555 0100;-45,00\nO'Hara;Bob;13.02.1980;;-1,00\n"
    again = refused(content).replace(b"31.31.1990", b"13.01.1990")
    assert b";Reason\r\n" in again
    analysis = analyse(io.BytesIO(again), SETTING)
    assert analysis.reading.targets[-1] == "ignore"
    assert (analysis.dry_run.counts.accepted, analysis.dry_run.totals.file) == (1, -4500)
    assert analysis.dry_run.problems == ()
    broken = refused(again.replace(b"13.01.1990", b"never"))
    assert rows(broken, ";")[0][-2:] == ["Reason", "Reason 2"]


def test_of_a_practice_has_every_refused_row() -> None:
    content = (CASES / "patients-us.csv").read_bytes()
    found = rows(refused(content))
    assert len(found) == 76
    assert found[1] == [
        "1013", "Ferrari", "Lucas", "", "", "1941-08-26", "Female", "526 Main St, Apt 28", "Springfield", "OR", "62135", "",
        "409.966.0271", "Lucas.Ferrari14@example.org", "1013", "Patient", "1,234.50", "",
        "register number appears twice in the file",
    ]  # fmt: skip


def test_comes_in_pieces_however_many_rows_there_are() -> None:
    content = b"Last,First,DOB,Note\n" + b"".join(b",Ann,1980-02-13,%0300d\n" % n for n in range(2000))
    file = io.BytesIO(content)
    pieces = list(refused_csv(file, analyse(file, SETTING).reading, SETTING))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 100_000
    assert len(rows(b"".join(pieces))) == 2001
