from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.exchange.rules import dates

TODAY = date(2027, 3, 1)
DAYS = st.dates(date(1850, 1, 1), date(2150, 12, 31))


def read(text: str, order: str = "mdy") -> date | None:
    return dates.read(text, order=order, today=TODAY)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("02/03/1980", "mdy", date(1980, 2, 3)),
        ("02/03/1980", "dmy", date(1980, 3, 2)),
        ("2.3.1980", "dmy", date(1980, 3, 2)),
        ("2-3-1980", "dmy", date(1980, 3, 2)),
        ("31. 12. 1980", "dmy", date(1980, 12, 31)),
        ("1980.12.31.", "dmy", date(1980, 12, 31)),
        ("1980-12-31", "dmy", date(1980, 12, 31)),
        ("1980/12/31", "mdy", date(1980, 12, 31)),
        ("19801231", "mdy", date(1980, 12, 31)),
        ("80-12-31", "ymd", date(1980, 12, 31)),
        ("1980-12-31T00:00:00Z", "mdy", date(1980, 12, 31)),
        ("12/31/1980 12:00:00 AM", "mdy", date(1980, 12, 31)),
        ("12 Mar 1980", "mdy", date(1980, 3, 12)),
        ("12-Mar-80", "dmy", date(1980, 3, 12)),
        ("March 12th, 1980", "dmy", date(1980, 3, 12)),
        ("12 martie 1980", "mdy", date(1980, 3, 12)),
        ("1 ian. 1980", "dmy", date(1980, 1, 1)),
        ("3 de febrero de 1980", "dmy", date(1980, 2, 3)),
        ("1er août 1980", "dmy", date(1980, 8, 1)),
        ("5. März 1980", "dmy", date(1980, 3, 5)),
        ("1980-Mar-12", "dmy", date(1980, 3, 12)),
        ("٠٢/٠٣/١٩٨٠", "dmy", date(1980, 3, 2)),
        ("29/02/2000", "dmy", date(2000, 2, 29)),
    ],
)
def test_reads(text: str, order: str, day: date) -> None:
    assert read(text, order) == day


@pytest.mark.parametrize(
    "text",
    [
        "31/02/1990", "13/45/1980", "00/00/0000", "N/A", "19801301", "29/02/1900", "1/2/3", "1/2/198", "01/01/0001", "1753-01-01",
        "12/1980", "1980", "29565", "02/03-1980", "02/03/19800", "12 Foo 1980", "²/3/1980", "1980-13-01", "99999999", "1/1/80/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", ["mdy", "dmy", "ymd"])
def test_finds_no_date(text: str, order: str) -> None:
    assert read(text, order) is None


@pytest.mark.parametrize(("text", "day"), [("15/03/1980", "dmy"), ("03/15/1980", "mdy")])
def test_a_row_does_not_choose_its_own_order(text: str, day: str) -> None:
    assert read(text, day) == date(1980, 3, 15)
    assert read(text, "dmy" if day == "mdy" else "mdy") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03/01/27", date(2027, 3, 1)),
        ("03/02/27", date(1927, 3, 2)),
        ("12/31/26", date(2026, 12, 31)),
        ("01/01/28", date(1928, 1, 1)),
        ("02/29/28", date(1928, 2, 29)),
        ("02/29/00", date(2000, 2, 29)),
    ],
)
def test_two_digits_mean_the_latest_year_not_in_the_future(text: str, day: date) -> None:
    assert read(text) == day


def test_a_year_in_full_may_lie_in_the_future() -> None:
    assert read("05/04/2031") == date(2031, 5, 4)


@given(DAYS, st.sampled_from(["/", ".", "-", " "]), st.sampled_from(["dmy", "mdy"]))
def test_what_is_written_in_full_is_read_back(day: date, mark: str, order: str) -> None:
    parts = {"d": f"{day.day:02}", "m": str(day.month), "y": str(day.year)}
    assert read(mark.join(parts[each] for each in order), order) == day


@given(st.dates(date(1927, 3, 2), TODAY), st.sampled_from(["dmy", "mdy", "ymd"]))
def test_two_digits_read_back_the_last_hundred_years(day: date, order: str) -> None:
    parts = {"d": f"{day.day:02}", "m": f"{day.month:02}", "y": f"{day.year % 100:02}"}
    # A 29 February has no namesake where the century's year is no leap year: the last one is meant.
    assert read("/".join(parts[each] for each in order), order) == day


@given(st.text(max_size=30), st.sampled_from(["dmy", "mdy", "ymd"]))
def test_no_text_breaks_it(text: str, order: str) -> None:
    day = read(text, order)
    assert day is None or day.year >= dates.EARLIEST


class TestTheOrderOfAColumn:
    def guess(self, *texts: str, local: str = "dmy") -> dates.Guess:
        votes = dates.Votes(TODAY)
        for text in texts:
            votes.add(text)
        return votes.guess(local)

    def test_is_settled_by_one_value_that_fits_it_alone(self) -> None:
        assert self.guess("02/03/1980", "02/13/1980", "04/05/1980") == ("mdy", "certain", 1, 0)

    def test_is_the_locales_when_every_value_fits_both(self) -> None:
        assert self.guess("02/03/1980", "04/05/1980", local="mdy") == ("mdy", "unsure", 0, 0)
        assert self.guess("02/03/1980", "04/05/1980", local="dmy") == ("dmy", "unsure", 0, 0)

    def test_is_the_majoritys_when_values_contradict(self) -> None:
        texts = ["02/13/1980"] * 20 + ["13/02/1980"]
        assert self.guess(*texts) == ("mdy", "likely", 20, 1)
        assert self.guess("02/13/1980", "02/14/1980", "13/02/1980").confidence == "unsure"

    def test_does_not_matter_where_months_have_names(self) -> None:
        assert self.guess("3 Mar 1980", local="mdy") == ("mdy", "certain", 0, 0)

    def test_is_shown_as_the_files_own_where_the_year_comes_first_in_full(self) -> None:
        assert self.guess("1980-02-03", "3 Mar 1980", local="mdy") == ("ymd", "certain", 0, 0)
        assert self.guess("1980-02-03", "02/13/1980", local="dmy").order == "mdy"

    def test_is_not_swayed_by_what_is_no_date_in_any_order(self) -> None:
        assert self.guess("31/02/1990", "31/02/1990", "02/13/1980").order == "mdy"

    def test_may_be_year_first_with_two_digits(self) -> None:
        assert self.guess("80-12-31", "79-11-30").order == "ymd"

    @given(st.lists(DAYS, min_size=1, max_size=30), st.sampled_from(["dmy", "mdy"]), st.sampled_from(["dmy", "mdy"]))
    def test_reads_a_consistent_column_as_it_was_written_once_a_day_is_past_the_twelfth(
        self, days: list[date], order: str, local: str
    ) -> None:
        days.append(date(1980, 6, 13))
        texts = [day.strftime("%d/%m/%Y" if order == "dmy" else "%m/%d/%Y") for day in days]
        guess = self.guess(*texts, local=local)
        assert [read(text, guess.order) for text in texts] == days
