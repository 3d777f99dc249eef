"""A register's worth of people who do not exist: names of several scripts, as common and as rare as names are."""

from bisect import bisect
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

COMMON = (
    "Popescu", "Ionescu", "Smith", "Țurcanu", "García", "Nguyễn", "Müller", "Johnson", "Haddad", "Kowalski", "Ștefănescu", "O'Neil",
    "MacLeod", "Okafor", "Mensah", "Schäfer", "Łukasik", "Sørensen", "Åberg", "Núñez", "Çelik", "Dvořák", "Kovács", "Brânzei",
    "\u0627\u0644\u0645\u0635\u0631\u064a", "\u062d\u062f\u0627\u062f", "\u0623\u062d\u0645\u062f", "\u05db\u05d4\u05df",
    "\u05dc\u05d5\u05d9", "Παπαδόπουλος", "Νικολάου", "Иванов", "Смирнова", "Ковальчук", "王", "李", "佐藤", "田中", "김", "शर्मा",
)  # fmt: skip
STEMS = (
    "Alb", "Bar", "Bel", "Bog", "Bran", "Buz", "Câmp", "Car", "Cost", "Dan", "Dob", "Dor", "Drag", "Fel", "Flor", "Gav", "Ghe", "Hol",
    "Iac", "Jur", "Kar", "Lem", "Lup", "Mar", "Mih", "Mol", "Nag", "Neg", "Nov", "Olt", "Oprea", "Pav", "Pet", "Rad", "Ros", "Rus",
    "Sav", "Sim", "Stan", "Șer", "Tăn", "Tom", "Ung", "Văc", "Vas", "Vel", "Vlad", "Wal", "Zah", "Zam",
)  # fmt: skip
ENDINGS = (
    "an", "anu", "ariu", "aru", "asz", "berg", "ciuc", "dal", "eanu", "ek", "elli", "en", "enko", "er", "escu", "ić", "iga", "ino",
    "ița", "ko", "man", "nea", "oiu", "os", "ov", "owicz", "sen", "ski", "son", "țiu", "uță", "ville",
)  # fmt: skip
FEMALE = (
    "Maria", "Ana", "Elena", "Ioana", "Sofia", "Zoë", "Chloé", "Siân", "Ștefania", "Bianca", "Camila", "Denisa", "Fatima", "Gabriela",
    "Ilinca", "Katarzyna", "Larisa", "Müge", "Nadia", "Oana", "Priya", "Renée", "Simona", "Teodora", "Ursula", "Violeta", "Ximena",
    "\u0641\u0627\u0637\u0645\u0629", "\u05e9\u05e8\u05d4", "Ελένη", "Ольга", "美咲", "지우",
)  # fmt: skip
MALE = (
    "Ion", "Andrei", "Mihai", "Ștefan", "Björn", "Seán", "Aarav", "Bogdan", "Cristian", "Dumitru", "Emil", "Florin", "George", "Horia",
    "Iulian", "José", "Kofi", "Liam", "Mateo", "Nicolae", "Omar", "Paweł", "Radu", "Søren", "Tomás", "Umar", "Vasile", "Wei", "Yosef",
    "\u0645\u062d\u0645\u062f", "\u05d9\u05d5\u05e1\u05e3", "Νίκος", "Иван", "翔太", "민준",
)  # fmt: skip
STREETS = (
    "Harbor Street",
    "Larch Lane",
    "Mill Road",
    "Quarry Hill",
    "Orchard Avenue",
    "Strada Lungă",
    "Linden Court",
    "Bell Yard",
)
NOTES = ("Prefers mornings.", "Nervous: give time, explain each step.", "Hard of hearing.", "Comes with an interpreter.")
OLDEST_DAYS = 92 * 365


class Names:
    """The first is the most common; the one at rank r comes up in proportion to 1 / (r + 12)."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.weights = list(accumulate(1 / (rank + 12) for rank in range(len(names))))

    def draw(self, chance: Random) -> str:
        return self.names[bisect(self.weights, chance.random() * self.weights[-1])]


LAST = Names([*COMMON, *(stem + ending for ending in ENDINGS for stem in STEMS)])
FIRST = {"female": Names(FEMALE), "male": Names(MALE)}


def person(chance: Random, number: int, *, today: date, last_name: str | None = None) -> dict[str, Any]:
    """The facts that a registration takes, and a register number."""
    sex = chance.choice(("female", "male"))
    last = last_name or LAST.draw(chance)
    if last_name is None and chance.random() < 0.04:
        last = f"{last}-{LAST.draw(chance)}"
    mobile = f"+40 7{chance.randrange(10):02} {chance.randrange(1000):03} {chance.randrange(1000):03}"
    contacts = [{"type": "mobile", "value": mobile, "is_primary": True, "safe_for_voicemail": chance.random() < 0.7}]
    if chance.random() < 0.5:
        contacts.append({"type": "email", "value": f"p{number}.{chance.randrange(10**6)}@example.test", "is_primary": False,
                         "safe_for_voicemail": False})  # fmt: skip
    return {
        "register_number": str(number) if chance.random() < 0.99 else f"M-{number}",
        "first_name": FIRST[sex].draw(chance),
        "middle_name": FIRST[sex].draw(chance) if chance.random() < 0.2 else None,
        "last_name": last,
        "preferred_name": None,
        "birth_date": today - timedelta(days=chance.randrange(1, OLDEST_DAYS)),
        "sex": sex,
        "address": {"line1": f"{chance.randint(1, 240)} {chance.choice(STREETS)}", "city": "Iași", "country": "RO"},
        "note": chance.choice(NOTES) if chance.random() < 0.1 else None,
        "contacts": contacts,
    }
