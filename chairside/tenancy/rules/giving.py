"""Who may give what. Nobody hands out more than they hold, except what the product's own templates foresee: a manager who may
invite may invite a dentist, though they may not chart themselves."""

from collections.abc import Iterable

OWNER, ADMIN = "owner", "admin"
COVERS = {"scheduling.book": "scheduling.book_own", "charting.write": "charting.scribe", "reports.read": "reports.day"}
"""Whoever may do the first may do the second in any case: every door that takes the second takes the first, too."""


def covered(held: Iterable[str]) -> frozenset[str]:
    """What they hold, and what that covers."""
    grants = frozenset(held)
    return grants | {less for more, less in COVERS.items() if more in grants}


def beyond(wanted: Iterable[str], held: frozenset[str]) -> set[str]:
    """What of the wanted permissions somebody who holds these may not hand out."""
    return set() if "*" in held else set(wanted) - covered(held)


def narrowed(own: frozenset[str], role: Iterable[str]) -> frozenset[str]:
    """What of a role's permissions somebody has themselves, or covers: never more than they have."""
    grants = frozenset(role)
    return grants if "*" in own else grants & covered(own)


def may_give(slug: str, *, template: str | None, grants: Iterable[str], held: frozenset[str], giver_is_owner: bool) -> bool:
    """`held` are the giver's permissions; `template` names the product's own role behind this one, if any."""
    if giver_is_owner:
        return True
    if OWNER in (slug, template):
        return False
    if template and ADMIN not in (slug, template):
        return True
    return not beyond(grants, held)
