"""The schedule in a real browser: ten columns and 150 visits painted within 200 ms, one of them dragged at 60 frames a second.

    python -m bench schedule

Painting is timed within the app, from the key that turns the day (its visits are known already) to the frame that shows them
all, and once from the arrival of the answer of a cold start. Of a drag it prints the time between frames, beside the same
movements of the mouse over an empty page in the same browser, which no program can better; and the work of the main thread for
each frame, which says more where the machine is busy. A frame has 16.7 ms.
"""

import asyncio
import statistics
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from bench.running import Somebody, running, sign_up
from tools.browser import options

COLUMNS, VISITS, ROUNDS, STEPS = 10, 150, 21, 240
FRAME, MOST_PAINT = 1000 / 60, 200
WEEK = {str(day): [["08:00", "20:00"]] for day in range(1, 8)}

PAINTED = """async ([key, count]) => {
  const shown = () => document.querySelectorAll('.day-item').length
  const began = performance.now()
  dispatchEvent(new KeyboardEvent('keydown', { key, code: `Key${key.toUpperCase()}`, bubbles: true }))
  while (shown() !== count) await new Promise(requestAnimationFrame)
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
  return performance.now() - began
}"""
ARRIVED = """async count => {
  while (document.querySelectorAll('.day-item').length !== count) await new Promise(requestAnimationFrame)
  await new Promise(requestAnimationFrame)
  const now = performance.now()
  const read = performance.getEntriesByType('resource').filter(one => /\\/schedule\\?/.test(one.name) && one.responseEnd)
  return now - Math.min(...read.map(one => one.responseEnd))
}"""
WATCH = """() => {
  window.frames_ = []
  let last
  const frame = at => { if (last) window.frames_.push(at - last); last = at; window.watching = requestAnimationFrame(frame) }
  window.watching = requestAnimationFrame(frame)
}"""
SEEN = "() => { cancelAnimationFrame(window.watching); return window.frames_ }"


def fill(somebody: Somebody) -> str:
    """Ten columns, a provider to each, and fifteen visits of 30 minutes in every one; the day they are on."""
    day = (datetime.now(UTC) + timedelta(days=7)).date()
    somebody.ask("PUT", "/hours", {"weekly": WEEK})
    price = {"amount": 100_00, "currency": "USD"}
    service = somebody.ask("POST", "/services", {"name": "Check-up", "duration_minutes": 30, "price": price})["id"]
    for column in range(COLUMNS):
        room = somebody.ask("POST", "/operatories", {"name": f"Room {column + 1}"})["id"]
        provider = somebody.ask("POST", "/providers", {"name": f"Dr. Number {column + 1}", "operatory_id": room})["id"]
        for visit in range(VISITS // COLUMNS):
            name = {"first_name": f"Maria{visit}", "last_name": f"Okafor{column}", "birth_date": "1980-05-01"}
            starts = datetime(day.year, day.month, day.day, 8, tzinfo=UTC) + timedelta(minutes=45 * visit)
            body = {"patient_id": somebody.ask("POST", "/patients", name)["id"], "provider_id": provider, "operatory_id": room,
                    "service_id": service, "starts_at": starts.isoformat()}  # fmt: skip
            somebody.ask("POST", "/appointments", body)
    return str(day)


async def painting(page: Page) -> list[float]:
    """From an empty day to the full one, by a key."""
    times = []
    for _ in range(ROUNDS):
        await page.evaluate(PAINTED, ["j", 0])
        await page.wait_for_timeout(150)
        times.append(await page.evaluate(PAINTED, ["k", VISITS]))
        await page.wait_for_timeout(150)
    return times


async def frames(page: Page, cdp: CDPSession, move: Callable[[], Awaitable[None]]) -> tuple[list[float], float]:
    """The milliseconds between frames while the mouse moves, and the main thread's work for each."""
    await page.evaluate(WATCH)
    before = await _worked(cdp)
    await move()
    spent = await _worked(cdp) - before
    times: list[float] = await page.evaluate(SEEN)
    return times, 1000 * spent / max(1, len(times))


async def _worked(cdp: CDPSession) -> float:
    metrics = (await cdp.send("Performance.getMetrics"))["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def swing(page: Page, x: float, y: float) -> Callable[[], Awaitable[None]]:
    """Over several columns and hours, there and back, a step for each frame."""

    async def move() -> None:
        for step in range(STEPS):
            part = step / STEPS
            across = 600 * (1 - abs(2 * part - 1))
            await page.mouse.move(x + across, y + 160 * ((4 * part) % 1))
            await page.wait_for_timeout(FRAME)

    return move


def said(name: str, times: list[float], work: float) -> None:
    late = sum(time > 1.1 * FRAME for time in times) / len(times)
    missed = sum(time > 1.5 * FRAME for time in times) / len(times)
    share = f"{late:.1%} later than 16.7 ms by a tenth, {missed:.1%} by half"
    print(
        f"{name:18} {len(times)} frames, median {statistics.median(times):.1f} ms, {share}; work {work:.1f} ms a frame",
        flush=True,
    )


async def dragging(browser: Browser, page: Page) -> None:
    empty = await (await browser.new_context(viewport={"width": 1600, "height": 1000})).new_page()
    for name, at in (("empty page", empty), ("dragging a visit", page)):
        await at.bring_to_front()
        cdp: Any = await at.context.new_cdp_session(at)
        await cdp.send("Performance.enable")
        x, y = 300.0, 400.0
        if at is page:
            card = page.locator(".day-item").filter(has_text="Okafor0").nth(4)
            await card.scroll_into_view_if_needed()
            box = await card.bounding_box()
            assert box
            x, y = box["x"] + box["width"] / 2, box["y"] + 12
            await page.mouse.move(x, y)
            await page.mouse.down()
        times, work = await frames(at, cdp, swing(at, x, y))
        if at is page:
            assert await page.locator("[data-lifted]").count() == 1, "nothing was dragged"
            await page.keyboard.press("Escape")
            await page.mouse.up()
        said(name, times, work)


async def main() -> None:
    # In a thread: where no browser was found yet, Playwright's synchronous part looks for one.
    found = await asyncio.to_thread(options)
    with running() as server:
        somebody = sign_up(server.url)
        day = fill(somebody)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(**found)
            context = await browser.new_context(viewport={"width": 1600, "height": 1000}, locale="en-US")
            name, _, value = somebody.cookie.partition("=")
            await context.add_cookies([{"name": name, "value": value, "url": server.url}])
            page = await context.new_page()
            await page.goto(f"{server.url}/c/{somebody.slug}/schedule?date={day}")
            cold = await page.evaluate(ARRIVED, VISITS)
            await page.wait_for_timeout(1500)
            times = sorted(await painting(page))
            warm = f"{statistics.median(times):.0f} ms after the key ({times[0]:.0f} to {times[-1]:.0f}; at most {MOST_PAINT})"
            print(
                f"{COLUMNS} columns, {VISITS} visits: painted {warm}, {cold:.0f} ms after the answer of a cold start", flush=True
            )
            await dragging(browser, page)
            await browser.close()
