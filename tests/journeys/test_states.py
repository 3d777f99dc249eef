"""Every screen says what is the matter when its server does not answer as it should, and shows what was asked for afterwards."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.journeys.clinic import PASSWORD, Clinic
from tests.journeys.conftest import DESK
from tests.journeys.filled import filled
from tests.journeys.staff import Member

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
def given(origin: str, data: Path) -> tuple[Clinic, dict[str, str]]:
    return filled(origin, data)


@pytest.fixture
def page(browser: Browser, given: tuple[Clinic, dict[str, str]]) -> Iterator[Page]:
    """Somebody who reads Romanian."""
    clinic, _ = given
    context = browser.new_context(viewport=DESK, locale="en-US", reduced_motion="reduce", service_workers="block")  # type: ignore[arg-type]
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
    page.unroute_all(behavior="ignoreErrors")
    print(moved)
    assert {path: by for path, by in moved.items() if by > 0.02} == {}


EVERYWHERE = {
    **{name: path for name, (path, _) in PAGES.items()},
    "week": "schedule?view=week",
    "agenda": "schedule?view=agenda",
    "day": "day",
    "closing the day": "billing/day-close",
}
GOES = "path => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')) }"


def states(page: Page) -> Locator:
    return page.get_by_role("main").locator("[data-slot=state]").first


def test_a_clinic_that_has_nothing_says_so_everywhere(page: Page, origin: str) -> None:
    new = Clinic(origin, "New Dental")
    page.context.clear_cookies()
    page.context.add_cookies(new.cookies())  # type: ignore[arg-type]
    for name in ("schedule", "week", "agenda", "patients", "billing", "payments", "providers", "operatories", "services"):
        page.goto(f"{new.home}/{EVERYWHERE[name]}")
        expect(states(page), name).to_contain_text(re.compile("Nici|Nimeni"))
        expect(page.get_by_role("main").get_by_role("alert"), name).to_have_count(0)


def test_an_address_beyond_ones_role_names_the_permission_and_who_gives_it(
    page: Page, given: tuple[Clinic, dict[str, str]], join: Callable[[Clinic, str], Member]
) -> None:
    clinic, facts = given
    page.context.clear_cookies()
    page.context.add_cookies(join(clinic, "auditor").cookies())  # type: ignore[arg-type]
    for name, path in EVERYWHERE.items():
        page.goto(f"{clinic.home}/{path.format(**facts)}")
        expect(states(page), name).to_contain_text(re.compile("permisiunea „.+”; v-o poate da un proprietar"))


def test_a_screen_that_was_never_opened_says_that_the_line_is_gone(page: Page, given: tuple[Clinic, dict[str, str]]) -> None:
    """Its code and its words were fetched beforehand; what it shows comes with the line."""
    clinic, facts = given
    page.goto(f"{clinic.home}/admin/staff")
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    page.wait_for_timeout(4_000)
    page.context.set_offline(True)
    for name, path in EVERYWHERE.items():
        page.evaluate(GOES, f"/c/{clinic.slug}/{path.format(**facts)}")
        expect(states(page), name).to_contain_text("Sunteți offline")
    page.context.set_offline(False)
    expect(page.get_by_text("Sunteți offline")).to_have_count(0)


def test_an_address_without_a_session_is_gone_on_to_after_signing_in(page: Page, given: tuple[Clinic, dict[str, str]]) -> None:
    clinic, facts = given
    page.context.clear_cookies()
    for path in EVERYWHERE.values():
        page.goto(f"{clinic.home}/{path.format(**facts)}")
        page.wait_for_url(f"**/login?next={quote(f'/c/{clinic.slug}/{path.format(**facts)}', safe='')}")
    page.get_by_label("E-mail").fill(clinic.email)
    page.get_by_label(re.compile("^Parolă")).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/c/{clinic.slug}/billing/day-close")
