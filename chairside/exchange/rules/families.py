"""Who answers for whom in a file. Families are one step deep: whoever answers for a family answers for themselves."""

from collections.abc import Container, Mapping
from typing import NamedTuple


class Answer(NamedTuple):
    """The register number of the one who answers, or the code of the problem for which nobody does."""

    number: str | None
    problem: str | None = None


def head(
    number: str | None, guarantor: str, *, accepted: Mapping[str, bool], named: Mapping[str, str], registered: Container[str]
) -> Answer:
    """Who answers for the row `number` that names `guarantor`.

    `accepted` has every register number of the file and whether a row of it is to be imported; `named` the guarantors that
    those rows name; `registered` the numbers that the clinic has already. A guarantor who has one of their own gives way to
    them; where that leads nowhere, the last who is known answers; where it leads in a circle, nobody in the circle has one."""
    passed: list[str] = []
    while guarantor not in registered:
        if not accepted.get(guarantor):
            if passed:
                return Answer(passed[-1])
            return Answer(None, "guarantor_refused" if guarantor in accepted else "not_found")
        passed.append(guarantor)
        further = named.get(guarantor)
        if further is None:
            break
        if further == number:
            return Answer(None, "circular")
        if further in passed:
            return Answer(further)
        guarantor = further
    return Answer(guarantor)
