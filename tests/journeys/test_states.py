"""Every screen says what is the matter when its server does not answer as it should, and shows what was asked for afterwards."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.clinic import Clinic
from tests.journeys.conftest import DESK
from tests.journeys.screens import filled

PREFER = "preferences => localStorage.setItem('chairside.preferences', JSON.stringify(preferences))"
PAGES = {
    "schedule": ("schedule", "**/api/v1/clinics/*/schedule?*"),
    "patients": ("patients", "**/api/v1/clinics/*/patients?*"),
    "patient": ("patients/{maria}", "**/api/v1/clinics/*/patients/{maria}"),
    "ledger": ("patients/{maria}?tab=ledger", "**/api/v1/clinics/*/patients/*/ledger*"),
    "invoice": ("patients/{maria}/invoices/{partly}", "**/api/v1/clinics/*/invoices/{partly}"),
    "billing": ("billing", "**/api/v1/clinics/*/invoices*"),
    "payments": ("billing?show=payments", "**/api/v1/clinics/*/payments*"),
    "imports": ("import", "**/api/v1/clinics/*/imports*"),
    "hours": ("admin/hours", "**/api/v1/clinics/*/hours"),
    "providers": ("admin/providers", "**/api/v1/clinics/*/providers*"),
    "operatories": ("admin/operatories", "**/api/v1/clinics/*/operatories*"),
    "services": ("admin/services", "**/api/v1/clinics/*/services*"),
}
PROBLEM = {
    "type": "about:blank",
    "title": "Busy",
    "request_id": "0" * 32,
    "detail": "The server is busy; please try again in a moment.",
}


def problem(route: Route, status: int, code: str) -> None:
    body = json.dumps({**PROBLEM, "status": status, "code": code})
    route.fulfill(status=status, content_type="application/problem+json", body=body)


ANSWERS = {
    "an error of its own": (lambda route: problem(route, 500, "Bug"), "Ceva nu a mers la noi; nu s-a schimbat nimic."),
    "too much to do": (lambda route: problem(route, 503, "Busy"), "Serverul este ocupat; încercați din nou peste o clipă."),
    "a page of somebody else": (
        lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>Bad Gateway</h1>"),
        "Nu s-a putut încărca",
    ),
    "nothing": (lambda route: route.abort("timedout"), "Nu s-a putut încărca"),
}


@pytest.fixture(scope="module")
def given(origin: str) -> tuple[Clinic, dict[str, str]]:
    return filled(origin)


@pytest.fixture
def page(browser: Browser, given: tuple[Clinic, dict[str, str]]) -> Iterator[Page]:
    """Somebody who reads Romanian."""
    clinic, _ = given
    context = browser.new_context(viewport=DESK, locale="en-US", reduced_motion="reduce")  # type: ignore[arg-type]
    context.add_cookies(clinic.cookies())  # type: ignore[arg-type]
    context.add_init_script(f"({PREFER})({json.dumps({'locale': 'ro'})})")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_says_that_it_could_not_be_read_and_reads_it_again(page: Page, given: tuple[Clinic, dict[str, str]], name: str) -> None:
    clinic, facts = given
    path, asked = (text.format(**facts) for text in PAGES[name])
    # Each screen meets another answer; all of them meet the same component.
    answer, words = list(ANSWERS.values())[list(PAGES).index(name) % len(ANSWERS)]
    page.route(asked, answer)
    page.goto(f"{clinic.home}/{path}")
    expect(page.get_by_role("main").get_by_role("alert").first).to_be_visible(timeout=20_000)
    expect(page.get_by_role("main")).to_contain_text(words)
    page.unroute(asked)
    page.get_by_role("button", name="Încearcă din nou").first.click()
    expect(page.get_by_text(words)).to_have_count(0)
    expect(page.get_by_role("main").get_by_role("heading").or_(page.get_by_role("row")).first).to_be_visible()


def test_nothing_moves_when_a_slow_answer_comes(page: Page, given: tuple[Clinic, dict[str, str]]) -> None:
    """Cumulative layout shift at most 0.02 (1/50), with every answer half a second late."""
    clinic, facts = given

    def late(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.add_init_script(
        "globalThis.shifts = []; new PerformanceObserver(list => { for (const one of list.getEntries())"
        " if (!one.hadRecentInput) shifts.push(one.value) }).observe({ type: 'layout-shift', buffered: true })"
    )
    page.route("**/api/v1/clinics/**", late)
    moved = {}
    for path in ("schedule", "patients", f"patients/{facts['maria']}", f"patients/{facts['maria']}?tab=ledger", "billing"):
        page.goto(f"{clinic.home}/{path}")
        expect(page.locator("[data-slot=loading], [data-slot=skeleton]")).to_have_count(0, timeout=20_000)
        page.wait_for_timeout(400)
        moved[path] = round(page.evaluate("shifts.reduce((sum, one) => sum + one, 0)"), 3)
    print(moved)
    assert {path: by for path, by in moved.items() if by > 0.02} == {}
