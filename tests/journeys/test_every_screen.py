"""Every screen in light and dark, in English, Romanian and Arabic, at a desk, on a small one and on a phone: nothing for axe to
find, nothing wider than its window, no word cut off or left in English. Pictures under test-output/look, with a page of them."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import DESK, PICTURES, SPARING
from tests.journeys.filled import filled
from tests.journeys.screens import SCREENS, Viewer

WEB = Path(__file__).parents[2] / "web"
LOOK = PICTURES / "look"
AXE = WEB / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LAYOUT = ["color-contrast", "target-size", "scrollable-region-focusable"]
"""What another language or width may break of a screen that keeps all rules in one; names and roles stay as they are (that no
catalog lacks a word is checked beside)."""
COLOURS = ["color-contrast"]
"""What another theme may break."""
SEE = """([type, values]) => axe.run(document, { preload: false, runOnly: { type, values }, resultTypes: ['violations'],
    elementRef: false })"""
PREFER = """async chosen => {
    localStorage.setItem('chairside.preferences', JSON.stringify(chosen))
    dispatchEvent(new StorageEvent('storage', { key: 'chairside.preferences' }))
    while (document.documentElement.lang !== chosen.locale) await new Promise(requestAnimationFrame)
    await document.fonts.ready
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
}"""
WIDER = "() => document.documentElement.scrollWidth - innerWidth"
CUT = """() => [...document.querySelectorAll('body *')].filter(one => {
    const { overflowX, textOverflow, display, whiteSpace } = getComputedStyle(one)
    const hides = /hidden|clip/.test(overflowX) && textOverflow !== 'ellipsis' && !/inline$/.test(display)
    const says = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    return says && one.checkVisibility() && one.clientWidth > 2 && hides && one.scrollWidth > one.clientWidth + 1
}).map(one => `cut off: ${one.textContent.trim().slice(0, 60)}`)"""
LEFT = """english => {
    const walker = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_TEXT)
    const found = new Set()
    while (walker.nextNode()) {
        const said = walker.currentNode.data.trim()
        const { parentElement: by } = walker.currentNode
        // What people wrote stands in a bdi, what keys are called in a kbd.
        if (english.includes(said) && by.checkVisibility() && !by.closest('bdi, kbd')) found.add(`left in English: ${said}`)
    }
    return [...found]
}"""
SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll('#main, #main *, [role=dialog], [role=dialog] *')]
    .filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 2 && !one.closest('.day, [data-wide], textarea, input, select'))
    .filter(one => one === document.documentElement || /auto|scroll/.test(getComputedStyle(one).overflowX))
    .filter(one => !one.querySelector('.day, [data-wide]'))
    .map(one => `scrolls sideways by ${one.scrollWidth - one.clientWidth} px: ${one.tagName} ${one.className}`)"""
SMALL_TARGETS = """() => {
    if (!matchMedia('(pointer: coarse)').matches) return ['no finger']
    const about = document.querySelector('[role=dialog]') ?? document.querySelector('#app')
    return [...about.querySelectorAll('button, a[href], select, input, textarea, [role=option], [role^=menuitem]')].filter(one => {
        // A row is the target of its name; a link among words is as tall as they are; a visit is as long as it lasts.
        if (!one.checkVisibility() || one.closest('tr, .day, p, li, dd, .sr-only')) return false
        const { width, height } = (one.closest('label') ?? one).getBoundingClientRect()
        return width > 2 && (width < 43.5 || height < 43.5)
    }).map(one => {
        const { width, height } = (one.closest('label') ?? one).getBoundingClientRect()
        return `${Math.round(width)} × ${Math.round(height)}: ${one.tagName} ${(one.getAttribute('aria-label') ?? one.name ?? one.textContent) || one.className}`
    })
}"""
COVERED = """() => {
    const one = document.activeElement
    if (!one || !one.closest('#main') || one.id === 'main') return null
    const box = one.getBoundingClientRect()
    const at = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].map(([x, y]) => [box.x + box.width * x, box.y + box.height * y])
    const seen = at.some(([x, y]) => {
        const top = document.elementFromPoint(x, y)
        return top && (one.contains(top) || top.contains(one) || top.closest('label')?.contains(one))
    })
    return seen ? '' : `${one.tagName} ${one.getAttribute('aria-label') ?? one.name ?? one.textContent}`
}"""
NARROW = {"width": 320, "height": 640}
SMALL, PHONE = {"width": 1024, "height": 768}, {"width": 390, "height": 844}
REFUSED_ON_PURPOSE = {
    "nothing-here": {404},
    "invitation-unknown": {404, 409, 410, 422},
    "confirmation-unknown": {404, 409, 410, 422},
    "login-second-step": {401},
    "locked": {401},
    "patient-closed": {403},
    "locked-without-pin": {401},
    "step-up": {403},
}
NOBODY = {"login", "login-second-step", "sign-up", "sign-up-wrong", "invitation-unknown", "confirmation-unknown"}


