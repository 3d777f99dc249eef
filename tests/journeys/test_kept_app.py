"""The app is kept on the computer: there at once the next time, also without a network; and nothing of a patient is kept with it."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.clinic import Clinic
from tests.journeys.person import Person

KEPT = """async () => {
    const found = []
    for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname)
    return found
}"""


@pytest.fixture
def desk(sit: Callable[..., Person], clinic: Clinic) -> Person:
    """Somebody whose browser has had the time to keep the app."""
    clinic.patient()
    desk = sit(clinic, ahead=True, service_workers="allow")
    desk.go(f"{clinic.home}/patients")
    desk.sees(desk.page.get_by_role("link", name="Maria Okafor"))
    for _ in range(200):
        if any("patients._patient-" in one for one in desk.page.evaluate(KEPT)):
            return desk
        desk.page.wait_for_timeout(100)
    raise AssertionError("nothing was kept")


def test_no_answer_of_the_server_is_kept(desk: Person) -> None:
    desk.click(desk.page.get_by_role("link", name="Maria Okafor"))
    desk.sees(desk.heading("Maria Okafor"))
    kept: list[str] = desk.page.evaluate(KEPT)
    assert {"/", "/first.js"} <= set(kept)
    assert [one for one in kept if one not in ("/", "/first.js") and not one.startswith("/assets/")] == []


def test_begins_without_a_network_and_goes_on_with_it(desk: Person) -> None:
    """Chromium takes back what it says of the line when a page begins anew under `set_offline`; a browser without a line does not."""
    desk.away = True
    desk.page.context.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true })")
    desk.page.context.set_offline(True)
    desk.page.reload()
    desk.sees(desk.page.get_by_text("You are offline"))
    desk.page.context.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => true, configurable: true })")
    desk.page.context.set_offline(False)
    desk.page.evaluate("dispatchEvent(new Event('online'))")
    desk.sees(desk.page.get_by_role("link", name="Maria Okafor"))


def test_what_is_another_page_goes_past_it(desk: Person) -> None:
    """Booking pages, links in messages and the API are none of its business."""
    asked: list[Any] = []
    desk.page.on("response", lambda answer: asked.append((urlsplit(answer.url).path, answer.from_service_worker)))
    desk.expects(404)
    for path in ("/book/none", "/link/none", "/api/v1/session"):
        desk.go(path)
    assert {path: by for path, by in asked if path in ("/book/none", "/link/none", "/api/v1/session")} == {
        "/book/none": False, "/link/none": False, "/api/v1/session": False,
    }  # fmt: skip
    desk.go("/login")
    expect(desk.page.locator("#app")).not_to_be_empty()


def test_screens_are_fetched_beforehand_where_nobody_can_keep_them(sit: Callable[..., Person], clinic: Clinic) -> None:
    """A service worker that never comes (blocked here) keeps nobody from what needs none."""
    desk = sit(clinic, ahead=True)
    with desk.page.expect_request(re.compile(r"/assets/c\._clinic\.billing-")):
        desk.go(f"{clinic.home}/patients")


def test_nothing_is_fetched_beforehand_by_whoever_saves_data(sit: Callable[..., Person], clinic: Clinic) -> None:
    desk = sit(clinic)
    fetched: list[str] = []
    desk.page.on("request", lambda request: fetched.append(request.url))
    desk.go(f"{clinic.home}/patients")
    desk.page.wait_for_timeout(5_000)
    assert [one for one in fetched if "billing" in one] == []
    desk.press("g", "b")
    desk.sees(desk.heading("Billing"))
    assert [one for one in fetched if "billing" in one] != []
