"""Lighthouse on screens of the staff app: performance, accessibility and good practice, at a desk and on a phone's slow line.

    python -m bench lighthouse

Installs Lighthouse into .tools the first time. A signed-in owner of a clinic with 150 visits on the day; each screen is loaded
with an empty cache, three times, the median counts. At a desk: 10 Mbit/s, 40 ms. On a phone: 1.6 Mbit/s, 150 ms, a processor four
times slower, all simulated by Lighthouse from what it saw; the budgets of time are those of a desk.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.running import Somebody, running, sign_up
from bench.schedule import fill
from tools import browser
from tools.browser import HOME

VERSION, FOLDER = "13.5.0", HOME / ".tools/lighthouse"
NODE = Path(sys.executable).parent / "node"
RUNS = int(os.environ.get("TURNS", "3"))
SCORES = {"performance": 90, "accessibility": 100, "best-practices": 95}
TIMES = {
    "largest-contentful-paint": 2000, "interactive": 2500, "total-blocking-time": 150, "cumulative-layout-shift": 0.02,
}  # fmt: skip
FORMS = {"desk": ["--preset=desktop"], "phone": []}


def installed() -> Path:
    command = FOLDER / "node_modules/lighthouse/cli/index.js"
    kept = FOLDER / "node_modules/lighthouse/package.json"
    if not kept.exists() or json.loads(kept.read_text())["version"] != VERSION:
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [NODE.with_name("npm"), "install", "--prefix", FOLDER, "--no-audit", "--no-fund", "--loglevel=error",
             f"lighthouse@{VERSION}"], check=True,
        )  # fmt: skip
    return command


def chromium() -> dict[str, Any]:
    """The tests' own may be the one from npm, in which Lighthouse cannot load a page (net::ERR_ABORTED)."""
    path = os.environ.get("E2E_CHROMIUM", "/usr/bin/chromium")
    return browser.with_environment(browser.at(path)) if Path(path).exists() else browser.options()


def looked(found: dict[str, Any], address: str, form: str, cookie: str) -> dict[str, Any]:
    """One run's report."""
    done = subprocess.run(
        [NODE, installed(), address, "--quiet", "--output=json", *FORMS[form], f"--only-categories={','.join(SCORES)}",
         f"--extra-headers={json.dumps({'Cookie': cookie} if cookie else {})}",
         f"--chrome-flags={' '.join(['--headless=new', '--disable-gpu', *found['args']])}"],
        env={**found["env"], "CHROME_PATH": found["executable_path"]}, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:] + "Lighthouse wants a whole Chromium: name one in E2E_CHROMIUM, or install it.")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def screens(somebody: Somebody, day: str) -> dict[str, tuple[str, str]]:
    """Name, address, and the cookie of whoever asks."""
    home = f"{somebody.url}/c/{somebody.slug}"
    patient = somebody.ask("GET", "/patients?limit=1")["items"][0]["id"]
    return {
        "sign in": (f"{somebody.url}/login", ""),
        "schedule": (f"{home}/schedule?date={day}", somebody.cookie),
        "patients": (f"{home}/patients", somebody.cookie),
        "patient": (f"{home}/patients/{patient}", somebody.cookie),
        "the day's close": (f"{home}/day", somebody.cookie),
    }


def said(name: str, form: str, reports: list[dict[str, Any]]) -> None:
    def middle(of: Any) -> float:
        return float(statistics.median(of(report) for report in reports))

    scores = {one: round(100 * middle(lambda report, one=one: report["categories"][one]["score"])) for one in SCORES}
    times = {one: middle(lambda report, one=one: report["audits"][one]["numericValue"]) for one in TIMES}
    missed = [one for one, least in SCORES.items() if scores[one] < least]
    missed += [one for one, most in TIMES.items() if form == "desk" and times[one] > most]
    lcp, tti, tbt, cls = times.values()
    print(
        f"{name:16} {form:6} {' '.join(f'{score:4}' for score in scores.values())}   LCP {lcp / 1000:.1f} s  TTI {tti / 1000:.1f} s"
        f"  TBT {tbt:4.0f} ms  CLS {cls:.3f}  {'MISSED ' + ', '.join(missed) if missed else 'met'}", flush=True,
    )  # fmt: skip
    for category in set(missed) & set(SCORES) - {"performance"}:
        for audit in reports[0]["categories"][category]["auditRefs"]:
            told = reports[0]["audits"][audit["id"]]
            if audit["weight"] and told["score"] is not None and told["score"] < 1:
                print(f"    {told['title']}")


async def main() -> None:
    await asyncio.to_thread(installed)
    found = await asyncio.to_thread(chromium)
    with running() as server:
        somebody = sign_up(server.url)
        day = fill(somebody)
        print(f"{'':23} perf  a11y best   at least {', '.join(map(str, SCORES.values()))}; medians of {RUNS}")
        for name, (address, cookie) in screens(somebody, day).items():
            for form in FORMS:
                said(name, form, [await asyncio.to_thread(looked, found, address, form, cookie) for _ in range(RUNS)])
