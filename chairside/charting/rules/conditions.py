"""What may be found at a tooth: what is wrong with it, what was or will be done to it, and whether it is there at all."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from chairside.charting.rules import surfaces
from chairside.charting.rules.teeth import Tooth
from chairside.kernel.refusals import Wrong

Layer = Literal["condition", "existing", "existing_other", "planned", "done", "referred"]
Sort = Literal["problem", "work", "presence"]
LAYERS: dict[Sort, tuple[Layer, ...]] = {
    "problem": ("condition", "referred"),
    "work": ("existing", "existing_other", "planned", "done", "referred"),
    "presence": ("condition",),
}
"""A problem is seen or referred; work is there, was done elsewhere, is planned, done or referred."""

FILLINGS = ("composite", "amalgam", "glass_ionomer", "gold", "ceramic", "temporary")
CROWNS = ("ceramic", "zirconia", "metal_ceramic", "metal", "gold", "composite", "temporary")


class Condition(NamedTuple):
    """`surfaces`: none, optional or required. `spans`: one finding over several teeth, at least `least`. `details`: one of them
    may say more; `materials` likewise."""

    sort: Sort
    surfaces: Literal["none", "optional", "required"] = "none"
    materials: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    spans: bool = False
    least: int = 1


CONDITIONS = {
    "caries": Condition("problem", "required", details=("enamel", "dentine", "pulp")),
    "fracture": Condition("problem", "optional", details=("crown", "root")),
    "wear": Condition("problem", "optional", details=("attrition", "abrasion", "erosion")),
    "watch": Condition("problem", "optional"),
    "failing": Condition("problem", "optional"),
    "periapical": Condition("problem"),
    "rotation": Condition("problem", details=("mesial", "distal")),
    "drift": Condition("problem", details=("mesial", "distal", "buccal", "lingual")),
    "restoration": Condition("work", "required", FILLINGS),
    "inlay": Condition("work", "required", ("ceramic", "gold", "composite")),
    "sealant": Condition("work", "optional"),
    "veneer": Condition("work", "optional", ("ceramic", "composite")),
    "crown": Condition("work", materials=CROWNS),
    "root_canal": Condition("work"),
    "post": Condition("work"),
    "implant": Condition("work"),
    "extraction": Condition("work"),
    "bridge": Condition("work", materials=CROWNS, spans=True, least=2),
    "splint": Condition("work", spans=True, least=2),
    "denture": Condition("work", details=("partial", "full"), spans=True),
    "missing": Condition("presence"),
    "unerupted": Condition("presence"),
    "impacted": Condition("presence"),
    "erupted": Condition("presence"),
    "root_remnant": Condition("presence"),
}

USUAL = {
    "caries": ("restoration", "composite"),
    "failing": ("restoration", "composite"),
    "fracture": ("crown", "ceramic"),
    "periapical": ("root_canal", None),
    "impacted": ("extraction", None),
    "root_remnant": ("extraction", None),
    "missing": ("implant", None),
}
"""What is usually planned for a finding, and its material, where a clinic has not said otherwise."""


def check_what(condition: str, layer: Layer, *, material: str | None, detail: str | None) -> Condition:
    """Raises Wrong, in words."""
    known = CONDITIONS[condition]
    if layer not in LAYERS[known.sort]:
        raise Wrong("layer_does_not_fit", f"{_said(condition)} is one of: {', '.join(map(_plain, LAYERS[known.sort]))}.")
    if material is not None and material not in known.materials:
        raise Wrong("material_does_not_fit", f"{_said(condition)} has {_one_of(known.materials, 'material')}.")
    if detail is not None and detail not in known.details:
        raise Wrong("detail_does_not_fit", f"{_said(condition)} has {_one_of(known.details, 'further detail')}.")
    return known


def check_where(
    condition: str, teeth: Sequence[Tooth], given: Sequence[str], pontics: Sequence[str] = ()
) -> tuple[str, ...]:  # fmt: skip
    """The surfaces, as they are kept: valid for each of the teeth. Raises Wrong, in words."""
    known = CONDITIONS[condition]
    if known.spans:
        if len(teeth) < known.least:
            raise Wrong("too_few_teeth", f"{_said(condition)} goes over {known.least} teeth or more.")
        if len({tooth.arch for tooth in teeth}) > 1:
            raise Wrong("two_arches", f"{_said(condition)} stays in one arch.")
    if set(pontics) - {tooth.id for tooth in teeth} or (pontics and condition != "bridge"):
        raise Wrong("not_of_the_bridge", "Only teeth of the bridge can be replaced by it.")
    if condition == "bridge" and len(set(pontics)) == len(teeth):
        raise Wrong("no_abutment", "A bridge needs a tooth or an implant to stand on.")
    if given and known.surfaces == "none":
        raise Wrong("no_surfaces_wanted", f"{_said(condition)} is of the whole tooth: leave the surfaces out.")
    if not given and known.surfaces == "required":
        raise Wrong("surfaces_wanted", f"{_said(condition)} needs the surfaces.")
    kept = {tuple(surfaces.check_surfaces(tooth, given)) for tooth in teeth}
    if known.spans or len(kept) == 1:
        return kept.pop() if kept else ()
    # Front and back teeth together: each has its own name for the same.
    return tuple(given)


def _said(condition: str) -> str:
    return _plain(condition).capitalize()


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _one_of(names: tuple[str, ...], what: str) -> str:
    return f"{what} {', '.join(map(_plain, names))}" if names else f"no {what}"
