"""What letters say, in the reader's language."""

import json
from functools import cache
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[1] / "words"
SPOKEN = ("en", "ro", "ar", "he")


def language_of(locale: str) -> str:
    language = locale.partition("-")[0]
    return language if language in SPOKEN else "en"


@cache
def words(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HOME / f"{language_of(language)}.json").read_text())
    return found


def role_words(language: str, roles: list[tuple[str, str]]) -> str:
    """Slugs with their own names, by which a clinic's own roles are called."""
    known = words(language)["roles"]
    return ", ".join(known.get(slug, name) for slug, name in roles)
