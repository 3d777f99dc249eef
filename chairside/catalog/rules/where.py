"""Where a procedure is done: what has to be said of it, and what must not be. Whether there is such a tooth and such a surface
is the chart's to know."""

from typing import Protocol

from chairside.kernel.refusals import malformed

AREAS = ("mouth", "arch", "quadrant", "tooth", "surfaces", "tooth_range")
FIRST_PRIMARY = 51  # FDI: quadrants five to eight
ASKED = {
    "mouth": set(), "arch": {"arch"}, "quadrant": {"quadrant"}, "tooth": {"tooth"}, "surfaces": {"tooth", "surfaces"},
    "tooth_range": {"tooth", "through"},
}  # fmt: skip
NEEDED = {
    "arch": "Say on which jaw, upper or lower.",
    "quadrant": "Say in which quadrant.",
    "tooth": "Say on which tooth.",
    "surfaces": "Say on which surfaces.",
    "through": "Say through which tooth.",
}
NOT_ASKED = {
    "arch": "This is not done to a jaw.",
    "quadrant": "This is not done to a quadrant.",
    "tooth": "This is not done to a tooth.",
    "surfaces": "This is not done to surfaces.",
    "through": "This is not done to a row of teeth.",
}


class Rule(Protocol):
    @property
    def area(self) -> str: ...
    @property
    def min_surfaces(self) -> int | None: ...
    @property
    def max_surfaces(self) -> int | None: ...
    @property
    def permanent_teeth(self) -> bool: ...
    @property
    def primary_teeth(self) -> bool: ...


def check_where(
    procedure: Rule, *, tooth: int | None = None, surfaces: str | None = None, quadrant: int | None = None,
    arch: str | None = None, through: int | None = None,
) -> None:  # fmt: skip
    """Teeth by their FDI numbers; `surfaces` one letter each; `through` ends a row that begins with `tooth`. Refuses what is
    missing or too much, too few or too many surfaces, and a tooth of the dentition that it is not for."""
    said = {"tooth": tooth, "surfaces": surfaces, "quadrant": quadrant, "arch": arch, "through": through}
    asked = ASKED[procedure.area]
    for name, value in said.items():
        if name in asked and not value:
            raise malformed(f"/{name}", "required", NEEDED[name])
        if name not in asked and value:
            raise malformed(f"/{name}", "not_asked_here", NOT_ASKED[name])
    if surfaces:
        _count(surfaces, procedure.min_surfaces or 1, procedure.max_surfaces or 5)
    for name, number in (("tooth", tooth), ("through", through)):
        if number is not None:
            _check_dentition(procedure, name, number)


def _count(surfaces: str, least: int, most: int) -> None:
    letters = surfaces.upper()
    if len(set(letters)) != len(letters):
        raise malformed("/surfaces", "duplicate", "Each surface is named once.")
    if not least <= len(letters) <= most:
        words = f"{least}" if least == most else f"{least} to {most}"
        raise malformed("/surfaces", "wrong_count", f"This is done on {words} surfaces.")


def _check_dentition(procedure: Rule, name: str, number: int) -> None:
    primary = number >= FIRST_PRIMARY
    if primary and not procedure.primary_teeth:
        raise malformed(f"/{name}", "wrong_dentition", "This is not done to primary teeth.")
    if not primary and not procedure.permanent_teeth:
        raise malformed(f"/{name}", "wrong_dentition", "This is not done to permanent teeth.")
