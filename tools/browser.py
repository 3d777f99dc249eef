"""A Chromium for the tests. `options()` is what Playwright's `chromium.launch` takes.

The first that really starts: $E2E_CHROMIUM, one that Playwright installed, /usr/bin/chromium, one that Playwright can
download, and last the one in the npm package @sparticuz/chromium, which needs no download host of its own.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, sync_playwright

HOME = Path(__file__).resolve().parent.parent
KEPT = HOME / ".tools/browser.json"
PACKAGE = HOME / "web/node_modules/@sparticuz/chromium/package.json"
UNPACK = "import chromium from '@sparticuz/chromium'; console.log(await chromium.executablePath())"


def options() -> dict[str, Any]:
    """Found once, then remembered. Refuses RuntimeError where no browser starts."""
    if KEPT.exists():
        kept: dict[str, Any] = json.loads(KEPT.read_text())
        wanted = os.environ.get("E2E_CHROMIUM") or kept["executable_path"]
        if kept["executable_path"] == wanted and Path(wanted).exists():
            return with_environment(kept)
    for candidate in _candidates():
        if _starts(candidate):
            KEPT.parent.mkdir(exist_ok=True)
            KEPT.write_text(json.dumps(candidate))
            return with_environment(candidate)
    raise RuntimeError("No Chromium starts here. Name one in E2E_CHROMIUM.")


def _candidates() -> Iterator[dict[str, Any]]:
    if named := os.environ.get("E2E_CHROMIUM"):
        yield at(named)
        return
    yield at(_playwrights_own())
    yield at("/usr/bin/chromium")
    print("  a browser ...", flush=True)
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], stdin=subprocess.DEVNULL, capture_output=True, timeout=600
    )
    yield at(_playwrights_own())
    folder = HOME / ".tools" / f"chromium-{json.loads(PACKAGE.read_text())['version']}"
    path = _unpacked(folder)
    yield at(path, sandbox=False)
    # A bare machine lacks the libraries that a desktop has; the package carries them.
    yield at(path, sandbox=False, LD_LIBRARY_PATH=str(folder / "al2023/lib"), FONTCONFIG_PATH=str(folder / "fonts"))


def at(path: str, *, sandbox: bool = True, **environment: str) -> dict[str, Any]:
    """Chromium's sandbox needs a user other than root, and a program that the packaged build does not have."""
    return {"executable_path": path, "args": [] if sandbox and os.geteuid() else ["--no-sandbox"], "env": environment}


def with_environment(found: dict[str, Any]) -> dict[str, Any]:
    return {**found, "env": {**os.environ, **found["env"]}}


def _playwrights_own() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _unpacked(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    # Told that it runs where it was made for, the package unpacks its libraries too.
    environment = {**os.environ, "TMPDIR": str(folder), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}
    node = [str(Path(sys.executable).parent / "node"), "--input-type=module", "--eval", UNPACK]
    done = subprocess.run(node, cwd=HOME / "web", env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return done.stdout.strip()


def _starts(candidate: dict[str, Any]) -> bool:
    if not candidate["executable_path"] or not Path(candidate["executable_path"]).exists():
        return False
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(**with_environment(candidate), timeout=30_000)
            page = browser.new_page()
            page.goto("data:text/html,<title>ready</title>")
            started = page.title() == "ready"
            browser.close()
        except Error:
            return False
    return started


if __name__ == "__main__":
    options()
