"""Whose turn it is."""

from collections.abc import Sequence

from chairside.scheduling.rules.availability.shapes import Resource


def in_turn(strategy: str, free: Sequence[Resource]) -> list[Resource]:
    """In the order in which they are to be asked: by priority the lowest number first; in round robin who was booked least
    recently, of those who never were (or at once) the one with fewest; of equals, and else, as they stand."""
    if strategy == "priority":
        return sorted(free, key=lambda one: one.priority)
    if strategy == "round_robin":
        return sorted(free, key=lambda one: (one.last_booked, one.booked))
    return list(free)


def assigned(strategy: str, free: Sequence[Resource]) -> Resource:
    return in_turn(strategy, free)[0]
