"""Which teeth a mouth is expected to have."""

from datetime import date
from typing import Literal

Stage = Literal["primary", "mixed", "permanent"]

# The first permanent tooth comes at about six, the last primary one goes at about twelve (American Academy of Pediatric
# Dentistry, "Dental Growth and Development").
FIRST_PERMANENT, ALL_PERMANENT = 6, 13


def stage_at(birth_date: date | None, day: date) -> Stage:
    """Permanent where the birthday is not known."""
    if birth_date is None:
        return "permanent"
    age = day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
    return "primary" if age < FIRST_PERMANENT else "mixed" if age < ALL_PERMANENT else "permanent"
