"""What a file gets that cannot be read: one sentence that says what is wrong and where."""

import codecs
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chairside.exchange.rules import Corrections, Setting, analyse, as_json, encoding, read, records, refused_csv, survey
from chairside.kernel.refusals import Invalid, Refusal, TooLarge

SETTING = Setting(date(2027, 3, 1), "en-US", "USD")
HEADER = b"PatNum,LName,FName,Birthdate\r\n"
ROW = b"1,Smith,Ann,02/13/1980\r\n"


def refusal(content: bytes, corrections: Corrections | None = None) -> Refusal:
    with pytest.raises(Refusal) as caught:
        analyse(io.BytesIO(content), SETTING, corrections)
    return caught.value


def workbook() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "code", "sentence"),
    [
        (b"", "FileEmpty", "The file is empty."),
        (b"\xef\xbb\xbf\r\n \r\n", "FileEmpty", "The file is empty."),
        (b"\xff\xfe", "FileEmpty", "The file is empty."),
        (HEADER, "NoRows", "The file has a row of column names and nothing below it."),
        (HEADER + b"\r\n,,,\r\n\x1a", "NoRows", "The file has a row of column names and nothing below it."),
        (b"once upon a time\nthere was a practice\n", "NoColumnsFound", "no comma, semicolon, tab or bar"),
        (HEADER + ROW + b"2,Jo\x00nes,Bob,02/13/1980\r\n", "NulByte", "Row 3 (line 3) contains a NUL byte"),
        (HEADER + ROW + b'2,"Jones\r\nthe elder",Bob,02/13/1980\r\n3,Wu,Xi\x00,\r\n', "NulByte", "Row 4 (line 5)"),
        (b"\x00" * 5000, "NulByte", "Row 1 (line 1) contains a NUL byte"),
        (HEADER + ROW * 400 + b"2,Jones,Bob\r\n" + ROW, "WidthChanges", "Row 402 (line 402) has 3 columns where"),
        (HEADER + b'1,"a\nb",Ann,\n2,Jones,Bob,x,y\n', "WidthChanges", "Row 3 (line 4) has 5 columns where the first row has 4."),
        (HEADER + ROW + b'2,"Jones,Bob,02/13/1980\r\n' + ROW, "QuoteNeverClosed", "Row 3 (line 3) opens a quote"),
        (HEADER + b"1," + b"x" * 40_000 + b",Ann,\r\n", "CellTooLong", "Row 2 (line 2) has a cell of more than 32767"),
        (HEADER + b'1,"' + b"x\n" * 100_000 + b'",Ann,\r\n', "CellTooLong", "Row 2 (line 2)"),
        (HEADER + b"1," + b"x," * 600_000, "LineTooLong", "Line 2 is longer than 1048576 characters"),
        (b",".join(b"c%d" % n for n in range(500)), "TooManyColumns", "The first row has 500 columns; at most 200"),
        (b"Id,Name,id\n1,2,3\n", "ColumnNamedTwice", 'Columns 1 and 3 are both named "id".'),
        (b"1001,Smith,Ann,02/13/1980\n" * 3, "NoHeader", 'The first row holds values ("1001"), not names of columns.'),
        (b"Smith,Ann,ann@example.org\n" * 3, "NoHeader", 'The first row holds values ("ann@example.org")'),
        (b"1001,Smith,Ann,Patient\n" * 3, "NoHeader", 'The first row holds values ("1001")'),
        (workbook(), "NotACsv", "This looks like an Excel workbook, not a CSV file."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "NotACsv", "an old Excel workbook"),
        (b"%PDF-1.7\n%\xe2\xe3", "NotACsv", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "NotACsv", "a picture"),
        (b"  <!DOCTYPE html><table>", "NotACsv", "a web page"),
        (b'[{"id": 1, "name": "Ann"}]', "NotACsv", "a JSON file"),
        (b"a,b\n\x81\x8d,\xff\n", "WrongEncoding", "Line 2 cannot be read as UTF-8 or Windows-1252."),
        (codecs.BOM_UTF16_LE + b"a\0,\0b\0\n\0\xd8", "WrongEncoding", "Line 2 cannot be read as utf-16."),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)  # fmt: skip
def test_says_what_is_wrong_and_where(content: bytes, code: str, sentence: str) -> None:
    found = refusal(content)
    assert found.code == code
    assert sentence in str(found)
    assert isinstance(found, Invalid)


def test_over_fifty_megabytes_is_turned_away_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.write(HEADER)
        file.truncate(encoding.MAX_BYTES + 1)
    with path.open("rb") as file, pytest.raises(TooLarge, match="larger than 50 MB"):
        analyse(file, SETTING)


