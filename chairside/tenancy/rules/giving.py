"""Who may give which role. Nobody hands out more than they hold, except what the product's own templates foresee: a manager who
may invite may invite a dentist, though they may not chart themselves."""

from collections.abc import Iterable

OWNER, ADMIN = "owner", "admin"


def may_give(slug: str, *, template: str | None, grants: Iterable[str], held: frozenset[str], giver_is_owner: bool) -> bool:
    """`held` are the giver's permissions; `template` names the product's own role behind this one, if any."""
    if giver_is_owner:
        return True
    if OWNER in (slug, template):
        return False
    if template and ADMIN not in (slug, template):
        return True
    return held >= frozenset(grants)
