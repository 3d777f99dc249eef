"""One record read as a patient, or refused with every reason."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from chairside.exchange.rules import amounts, codes, dates, emails, names, phones, targets
from chairside.exchange.rules.problems import Problem
from chairside.exchange.rules.reading import Reading, Setting
from chairside.exchange.rules.records import records
from chairside.exchange.rules.text import many_lines, one_line, shorten
from chairside.kernel.money import MOST

_LINES = (
    "register_number", "first_name", "middle_name", "last_name", "preferred_name", "address_line1", "address_line2", "city",
    "region", "postal_code", "country", "guarantor",
)  # fmt: skip


@dataclass(slots=True)
class Incoming:
    """A patient ready for the register. Texts are trimmed and within `targets.LIMITS`; what a file left blank is None."""

    register_number: str | None
    first_name: str
    middle_name: str | None
    last_name: str
    preferred_name: str | None
    birth_date: date | None
    sex: str
    address_line1: str | None
    address_line2: str | None
    city: str | None
    region: str | None
    postal_code: str | None
    country: str | None
    phone_mobile: str | None
    phone_home: str | None
    phone_work: str | None
    email: str | None
    guarantor: str | None
    """The register number of somebody else who answers for the balance; None for the patient's own."""
    archived: bool
    balance: int
    """Minor units, positive = the patient owes."""
    note: str | None


@dataclass(slots=True)
class Outcome:
    row: int
    cells: list[str]
    """As in the file."""
    register_number: str | None
    patient: Incoming | None
    """None when the row is refused."""
    balance: int | None
    """Minor units; None when the cell is not an amount."""
    problems: tuple[Problem, ...]


class Rows:
    """Reads the records of one file in their order; remembers the register numbers that it has seen, refused ones too."""

    def __init__(self, reading: Reading, setting: Setting) -> None:
        self.reading = reading
        self.today = setting.today
        self.exponent = setting.exponent
        self.seen: set[str] = set()
        self.places = {target: place for place, target in enumerate(reading.targets) if target != targets.IGNORE}
        self.notes = [place for place, target in enumerate(reading.targets) if target == "note"]
        self.lines = [(name, self.places[name], targets.LIMITS[name]) for name in _LINES if name in self.places]
        self.phones = [(name, self.places[name]) for name in targets.PHONES if name in self.places]

    def read(self, row: int, cells: list[str]) -> Outcome:
        return _Row(self, row, cells).outcome()


