"""A row of a file as the register takes it."""

from typing import Any
from uuid import UUID

from chairside.exchange.rules.rows import Incoming

_PHONES = ("mobile", "home", "work")


def newcomer(patient: Incoming, *, number: str, guarantor_id: UUID | None) -> dict[str, Any]:
    """The facts that `patients.add_many` takes. Nobody asked whether a message may be left: no phone is safe for voicemail."""
    reached = [(kind, getattr(patient, f"phone_{kind}")) for kind in _PHONES] + [("email", patient.email)]
    contacts = [
        {"type": kind, "value": value, "is_primary": False, "safe_for_voicemail": False} for kind, value in reached if value
    ]
    if contacts:
        contacts[0]["is_primary"] = True
    address = {
        "line1": patient.address_line1, "line2": patient.address_line2, "city": patient.city, "region": patient.region,
        "postal_code": patient.postal_code, "country": patient.country,
    }  # fmt: skip
    return {
        "register_number": number,
        "first_name": patient.first_name,
        "middle_name": patient.middle_name,
        "last_name": patient.last_name,
        "preferred_name": patient.preferred_name,
        "birth_date": patient.birth_date,
        "sex": patient.sex,
        "address": {line: text for line, text in address.items() if text} or None,
        "note": patient.note,
        "contacts": contacts,
        "guarantor_id": guarantor_id,
        "archived": patient.archived,
    }
