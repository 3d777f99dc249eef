"""The first look at a file: what it is, which columns it has, and how its values are best read."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from chairside.exchange.rules import amounts, codes, columns, dates, encoding, locales, separator, targets
from chairside.exchange.rules.confidence import Confidence
from chairside.exchange.rules.reading import Corrections, Reading, Setting
from chairside.exchange.rules.records import Record, records
from chairside.exchange.rules.refusals import FileEmpty, NoRows
from chairside.exchange.rules.text import one_line, shorten

_SAMPLE_ROWS = 500
_SAMPLE_SIZE = 1 << 20
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    target: str
    confidence: Confidence
    samples: tuple[str, ...]
    """The first few different values, shortened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    reading: Reading
    size: int
    rows: int
    encoding: Confidence
    encoding_samples: tuple[str, ...]
    """Values with letters beyond ASCII: what looks wrong here was read in the wrong encoding."""
    separator: Confidence
    columns: tuple[Column, ...]
    dates: dates.Guess
    date_examples: tuple[tuple[str, date], ...]
    dates_chosen: bool
    amounts: amounts.Guess
    amount_examples: tuple[tuple[str, int], ...]
    amounts_chosen: bool
    currencies: tuple[tuple[str, int], ...]
    """Signs and codes that stand beside amounts, with their counts."""
    sexes: tuple[codes.Code, ...]
    statuses: tuple[codes.Code, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Required targets that no column fills: the file cannot be imported before one does."""
        return targets.missing(self.reading.targets)


@dataclass(slots=True)
class _Evidence:
    """What the values of the columns in question say, counted over the whole file."""

    places: dict[str, int]
    dates: dates.Votes
    amounts: amounts.Votes
    sexes: codes.Codes = field(default_factory=codes.Codes)
    statuses: codes.Codes = field(default_factory=codes.Codes)
    date_texts: list[str] = field(default_factory=list)
    amount_texts: list[str] = field(default_factory=list)

    def add(self, cells: list[str]) -> None:
        for target, add in (
            ("birth_date", self._date), ("balance", self._amount), ("sex", self.sexes.add), ("status", self.statuses.add),
        ):  # fmt: skip
            place = self.places.get(target)
            if place is not None and (text := one_line(cells[place])):
                add(text)

    def _date(self, text: str) -> None:
        self.dates.add(text)
        if len(self.date_texts) < 100:
            self.date_texts.append(shorten(text))

    def _amount(self, text: str) -> None:
        self.amounts.add(text)
        if len(self.amount_texts) < 100:
            self.amount_texts.append(shorten(text))


def survey(source: BinaryIO, setting: Setting, corrections: Corrections | None = None) -> Survey:
    """Reads a seekable file twice, once as bytes and once as records, and keeps little of it.

    Refuses, besides a correction that does not fit the file, whatever makes it unreadable: see `refusals.py`."""
    corrections = corrections or Corrections()
    encoded = encoding.find(source, locale=setting.locale, chosen=corrections.encoding)
    head = _decode(encoded)
    separated = separator.find(head, whole=encoded.size <= len(encoded.head), chosen=corrections.separator)
    with closing(records(source, encoding=encoded.encoding, separator=separated.separator)) as found:
        header = columns.names(_header(found))
        sample, count = _sample(found), 0
        guesses = columns.correct(header, columns.guess(header, sample), corrections.columns)
        evidence = _Evidence(
            {guess.target: place for place, guess in enumerate(guesses)},
            dates.Votes(setting.today),
            amounts.Votes(setting.exponent),
        )
        for cells in sample:
            evidence.add(cells)
        for _, cells in found:
            evidence.add(cells)
            count += 1
    if not sample:
        raise NoRows()
    by_dates = evidence.dates.guess(locales.date_order(setting.locale))
    by_amounts = evidence.amounts.guess(locales.decimal_mark(setting.locale))
    sexes, statuses = evidence.sexes.sexes(corrections.sexes), evidence.statuses.statuses(corrections.statuses)
    reading = Reading(
        encoding=encoded.encoding,
        separator=separated.separator,
        header=header,
        targets=tuple(guess.target for guess in guesses),
        date_order=corrections.date_order or by_dates.order,
        decimal_mark=corrections.decimal_mark or by_amounts.mark,
        sexes=_meanings(sexes),
        statuses=_meanings(statuses),
    )
    order, mark = reading.date_order, reading.decimal_mark
    return Survey(
        reading=reading,
        size=encoded.size,
        rows=len(sample) + count,
        encoding=encoded.confidence,
        encoding_samples=tuple(_foreign(sample)),
        separator=separated.confidence,
        columns=tuple(
            Column(name, guess.target, guess.confidence, _samples(sample, place))
            for place, (name, guess) in enumerate(zip(header, guesses, strict=True))
        ),
        dates=by_dates,
        date_examples=tuple(dates.examples(evidence.date_texts, order=order, today=setting.today)),
        dates_chosen=corrections.date_order is not None,
        amounts=by_amounts,
        amount_examples=tuple(amounts.examples(evidence.amount_texts, mark=mark, exponent=setting.exponent)),
        amounts_chosen=corrections.decimal_mark is not None,
        currencies=tuple(sorted(evidence.amounts.currencies.items(), key=lambda pair: -pair[1])[:_EXAMPLES]),
        sexes=sexes,
        statuses=statuses,
    )


def _decode(encoded: encoding.Encoded) -> str:
    return encoded.head.decode("utf-8-sig" if encoded.encoding == "utf-8" else encoded.encoding, errors="replace")


def _header(found: Iterator[Record]) -> list[str]:
    for _, cells in found:
        return cells
    raise FileEmpty()


def _sample(found: Iterator[Record]) -> list[list[str]]:
    """The first records: some hundreds, fewer when they are long."""
    sample: list[list[str]] = []
    size = 0
    for _, cells in found:
        sample.append(cells)
        size += sum(map(len, cells))
        if len(sample) >= _SAMPLE_ROWS or size >= _SAMPLE_SIZE:
            break
    return sample


def _samples(sample: list[list[str]], place: int) -> tuple[str, ...]:
    different = dict.fromkeys(shorten(text) for cells in sample if (text := one_line(cells[place])))
    return tuple(different)[:_EXAMPLES]


def _foreign(sample: list[list[str]]) -> list[str]:
    found = dict.fromkeys(shorten(one_line(cell)) for cells in sample for cell in cells if not cell.isascii())
    return list(found)[:_EXAMPLES]


def _meanings(found: tuple[codes.Code, ...]) -> dict[str, str]:
    return {codes.key_of(code.code): code.meaning for code in found if code.meaning}
