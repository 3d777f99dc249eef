"""What of a patient's own list speaks against a drug: by name, and by the small table of classes. No database, no clock."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from chairside.prescribing.rules import drugs

SEVERE, MODERATE = "severe", "moderate"


class Known(NamedTuple):
    """One thing of a patient's medical history that holds now. `kind`: allergy, medication, condition, pregnancy,
    premedication."""

    kind: str
    name: str
    anticoagulant: bool = False


class Warning(NamedTuple):
    """`group`: the class of the drug by which it is so, none where it is the substance itself; `against`: what the history
    says, as it was typed; `against_group`: its class."""

    kind: str
    severity: str
    group: str | None
    against: str
    against_group: str | None


INTERACTIONS: tuple[tuple[str, str, str], ...] = (
    ("nsaid", "anticoagulant", SEVERE),
    ("nitroimidazole", "coumarin", SEVERE),
    ("azole", "coumarin", SEVERE),
    ("macrolide", "coumarin", SEVERE),
    ("macrolide", "anticoagulant", MODERATE),
    ("tetracycline", "coumarin", MODERATE),
    ("penicillin", "coumarin", MODERATE),
    ("macrolide", "statin", SEVERE),
    ("azole", "statin", MODERATE),
    ("nsaid", "methotrexate", SEVERE),
    ("penicillin", "methotrexate", MODERATE),
    ("nsaid", "lithium", MODERATE),
    ("nitroimidazole", "lithium", MODERATE),
    ("nitroimidazole", "disulfiram", SEVERE),
    ("tetracycline", "retinoid", SEVERE),
    ("nsaid", "nsaid", MODERATE),
)
"""The class of what is prescribed, the class of what is taken, how bad."""
CROSSED: tuple[tuple[str, str, str], ...] = (("cephalosporin", "penicillin", MODERATE), ("penicillin", "cephalosporin", MODERATE))
"""The class of what is prescribed, and another of which somebody is allergic."""
WITH_CONDITIONS: tuple[tuple[str, str, str], ...] = (
    ("nsaid", "ulcer", SEVERE),
    ("nsaid", "kidney", SEVERE),
    ("nsaid", "bleeding", SEVERE),
    ("nsaid", "asthma", MODERATE),
    ("paracetamol", "liver", MODERATE),
    ("azole", "liver", MODERATE),
)
IN_PREGNANCY: tuple[tuple[str, str], ...] = (
    ("tetracycline", SEVERE),
    ("nsaid", SEVERE),
    ("azole", SEVERE),
    ("nitroimidazole", MODERATE),
    ("macrolide", MODERATE),
)


def warnings(drug: str, history: Iterable[Known]) -> list[Warning]:
    """The severe first, each thing of the history with each class once."""
    found: dict[tuple[str, str, str | None], Warning] = {}
    for known in history:
        for one in _against(drug, known):
            key = (one.kind, one.against, one.group)
            if key not in found or one.severity == SEVERE:
                found[key] = one
    return sorted(found.values(), key=lambda one: (one.severity != SEVERE, one.kind, one.against))


def is_severe(found: Iterable[Warning]) -> bool:
    return any(one.severity == SEVERE for one in found)


def _against(drug: str, known: Known) -> list[Warning]:
    match known.kind:
        case "allergy":
            return _allergy(drug, known.name)
        case "medication" | "premedication":
            return _medication(drug, known)
        case "condition":
            return _condition(drug, known.name)
        case "pregnancy":
            return _paired("pregnancy", drug, known.name, [(group, None, how) for group, how in IN_PREGNANCY])
    return []


def _allergy(drug: str, name: str) -> list[Warning]:
    if drugs.substances_of(drug) & drugs.substances_of(name):
        return [Warning("allergy", SEVERE, None, name, None)]
    shared = (drugs.classes_of(drug) & drugs.classes_of(name)) - {"coumarin"}
    same = [Warning("allergy", SEVERE, group, name, group) for group in sorted(shared)]
    return same or _paired("allergy", drug, name, _those(CROSSED, drugs.classes_of(name)))


def _medication(drug: str, known: Known) -> list[Warning]:
    if drugs.substances_of(drug) & drugs.substances_of(known.name):
        return [Warning("duplicate", MODERATE, None, known.name, None)]
    taken = drugs.classes_of(known.name) | ({"anticoagulant"} if known.anticoagulant else set())
    return _paired("interaction", drug, known.name, _those(INTERACTIONS, taken))


def _condition(drug: str, name: str) -> list[Warning]:
    # A history may hold a pregnancy among the conditions, too; anaemia and the like are nobody's class here.
    return _paired("condition", drug, name, _those(WITH_CONDITIONS, drugs.conditions_of(name)))


def _those(table: Iterable[tuple[str, str, str]], other: frozenset[str] | set[str]) -> list[tuple[str, Any, str]]:
    return [row for row in table if row[1] in other]


def _paired(kind: str, drug: str, name: str, rows: list[tuple[str, Any, str]]) -> list[Warning]:
    own = drugs.classes_of(drug)
    return [Warning(kind, how, group, name, other) for group, other, how in rows if group in own]
