"""Who answers for whom in a file. Families are one step deep: whoever answers for a family answers for themselves."""

from collections.abc import Container, Mapping
from typing import NamedTuple


class Answer(NamedTuple):
    """The register number of the one who answers, or the code of the problem for which nobody does."""

    number: str | None
    problem: str | None = None


class Families:
    """`accepted` has every register number of the file and whether a row of it is to be imported; `named` the guarantors that
    those rows name; `registered` the numbers that the clinic has already.

    A guarantor who has one of their own gives way to them; where that leads nowhere, the last who is known answers; where it
    leads in a circle, nobody in the circle has one."""

    def __init__(self, accepted: Mapping[str, bool], named: Mapping[str, str], registered: Container[str]) -> None:
        self.accepted, self.named, self.registered = accepted, named, registered
        self.circle: set[str] = set()
        self.answers: dict[str, str | None] = {}  # who answers for those who name this number; each is walked once

    def head(self, number: str | None, guarantor: str) -> Answer:
        """Who answers for the row `number` that names `guarantor`."""
        found = self._answering(guarantor)
        if found is None:
            return Answer(None, "guarantor_refused" if guarantor in self.accepted else "not_found")
        return Answer(None, "circular") if number in self.circle else Answer(found)

    def _answering(self, number: str) -> str | None:
        path: dict[str, None] = {}
        while number not in self.answers:
            further = self.named.get(number)
            if number in path:
                walked = list(path)
                self.circle.update(walked[walked.index(number) :])
                self.answers |= {each: each for each in self.circle}
            elif number in self.registered or (self.accepted.get(number) and further is None):
                self.answers[number] = number
            elif further is None or not self.accepted.get(number):
                self.answers[number] = None
            else:
                path[number] = None
                number = further
        found = self.answers[number]
        for each in reversed(path):
            found = self.answers.setdefault(each, found or each)
        return found
