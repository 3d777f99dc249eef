"""Households that belong to nobody."""

from datetime import date, timedelta
from random import Random
from typing import Any

from chairside.demo.setting import Setting

FAMILIES = (1, 1, 1, 1, 2, 2, 3, 4, 5)


def families(chance: Random, setting: Setting, *, today: date) -> list[list[dict[str, Any]]]:
    """Households of one to five, the one who answers for the bills first; facts as `patients.register` takes them."""
    made: list[list[dict[str, Any]]] = []
    count = 0
    while count < setting.patients:
        size = min(chance.choice(FAMILIES), setting.patients - count)
        home = {
            "number": str(chance.randint(1, 240)), "street": chance.choice(setting.streets), "place": f"{count % 90 + 10}",
            "sector": str(chance.randint(1, 6)),
        }  # fmt: skip
        address = {part: text.format(**home) for part, text in setting.address.items()}
        last = chance.choice(setting.last)
        phone = setting.phone.format(place=f"{count % 100:02}")
        made.append([_person(chance, setting, last, address, phone, place, count + place, today) for place in range(size)])
        count += size
    return made


def _person(
    chance: Random, setting: Setting, last: str, address: dict[str, str], phone: str, place: int, number: int, today: date
) -> dict[str, Any]:
    sex = chance.choice(("female", "male"))
    age = chance.randint(24, 86) if place < 2 else chance.randint(2, 17)
    contacts = [{"type": "mobile", "value": phone, "is_primary": True, "safe_for_voicemail": chance.random() < 0.7}]
    if place < 2:
        email = f"patient{number}@example.test"
        contacts.append({"type": "email", "value": email, "is_primary": False, "safe_for_voicemail": False})
    return {
        "first_name": chance.choice(setting.female if sex == "female" else setting.male), "last_name": last,
        "birth_date": today - timedelta(days=age * 365 + chance.randint(0, 364)), "sex": sex, "contacts": contacts,
        "note": chance.choice(setting.words.notes), "address": address,
    }  # fmt: skip
