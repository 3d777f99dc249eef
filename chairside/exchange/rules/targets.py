"""What a column of a patients' file can be read as, and how long its values may be."""

IGNORE = "ignore"

LABELS = {
    "register_number": "register number",
    "full_name": "name",
    "first_name": "first name",
    "middle_name": "middle name",
    "last_name": "last name",
    "preferred_name": "preferred name",
    "birth_date": "birth date",
    "sex": "sex",
    "address_line1": "address",
    "address_line2": "second address line",
    "city": "city",
    "region": "region",
    "postal_code": "postal code",
    "country": "country",
    "phone_mobile": "mobile phone",
    "phone_home": "home phone",
    "phone_work": "work phone",
    "email": "e-mail",
    "guarantor": "guarantor",
    "status": "status",
    "balance": "balance",
    "note": "note",
}
TARGETS = tuple(LABELS)
REQUIRED = ("last_name", "first_name")
# Several columns may go into the note; every other target is filled by one.
REPEATABLE = (IGNORE, "note")
PHONES = ("phone_mobile", "phone_home", "phone_work")

# Characters, not bytes.
LIMITS = {
    "register_number": 30,
    "first_name": 200,
    "middle_name": 200,
    "last_name": 200,
    "preferred_name": 200,
    "address_line1": 200,
    "address_line2": 200,
    "city": 200,
    "region": 200,
    "postal_code": 20,
    "country": 200,
    "guarantor": 30,
    "note": 10_000,
}


def missing(targets: tuple[str, ...]) -> tuple[str, ...]:
    """The required targets that no column fills. A full name fills both names."""
    names = ("first_name", "last_name") if "full_name" in targets else ()
    return tuple(target for target in REQUIRED if target not in targets and target not in names)
