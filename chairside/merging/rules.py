"""What one record keeps of two. No database, no clock."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from chairside.merging.rows import Ties
from chairside.patients import Patient

Field = Literal[
    "first_name", "middle_name", "last_name", "preferred_name", "birth_date", "sex", "address", "note", "contacts",
    "guarantor_id",
]  # fmt: skip
FIELDS: tuple[Field, ...] = (
    "first_name", "middle_name", "last_name", "preferred_name", "birth_date", "sex", "contacts", "address", "guarantor_id",
    "note",
)  # fmt: skip
"""In the order in which they are compared. The register number stays; the duplicate's finds the same record."""
Side = Literal["patient", "duplicate", "both"]
Keep = Mapping[Field, Side]
ADDED_UP = ("contacts", "note")
"""Nothing of these need be lost: both are kept unless somebody says otherwise."""
_NOT_DIGITS = re.compile(r"\D+")


def kept(patient: Patient, duplicate: Patient, ties: Ties, keep: Keep | None = None) -> dict[Field, Side]:
    """Whose value each field has in the end: as chosen, else of the one that stays, unless it has none."""
    chosen = keep or {}
    return {field: chosen.get(field) or _usual(field, patient, duplicate, ties) for field in FIELDS}


def differing(patient: Patient, duplicate: Patient) -> frozenset[Field]:
    return frozenset(
        field for field in FIELDS if _value(field, patient, other=duplicate) != _value(field, duplicate, other=patient)
    )


def changes(patient: Patient, duplicate: Patient, sides: Mapping[Field, Side]) -> dict[str, Any]:
    """What becomes of the one that stays."""
    wanted = {field: _wanted(field, patient, duplicate, side) for field, side in sides.items()}
    return {field: value for field, value in wanted.items() if value != getattr(patient, field)}


def restored(patient: Patient, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What taking apart gives back: fields that still are what the merge made of them. Somebody's later word stands."""
    return {field: value for field, value in before.items() if plain(getattr(patient, field)) == after[field]}


def plain(value: Any) -> Any:
    """As JSON holds it."""
    return value if value is None or isinstance(value, (str, list, dict)) else str(value)


def families_differ(guarantor_id: Any, ties: Ties) -> bool:
    """A family is one step deep: who answers for others answers for themselves."""
    return guarantor_id is not None and (ties.patient_answers or ties.duplicate_answers)


def _usual(field: Field, patient: Patient, duplicate: Patient, ties: Ties) -> Side:
    mine, theirs = _value(field, patient, other=duplicate), _value(field, duplicate, other=patient)
    if mine == theirs or not theirs or (field == "guarantor_id" and families_differ(theirs, ties)):
        return "patient"
    if not mine:
        return "duplicate"
    return "both" if field in ADDED_UP else "patient"


def _wanted(field: Field, patient: Patient, duplicate: Patient, side: Side) -> Any:
    mine, theirs = getattr(patient, field), getattr(duplicate, field)
    if field == "guarantor_id":
        mine, theirs = _value(field, patient, other=duplicate), _value(field, duplicate, other=patient)
    if side == "both" and mine and theirs:
        return _contacts(mine, theirs) if field == "contacts" else _note(mine, theirs)
    return theirs if side == "duplicate" or (side == "both" and not mine) else mine


def _value(field: Field, of: Patient, *, other: Patient) -> Any:
    """Nothing where there is nothing to say; nobody answers for themselves."""
    value = getattr(of, field)
    if field == "guarantor_id":
        return None if value == other.id else value
    if field == "sex":
        return None if value == "unknown" else value
    if field == "address":
        return {line: text for line, text in (value or {}).items() if text} or None
    return value or None


def _contacts(mine: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first stays the primary one."""
    there = {_reached(one) for one in mine}
    primary = any(one.get("is_primary") for one in mine)
    added = [one for one in theirs if _reached(one) not in there]
    return [*mine, *(({**one, "is_primary": False} if primary else one) for one in added)]


def _reached(contact: Mapping[str, Any]) -> str:
    value = str(contact["value"])
    return value.casefold() if contact["type"] == "email" else _NOT_DIGITS.sub("", value)[-9:]


def _note(mine: str, theirs: str) -> str:
    return mine if theirs in mine else theirs if mine in theirs else f"{mine}\n{theirs}"
