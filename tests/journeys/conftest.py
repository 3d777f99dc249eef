"""One server, one browser and one data folder for all journeys; a clinic and a window for each."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from chairside.kernel.settings import Settings
from tests.journeys.clinic import Clinic, Practice
from tests.journeys.person import Person
from tests.journeys.staff import Member
from tests.operations import started
from tools.browser import options

MORE_THAN_ENOUGH = {
    "CHAIRSIDE_SIGN_UPS_PER_ADDRESS": "10000",
    "CHAIRSIDE_BOOKINGS_PER_ADDRESS": "10000",
    "CHAIRSIDE_IDLE_MINUTES": "60",
}
WEB_ROOT = "CHAIRSIDE_WEB_ROOT"
PICTURES = Path(__file__).parents[2] / "test-output"
DESK = {"width": 1440, "height": 900}
SPARING = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
"""A browser that is to save data: the app fetches no screen beforehand, which is half the work of a short journey."""

expect.set_options(timeout=8_000)


@pytest.fixture(scope="package")
def data() -> Iterator[Path]:
    """The folder of the server that all journeys share."""
    with started.folder() as data:
        yield data


@pytest.fixture(scope="package")
def origin(data: Path) -> Iterator[str]:
    """Chairside as `chairside run` starts it, with the built web app."""
    web = {WEB_ROOT: os.environ[WEB_ROOT]} if WEB_ROOT in os.environ else {}
    built = Settings(web_root=web.get(WEB_ROOT, "")).web
    assert (built / "index.html").exists(), f"no web app in {built}: make setup builds it"
    running = started.Started(data, started.free_port(), **MORE_THAN_ENOUGH, **web)
    try:
        yield f"http://localhost:{running.await_ready().port}"
    finally:
        started.ended([running])


# Of the package and not of the session: while it is open no other test may run a loop of its own.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    found = options()
    with sync_playwright() as playwright:
        playwright.found = found  # type: ignore[attr-defined]
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(**playwright.found)  # type: ignore[attr-defined]
    yield browser
    browser.close()


@pytest.fixture
def clinic(origin: str) -> Clinic:
    return Clinic(origin)


@pytest.fixture
def practice(clinic: Clinic) -> Practice:
    return clinic.set_up()


@pytest.fixture
def join(data: Path) -> Callable[[Clinic, str], Member]:
    """Somebody begins to work in a clinic: `join(clinic, "receptionist")`."""
    return lambda clinic, role: Member(clinic, role, data)


@pytest.fixture
def sit(origin: str, browser: Browser) -> Iterator[Callable[..., Person]]:
    """Somebody sits down: `sit()` as nobody yet, `sit(clinic)` as its owner; `ahead` where screens are fetched beforehand.
    Complaints of the browser fail the journey."""
    people: list[Person] = []

    def sit_(clinic: Clinic | None = None, *, ahead: bool = False, **more: Any) -> Person:
        context = browser.new_context(
            **{"viewport": DESK, "locale": "en-US", "reduced_motion": "reduce", "service_workers": "block", **more}
        )
        if not ahead:
            context.add_init_script(SPARING)
        if clinic:
            context.add_cookies(clinic.cookies())  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        person = Person(context.new_page(), origin)
        people.append(person)
        return person

    yield sit_
    for person in people:
        person.page.context.close()
    assert [complaint for person in people for complaint in person.complaints] == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """A journey that stops leaves a picture of where it stopped."""
    report = yield
    if report.when == "call" and report.failed and "sit" in getattr(item, "funcargs", {}):
        for index, context in enumerate(item.funcargs["browser"].contexts):  # type: ignore[attr-defined]
            for page in context.pages:
                PICTURES.mkdir(exist_ok=True)
                page.screenshot(path=PICTURES / f"stopped-{item.name}-{index}.png")
    return report
