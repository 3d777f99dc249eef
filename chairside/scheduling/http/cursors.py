"""Where a page goes on: after a place in its order, and the id that was there."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from chairside.kernel import pages

Place = TypeVar("Place")


def place_after(cursor: str, read: Callable[[Any], Place]) -> tuple[Place, UUID]:
    """Refuses BadCursor, also for the cursor of another list."""
    try:
        place, id = pages.unseal(cursor)
        return read(place), UUID(id)
    except (ValueError, TypeError, AttributeError) as error:
        raise pages.BadCursor() from error
