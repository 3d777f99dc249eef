"""How a file is to be read: where it is read, what a person corrected, and the choices that come of both."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from chairside.exchange.rules.locales import DATE_ORDERS, DECIMAL_MARKS, DateOrder, DecimalMark
from chairside.exchange.rules.refusals import UnknownDateOrder, UnknownDecimalMark
from chairside.kernel.money import exponent


@dataclass(frozen=True, slots=True)
class Setting:
    """The clinic where a file is read: its day, locale (`ro-RO`) and currency (`RON`)."""

    today: date
    locale: str
    currency: str

    @property
    def exponent(self) -> int:
        return exponent(self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What a person decided over the guesses; what is None or not named stays guessed.

    `columns` maps a column's name to a target or "ignore"; `sexes` and `statuses` map the file's codes to `codes.SEXES`
    and `codes.STATUSES`. Refuses UnknownDateOrder, UnknownDecimalMark; the rest is checked against the file."""

    encoding: str | None = None
    separator: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    sexes: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.date_order is not None and self.date_order not in DATE_ORDERS:
            raise UnknownDateOrder()
        if self.decimal_mark is not None and self.decimal_mark not in DECIMAL_MARKS:
            raise UnknownDecimalMark()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that settles what a row says. Two readings that are equal read a file alike, whoever guessed them."""

    encoding: str
    separator: str
    header: tuple[str, ...]
    targets: tuple[str, ...]
    """One for each column of the header."""
    date_order: DateOrder
    decimal_mark: DecimalMark
    sexes: Mapping[str, str] = field(default_factory=dict)
    """Keys as `codes.key_of` makes them; codes not named are unknown."""
    statuses: Mapping[str, str] = field(default_factory=dict)
    """The same; codes not named are active."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Reading":
        return cls(**{**kept, "header": tuple(kept["header"]), "targets": tuple(kept["targets"])})
