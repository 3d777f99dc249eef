"""Surfaces: each kept once, under one name, in one order: M O I D B F L, then the necks B5, F5, L5.

Back teeth have O and B, front teeth I and F. On entry B, F and V (vestibular) say the same, and so does P (palatal) for L of an
upper tooth; what a tooth does not have is refused.
"""

import re
from collections.abc import Iterable

from chairside.charting.rules.teeth import Tooth
from chairside.kernel.refusals import Wrong

ORDER = ("M", "O", "I", "D", "B", "F", "L", "B5", "F5", "L5")
NECKS = ("B5", "F5", "L5")
_TOKEN = re.compile(r"[A-Z]5?")


def surfaces_of(tooth: Tooth) -> tuple[str, ...]:
    """All that may be said of it, the necks among them."""
    outer = "B" if tooth.region == "posterior" else "F"
    return tuple(name for name in ORDER if name in (*tooth.surfaces, f"{outer}5", "L5"))


def split(text: str) -> tuple[str, ...]:
    """`MOD`, `m o d`, `MB5`: a letter each, a neck with its 5; whatever else stands there is left as it is, to be refused."""
    text = "".join(text.upper().replace(",", " ").split())
    parts: list[str] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        parts.append(found[0] if found else text[at])
        at = found.end() if found else at + 1
    return tuple(parts)


def check_surfaces(tooth: Tooth, given: str | Iterable[str]) -> tuple[str, ...]:
    """As they are kept. Raises Wrong for one that the tooth does not have, and for one said twice."""
    has = surfaces_of(tooth)
    found: list[str] = []
    for name in split(given) if isinstance(given, str) else [part.strip().upper() for part in given]:
        kept = _kept_as(name, tooth)
        if kept not in has:
            raise Wrong("no_such_surface", f"Tooth {tooth.id} has no surface {name}; it has {', '.join(has)}.")
        if kept in found:
            raise Wrong("surface_twice", f"The surface {name} is named twice.")
        found.append(kept)
    return tuple(name for name in ORDER if name in found)


def _kept_as(name: str, tooth: Tooth) -> str:
    letter, neck = name[:1], name[1:]
    if letter in ("B", "F", "V"):
        return f"{'B' if tooth.region == 'posterior' else 'F'}{neck}"
    if letter == "P" and tooth.arch == "upper":
        return f"L{neck}"
    return name


def shown(surfaces: Iterable[str]) -> str:
    """`MOD`; a neck after the others, with a space where both are there: `MO B5`."""
    crown = "".join(name for name in surfaces if name not in NECKS)
    return " ".join(part for part in (crown, *(name for name in surfaces if name in NECKS)) if part)
