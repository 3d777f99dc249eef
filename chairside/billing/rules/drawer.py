"""What is expected at the end of a day, what was counted, and how far they are apart."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from chairside.billing.rows import Movement
from chairside.kernel.money import MOST, exponent
from chairside.kernel.refusals import malformed

METHODS = ("cash", "check", "card", "transfer")
DENOMINATIONS = {
    "USD": (10000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1),
    "CAD": (10000, 5000, 2000, 1000, 500, 200, 100, 25, 10, 5),
    "EUR": (50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "GBP": (5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "RON": (50000, 20000, 10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 1),
    "CHF": (100000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5),
    "ILS": (20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 10),
    "AED": (100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 100, 50, 25),
    "SAR": (50000, 20000, 10000, 5000, 1000, 500, 200, 100, 50, 25, 10, 5),
    "EGP": (20000, 10000, 5000, 2000, 1000, 500, 100, 50, 25),
    "JPY": (10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 1),
}
"""Notes and coins in circulation, the largest first, minor units."""


class Sums(NamedTuple):
    """Minor units by method: payments less refunds, below zero when more was given back."""

    cash: int = 0
    check: int = 0
    card: int = 0
    transfer: int = 0


class Counted(NamedTuple):
    """What lies there. `cash` is everything in the drawer, the float with it; `checks` are the ids of those that are there."""

    cash: int
    checks: frozenset[UUID]
    card: int
    notes: tuple[tuple[int, int], ...] | None = None


def denominations(currency: str) -> tuple[int, ...]:
    """Where the currency's own are not known: fives, twos and ones of every size up to five hundred units."""
    if known := DENOMINATIONS.get(currency):
        return known
    sizes = [10**power * step for power in range(exponent(currency) + 3) for step in (1, 2, 5)]
    return tuple(sorted(sizes, reverse=True))


def expected(moved: Iterable[Movement]) -> Sums:
    sums = dict.fromkeys(METHODS, 0)
    for one in moved:
        sums[one.method] += one.amount
    return Sums(**sums)


def tally(notes: Mapping[int, int], currency: str) -> tuple[tuple[tuple[int, int], ...], int]:
    """How many of each denomination, without the empty ones, and what they come to. Refuses one that the currency lacks."""
    known = denominations(currency)
    for value in notes:
        if value not in known:
            raise malformed("/cash_count", "unknown_denomination", "This currency has no such note or coin.")
    counted = tuple((value, notes[value]) for value in known if notes.get(value))
    total = sum(value * many for value, many in counted)
    if total > MOST:
        raise malformed("/cash_count", "too_large", "This is more than can be counted at once.")
    return counted, total


def checks_in_hand(moved: Sequence[Movement], ticked: frozenset[UUID]) -> int:
    """What the ticked checks come to. Refuses a tick at what is no check of the drawer."""
    checks = {one.id: one.amount for one in moved if one.method == "check"}
    if not ticked <= set(checks):
        raise malformed("/checks", "unknown_check", "One of these checks is not among those to be counted.")
    return sum(checks[id] for id in ticked)


def differences(sums: Sums, *, opening_float: int, cash: int, checks: int, card: int) -> Sums:
    """Counted less expected; below zero when something is missing. Transfers are the bank's to count."""
    return Sums(cash - opening_float - sums.cash, checks - sums.check, card - sums.card, 0)


def check_day(day: date, *, today: date, begins_on: date, last_on: date | None) -> None:
    """A close is for today or an earlier day, never for one before the close that it follows."""
    if day > today:
        raise malformed("/date", "in_the_future", "This day has not come yet.")
    if last_on is not None and day < last_on:
        raise malformed("/date", "before_the_last_close", "A later day is closed already.")
    if begins_on > day:
        raise malformed("/begins_on", "after_the_day", "It cannot begin after the day that is closed.")
