"""Takes the pictures of the guide from the invented clinic, in a browser: `python -m tools.pictures [NAME …]`.

They show the day on which they are taken: take them on a weekday, during the clinic's hours, and look at each before it is kept.
"""

import os
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from playwright.sync_api import Page, sync_playwright
from psycopg.conninfo import make_conninfo

from tools.browser import options

HOME = Path(__file__).parents[1]
PICTURES = HOME / "docs/pictures"
CHAIRSIDE = HOME / ".venv/bin/chairside"
PORT = 8391
ORIGIN = f"http://localhost:{PORT}"
CLINIC = f"{ORIGIN}/c/harbor-street"
EMAIL, PASSWORD = "demo@harbor-street.example", "harbor street demo"
DESK = {"width": 1280, "height": 800}
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 "
    "Safari/604.1"
)
PIN, LEAD = "482913", "Front desk lead"
PROGRAMS = [
    ("Website bookings", "A year", "See the schedule.", "Book, move, cancel and complete visits of every provider."),
    ("Recall calls", "90 days", "Find patients and see who they are and how to reach them.", "See the schedule."),
]
"""What each is called, how long its key is good, and what it may do."""
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


def who_is_signed_in(page: Page) -> None:
    """The owner at this screen and at a phone."""
    phone = page.context.browser.new_page(user_agent=PHONE)  # type: ignore[union-attr]
    _sign_in(phone)
    phone.close()
    page.goto(f"{CLINIC}/admin/security")
    page.get_by_text("Safari on iPhone").wait_for()


def sign_in_rules(page: Page) -> None:
    page.goto(f"{CLINIC}/admin/security?show=rules")
    page.get_by_role("radio", name="From a day on").click()


def programs(page: Page) -> None:
    for name, life, *may in PROGRAMS:
        page.goto(f"{CLINIC}/admin/security?show=programs")
        page.get_by_role("button", name="Add a program").first.click()
        page.get_by_role("textbox", name="Program").fill(name)
        page.get_by_label("The key is good for").select_option(label=life)
        for sentence in may:
            page.get_by_role("checkbox", name=sentence).check()
        page.keyboard.press("Control+Enter")
        page.get_by_role("checkbox", name="I have put the key").check()
        page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Recall calls").click()


def roles(page: Page) -> None:
    _front_desk_lead(page)
    page.goto(f"{CLINIC}/admin/roles")


def role_editor(page: Page) -> None:
    _front_desk_lead(page)
    page.goto(f"{CLINIC}/admin/roles")
    page.get_by_role("main").get_by_role("button", name=LEAD).first.click()
    page.get_by_role("checkbox").first.wait_for()


def role_difference(page: Page) -> None:
    role_editor(page)
    for sentence in ("Archive patients", "Refund payments"):
        page.get_by_role("dialog").get_by_label(sentence).first.press("Space")
    page.keyboard.press("Control+Enter")
    page.get_by_text("What changes for whom").wait_for()


def seen_as(desk: Page) -> Page:
    """In a window of its own: the other pictures are not taken as that role."""
    page = _beside(desk)
    page.goto(f"{CLINIC}/admin/roles")
    page.get_by_role("main").get_by_role("button", name="Receptionist").first.click()
    page.get_by_role("button", name="See as this role").click()
    page.get_by_text("You see Chairside as").wait_for()
    page.locator("[data-item]").first.wait_for()
    return page


def step_up(desk: Page, data: Path) -> Page:
    """Asked of somebody who proved who they are a while ago."""
    page = _beside(desk)
    page.goto(f"{CLINIC}/account/security")
    page.get_by_role("button", name="Add a passkey").wait_for()
    admin = make_conninfo(host=str(data), user="postgres", password=(data / "admin.password").read_text(), dbname="chairside")
    with psycopg.connect(admin) as db:
        db.execute("update session set step_up_at = now() - interval '1 hour'")
    page.get_by_role("button", name="Add a passkey").click()
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="Confirm that it is you").get_by_label("Password").wait_for()
    return page


def locked(desk: Page) -> Page:
    """Signed in by itself: a lock is of all windows of a session."""
    page = _beside(desk)
    page.goto(f"{CLINIC}/account/security")
    page.get_by_role("button", name="Choose a PIN").click()
    page.get_by_label("New PIN").fill(PIN)
    page.get_by_label("The same once more").fill(PIN)
    page.keyboard.press("Enter")
    page.get_by_text("A PIN is set").wait_for()
    page.keyboard.press("Control+Shift+L")
    page.get_by_role("dialog", name="Locked").get_by_label("PIN").wait_for()
    return page


def factor_announced(page: Page) -> None:
    sign_in_rules(page)
    page.locator("input[type=date]").fill(str(date.today() + timedelta(days=30)))
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        page.keyboard.press("Control+Enter")
    page.goto(f"{CLINIC}/schedule")
    page.get_by_role("link", name="Add one").wait_for()
    page.locator("[data-item]").first.wait_for()


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


TAKEN: dict[str, Callable[[Page], Page | None]] = {
    "schedule": schedule, "week": week, "palette": palette, "day": day, "day-close": day_close, "staff": staff,
    "mailbox": mailbox, "who-is-signed-in": who_is_signed_in, "sign-in-rules": sign_in_rules, "programs": programs,
    "roles": roles, "role-editor": role_editor, "role-difference": role_difference, "seen-as": seen_as, "locked": locked,
    "factor-announced": factor_announced,
}  # fmt: skip
"""Each answers the window to take, unless it is the one that was given."""


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
                # Last: whoever is asked for proof in one window is asked in all.
                taken = {**TAKEN, "step-up": partial(step_up, data=Path(folder) / "data")}
                for name in names or taken:
                    shown = taken[name](page) or page
                    shown.wait_for_load_state("load")
                    shown.wait_for_timeout(SETTLED_MS)
                    shown.screenshot(path=PICTURES / f"{name}.png")
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


def _beside(page: Page) -> Page:
    """Another window with a session of its own."""
    other = page.context.browser.new_page(viewport=DESK, reduced_motion="reduce")  # type: ignore[union-attr, arg-type]
    _sign_in(other)
    return other


def _front_desk_lead(page: Page) -> None:
    """A role of the clinic's own, from the receptionist's, with one of them in it; made once."""
    api = f"{ORIGIN}/api/v1/clinics/harbor-street"
    ask = page.context.request
    known = ask.get(f"{api}/roles").json()["items"]
    if any(one["name"] == LEAD for one in known):
        return
    desk = next(one for one in known if one["slug"] == "receptionist")
    wanted = {
        "name": LEAD, "description": "Opens in the morning, closes the drawer", "copied_from": desk["slug"],
        "permissions": desk["permissions"],
    }  # fmt: skip
    made = ask.post(f"{api}/roles", data=wanted, headers=_headers()).json()
    [one, *_] = [one for one in ask.get(f"{api}/members").json()["items"] if "receptionist" in one["roles"]]
    headers = _headers() | {"if-match": f'"{one["version"]}"'}
    ask.patch(f"{api}/members/{one['id']}", data={"roles": [made["slug"]]}, headers=headers)


def _headers() -> dict[str, str]:
    return {"origin": ORIGIN, "idempotency-key": secrets.token_hex(8)}


def _sign_in(page: Page) -> None:
    page.goto(f"{ORIGIN}/login")
    page.get_by_label("Email").fill(EMAIL)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/c/**")


if __name__ == "__main__":
    main(sys.argv[1:])
