import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.exchange.rules import amounts


@pytest.mark.parametrize(
    ("text", "mark", "minor"),
    [
        ("1,234.50", ".", 123450), ("1.234,50", ",", 123450), ("1 234,50", ",", 123450), ("1\u00a0234,50", ",", 123450),
        ("1'234.50", ".", 123450), ("1234.5", ".", 123450), ("12", ".", 1200), ("0.00", ".", 0), (".5", ".", 50),
        ("5.", ".", 500), ("$12.50", ".", 1250), ("$ 12.50", ".", 1250), ("12,50 lei", ",", 1250), ("RON 12,50", ",", 1250),
        ("12,50€", ",", 1250), ("(45.00)", ".", -4500), ("$(45.00)", ".", -4500), ("($45.00)", ".", -4500),
        ("-45,00", ",", -4500), ("45.00-", ".", -4500), ("-$45.00", ".", -4500), ("$-45.00", ".", -4500),
        ("45.00 CR", ".", -4500), ("45.00 DR", ".", 4500), ("+45.00", ".", 4500), ("\u221245,00", ",", -4500),
        ("(-45.00)", ".", -4500), ("12,34,567.00", ".", 123456700), ("150.0100", ".", 15001), ("1,234,567", ".", 123456700),
        ("٤٥٫٥٠", ".", 4550), ("٤٥٫٥٠", ",", 4550), ("R$ 12,50", ",", 1250), ("-0.00", ".", 0),
    ],
)  # fmt: skip
def test_reads(text: str, mark: str, minor: int) -> None:
    assert amounts.read(text, mark=mark, exponent=2) == minor


@pytest.mark.parametrize(
    "text",
    [
        "abc", "NaN", "1e999", "12.34.56", "12.345", "1,23", "1,2345.00", "(45.00", "45.00)", "--", "-", "$", "", ".",
        "12 apples", "inf", "0x10", "$12€", "+-5", "+(5)", "-5 CR", "1,234,56.00", "1_000", "½", "12.50.", "9" * 5000, "1 2",
        "12,,000", "NULL",
    ],
)  # fmt: skip
def test_finds_no_amount(text: str) -> None:
    assert amounts.read(text, mark=".", exponent=2) is None


@pytest.mark.parametrize(
    ("text", "exponent", "minor"), [("1,234", 0, 1234), ("1,234.00", 0, 1234), ("1.234", 3, 1234), ("1.5", 3, 1500)]
)
def test_minor_units_are_the_currencys(text: str, exponent: int, minor: int) -> None:
    assert amounts.read(text, mark=".", exponent=exponent) == minor


def test_a_part_of_a_minor_unit_is_no_amount() -> None:
    assert amounts.read("12.50", mark=".", exponent=0) is None
    assert amounts.read("12.505", mark=".", exponent=2) is None


def test_a_row_does_not_choose_its_own_mark() -> None:
    assert amounts.read("12,50", mark=".", exponent=2) is None
    assert amounts.read("12.50", mark=",", exponent=2) is None


@given(st.integers(-(10**12), 10**12), st.sampled_from([0, 2, 3]), st.sampled_from([".", ","]), st.booleans(), st.data())
def test_what_is_written_is_read_back(minor: int, exponent: int, mark: str, grouped: bool, data: st.DataObject) -> None:
    whole, part = divmod(abs(minor), 10**exponent)
    text = f"{whole:,}" if grouped else str(whole)
    if mark == ",":
        text = text.replace(",", ".")
    if exponent:
        text += f"{mark}{part:0{exponent}}"
    if minor < 0:
        text = data.draw(st.sampled_from(["-{}", "({})", "{}-", "-$ {}", "$({})", "{} CR"])).format(text)
    assert amounts.read(text, mark=mark, exponent=exponent) == minor


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(amounts.read(text, mark=".", exponent=2), int | None)


class TestTheMarkOfAColumn:
    def guess(self, *texts: str, local: str = ".", exponent: int = 2) -> amounts.Guess:
        votes = amounts.Votes(exponent)
        for text in texts:
            votes.add(text)
        return votes.guess(local)

    def test_is_what_the_values_show_whatever_the_locale(self) -> None:
        assert self.guess("1.234,50", "12,50", "0") == (",", "certain", 2, 0)
        assert self.guess("1,234.50", "12.50", local=",") == (".", "certain", 2, 0)

    def test_three_digits_behind_it_are_a_group_where_the_currency_has_two(self) -> None:
        assert self.guess("1.234", "5", local=".") == (",", "certain", 1, 0)

    def test_is_the_locales_where_values_fit_both(self) -> None:
        assert self.guess("1.000", "2.000", local=",") == (",", "unsure", 0, 0)
        assert self.guess("1.000", "2.000", local=".") == (".", "unsure", 0, 0)
        assert self.guess("1.234", "2.345", local=".", exponent=3) == (".", "unsure", 0, 0)

    def test_does_not_matter_for_whole_numbers(self) -> None:
        assert self.guess("12", "0", "-45", local=",") == (",", "certain", 0, 0)

    def test_is_the_majoritys_where_values_contradict(self) -> None:
        assert self.guess(*["12.50"] * 20, "12,50") == (".", "likely", 20, 1)

    def test_counts_the_currencies_that_are_named(self) -> None:
        votes = amounts.Votes(2)
        for text in ("$1.00", "$2.00", "3.00 EUR", "4.00"):
            votes.add(text)
        assert votes.currencies == {"$": 2, "EUR": 1}
