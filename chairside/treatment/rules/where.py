"""Where an item is done: what the clinic's procedure asks for, held against the teeth that there are."""

from collections.abc import Sequence
from typing import NamedTuple

from chairside.catalog import Procedure, check_where
from chairside.charting.rules.surfaces import check_surfaces
from chairside.charting.rules.teeth import Tooth, check_tooth
from chairside.kernel.refusals import Wrong, malformed

_NECKS = {"B5": "X", "F5": "Y", "L5": "Z"}
"""Counted as surfaces of their own, of which each is one letter."""


class Where(NamedTuple):
    tooth: str | None = None
    through: str | None = None
    surfaces: Sequence[str] = ()
    quadrant: int | None = None
    arch: str | None = None


def checked(procedure: Procedure, said: Where) -> Where:
    """As it is kept. Refuses, in words, what the procedure does not ask for or misses, what is no tooth, and a surface on a tooth
    that lacks it."""
    tooth = _tooth(said.tooth, "/tooth")
    through = _tooth(said.through, "/through")
    surfaces: tuple[str, ...] = ()
    if tooth and said.surfaces:
        try:
            surfaces = check_surfaces(tooth, said.surfaces)
        except Wrong as wrong:
            raise malformed("/surfaces", wrong.code, str(wrong)) from wrong
    check_where(
        procedure, tooth=int(tooth.fdi) if tooth else None, through=int(through.fdi) if through else None,
        surfaces="".join(_NECKS.get(one, one) for one in surfaces or said.surfaces) or None, quadrant=said.quadrant,
        arch=said.arch,
    )  # fmt: skip
    if tooth and through and (tooth.arch != through.arch or tooth.id == through.id):
        raise malformed("/through", "two_arches", "A row of teeth ends at another tooth of the same jaw.")
    return Where(tooth and tooth.id, through and through.id, list(surfaces), said.quadrant, said.arch)


def _tooth(text: str | None, pointer: str) -> Tooth | None:
    if not text:
        return None
    try:
        return check_tooth(text)
    except Wrong as wrong:
        raise malformed(pointer, wrong.code, str(wrong)) from wrong
