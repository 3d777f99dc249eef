"""Splitting a name that stands in one column."""

# Small words that belong to the family name after them.
_PARTICLES = {
    "al", "ben", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "ten", "ter", "van",
    "von", "zu", "zur",
}  # fmt: skip


def split(text: str) -> tuple[str, str]:
    """(first names, last name) of "Last, First" or "First Last"; one is empty where there is only the other."""
    if "," in text:
        last, _, first = text.partition(",")
        return first.strip(" ,"), last.strip(" ,")
    words = text.split(" ")
    at = len(words) - 1
    while at > 1 and words[at - 1] in _PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])
