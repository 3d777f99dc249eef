"""Known weaknesses in what is locked and shipped: `python -m tools.advisories`. The policy stands in docs/dependencies.md.

Asks pip-audit (the Python Packaging Advisory Database) and npm about the locks. A machine that cannot ask is told so and passes;
with --must, as in the workflow, it does not: what was not asked is not well. `tools/advisories.toml` excuses one for a while.
"""

import json
import subprocess
import sys
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tools import uv

HOME = Path(__file__).resolve().parent.parent
EXCUSES = HOME / "tools/advisories.toml"
SECONDS = 300
LONGEST = timedelta(days=30)
"""For which an advisory may be excused at a time, whatever its severity."""


class Advisory(NamedTuple):
    package: str
    version: str
    ids: frozenset[str]
    mended_in: str


class Excuse(NamedTuple):
    id: str
    reason: str
    since: date
    until: date


class Away(Exception):
    """Nobody could be asked; says why."""


def of_python(told: str) -> list[Advisory]:
    """From pip-audit's JSON. Refuses Away also when it skipped something: it then says that all is well, and ends with 0."""
    try:
        packages = json.loads(told)["dependencies"]
    except (ValueError, KeyError, TypeError):
        raise Away("pip-audit did not answer") from None
    if skipped := [one["name"] for one in packages if "skip_reason" in one]:
        raise Away(f"pip-audit could not ask about {len(skipped)} of {len(packages)} packages, {skipped[0]} among them")
    return [
        Advisory(
            one["name"],
            one["version"],
            frozenset([found["id"], *found["aliases"]]),
            ", ".join(found["fix_versions"]) or "none yet",
        )
        for one in packages
        for found in one["vulns"]
    ]


def of_web(told: str) -> list[Advisory]:
    """From npm's JSON. A package that is only named because of another is not listed again."""
    try:
        found: dict[str, dict[str, Any]] = json.loads(told)["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        raise Away("npm could not ask its registry") from None
    return [
        Advisory(name, via["range"], frozenset([via["url"].rpartition("/")[2]]), _mended(one["fixAvailable"]))
        for name, one in found.items()
        for via in one["via"]
        if isinstance(via, dict)
    ]


def _mended(fix: bool | dict[str, Any]) -> str:
    return f"{fix['name']} {fix['version']}" if isinstance(fix, dict) else "a newer one" if fix else "none yet"


def excuses(text: str) -> list[Excuse]:
    """Refuses SystemExit one that has no reason or lasts too long."""
    read = [Excuse(**one) for one in tomllib.loads(text).get("excuse", [])]
    for one in read:
        if not one.reason.strip() or one.until - one.since > LONGEST:
            sys.exit(f"{one.id}: an excuse has a reason and lasts {LONGEST.days} days at most.")
    return read


def unexcused(found: Iterable[Advisory], known: Iterable[Excuse], today: date) -> list[Advisory]:
    valid = {one.id for one in known if today <= one.until}
    return [one for one in found if not one.ids & valid]


def _ask_python() -> list[Advisory]:
    tool = uv.bring(HOME / ".tools")
    with TemporaryDirectory() as folder:
        list_ = Path(folder) / "requirements.txt"
        _run([tool, "export", "--frozen", "--no-dev", "--no-emit-project", "--quiet", f"--output-file={list_}"], HOME)
        asking = [
            "pip-audit",
            "--require-hashes",
            "--disable-pip",
            "--format=json",
            "--progress-spinner=off",
            f"--requirement={list_}",
        ]
        return of_python(_run([tool, "tool", "run", *asking], HOME))


def _ask_web() -> list[Advisory]:
    return of_web(_run(["npm", "audit", "--omit=dev", "--json"], HOME / "web"))


def _run(words: list[str], where: Path) -> str:
    try:
        return subprocess.run(words, cwd=where, capture_output=True, text=True, timeout=SECONDS, check=False).stdout
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Away(f"{words[0]} could not be run: {type(error).__name__}") from None


def main() -> None:
    parser = ArgumentParser(description="Known weaknesses in what is locked and shipped.")
    parser.add_argument("--must", action="store_true", help="fail where nobody could be asked")
    must = parser.parse_args().must
    known, wrong = excuses(EXCUSES.read_text()), False
    for what, ask in (("Python packages", _ask_python), ("web packages", _ask_web)):
        try:
            found = unexcused(ask(), known, date.today())
        except Away as reason:
            print(f"{what}: not known, {reason}.")
            wrong = wrong or must
            continue
        for one in found:
            print(f"{one.package} {one.version}: {', '.join(sorted(one.ids))}, mended in {one.mended_in}.")
        wrong = wrong or bool(found)
        if not found:
            print(f"{what}: no weakness is known.")
    sys.exit(wrong)


if __name__ == "__main__":
    main()
