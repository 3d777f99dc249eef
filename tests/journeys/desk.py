"""The schedule of a practice, with somebody at it."""

import re
from typing import Any

from playwright.sync_api import Locator

from tests.journeys.clinic import Practice
from tests.journeys.person import Person


class Desk:
    def __init__(self, person: Person, practice: Practice) -> None:
        self.person, self.practice = person, practice
        self.grid = person.page.get_by_role("application")
        self.panel = person.page.get_by_role("complementary", name="Visit")

    def open(self, search: str = "") -> "Desk":
        self.person.go(f"{self.practice.clinic.home}/schedule{search}")
        self.person.sees(self.grid)
        return self

    def card(self, name: str, *, status: str = "") -> Locator:
        return self.grid.get_by_role("button", name=re.compile(f"{name}.*{status}"))

    def choose(self, name: str) -> None:
        self.person.click(self.card(name))
        self.has_chosen(name)

    def has_chosen(self, name: str) -> None:
        self.person.sees(self.panel.get_by_role("heading", name=re.compile(name)))

    def book(self, name: str) -> None:
        """At the cursor, by keys, until it is sent."""
        self.person.press("n")
        self.person.sees(self.person.dialog("Book a visit"))
        self.person.type(name)
        self.person.sees(self.person.page.get_by_role("option", name=re.compile(f"^{name} ")))
        self.person.press("Enter")
        self.person.sees(self.person.button("Choose another patient"))
        self.person.press("Control+Enter")

    def visits(self, **query: str) -> list[dict[str, Any]]:
        """As the server keeps them, cancelled ones too."""
        items: list[dict[str, Any]] = self.practice.clinic.get("/appointments", **query)["items"]
        return sorted(items, key=lambda visit: visit["starts_at"])
