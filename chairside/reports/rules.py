"""What a day is counted in, and how it is written down for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from chairside.kernel.money import exponent
from chairside.reports.rows import Line

COLLECTED = ("collected_cash", "collected_card", "collected_check", "collected_transfer")
FOR_MONEY = ("produced", *COLLECTED, "refunded", "adjusted", "unbilled", "overdue")
OF_VISITS = ("requested", "scheduled", "confirmed", "arrived", "in_chair", "completed", "no_show", "cancelled")
FIGURES = ("produced", *COLLECTED, "refunded", "adjusted", *OF_VISITS, "new_patients", "unbilled", "overdue")
"""In the order in which they are read."""

COLUMNS = ("figure", "date", "time", "register_number", "patient", "description", "method", "amount", "currency", "phone")


def as_csv(lines: Iterable[Line], *, zone: ZoneInfo, currency: str, words: Mapping[str, str]) -> str:
    """One row a line, amounts as plain decimals, times of the clinic. With a byte order mark: spreadsheets take it for UTF-8."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(words.get(f"column_{name}", name) for name in COLUMNS)
    for line in lines:
        at = line.at.astimezone(zone) if line.at else None
        day = line.on_day or (at.date() if at else None)
        amount = None if line.amount is None else Decimal(line.amount).scaleb(-exponent(currency))
        cells = (
            words.get(f"figure_{line.figure}", line.figure), day, at and at.strftime("%H:%M"), line.register_number,
            line.patient_name, line.description, line.method and words.get(line.method, line.method), amount,
            None if amount is None else currency, line.phone,
        )  # fmt: skip
        writer.writerow("" if cell is None else cell if isinstance(cell, Decimal) else harmless(str(cell)) for cell in cells)
    return out.getvalue()


def harmless(cell: str) -> str:
    """A spreadsheet takes what begins like this for a formula (CWE-1236): an apostrophe makes it text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def age(born: date | None, day: date) -> str | None:
    """Whole years on that day."""
    return None if born is None else str(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))