class _Row:
    __slots__ = ("cells", "found", "kept", "problems", "row", "rows")

    def __init__(self, rows: Rows, row: int, cells: list[str]) -> None:
        self.rows = rows
        self.row = row
        self.cells = cells
        self.problems: list[tuple[str, str, str, int | None]] = []
        self.kept: list[str] = []  # originals that go into the note, behind their column's name
        self.found: dict[str, str] = {}

    def outcome(self) -> Outcome:
        found = self.found
        for name, place, limit in self.rows.lines:
            if value := one_line(self.cells[place]):
                found[name] = value
                if len(value) > limit:
                    self._say(name, "too_long", value, limit)
        self._names()
        number = found.get("register_number")
        if number is not None:
            if number in self.rows.seen:
                self._say("register_number", "twice", number)
            self.rows.seen.add(number)
        born = self._birth_date()
        balance = self._balance()
        numbers = {name: self._phone(name, place) for name, place in self.rows.phones}
        email = self._email()
        archived = self._archived()
        note = self._note()
        said = tuple(Problem(self.row, number, name, code, shorten(value), limit) for name, code, value, limit in self.problems)
        patient = None
        if balance is not None and not any(problem.refuses for problem in said):
            guarantor = found.get("guarantor")
            patient = Incoming(
                register_number=number,
                first_name=found["first_name"],
                middle_name=found.get("middle_name"),
                last_name=found["last_name"],
                preferred_name=found.get("preferred_name"),
                birth_date=born,
                sex=self._sex(),
                address_line1=found.get("address_line1"),
                address_line2=found.get("address_line2"),
                city=found.get("city"),
                region=found.get("region"),
                postal_code=found.get("postal_code"),
                country=found.get("country"),
                phone_mobile=numbers.get("phone_mobile"),
                phone_home=numbers.get("phone_home"),
                phone_work=numbers.get("phone_work"),
                email=email,
                guarantor=guarantor if guarantor != number else None,
                archived=archived,
                balance=balance,
                note=note,
            )
        return Outcome(self.row, self.cells, number, patient, balance, said)

    def _say(self, field: str, code: str, value: str, limit: int | None = None) -> None:
        self.problems.append((field, code, value, limit))

    def _cell(self, name: str, clean: Callable[[str], str] = one_line) -> str:
        place = self.rows.places.get(name)
        return "" if place is None else clean(self.cells[place])

    def _names(self) -> None:
        if whole := self._cell("full_name"):
            for name, value in zip(("first_name", "last_name"), names.split(whole), strict=True):
                if value and name not in self.found:
                    self.found[name] = value
                    if len(value) > targets.LIMITS[name]:
                        self._say(name, "too_long", value, targets.LIMITS[name])
        for name in ("last_name", "first_name"):
            if name not in self.found:
                self._say(name, "blank", "")

    def _birth_date(self) -> date | None:
        text = self._cell("birth_date")
        if not text:
            if "birth_date" in self.rows.places:
                self._say("birth_date", "not_given", "")
            return None
        day = dates.read(text, order=self.rows.reading.date_order, today=self.rows.today)
        if day is None:
            self._say("birth_date", "not_a_date", text)
        elif day > self.rows.today:
            self._say("birth_date", "in_the_future", text)
        return day

    def _balance(self) -> int | None:
        text = self._cell("balance")
        if not text:
            return 0
        amount = amounts.read(text, mark=self.rows.reading.decimal_mark, exponent=self.rows.exponent)
        if amount is None:
            self._say("balance", "not_an_amount", text)
        elif abs(amount) > MOST:
            self._say("balance", "too_large", text)
            return None
        return amount

    def _phone(self, name: str, place: int) -> str | None:
        text = one_line(self.cells[place])
        if not text:
            return None
        phone = phones.read(text)
        if phone is None or not phone.exact:
            self._keep(name, "not_a_phone" if phone is None else "words_beside", text)
        return phone.value if phone else None

    def _email(self) -> str | None:
        text = self._cell("email")
        if text and not emails.is_address(text):
            self._keep("email", "not_an_address", text)
            return None
        return text or None

    def _keep(self, name: str, code: str, text: str) -> None:
        """A warning that loses nothing: what could not be used goes into the note."""
        self._say(name, code, text)
        self.kept.append(f"{self.rows.reading.header[self.rows.places[name]]}: {text}")

    def _sex(self) -> str:
        text = self._cell("sex")
        return self.rows.reading.sexes.get(codes.key_of(text), "unknown") if text else "unknown"

    def _archived(self) -> bool:
        text = self._cell("status")
        if not text:
            return False
        if codes.says_dead(text):
            self.kept.append(f"{self.rows.reading.header[self.rows.places['status']]}: {text}")
        return self.rows.reading.statuses.get(codes.key_of(text)) == "archived"

    def _note(self) -> str | None:
        texts = [(place, text) for place in self.rows.notes if (text := many_lines(self.cells[place]))]
        if len(self.rows.notes) > 1:
            lines = [f"{self.rows.reading.header[place]}: {text}" for place, text in texts]
        else:
            lines = [text for _, text in texts]
        note = "\n".join(lines + self.kept)
        if len(note) > targets.LIMITS["note"]:
            self._say("note", "too_long", note, targets.LIMITS["note"])
        return note or None


def read(source: BinaryIO, reading: Reading, setting: Setting) -> Generator[Outcome, None, None]:
    """Every row of a file, one at a time. Refuses what `records.records` refuses."""
    found = records(source, encoding=reading.encoding, separator=reading.separator)
    next(found, None)
    rows = Rows(reading, setting)
    for row, cells in found:
        yield rows.read(row, cells)
