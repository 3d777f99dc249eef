"""The steps of a visit: forward, skipping as one likes, and back one by one on the same day."""

from collections.abc import Mapping
from typing import NamedTuple

WAITING = ("requested", "scheduled", "confirmed")
LIVE = (*WAITING, "arrived", "in_chair")
"""Not over yet: they may be moved, and hold their time."""

RELEASED = ("cancelled", "no_show")
"""They hold no time."""


class Step(NamedTuple):
    name: str
    status: str
    follows: tuple[str, ...]
    words: str


STEPS: Mapping[str, Step] = {
    step.name: step
    for step in (
        Step("confirmation", "confirmed", ("requested", "scheduled"), "confirmed"),
        Step("arrival", "arrived", WAITING, "marked as arrived"),
        Step("seating", "in_chair", (*WAITING, "arrived"), "seated"),
        Step("completion", "completed", LIVE, "completed"),
        Step("cancellation", "cancelled", LIVE, "cancelled"),
        Step("no_show", "no_show", WAITING, "marked as a no-show"),
    )
}
WORDS = {
    "requested": "only requested", "scheduled": "scheduled", "confirmed": "confirmed", "arrived": "marked as arrived",
    "in_chair": "in the chair", "completed": "completed", "cancelled": "cancelled", "no_show": "marked as a no-show",
}  # fmt: skip


def why_not(step: str, *, status: str) -> str | None:
    """The sentence that refuses the step, if it is refused."""
    wanted = STEPS[step]
    if status in wanted.follows:
        return None
    if status == wanted.status:
        return f"This visit is already {WORDS[status]}."
    return f"This visit is {WORDS[status]}, so it cannot be {wanted.words}; undo that first."
