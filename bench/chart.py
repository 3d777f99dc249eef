"""A tooth chart of four hundred findings over thirty years: processor time of its one request, and painting it in a browser.

The time to paint is from the answer's arrival to the frame that shows every tooth, of a cold start of the tab.
"""

import statistics
from datetime import date, timedelta
from random import Random
from typing import Any

from playwright.async_api import async_playwright

from bench import wire
from bench.running import MANY, Running, Somebody, running, seconds, sign_up
from chairside.charting.rules.conditions import CONDITIONS, LAYERS
from chairside.charting.rules.surfaces import surfaces_of
from chairside.charting.rules.teeth import PERMANENT, check_tooth
from tools.browser import options

FINDINGS, YEARS, REQUESTS, TURNS, ROUNDS = 400, 30, 50, 7, 11
MOST_MS, MOST_PAINT = 15.0, 100.0
PAINTED = """async () => {
  const there = () => document.querySelectorAll('[role=gridcell]').length === 32 && document.querySelectorAll('[data-finding]').length
  while (!there()) await new Promise(requestAnimationFrame)
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
  const now = performance.now()
  const read = performance.getEntriesByType('resource').filter(one => /tooth-chart$/.test(one.name) && one.responseEnd)
  return now - Math.max(...read.map(one => one.responseEnd))
}"""


def finding(lot: Random) -> dict[str, Any]:
    condition = lot.choice([name for name, known in CONDITIONS.items() if not known.spans])
    known = CONDITIONS[condition]
    tooth = lot.choice(PERMANENT)
    on = lot.sample(surfaces_of(check_tooth(tooth)), lot.randint(1, 3)) if known.surfaces != "none" else []
    day = date(2026, 6, 1) - timedelta(days=lot.randrange(YEARS * 365))
    return {
        "teeth": [tooth], "condition": condition, "layer": lot.choice(LAYERS[known.sort]), "surfaces": on,
        "noted_on": day.isoformat(), "even_if_absent": True,
    }  # fmt: skip


async def main() -> None:
    with running(CHAIRSIDE_REQUESTS_PER_CLINIC=MANY) as server:
        somebody = sign_up(server.url)
        person = {"first_name": "Maria", "last_name": "Okafor", "birth_date": "1960-05-01"}
        patient = somebody.ask("POST", "/patients", person)["id"]
        lot = Random(1)
        for _ in range(FINDINGS):
            somebody.ask("POST", f"/patients/{patient}/tooth-chart/findings", finding(lot))
        app, postgres = await asked(server, somebody, f"/patients/{patient}/tooth-chart")
        print(
            f"request, {FINDINGS} findings: {app:.1f} ms in the app, {postgres:.1f} in PostgreSQL  {_met(app + postgres, MOST_MS)}"
        )
        took = await painted(server, somebody, patient)
        print(f"painted after the answer: {took:.0f} ms, the median of {ROUNDS}  {_met(took, MOST_PAINT)}")


async def asked(server: Running, somebody: Somebody, path: str) -> tuple[float, float]:
    """Milliseconds of processor time, of the app and of PostgreSQL: medians of the turns."""
    request = wire.request("GET", f"/api/v1/clinics/{somebody.slug}{path}", {"cookie": somebody.cookie})
    turns = []
    for _ in range(TURNS + 1):
        before = [seconds([one]) for one in (server.app, server.postmaster)]
        statuses = await wire.drive(server.port, [request] * REQUESTS, connections=1)
        if set(statuses) != {200}:
            raise RuntimeError(str(statuses))
        after = [seconds([one]) for one in (server.app, server.postmaster)]
        turns.append([(now - was) / REQUESTS * 1000 for now, was in zip(after, before, strict=True)])
    app, postgres = (statistics.median(part) for part in zip(*turns[1:], strict=True))
    return app, postgres


async def painted(server: Running, somebody: Somebody, patient: str) -> float:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**options())
        context = await browser.new_context(viewport={"width": 1280, "height": 800})
        name, _, value = somebody.cookie.partition("=")
        await context.add_cookies([{"name": name, "value": value, "url": server.url}])
        page = await context.new_page()
        took = []
        for _ in range(ROUNDS + 1):
            await page.goto(f"{server.url}/c/{somebody.slug}/patients/{patient}?tab=chart")
            took.append(float(await page.evaluate(PAINTED)))
        await browser.close()
    return statistics.median(took[1:])


def _met(value: float, most: float) -> str:
    return f"(at most {most:g}: {'met' if value <= most else 'MISSED'})"