class TestWhatIsRead:
    def test_widest_file_and_longest_cell(self) -> None:
        header = ",".join(["PatNum", "LName", "FName", "Birthdate", "Note", *(f"c{n}" for n in range(records.MAX_COLUMNS - 5))])
        row = ",".join(["1", "Smith", "Ann", "1980-02-13", "x" * 10_000, *("" for _ in range(records.MAX_COLUMNS - 5))])
        assert analyse(io.BytesIO(f"{header}\n{row}\n".encode()), SETTING).dry_run.counts.accepted == 1

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    def test_every_separator_and_line_end(self, newline: str, separator: str) -> None:
        lines = ["PatNum,LName,FName,Birthdate", '1,"Smith, Jr; the |\tthird",Ann,1980-02-13', "2,Jones,Bob,1980-02-13", ""]
        lines = [line.replace(",", separator) for line in lines]
        analysis = analyse(io.BytesIO(newline.join(lines).encode()), SETTING)
        assert analysis.reading.separator == separator
        assert analysis.dry_run.counts.accepted == 2

    def test_a_separator_noted_by_excel(self) -> None:
        analysis = analyse(io.BytesIO(b"sep=;\r\nPatNum;LName;FName;Birthdate\r\n1;Smith;;1980-02-13\r\n"), SETTING)
        assert (analysis.survey.separator, analysis.survey.rows) == ("certain", 1)
        assert [(p.row, p.sentence) for p in analysis.dry_run.problems] == [(2, "first name is blank")]

    def test_blank_records_are_left_out_and_still_counted_as_rows_of_the_sheet(self) -> None:
        content = b"\n" + HEADER + ROW + b"\r\n,,,\r\n" + b"2,,Ann,02/13/1980\r\n\r\n\r\n\x1a"
        analysis = analyse(io.BytesIO(content), SETTING)
        assert (analysis.dry_run.counts.rows, analysis.dry_run.counts.accepted) == (2, 1)
        assert [problem.row for problem in analysis.dry_run.problems] == [5]

    def test_a_nameless_column_is_called_by_its_place(self) -> None:
        analysis = analyse(io.BytesIO(b"PatNum,,LName,FName,Birthdate,\n1,,Smith,Ann,1980-02-13,\n"), SETTING)
        assert [column.name for column in analysis.survey.columns][1::4] == ["Column 2", "Column 6"]

    def test_the_file_is_read_from_its_beginning_wherever_it_stands(self) -> None:
        file = io.BytesIO(HEADER + ROW)
        file.read()
        reading = analyse(file, SETTING).reading
        assert len(list(read(file, reading, SETTING))) == 1
        assert not file.closed


class TestEncodings:
    TEXT = "PatNum,LName,FName,Birthdate\n1,Müller,Renée,1980-02-13\n2,Muñoz,Zoë,1980-02-13\n"

    def names(self, content: bytes, locale: str = "en-US", chosen: str | None = None) -> tuple[str, list[str]]:
        setting = Setting(SETTING.today, locale, "USD")
        reading = survey(io.BytesIO(content), setting, Corrections(encoding=chosen)).reading
        return reading.encoding, [o.patient.last_name for o in read(io.BytesIO(content), reading, setting) if o.patient]

    @pytest.mark.parametrize(
        ("codec", "found"),
        [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1252", "cp1252"), ("utf-16", "utf-16"), ("utf-16-le", None)],
    )
    def test_are_found(self, codec: str, found: str | None) -> None:
        content = self.TEXT.encode(codec)
        if found is None:
            assert refusal(content).code == "NulByte"
        else:
            assert self.names(content) == (found, ["Müller", "Muñoz"])

    def test_a_romanian_file_of_windows_1250_is_told_by_its_letters(self) -> None:
        content = "PatNum,LName,FName,Birthdate\n1,Brăiloiu,Anişoara,1980-02-13\n2,Ţîrlea,Ana,1980-02-13\n".encode("cp1250")
        assert self.names(content, "ro-RO") == ("cp1250", ["Brăiloiu", "Ţîrlea"])
        assert self.names(content, "en-US", chosen="windows-1250") == ("cp1250", ["Brăiloiu", "Ţîrlea"])
        assert self.names(self.TEXT.encode("cp1252"), "ro-RO") == ("cp1252", ["Müller", "Muñoz"])

    def test_a_chosen_encoding_must_fit(self) -> None:
        assert str(refusal(self.TEXT.encode("cp1252"), Corrections(encoding="utf-8"))).startswith(
            "Line 2 cannot be read as utf-8."
        )
        assert refusal(HEADER + ROW, Corrections(encoding="klingon")).code == "UnknownEncoding"
        assert refusal(HEADER + ROW, Corrections(separator="x")).code == "UnknownSeparator"

    def test_of_two_in_one_file_are_doubted_and_refused_behind_a_mark(self) -> None:
        mixed = HEADER + "1,Müller,Ann,1980-02-13\n".encode() + "2,Muñoz,Ann,1980-02-13\n".encode("cp1252")
        assert survey(io.BytesIO(mixed), SETTING).encoding == "unsure"
        assert str(refusal(codecs.BOM_UTF8 + mixed)).startswith("Line 3 cannot be read as utf-8.")

    def test_the_guess_shows_where_to_look(self) -> None:
        found = survey(io.BytesIO(self.TEXT.encode("cp1252")), SETTING)
        assert (found.encoding, found.encoding_samples) == ("likely", ("Müller", "Renée", "Muñoz", "Zoë"))

    def test_a_letter_cut_in_two_by_the_end_of_a_chunk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(encoding, "_CHUNK", 3)
        assert self.names(self.TEXT.encode()) == ("utf-8", ["Müller", "Muñoz"])
        monkeypatch.setattr(encoding, "HEAD", 31)
        assert self.names(self.TEXT.encode()) == ("utf-8", ["Müller", "Muñoz"])

    @given(st.lists(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1).map(str.strip).filter(bool)))
    def test_names_come_back_from_every_encoding(self, names: list[str]) -> None:
        names = [name for name in ("Müller", *names) if name[0] not in "'\"" and len(name) < 200]
        rows = "".join(f'"{name.replace(chr(34), chr(34) * 2)}",Ann,1980-02-13\n' for name in names)
        for codec in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
            content = ("LName,FName,Birthdate\n" + rows).encode(codec)
            assert self.names(content)[1] == [" ".join(name.split()).strip("\u200b\u2060\ufeff ") for name in names]


