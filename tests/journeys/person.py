"""Somebody at the screen. What they do is counted; what the browser complains about is kept."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

ASKED_WHO = "/api/v1/session"
"""Answers 401 to whoever is not signed in: that is how the app learns it, and the browser writes a line about it."""

WITHDRAWN = "net::ERR_ABORTED"
"""A read that the page no longer needs, because it went elsewhere."""


@dataclass
class Count:
    keys: int = 0
    clicks: int = 0

    def __str__(self) -> str:
        return f"{self.keys} keys, {self.clicks} clicks"


class Person:
    """`page` is theirs. Names, amounts and reasons that they type are not counted as keys; every other stroke is."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page, self.origin = page, origin
        self.count = Count()
        self.complaints: list[str] = []
        self.allowed: set[int] = set()
        self.away = False
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"error on the page: {error}"))
        page.on("response", self._answered)
        # Listened for from the first moment: begun later, it may miss the window that a key has opened already.
        page.on("filechooser", lambda _: None)

    def expects(self, *statuses: int) -> None:
        """The server will refuse something with these, and the browser will write a line about each."""
        self.allowed |= set(statuses)

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.origin + path)

    def press(self, *strokes: str) -> None:
        for stroke in strokes:
            self.count.keys += 1
            self.page.keyboard.press(stroke)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def click(self, what: Locator) -> None:
        self.count.clicks += 1
        what.click()

    @contextmanager
    def counting(self, task: str) -> Iterator[Count]:
        """What one task takes, printed."""
        before, within = self.count, Count()
        self.count = within
        yield within
        before.keys += within.keys
        before.clicks += within.clicks
        self.count = before
        print(f"  {task}: {within}")

    # What is on the screen, by what it is called.

    def button(self, name: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=name, exact=isinstance(name, str))

    def field(self, label: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        """Its label, with or without the star of a field that is needed."""
        wanted = re.compile(rf"^{re.escape(label)}( \*)?$") if isinstance(label, str) else label
        return (within or self.page).get_by_label(wanted)

    def heading(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("heading", name=name)

    def dialog(self, name: str | re.Pattern[str] | None = None) -> Locator:
        return self.page.get_by_role("dialog", name=name) if name else self.page.get_by_role("dialog")

    def is_told(self, words: str | re.Pattern[str]) -> None:
        """By a notice in the corner."""
        expect(self.page.get_by_role("region", name="Notifications").get_by_text(words).last).to_be_visible()

    def sees(self, what: Locator) -> None:
        expect(what.first).to_be_visible()

    def is_at(self, what: Locator) -> None:
        expect(what).to_be_focused()

    # What the browser complains about.

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type != "error" and "Content Security Policy" not in message.text:
            return
        url = message.location.get("url", "")
        refused = re.search(r"status of (\d+)", message.text)
        if refused and (int(refused[1]) in self.allowed or (refused[1] == "401" and url.endswith(ASKED_WHO))):
            return
        if self.away and "net::ERR_" in message.text:
            return
        if WITHDRAWN not in message.text:
            self.complaints.append(f"{message.text} ({url})")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            request = response.request
            self.complaints.append(f"{response.status} to {request.method} {request.url} {request.post_data or ''}")
