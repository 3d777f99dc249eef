"""Six sites of a tooth, and what is measured there. Lengths in millimetres; None is not measured."""

from typing import NamedTuple

from chairside.charting.rules.teeth import Tooth

SITES = ("MB", "B", "DB", "ML", "L", "DL")


class Site(NamedTuple):
    """`margin` is the gingival margin's distance from the cemento-enamel junction: recession positive, overgrowth negative."""

    depth: int | None = None
    margin: int | None = None
    bleeding: bool | None = None
    suppuration: bool | None = None
    plaque: bool | None = None
    calculus: bool | None = None


class ToothExam(NamedTuple):
    """`furcations` by entrance, Hamp I to III; `mobility` Miller 0 to 3."""

    sites: dict[str, Site]
    furcations: dict[str, int] = {}
    mobility: int | None = None


Exam = dict[str, ToothExam]
"""By FDI number."""


def is_interdental(site: str) -> bool:
    return site[0] in "MD"


def entrances_of(tooth: Tooth) -> tuple[str, ...]:
    """Where a furcation can be probed: upper molars have three entrances, the first upper premolar two, lower molars two; primary
    molars as the permanent ones. Others have one root."""
    if tooth.tooth_class.endswith("molar") and not tooth.tooth_class.endswith("premolar"):
        return ("B", "M", "D") if tooth.arch == "upper" else ("B", "L")
    if tooth.tooth_class == "first premolar" and tooth.arch == "upper":
        return ("M", "D")
    return ()