@pytest.fixture(scope="module")
def viewer(browser: Browser, origin: str, data: Path) -> Iterator[Viewer]:
    """One window for all of it: theme and language are changed in place, as somebody would in the menu."""
    clinic, facts = filled(origin, data)
    context = browser.new_context(viewport=DESK, locale="en-US", reduced_motion="reduce", service_workers="block")  # type: ignore[arg-type]
    context.add_init_script(SPARING)
    context.set_default_timeout(10_000)
    LOOK.mkdir(parents=True, exist_ok=True)
    yield Viewer(context.new_page(), clinic, facts)
    context.close()
    _index()


@pytest.mark.parametrize("name", SCREENS)
def test_screen(viewer: Viewer, name: str) -> None:
    path, prepare = SCREENS[name]
    page, person = viewer.page, viewer.person
    person.complaints.clear()
    person.allowed = set(REFUSED_ON_PURPOSE.get(name, ()))
    cookies = [] if name in NOBODY else of_whom(viewer, path)
    page.context.clear_cookies()
    page.context.add_cookies(cookies)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    person.go(path.format(**viewer.given))
    page.evaluate(PREFER, {"theme": "light", "locale": "en"})
    prepare(viewer)
    page.wait_for_timeout(150)  # what comes in beside the first thing
    found: list[str] = []
    for locale, rules in {"en": RULES, "ro": LAYOUT, "ar": LAYOUT}.items():
        found += looked_at(page, name, locale, "light", only=rules)
        found += looked_at(page, name, locale, "dark", only=COLOURS)
    found += invented(page, name)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    found += looked_at(page, name, "ar", "dark", picture="phone-ar-dark", only=RULES)
    found += looked_at(page, name, "en", "light", picture="phone-en-light", only=LAYOUT)
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    found += looked_at(page, name, "ro", "light", picture="small-ro-compact", only=["target-size"], density="compact")
    found += reached(page, name)
    assert found + person.complaints == []


def of_whom(viewer: Viewer, path: str) -> Any:
    """Of a clinic of its own, or else the one that has something of everything."""
    if of := re.search(r"\{(\w+)_slug\}", path):
        return json.loads(viewer.given[f"{of[1]}_owner"])
    return viewer.clinic.cookies()


@pytest.mark.parametrize("name", ["register", "patient-details", "import-check", "billing", "schedule-agenda", "hours", "clinic"])
def test_focus_is_never_behind_a_bar_that_sticks(viewer: Viewer, name: str) -> None:
    path, prepare = SCREENS[name]
    page, person = viewer.page, viewer.person
    page.context.clear_cookies()
    page.context.add_cookies(viewer.clinic.cookies())  # type: ignore[arg-type]
    page.set_viewport_size({"width": 800, "height": 500})
    person.go(path.format(**viewer.given))
    prepare(viewer)
    page.locator("#main").focus()
    hidden = []
    for back in (False, True):
        for _ in range(60):
            page.keyboard.press("Shift+Tab" if back else "Tab")
            where = page.evaluate(COVERED)
            if where is None:
                break
            if where:
                hidden.append(("back to " if back else "") + where)
    assert hidden == []


def test_every_address_of_the_app_is_looked_at() -> None:
    paths = [re.sub(r"[?#].*", "", path) for path, _ in SCREENS.values()]
    for file in sorted((WEB / "apps/staff/src/routes").glob("*.tsx")):
        parts = file.stem.replace("_.", ".").split(".")
        if parts[-1] in ("__root", "index", "$clinic") and len(parts) < 4:
            continue  # frames and ways to another address
        pattern = "/".join(r"[^/]+" if part.startswith("$") else re.escape(part) for part in parts if part != "index")
        assert any(re.fullmatch("/" + pattern, path) for path in paths), f"{file.name}: add it to tests/journeys/screens.py"


