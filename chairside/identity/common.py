"""Passwords that everybody tries first. Twelve characters and more are rarely in a list as they stand, but made from one that is:
with a year behind it, twice, beside another, with 3 for e. Nothing is asked of what a password is made of otherwise.

The list is of 49,000; the file names its source and licence.
"""

import gzip
import re
from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "words" / "common_passwords.txt.gz"
FIRST = 3000
"""Of the list: two of these side by side are no more than nine million."""
LEET = str.maketrans("013457$@!", "oieastsai")
BEFORE, BEHIND = re.compile(r"^[\W\d_]{0,6}"), re.compile(r"[\W\d_]{1,6}$")
ROWS = ("qwertyuiopasdfghjklzxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")
LEAST_DIFFERENT = 5
LEAST_LEFT = 6
MOST_AROUND = 8
"""A year on each side of a word is tried; ten digits around two letters are not."""


@cache
def _ranks() -> dict[str, int]:
    with gzip.open(LIST, "rt", encoding="utf-8") as lines:
        words = (line.rstrip("\n") for line in lines if not line.startswith("# "))
        return {word: rank for rank, word in enumerate(words)}


def is_common(password: str, *, about: tuple[str, ...] = ()) -> bool:
    """Whether it is one of the first that would be tried. `about`: an address, a name, a clinic's name: a password that is little
    more than one of these is tried early, too."""
    folded = password.casefold()
    if len(set(folded)) < LEAST_DIFFERENT or re.fullmatch(r"[\d\W_]*", folded):
        return True
    return any(_is_common(shape) for shape in _shapes(folded)) or _is_about(folded, about)


def _shapes(folded: str) -> set[str]:
    """As it is, without spaces and hyphens, without what is put around a word, with letters for the signs that stand for them."""
    plain = re.sub(r"[\s\-_.]+", "", folded)
    begun = {folded, plain, BEFORE.sub("", plain)}
    bare = begun | {one[:-cut] for one in begun for cut in range(1, _behind(one) + 1)}
    words = {shape for shape in bare if len(plain) - len(shape) <= MOST_AROUND}
    return (words | {shape.translate(LEET) for shape in words}) - {""}


def _behind(shape: str) -> int:
    """How much of its end is a number or a sign."""
    found = BEHIND.search(shape)
    return len(found[0]) if found else 0


def _is_common(shape: str) -> bool:
    ranks = _ranks()
    if shape in ranks or _is_run(shape):
        return True
    for times in (2, 3, 4):
        size, rest = divmod(len(shape), times)
        if not rest and shape == shape[:size] * times and (shape[:size] in ranks or size < LEAST_LEFT):
            return True
    return any(
        ranks.get(shape[:cut], FIRST) < FIRST and (ranks.get(shape[cut:], FIRST) < FIRST or shape[cut:].isdigit())
        for cut in range(3, len(shape) - 2)
    )


def _is_run(shape: str) -> bool:
    """Along a row of the keyboard or the alphabet, there or back, however often."""
    doubled = (row * 3 for row in ROWS)
    return any(shape in row or shape in row[::-1] for row in doubled)


def _is_about(folded: str, about: tuple[str, ...]) -> bool:
    """What is left without the words that somebody who knows the person would try."""
    words = {word for one in about for word in re.split(r"[\W_]+", one.casefold()) if len(word) > 3}
    left = folded
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return left != folded and len(re.sub(r"[\W\d_]+", "", left)) < LEAST_LEFT