def pieces() -> st.SearchStrategy[bytes]:
    return st.lists(
        st.sampled_from(
            [b",", b";", b"\t", b"\n", b"\r\n", b"\r", b'"', b"\0", b"\xff", b"\xfe", b"\xc3\xa9", b"a", b"1", b"\x1a", b"'=",
             HEADER, ROW, b"sep=;", b"(1,5)", b"2/3/80", b"  ", b"\xef\xbb\xbf", b"f", b"9" * 50,
             b"\xe2\x80\x8b", b"@x.org", b"\x85", b"\xd9\xa3"]
        )
        | st.binary(max_size=8),
        max_size=40,
    ).map(b"".join)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(
    st.one_of(st.binary(max_size=400), pieces(), pieces().map(lambda tail: HEADER + ROW + tail)),
    st.sampled_from(["en-US", "ro-RO"]),
)
@example(HEADER + b"1,a,b,\n" + b'"', "en-US")
def test_any_bytes_get_an_answer_or_a_refusal(content: bytes, locale: str) -> None:
    setting = Setting(SETTING.today, locale, "USD")
    try:
        analysis = analyse(io.BytesIO(content), setting)
    except Refusal:
        return
    counts, totals = analysis.dry_run.counts, analysis.dry_run.totals
    outcomes = list(read(io.BytesIO(content), analysis.reading, setting))
    assert counts.rows == len(outcomes) == counts.accepted + counts.refused == analysis.survey.rows
    assert counts.refused == sum(1 for outcome in outcomes if outcome.patient is None)
    assert counts.warned <= counts.accepted
    assert totals.file == totals.accepted + totals.refused
    assert totals.accepted == sum(outcome.patient.balance for outcome in outcomes if outcome.patient)
    assert all("\0" not in problem.value for problem in analysis.dry_run.problems)
    assert as_json(analysis)["counts"]["rows"] == counts.rows
    assert b"".join(refused_csv(io.BytesIO(content), analysis.reading, setting)).startswith(codecs.BOM_UTF8)


@settings(max_examples=300, deadline=None)
@given(pieces(), st.sampled_from(["utf-8", "utf-16", "cp1252", "mac-roman", "cp1255", "nonsense"]), st.sampled_from(",;|\t"))
def test_any_bytes_with_any_choices_too(content: bytes, chosen: str, separator: str) -> None:
    try:
        analyse(io.BytesIO(HEADER + content), SETTING, Corrections(encoding=chosen, separator=separator))
    except Refusal:
        return


class TestADamagedExport:
    CONTENT = (Path(__file__).parents[1] / "cases" / "patients-us.csv").read_bytes()

    def test_cut_off_in_the_middle_of_a_row(self) -> None:
        cut = self.CONTENT.index(b"\r\n1900,") + 20
        found = refusal(self.CONTENT[:cut])
        assert (found.code, found.facts["row"], found.facts["expected"]) == ("WidthChanges", 901, 18)

    def test_cut_off_inside_quotes(self) -> None:
        cut = self.CONTENT.index(b"line two")
        found = refusal(self.CONTENT[:cut])
        assert (found.code, found.facts["row"]) == ("QuoteNeverClosed", 11)

    def test_with_one_separator_too_many(self) -> None:
        found = refusal(self.CONTENT.replace(b"\r\n1499,", b"\r\n1499,,", 1))
        assert (found.code, found.facts["row"], found.facts["found"]) == ("WidthChanges", 500, 19)
