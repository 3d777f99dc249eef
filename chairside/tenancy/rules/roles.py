"""A clinic's own roles: how they are called, and who gains or loses what when one changes."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

MOST_ROLES = 50  # of a clinic, besides the product's


def slug_for(name: str, *, tail: str) -> str:
    """Small Latin letters of the name, and a tail that makes it one of its kind: the product's own slugs have no hyphen."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-0123456789")[:30].strip("-")
    return f"{words or 'role'}-{tail}"


class Difference(NamedTuple):
    """Of one permission: who has it afterwards and had it not before, and the other way round."""

    permission: str
    gained: list[str]
    lost: list[str]


def differences(before: Mapping[str, Iterable[str]], after: Mapping[str, Iterable[str]]) -> list[Difference]:
    """`before` and `after` say what each person's roles permit them together; only what differs is answered."""
    had = {person: frozenset(grants) for person, grants in before.items()}
    has = {person: frozenset(grants) for person, grants in after.items()}
    changed = sorted({one for person in had for one in had[person] ^ has[person]})
    return [
        Difference(
            permission,
            [person for person in had if permission in has[person] - had[person]],
            [person for person in had if permission in had[person] - has[person]],
        )
        for permission in changed
    ]
