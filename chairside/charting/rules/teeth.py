"""The teeth: their numbers in three notations, where they stand, and what surfaces they have.

Stored is the FDI number (ISO 3950), two digits, the quadrant first; an extra tooth is the nearest one and an ordinal: `11+1`.
Universal numbers and areas are those of the HL7 tables, Palmer's are quadrant and place (`UR6`, `URD`).
"""

import re
from typing import Literal, NamedTuple, cast, get_args

from chairside.kernel.refusals import Wrong

Notation = Literal["fdi", "universal", "palmer"]

UPPER_RIGHT_TO_LEFT = ("18", "17", "16", "15", "14", "13", "12", "11", "21", "22", "23", "24", "25", "26", "27", "28")
LOWER_RIGHT_TO_LEFT = ("48", "47", "46", "45", "44", "43", "42", "41", "31", "32", "33", "34", "35", "36", "37", "38")
PRIMARY_UPPER = ("55", "54", "53", "52", "51", "61", "62", "63", "64", "65")
PRIMARY_LOWER = ("85", "84", "83", "82", "81", "71", "72", "73", "74", "75")
PERMANENT = (*UPPER_RIGHT_TO_LEFT, *LOWER_RIGHT_TO_LEFT)
PRIMARY = (*PRIMARY_UPPER, *PRIMARY_LOWER)

# The order in which Universal counts: upper right to upper left, then lower left to lower right.
_UNIVERSAL = {
    **{fdi: str(1 + place) for place, fdi in enumerate((*UPPER_RIGHT_TO_LEFT, *reversed(LOWER_RIGHT_TO_LEFT)))},
    **{fdi: chr(ord("A") + place) for place, fdi in enumerate((*PRIMARY_UPPER, *reversed(PRIMARY_LOWER)))},
}
_QUADRANTS = ("UR", "UL", "LL", "LR")
_CLASSES = {
    "permanent": ("central incisor", "lateral incisor", "canine", "first premolar", "second premolar", "first molar",
                  "second molar", "third molar"),
    "primary": ("central incisor", "lateral incisor", "canine", "first molar", "second molar"),
}  # fmt: skip
ORDINAL = re.compile(r"(\d\d)\+([1-9])")
EXTRA_AT_MOST = 9


class Tooth(NamedTuple):
    """`ordinal` above 0 is an extra tooth beside this one. `surfaces` are those it has, in the order in which they are kept."""

    fdi: str
    universal: str
    palmer: str
    dentition: Literal["permanent", "primary"]
    arch: Literal["upper", "lower"]
    side: Literal["right", "left"]
    quadrant: str
    sextant: int
    region: Literal["anterior", "posterior"]
    tooth_class: str
    surfaces: tuple[str, ...]
    successor: str | None
    ordinal: int = 0

    @property
    def id(self) -> str:
        return f"{self.fdi}+{self.ordinal}" if self.ordinal else self.fdi


def _made(fdi: str) -> Tooth:
    digit, place = int(fdi[0]), int(fdi[1])
    primary = digit > 4
    corner = (digit - 1) % 4
    quadrant = _QUADRANTS[corner]
    front = place <= 3
    upper = corner < 2
    right = corner in (0, 3)
    # Counted as one reads: upper right, front, left; then lower left, front, right.
    sextant = (2 if front else 1 if right else 3) if upper else (5 if front else 6 if right else 4)
    crown = ("M", "I", "D", "F", "L") if front else ("M", "O", "D", "B", "L")
    successor = f"{digit - 4}{place}" if primary else None
    return Tooth(
        fdi=fdi,
        universal=_UNIVERSAL[fdi],
        palmer=f"{quadrant}{chr(ord('A') + place - 1) if primary else place}",
        dentition="primary" if primary else "permanent",
        arch="upper" if upper else "lower",
        side="right" if right else "left",
        quadrant=quadrant,
        sextant=sextant,
        region="anterior" if front else "posterior",
        tooth_class=_CLASSES["primary" if primary else "permanent"][place - 1],
        surfaces=crown,
        successor=successor,
    )


TEETH = {fdi: _made(fdi) for fdi in (*PERMANENT, *PRIMARY)}
_BY_UNIVERSAL = {tooth.universal: tooth for tooth in TEETH.values()}
_BY_PALMER = {tooth.palmer: tooth for tooth in TEETH.values()}


def find_tooth(text: str, notation: Notation = "fdi") -> Tooth | None:
    """By its number in a notation, upper or lower case; FDI also with an ordinal. None where there is no such tooth."""
    text = text.strip().upper()
    if notation == "universal":
        return _BY_UNIVERSAL.get(text)
    if notation == "palmer":
        return _BY_PALMER.get(text)
    extra = ORDINAL.fullmatch(text)
    if extra:
        nearest = TEETH.get(extra[1])
        return nearest._replace(ordinal=int(extra[2])) if nearest else None
    return TEETH.get(text)


def notation_of(said: str | None, locale: str) -> Notation:
    """What a clinic said, or what its country counts by."""
    if said in get_args(Notation):
        return cast(Notation, said)
    return "universal" if locale.endswith("-US") else "fdi"


def number_of(id: str, notation: Notation) -> str:
    """As a tooth, an extra one too, is written where that notation is read; what is no tooth stays as it is."""
    tooth = find_tooth(id)
    if tooth is None or notation == "fdi":
        return id
    written = tooth.universal if notation == "universal" else tooth.palmer
    return f"{written}+{tooth.ordinal}" if tooth.ordinal else written


def check_tooth(text: str) -> Tooth:
    """By its FDI number. Raises Wrong, in words."""
    tooth = find_tooth(text)
    if tooth is None:
        raise Wrong("not_a_tooth", "A tooth by its FDI number, such as 16 or 55; an extra one beside it as 16+1.")
    return tooth
