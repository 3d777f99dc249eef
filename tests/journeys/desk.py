"""The schedule of a practice, with somebody at it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator

from tests.journeys.clinic import Practice
from tests.journeys.person import Person


class Hand:
    """A pressed mouse, and how far it has gone from where it was pressed."""

    def __init__(self, desk: "Desk", x: float, y: float, *, column: int) -> None:
        self.desk, self.x, self.y, self.column = desk, x, y, column

    def by(self, *, columns: int = 0, minutes: int = 0) -> None:
        across = self.desk.column(self.column + columns)["x"] - self.desk.column(self.column)["x"]
        self.to(x=self.x + across, y=self.y + minutes * self.desk.minute())

    def to(self, *, x: float | None = None, y: float | None = None) -> None:
        self.desk.person.page.mouse.move(self.x if x is None else x, self.y if y is None else y, steps=6)


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

    # The grid as it lies on the screen.

    def column(self, index: int) -> dict[str, float]:
        box = self.grid.locator(".day-column").nth(index).bounding_box()
        assert box
        return dict(box)

    def top(self) -> float:
        box = self.grid.bounding_box()
        assert box
        return box["y"]

    def minute(self) -> float:
        """How high a minute is, in pixels."""
        box = self.grid.bounding_box()
        rows = self.grid.locator("xpath=..").evaluate("day => Number(getComputedStyle(day).getPropertyValue('--rows'))")
        assert box
        return box["height"] / (rows * 5)

    def middle(self, name: str) -> tuple[float, float]:
        box = self.card(name).bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    @contextmanager
    def dragging(self, name: str, *, edge: bool = False) -> Iterator[Hand]:
        """From a press on a visit, or on its lower edge, to the release."""
        mouse = self.person.page.mouse
        card = self.card(name)
        card.scroll_into_view_if_needed()
        box = card.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + (box["height"] - 2 if edge else box["height"] / 2)
        column = next(index for index in range(99) if abs(self.column(index)["x"] - box["x"]) < 8)
        mouse.move(x, y)
        mouse.down()
        yield Hand(self, x, y, column=column)
        mouse.up()

    def read_again(self) -> None:
        """As when somebody comes back to the window."""
        with self.person.page.expect_response(re.compile("/schedule(/week)?\\?")):
            self.person.page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
        self.person.page.wait_for_timeout(100)

    def clock(self, instant: str) -> str:
        """An instant by the clinic's clock: 09:30."""
        return self._local(instant).strftime("%H:%M")

    def date(self, instant: str) -> str:
        """An instant by the clinic's calendar: 2026-12-03. Where it is morning early in UTC it is still yesterday there."""
        return self._local(instant).date().isoformat()

    def _local(self, instant: str) -> datetime:
        return datetime.fromisoformat(instant).astimezone(ZoneInfo(self.practice.clinic.timezone))
