"""How long a session lives."""

from typing import NamedTuple


class Life(NamedTuple):
    """Both ends count: the idle one moves with a person's acts, the absolute one never."""

    idle_minutes: int
    hours: int