def looked_at(page: Page, name: str, locale: str, theme: str, *, only: list[str], picture: str = "", **more: str) -> list[str]:
    """A picture; what axe finds by these rules; whether something is wider than the window."""
    page.evaluate(PREFER, {"theme": theme, "locale": locale, **more})
    picture = picture or f"{locale}-{theme}"
    page.screenshot(path=LOOK / f"{name}.{picture}.jpg", type="jpeg", quality=70)
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(AXE.read_text())
    seen: dict[str, Any] = page.evaluate(SEE, ["tag" if only is RULES else "rule", only])
    told = [
        f"{name} {picture}: {one['id']}: {' | '.join(str(node['target']) + ' ' + _why(node) for node in one['nodes'][:3])}"
        for one in seen["violations"]
    ]
    if (over := page.evaluate(WIDER)) > 1:
        told.append(f"{name} {picture}: wider than the window by {over} px")
    return told


def reached(page: Page, name: str) -> list[str]:
    """At 400 % of 1280 px nothing but the grid of a day and the chart of teeth scrolls sideways; what a finger has to meet is 44 px; in the system's own
    colours and on paper it is pictured."""
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.evaluate(PREFER, {"theme": "light", "locale": "ro"})
    page.screenshot(path=LOOK / f"{name}.narrow-ro.jpg", type="jpeg", quality=70)
    found = [f"{name} at 320 px: {one}" for one in page.evaluate(SIDEWAYS) + page.evaluate(CUT)]
    line = page.context.new_cdp_session(page)
    line.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        page.evaluate(PREFER, {"theme": "dark", "locale": "en", "density": "compact"})
        page.screenshot(path=LOOK / f"{name}.finger-en.jpg", type="jpeg", quality=70)
        found += [f"{name} for a finger: {one}" for one in page.evaluate(SMALL_TARGETS)]
    finally:
        line.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        line.detach()
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.evaluate(PREFER, {"theme": "dark", "locale": "en"})
    page.emulate_media(forced_colors="active")
    page.screenshot(path=LOOK / f"{name}.forced.jpg", type="jpeg", quality=70)
    page.emulate_media(forced_colors="none", media="print")
    page.screenshot(path=LOOK / f"{name}.paper.jpg", type="jpeg", quality=70, full_page=True)
    page.emulate_media(media="screen")
    return found


def invented(page: Page, name: str) -> list[str]:
    """In a language that is longer than any other: what is cut off, and what was never in a catalog."""
    page.evaluate(PREFER, {"theme": "light", "locale": "qps"})
    page.screenshot(path=LOOK / f"{name}.qps.jpg", type="jpeg", quality=70)
    found = page.evaluate(CUT)
    # What a form found wrong stays in the language in which it was found.
    if not name.endswith("-wrong"):
        found += page.evaluate(LEFT, ENGLISH)
    if (over := page.evaluate(WIDER)) > 1:
        found.append(f"wider than the window by {over} px")
    return [f"{name} qps: {one}" for one in found]


def _said(tree: dict[str, Any]) -> Iterator[str]:
    for said in tree.values():
        yield from _said(said) if isinstance(said, dict) else [said]


CATALOGS = [json.loads(file.read_text()) for file in (WEB / "packages/i18n/messages/en").glob("*.json")]
NOT_OURS = {"Check-up", "PDF", "NPI", "First name", "Last name", "Born", "Balance"}
"""What the clinic calls its things, and the columns of its file."""
ENGLISH = sorted({said for catalog in CATALOGS for said in _said(catalog) if "{" not in said} - NOT_OURS)


def _why(node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return re.sub(r"\s+", " ", checks[0]["message"])[:160] if checks else ""


def _index() -> None:
    """Every picture on one page, a row for each screen."""
    rows = []
    for name in SCREENS:
        shots = sorted(LOOK.glob(f"{name}.*.jpg"))
        pictures = "".join(
            f'<a href="{shot.name}"><img src="{shot.name}" loading="lazy" alt="{shot.stem}"></a>' for shot in shots
        )
        rows.append(f"<h2>{html.escape(name)}</h2><div>{pictures}</div>")
    style = "img{height:15rem;margin:4px;border:1px solid #999}div{white-space:nowrap;overflow:auto}body{font:14px sans-serif}"
    (LOOK / "index.html").write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(rows)}")
