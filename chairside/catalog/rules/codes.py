"""What a service may be called, and a code for one that came without."""

import re
import unicodedata

LICENSED = re.compile(r"^d[0-9]{4}", re.IGNORECASE)
MOST_LETTERS = 20


def is_licensed(code: str) -> bool:
    """One letter D and four digits: another organisation's nomenclature, which takes a licence."""
    return bool(LICENSED.match(code))


def codes_for(name: str) -> list[str]:
    """Codes made of the name's own words, the first that is free to be taken."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    words = re.findall(r"[A-Z0-9]+", bare)
    code = "-".join(words)[:MOST_LETTERS].strip("-") or "SERVICE"
    if is_licensed(code):
        code = f"S-{code}"
    return [code, *(f"{code}-{number}" for number in range(2, 100))]
