"""docs/asvs.md names every requirement of levels 1 and 2 of ASVS 5.0.0 once, and tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
# How many of each section are of level 1 or 2, by the standard's table; within a section they come first.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4, "3.4": 6,
    "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12,
    "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2,
    "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1,
    "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5,
    "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
ROW = re.compile(r"^\| (\d[\d.–]*) \| (.+) \| (.*) \| (.*) ?\|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str]]:
    return [(ids, met, shown) for ids, _, met, shown in ROW.findall((ROOT / "docs/asvs.md").read_text())]


def meant(ids: str) -> list[str]:
    """10.4.1–10.4.11 is eleven."""
    first, _, last = ids.partition("–")
    section, _, start = first.rpartition(".")
    end = int(last.rpartition(".")[2]) if last else int(start)
    return [f"{section}.{number}" for number in range(int(start), end + 1)]


def test_every_requirement_stands_there_once():
    named = [one for ids, _, _ in rows() for one in meant(ids)]
    assert named == [f"{section}.{number}" for section, many in SECTIONS.items() for number in range(1, many + 1)]
    assert len(named) == 253


def test_every_test_that_is_named_is_there():
    assert {
        path for _, _, shown in rows() for path in re.findall(r"`(tests/[^`]+)`", shown) if not (ROOT / path).exists()
    } == set()


def test_what_is_not_met_says_so():
    """Whatever names no test is a gap, is not there, or is a matter of how the program is made."""
    unshown = {ids for ids, met, shown in rows() if not shown.strip() and not met.startswith(("n/a", "**gap**"))}
    assert unshown == {"1.4.1", "3.7.1", "6.2.10", "6.4.2", "15.3.6"}
