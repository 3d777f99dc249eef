"""A periodontal exam of 192 sites: processor time of saving all of them at once, and from a key to the frame that shows it.

The key is struck in the open exam of a patient with five signed ones before it: with the one before beside it, and with all six of
them shown below.
"""

import json
import statistics
from typing import Any

from playwright.async_api import Page, async_playwright

from bench import wire
from bench.chart import _met
from bench.running import MANY, Running, Somebody, running, seconds, sign_up
from chairside.charting.rules.perio import SITES
from chairside.charting.rules.teeth import PERMANENT
from tools.browser import options

EXAMS, REQUESTS, TURNS, KEYS = 6, 20, 7, 60
MOST_MS, MOST_KEY = 10.0, 30.0
STRUCK = """async key => {
  const grid = document.querySelector('[role=grid]')
  const began = performance.now()
  grid.dispatchEvent(new KeyboardEvent('keydown', { key, code: `Digit${key}`, bubbles: true, cancelable: true }))
  await new Promise(done => requestAnimationFrame(() => { const port = new MessageChannel(); port.port1.onmessage = done; port.port2.postMessage(0) }))
  return performance.now() - began
}"""
COMPARED = """async () => {
  const button = document.querySelector('main button[aria-pressed=false]')
  const began = performance.now()
  button.click()
  while (document.querySelectorAll('.pe-compared').length < 24) await new Promise(requestAnimationFrame)
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
  return performance.now() - began
}"""


def sites(depth: int) -> list[dict[str, Any]]:
    return [
        {"tooth": tooth, "site": site, "probing_depth": depth, "gingival_margin": 1, "bleeding": depth % 2 == 0}
        for tooth in PERMANENT
        for site in SITES
    ]


async def main() -> None:
    with running(CHAIRSIDE_REQUESTS_PER_CLINIC=MANY) as server:
        somebody = sign_up(server.url)
        person = {"first_name": "Maria", "last_name": "Okafor", "birth_date": "1960-05-01"}
        patient = somebody.ask("POST", "/patients", person)["id"]
        home = f"/patients/{patient}/perio-exams"
        for year in range(EXAMS - 1):
            exam = somebody.ask("POST", home, {"examined_on": f"{2020 + year}-05-04", "sites": sites(2 + year % 4)})
            somebody.ask("POST", f"{home}/{exam['id']}/signature", {})
        exam = somebody.ask("POST", home, {})
        app, postgres = await saved(server, somebody, f"{home}/{exam['id']}", exam["version"])
        print(f"192 sites saved: {app:.1f} ms in the app, {postgres:.1f} in PostgreSQL  {_met(app + postgres, MOST_MS)}")
        key, together, with_all = await struck(server, somebody, patient)
        print(f"from a key to its frame: {key:.1f} ms, the median of {KEYS}  {_met(key, MOST_KEY)}")
        print(f"the same with {EXAMS} exams shown: {with_all:.1f} ms  {_met(with_all, MOST_KEY)}")
        print(f"{EXAMS} exams side by side: {together:.0f} ms from the click")


async def saved(server: Running, somebody: Somebody, path: str, version: int) -> tuple[float, float]:
    """Milliseconds of processor time, of the app and of PostgreSQL: medians of the turns. Every request changes all sites."""
    turns = []
    for _ in range(TURNS + 1):
        asked = []
        for at in range(REQUESTS):
            headers = {**somebody.headers(), "if-match": f'"{version}"'}
            body = json.dumps({"sites": sites(2 + at % 5)}).encode()
            asked.append(wire.request("PATCH", f"/api/v1/clinics/{somebody.slug}{path}", headers, body))
            version += 1
        before = [seconds([one]) for one in (server.app, server.postmaster)]
        statuses = await wire.drive(server.port, asked, connections=1)
        if set(statuses) != {200}:
            raise RuntimeError(str(statuses))
        after = [seconds([one]) for one in (server.app, server.postmaster)]
        turns.append([(now - was) / REQUESTS * 1000 for now, was in zip(after, before, strict=True)])
    app, postgres = (statistics.median(part) for part in zip(*turns[1:], strict=True))
    return app, postgres


async def struck(server: Running, somebody: Somebody, patient: str) -> tuple[float, float, float]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**options())
        context = await browser.new_context(viewport={"width": 1280, "height": 800})
        name, _, value = somebody.cookie.partition("=")
        await context.add_cookies([{"name": name, "value": value, "url": server.url}])
        page = await context.new_page()
        await page.goto(f"{server.url}/c/{somebody.slug}/patients/{patient}?tab=perio")
        await page.wait_for_selector("[role=gridcell]")
        alone = await keys(page)
        together = float(await page.evaluate(COMPARED))
        with_all = await keys(page)
        await browser.close()
    return alone, together, with_all


async def keys(page: Page) -> float:
    return statistics.median([float(await page.evaluate(STRUCK, str(2 + at % 5))) for at in range(KEYS)][5:])
