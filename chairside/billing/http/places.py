from collections.abc import Callable
from typing import Any

from chairside.kernel import pages


def place(cursor: str, *kinds: Callable[[Any], Any]) -> list[Any]:
    """Where a list goes on. Refuses pages.BadCursor, also one that another list gave."""
    try:
        return [kind(part) for kind, part in zip(kinds, pages.unseal(cursor), strict=True)]
    except (ValueError, TypeError, AttributeError) as error:
        raise pages.BadCursor() from error
