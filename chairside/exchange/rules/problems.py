"""What is wrong with a row: a reason to refuse it, or a warning with which it is imported all the same."""

from typing import NamedTuple

from chairside.exchange.rules.targets import LABELS, LIMITS

# code → (what is said of the field, whether the row is refused for it)
CODES = {
    "blank": ("{label} is blank", True),
    "too_long": ("{label} is longer than {limit} characters", True),
    "not_a_date": ("{label} is not a date", True),
    "in_the_future": ("{label} is in the future", True),
    "not_an_amount": ("{label} is not an amount", True),
    "too_large": ("{label} is too large", True),
    "twice": ("{label} appears twice in the file", True),
    "not_given": ("{label} is blank", False),
    "not_an_address": ("{label} is not an address", False),
    "not_a_phone": ("{label} is not a phone number", False),
    "words_beside": ("{label} has words beside the number", False),
    "guarantor_refused": ("the row of the {label} was refused", False),
    "not_found": ("{label} is not in the file", False),
    "circular": ("{label} leads back to the patient", False),
}


def explain(field: str, code: str, limit: int | None = None) -> str:
    """The sentence of a code, of a target."""
    return CODES[code][0].format(label=LABELS[field], limit=limit or LIMITS.get(field))


def refuses(code: str) -> bool:
    return CODES[code][1]


class Problem(NamedTuple):
    row: int
    """Counting records, the header is row 1."""
    register_number: str | None
    field: str
    """A target, see `targets.py`."""
    code: str
    value: str
    """What the cell says, shortened."""
    limit: int | None = None

    @property
    def refuses(self) -> bool:
        return refuses(self.code)

    @property
    def sentence(self) -> str:
        return explain(self.field, self.code, self.limit)

    def as_json(self) -> dict[str, object]:
        facts = {"limit": self.limit} if self.limit is not None else {}
        return {
            "row": self.row,
            "register_number": self.register_number,
            "field": self.field,
            "code": self.code,
            "outcome": "refused" if self.refuses else "warned",
            "detail": self.sentence,
            "value": self.value,
            "facts": facts,
        }
