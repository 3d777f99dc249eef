"""Who sends a paper, and to whom, as lines of an envelope."""

from typing import Any


def sender(clinic: dict[str, Any], locale: str) -> dict[str, Any]:
    reach = " · ".join(filter(None, [clinic["phone"], clinic["email"]]))
    lines = [", ".join(address_lines(clinic["address"], locale)), reach, clinic["tax_id"]]
    return {"name": clinic["name"], "lines": [line for line in lines if line]}


def address_lines(address: dict[str, Any] | None, locale: str) -> list[str]:
    """As an envelope has it: the postal code after the town where English is written, before it elsewhere."""
    part = {name: (text or "").strip() for name, text in (address or {}).items()}
    town, region, code = part.get("city", ""), part.get("region", ""), part.get("postal_code", "")
    if locale.startswith("en"):
        place = ", ".join(filter(None, [town, f"{region} {code}".strip()]))
    else:
        place = ", ".join(filter(None, [f"{code} {town}".strip(), region]))
    return [line for line in (part.get("line1"), part.get("line2"), place, part.get("country")) if line]
