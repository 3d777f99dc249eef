"""Which of the clinic's procedures a planned finding most likely is: a first guess by its words, which a person sees and changes.
What was chosen for the like before comes first, and is not guessed here."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

WORDS: dict[str, tuple[str, ...]] = {
    "restoration": ("filling", "composite", "obturație", "plombă", "حشوة", "حشوات"),
    "inlay": ("inlay", "onlay"),
    "sealant": ("sealing", "sealant", "sigilare"),
    "veneer": ("veneer", "fațetă"),
    "crown": ("crown", "coroană", "تاج"),
    "root_canal": ("root canal", "canal", "endodontic", "pulpotomy"),
    "post": ("post", "pivot"),
    "implant": ("implant", "زرعة"),
    "extraction": ("extraction", "extracție", "خلع"),
    "bridge": ("bridge", "punte", "جسر"),
    "splint": ("splint", "splinting", "șină"),
    "denture": ("denture", "proteză"),
}
HINTS = ("incisor", "canine", "premolar", "molar", "front")
DIFFERENT = ("temporary", "surgical", "pulpotomy")
"""What nobody means who says no more than the finding does."""


class Said(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


Known = TypeVar("Known", bound=Said)


def guess(
    procedures: Iterable[Known], *, condition: str, material: str | None, detail: str | None, tooth_class: str, anterior: bool
) -> list[Known]:  # fmt: skip
    """Those that speak of it, the likeliest first."""
    said = [(_score(one.name, condition, material, detail, tooth_class, anterior), one) for one in procedures]
    return [one for score, one in sorted(said, key=lambda pair: (-pair[0], pair[1].code)) if score > 0]


def _score(
    name: str, condition: str, material: str | None, detail: str | None, tooth_class: str, anterior: bool
) -> int:  # fmt: skip
    words = re.findall(r"\w+", name.lower())
    text = " ".join(words)
    if not any(_has(text, word) for word in WORDS.get(condition, ())):
        return 0
    score = 10
    if condition != "post" and "post" in words:
        score -= 5
    score += 3 if material and _has(text, material.replace("_", " ")) else 0
    score += 3 if detail and _has(text, detail) else 0
    score -= 4 * sum(word in words for word in DIFFERENT)
    hints = [word for word in HINTS if word in words]
    fits = {tooth_class.rsplit(" ", 1)[-1], *(("front",) if anterior else ())}
    if hints:
        score += 4 if fits & set(hints) else -8
    return score


def _has(text: str, words: str) -> bool:
    return f" {words} " in f" {text} "


def where_said(teeth: Sequence[str]) -> tuple[str | None, str | None]:
    """A tooth, and through which; of one tooth no more than that."""
    return (teeth[0] if teeth else None, teeth[-1] if len(teeth) > 1 else None)
