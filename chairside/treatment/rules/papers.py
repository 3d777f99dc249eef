"""What stands on a treatment plan that is handed to a patient, in the words that the documents know."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from chairside.charting.rules.teeth import Notation, notation_of, number_of
from chairside.documents import sender
from chairside.kernel.money import Money
from chairside.treatment.rows import TreatmentAcceptance, TreatmentPresentation
from chairside.treatment.rules.sums import range_of


def place_of(item: Mapping[str, Any], notation: Notation) -> str:
    """`26 MO`, `14–16` as the clinic counts; nothing of what is done to a jaw or a quadrant."""
    tooth, through = (item[end] and number_of(item[end], notation) for end in ("tooth", "through"))
    surfaces = "".join(one for one in item["surfaces"] if len(one) == 1)
    necks = " ".join(one for one in item["surfaces"] if len(one) > 1)
    row = f"{tooth}\u2013{through}" if through else tooth or ""
    return " ".join(part for part in (row, surfaces, necks) if part)


def plan_facts(
    shown: TreatmentPresentation, acceptance: TreatmentAcceptance | None, *, name: str, register_number: str,
    clinic: dict[str, Any], zone: ZoneInfo, locale: str,
) -> dict[str, Any]:  # fmt: skip
    """The facts of the template `treatment-plan`."""
    decisions = acceptance.decisions if acceptance else {}
    notation = notation_of(clinic["tooth_notation"], locale)
    items = [item | {"status": decisions.get(item["id"], item["status"])} for item in shown.body]
    least, most = range_of(items)
    seen: set[str] = set()
    phases: dict[int, list[dict[str, Any]]] = {}
    for item in items:
        choice = item["choice"]
        line = {
            "name": item["name"], "place": place_of(item, notation), "area": _area(item),
            "price": Money(item["price"], shown.currency),
            "visits": item["visits"], "decision": item["status"] if item["status"] in ("accepted", "declined") else None,
            "instead": choice in seen if choice else False,
        }  # fmt: skip
        if choice:
            seen.add(choice)
        phases.setdefault(item["phase"], []).append(line)
    totals = [("total", Money(most, shown.currency))]
    if least != most:
        totals = [("at_least", Money(least, shown.currency)), ("at_most", Money(most, shown.currency))]
    return {
        "clinic": sender(clinic, locale),
        "patient": {"name": name, "lines": []},
        "title": shown.title,
        "dates": [("register_number", register_number), ("shown_on", shown.created_at.astimezone(zone).date()),
                  ("version", shown.number)],
        "phases": [{"number": number, "items": found} for number, found in sorted(phases.items())],
        "totals": totals,
        "signed": {"name": acceptance.signer_name, "on": acceptance.signed_at.astimezone(zone).date(), "picture": None}
        if acceptance
        else None,
        "hash": shown.hash.hex(),
    }  # fmt: skip


def _area(item: dict[str, Any]) -> str | None:
    """A word of the documents."""
    if item["arch"]:
        return f"arch_{item['arch']}"
    return f"quadrant_{item['quadrant']}" if item["quadrant"] else None
