"""What a plan comes to, and what each visit's work is charged."""

from collections.abc import Iterable, Mapping
from typing import Any


def range_of(items: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """The least and the most that it may come to, in minor units: of alternatives one is done, and the accepted one where one is.
    What was declined is left out."""
    least = most = 0
    choices: dict[Any, list[Mapping[str, Any]]] = {}
    for item in items:
        if item["status"] == "declined":
            continue
        if item["choice"]:
            choices.setdefault(item["choice"], []).append(item)
        else:
            least += item["price"]
            most += item["price"]
    for among in choices.values():
        taken = [item for item in among if item["status"] != "proposed"] or among
        least += min(item["price"] for item in taken)
        most += max(item["price"] for item in taken)
    return least, most


def due(charging: str, *, price: int, visits: int, number: int, last: bool, charged: int) -> int:
    """What this visit's work adds to what was charged, so that in the end it is the price, whatever the clinic chose
    meanwhile."""
    if last or charging == "at_start":
        so_far = price
    elif charging == "by_share":
        so_far = price * min(number, visits) // visits
    else:
        so_far = 0
    return max(so_far - charged, 0)
