"""Whether a tooth is there, after all that was found and done, and what a new finding says about a tooth that is not."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from chairside.charting.rules.teeth import PRIMARY, TEETH

Presence = Literal["present", "missing", "unerupted", "impacted", "root", "implant", "pontic"]

# What is there or was done counts; what is planned or referred has not happened.
_HAPPENED = ("condition", "existing", "existing_other", "done")
_AFTER: dict[str, Presence] = {
    "missing": "missing", "extraction": "missing", "unerupted": "unerupted", "impacted": "impacted", "erupted": "present",
    "root_remnant": "root", "implant": "implant",
}  # fmt: skip


class Found(NamedTuple):
    """What of a finding bears on it; `pontics` are the teeth that a bridge replaces."""

    condition: str
    layer: str
    teeth: list[str]
    pontics: list[str]


def presence_of(findings: Iterable[Found]) -> dict[str, Presence]:
    """By tooth, of findings in the order in which they were noted: the later one is right. A tooth not named is as its age would
    have it."""
    found: dict[str, Presence] = {}
    for finding in findings:
        if finding.layer not in _HAPPENED:
            continue
        for tooth in finding.teeth:
            if finding.condition in _AFTER:
                found[tooth] = _AFTER[finding.condition]
            elif finding.condition == "bridge" and tooth in finding.pontics:
                found[tooth] = "pontic"
    return found


# What is said of a tooth that is gone without anybody being surprised.
_OF_THE_ABSENT = ("missing", "erupted", "unerupted", "impacted", "root_remnant", "implant", "bridge", "denture", "splint")


def asks(condition: str, layer: str, presence: Presence) -> bool:
    """Whether a finding on such a tooth is perhaps a slip, to be asked about before it is written."""
    if presence == "missing":
        return condition not in _OF_THE_ABSENT
    if presence in ("implant", "pontic"):
        return condition in ("caries", "root_canal", "periapical") or (condition == "implant" and layer == "done")
    return False


def retained(tooth: str, presence: dict[str, Presence]) -> bool:
    """A primary tooth that is said to be there though its successor is, too: allowed, and worth a notice."""
    if tooth not in PRIMARY:
        return False
    successor = TEETH[tooth].successor
    return successor is not None and presence.get(successor) == "present"
