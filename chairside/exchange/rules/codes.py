"""Columns of a few codes: sex and status. What a code means beyond doubt is known; the rest is asked on the screen."""

from collections.abc import Mapping
from dataclasses import dataclass

from chairside.exchange.rules.refusals import UnknownMeaning
from chairside.exchange.rules.text import fold, one_line, shorten

SEXES = ("female", "male", "other", "unknown")
STATUSES = ("active", "archived")
MOST_CODES = 100


@dataclass(frozen=True, slots=True)
class Code:
    code: str
    """As first seen in the file."""
    count: int
    meaning: str | None
    """None: it could mean several things, or nothing that we know."""


def _words(**meanings: str) -> dict[str, str]:
    return {fold(word): meaning for meaning, words in meanings.items() for word in words.split()}


# Digits are left out on purpose: 1 is female in one program and male in another.
_SEXES = _words(
    female="f female woman girl w weiblich frau femeie feminin fata femenino femenina mujer féminin femme femminile donna "
    "feminino أنثى انثى נקבה",
    male="m male man boy masculin bărbat băiat masculino hombre homme männlich mann maschile uomo ذكر זכר",
    other="x o other nonbinary non-binary divers diverse intersex altul otro autre",
    unknown="u unknown unspecified undisclosed notspecified n/a na necunoscut nespecificat desconocido inconnu unbekannt",
)
_STATUSES = _words(
    active="patient active activ activa activo current new prospective nonpatient non-patient actif aktiv true yes y da",
    archived="inactive archived deleted deceased died transferred moved dismissed discharged former closed "
    "inactiv inactiva arhivat decedat inactivo archivado fallecido inactif archivé décédé inaktiv archiviert verstorben "
    "false no n nu",
)
_DEAD = _words(dead="deceased died dead decedat decedată fallecido fallecida décédé décédée verstorben")


def sex(code: str) -> str | None:
    return _SEXES.get(fold(code))


def status(code: str) -> str | None:
    return _STATUSES.get(fold(code))


def says_dead(code: str) -> bool:
    return fold(code) in _DEAD


class Codes:
    """Counts the codes of one column. Past MOST_CODES different ones it is no column of codes, and the rest is not kept."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.spelled: dict[str, str] = {}

    def add(self, text: str) -> None:
        key = key_of(text)
        if key in self.counts:
            self.counts[key] += 1
        elif len(self.counts) < MOST_CODES:
            self.counts[key] = 1
            self.spelled[key] = shorten(text)

    def sexes(self, chosen: Mapping[str, str]) -> tuple[Code, ...]:
        known = {key: sex(key) for key in self.counts}
        # Spanish writes hombre and mujer, French homme and femme: beside an H, an M is a man only if there is an F.
        if "h" in known:
            known["h"] = "male"
            if "m" in known and "f" not in known:
                known["m"] = None
        return self._decided(known, chosen, SEXES)

    def statuses(self, chosen: Mapping[str, str]) -> tuple[Code, ...]:
        return self._decided({key: status(key) for key in self.counts}, chosen, STATUSES)

    def _decided(self, known: dict[str, str | None], chosen: Mapping[str, str], allowed: tuple[str, ...]) -> tuple[Code, ...]:
        """Refuses UnknownMeaning."""
        for code, meaning in chosen.items():
            if meaning not in allowed:
                raise UnknownMeaning(code=shorten(code), meaning=shorten(meaning))
        known |= {key_of(code): meaning for code, meaning in chosen.items() if key_of(code) in self.counts}
        ordered = sorted(self.counts, key=lambda key: (-self.counts[key], key))
        return tuple(Code(self.spelled[key], self.counts[key], known[key]) for key in ordered)


def key_of(code: str) -> str:
    return one_line(code).casefold()
