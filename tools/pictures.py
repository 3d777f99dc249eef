"""Takes the pictures of the guide from the invented clinic, in a browser: `python -m tools.pictures [NAME …]`.

They show the day on which they are taken: take them on a weekday, during the clinic's hours, and look at each before it is kept.
"""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tools.browser import options

HOME = Path(__file__).parents[1]
PICTURES = HOME / "docs/pictures"
CHAIRSIDE = HOME / ".venv/bin/chairside"
PORT = 8391
ORIGIN = f"http://localhost:{PORT}"
CLINIC = f"{ORIGIN}/c/harbor-street"
EMAIL, PASSWORD = "demo@harbor-street.example", "harbor street demo"
DESK = {"width": 1280, "height": 800}
READY_SECONDS = 180
SETTLED_MS = 900


def schedule(page: Page) -> None:
    page.goto(f"{CLINIC}/schedule")
    page.locator("[data-item]").nth(4).click()


def week(page: Page) -> None:
    page.goto(f"{CLINIC}/schedule?view=week&by=provider")


def palette(page: Page) -> None:
    page.goto(f"{CLINIC}/schedule")
    page.locator("[data-item]").first.wait_for()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").wait_for()
    page.keyboard.type("ma", delay=40)


def day(page: Page) -> None:
    page.goto(f"{CLINIC}/day")


def day_close(page: Page) -> None:
    page.goto(f"{CLINIC}/billing/day-close")


def staff(page: Page) -> None:
    invite(page)
    page.goto(f"{CLINIC}/admin/staff")


def mailbox(page: Page) -> None:
    page.goto(f"{ORIGIN}/mailbox")


def invite(page: Page) -> None:
    page.goto(f"{CLINIC}/admin/staff")
    page.get_by_role("button", name="Invite", exact=False).first.click()
    page.get_by_label("Email").fill("noor.haddad@harbor-street.example")
    page.get_by_label("Name").last.fill("Noor Haddad")
    page.get_by_label("Receptionist").check()
    page.keyboard.press("Control+Enter")
    page.get_by_text("An invitation is on its way").wait_for()


TAKEN: dict[str, Callable[[Page], None]] = {
    "schedule": schedule, "week": week, "palette": palette, "day": day, "day-close": day_close, "staff": staff,
    "mailbox": mailbox,
}  # fmt: skip


def main(names: list[str]) -> None:
    found = options()
    with TemporaryDirectory(prefix="chairside-pictures-") as folder:
        Path(folder).chmod(0o755)  # as root PostgreSQL runs as somebody else, who has to pass
        running = subprocess.Popen(
            [CHAIRSIDE, "run", "--data", f"{folder}/data", "--port", str(PORT), "--demo", "--no-browser"],
            env={**os.environ, "CHAIRSIDE_IDLE_MINUTES": "600"},
        )
        try:
            _await_ready()
            with sync_playwright() as playwright:
                page = playwright.chromium.launch(**found).new_page(viewport=DESK, reduced_motion="reduce")
                _sign_in(page)
                for name in names or TAKEN:
                    TAKEN[name](page)
                    page.wait_for_load_state("load")
                    page.wait_for_timeout(SETTLED_MS)
                    page.screenshot(path=PICTURES / f"{name}.png")
                    print(f"  docs/pictures/{name}.png")
        finally:
            running.terminate()
            running.wait()


def _await_ready() -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{ORIGIN}/ready") as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    sys.exit("Chairside did not become ready.")


def _sign_in(page: Page) -> None:
    page.goto(f"{ORIGIN}/login")
    page.get_by_label("Email").fill(EMAIL)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/c/**")


if __name__ == "__main__":
    main(sys.argv[1:])
