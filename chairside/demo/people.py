"""Names, streets and telephone numbers that belong to nobody."""

from datetime import date, timedelta
from random import Random
from typing import Any

FEMALE = (
    "Amara", "Beatriz", "Carmen", "Daria", "Elena", "Fatima", "Grace", "Hana", "Ingrid", "Jasmine", "Kiran", "Leila", "Maya",
    "Nadia", "Olga", "Priya", "Quinn", "Rosa", "Sofia", "Thuy", "Uma", "Vera", "Wanda", "Ximena", "Yuki", "Zoë", "Chloé", "Siân",
)  # fmt: skip
MALE = (
    "Adrian", "Ben", "Carlos", "Dmitri", "Elias", "Farid", "Gabriel", "Hugo", "Idris", "Jonas", "Kofi", "Liam", "Mateo", "Nikos",
    "Omar", "Pavel", "Quentin", "Rafael", "Samuel", "Tomás", "Umar", "Viktor", "Wei", "Xavier", "Yosef", "Zane", "Björn", "Seán",
)  # fmt: skip
LAST = (
    "Abbott", "Almeida", "Bauer", "Bianchi", "Castillo", "Chen", "Dankova", "Delacroix", "Eriksen", "Farouk", "Fontaine",
    "García", "Haddad", "Horvath", "Ito", "Jensen", "Kaplan", "Kowalski", "Larsen", "López", "Marchetti", "Mbeki", "Nakamura",
    "Novak", "O'Brien", "Okafor", "Petrov", "Quispe", "Rahman", "Ramírez", "Santos", "Schneider", "Tanaka", "Tran", "Ueda",
    "Varga", "Vidal", "Weber", "Wójcik", "Yilmaz", "Zhang", "Zimmermann", "D'Angelo", "Núñez", "Çelik", "Ångström",
)  # fmt: skip
STREETS = ("Harbor Street", "Larch Lane", "Mill Road", "Quarry Hill", "Orchard Avenue", "Ferry Walk", "Linden Court", "Bell Yard")
NOTES = (
    None, None, None, None, None, None, "Prefers mornings.", "Nervous: give time, explain each step.", "Hard of hearing.",
    "Calls back only after six.", "Comes with an interpreter.", "Parking permit needed.",
)  # fmt: skip
FAMILIES = (1, 1, 1, 1, 2, 2, 3, 4, 5)


def families(chance: Random, *, patients: int, today: date) -> list[list[dict[str, Any]]]:
    """Households of one to five, the one who answers for the bills first; facts as `patients.register` takes them."""
    made: list[list[dict[str, Any]]] = []
    count = 0
    while count < patients:
        size = min(chance.choice(FAMILIES), patients - count)
        last, street = chance.choice(LAST), f"{chance.randint(1, 240)} {chance.choice(STREETS)}"
        phone = f"+1 212 555 01{count % 100:02}"
        made.append([_person(chance, last, street, phone, place, count + place, today) for place in range(size)])
        count += size
    return made


def _person(chance: Random, last: str, street: str, phone: str, place: int, number: int, today: date) -> dict[str, Any]:
    sex = chance.choice(("female", "male"))
    first = chance.choice(FEMALE if sex == "female" else MALE)
    age = chance.randint(24, 86) if place < 2 else chance.randint(2, 17)
    born = today - timedelta(days=age * 365 + chance.randint(0, 364))
    contacts = [{"type": "mobile", "value": phone, "is_primary": True, "safe_for_voicemail": chance.random() < 0.7}]
    if place < 2:
        contacts.append({
            "type": "email", "value": f"patient{number}@example.test", "is_primary": False, "safe_for_voicemail": False,
        })  # fmt: skip
    return {
        "first_name": first, "last_name": last, "birth_date": born, "sex": sex, "contacts": contacts,
        "note": chance.choice(NOTES),
        "address": {
            "line1": street, "city": "New York", "region": "NY", "postal_code": f"100{number % 90 + 10}", "country": "US",
        },
    }  # fmt: skip
