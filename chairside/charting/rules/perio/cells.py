"""A tooth of an exam as it is kept, and what may be written into it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

from chairside.charting.rules.perio.sites import SITES, Exam, Site, ToothExam, entrances_of
from chairside.charting.rules.teeth import TEETH
from chairside.kernel.refusals import Wrong

ENTRANCES = ("B", "L", "M", "D")
"""The order in which classes of furcations are kept."""
LISTS = ("depth", "margin", "keratinised", "bleeding", "suppuration", "plaque", "calculus")
LOOKED_FOR = ("plaque", "calculus")
"""Seen or not seen at every site that was probed, once it is marked anywhere; otherwise nobody looked."""

Six = tuple[Any, ...]
NONE: Six = (None,) * len(SITES)


class Cells(NamedTuple):
    """Of each site, in the order of SITES; None is not measured. `furcations` in the order of ENTRANCES."""

    depth: Six = NONE
    margin: Six = NONE
    keratinised: Six = NONE
    bleeding: Six = NONE
    suppuration: Six = NONE
    plaque: Six = NONE
    calculus: Six = NONE
    furcations: tuple[int | None, ...] = (None,) * len(ENTRANCES)
    mobility: int | None = None
    skipped: bool = False

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From JSON."""
        made: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
        del made["tooth"]
        return cls(**made)


Mouth = dict[str, Cells]
"""By FDI number."""


class AtSite(NamedTuple):
    """What is written at one site: fields that are not named stay."""

    tooth: str
    site: str
    said: dict[str, Any]


class AtTooth(NamedTuple):
    """What is written of a tooth: `mobility`, `furcations` by entrance, `skipped`."""

    tooth: str
    said: dict[str, Any]


class Misfit(Wrong):
    """`pointer`: which part of what was written."""

    def __init__(self, pointer: str, code: str, sentence: str) -> None:
        self.pointer = pointer
        super().__init__(code, sentence)


def written(before: Mouth, sites: Sequence[AtSite], teeth: Sequence[AtTooth]) -> Mouth:
    """The teeth that are other now. Teeth come first: one that is skipped loses what was measured, and nothing is measured at it.
    Raises Misfit."""
    now: Mouth = {}
    for at, (tooth, said) in enumerate(teeth):
        now[tooth] = _of_tooth(now.get(tooth) or before.get(tooth) or Cells(), tooth, said, f"/teeth/{at}")
    for at, (tooth, site, said) in enumerate(sites):
        was = now.get(tooth) or before.get(tooth) or Cells()
        if was.skipped and any(value not in (None, False) for value in said.values()):
            raise Misfit(f"/sites/{at}/tooth", "skipped", f"Tooth {tooth} is skipped in this exam; take that back first.")
        place = SITES.index(site)
        changed: dict[str, Any] = {name: _with(getattr(was, name), place, value) for name, value in said.items()}
        now[tooth] = was._replace(**changed)
    for at, (tooth, site, said) in enumerate(sites):
        place, cells = SITES.index(site), now[tooth]
        if cells.margin[place] is not None and cells.depth[place] is None:
            field = "gingival_margin" if "margin" in said else "probing_depth"
            raise Misfit(
                f"/sites/{at}/{field}", "no_depth", "A gingival margin goes with a probing depth; probe this site first."
            )
    return {tooth: cells for tooth, cells in now.items() if cells != before.get(tooth)}


def _of_tooth(was: Cells, tooth: str, said: dict[str, Any], pointer: str) -> Cells:
    if said.get("skipped"):
        return Cells(skipped=True)
    if "skipped" in said:
        was = was._replace(skipped=False)
    if was.skipped and any(said.values()):
        raise Misfit(f"{pointer}/tooth", "skipped", f"Tooth {tooth} is skipped in this exam; take that back first.")
    if "mobility" in said:
        was = was._replace(mobility=said["mobility"])
    furcations = was.furcations
    for entrance, degree in (said.get("furcations") or {}).items():
        there = entrances_of(TEETH[tooth])
        if entrance not in there:
            where = f"only at {', '.join(there)}" if there else "nowhere"
            raise Misfit(f"{pointer}/furcations/{entrance}", "no_furcation", f"The roots of tooth {tooth} part {where}.")
        furcations = _with(furcations, ENTRANCES.index(entrance), degree)
    return was._replace(furcations=furcations)


def _with(six: Six, place: int, value: Any) -> Six:
    return (*six[:place], value, *six[place + 1 :])


def exam_of(mouth: Mouth) -> Exam:
    """What was measured. A site that was probed and did not bleed is one that does not bleed."""
    looked = {
        name
        for name in LOOKED_FOR
        if any(value is not None for cells in mouth.values() for value in getattr(cells, name))
    }  # fmt: skip
    return {tooth: _measured(cells, looked) for tooth, cells in mouth.items() if not cells.skipped}


def _measured(cells: Cells, looked: set[str]) -> ToothExam:
    sites = {}
    for place, name in enumerate(SITES):
        probed = cells.depth[place] is not None
        sites[name] = Site(
            cells.depth[place],
            cells.margin[place],
            *(_seen(getattr(cells, sign)[place], probed) for sign in ("bleeding", "suppuration")),
            *(_seen(getattr(cells, sign)[place], probed and sign in looked) for sign in LOOKED_FOR),
        )
    furcations = {name: degree for name, degree in zip(ENTRANCES, cells.furcations, strict=True) if degree is not None}
    return ToothExam(sites, furcations, cells.mobility)


def _seen(mark: bool | None, looked: bool) -> bool | None:
    return False if mark is None and looked else mark
