"""Brings what the program needs, with nothing but python3: uv, the Python packages, Node, the web app, a browser.

    python3 tools/setup.py python web browser

Each step is skipped while what it was made from has not changed. Runs on any python3: it is what finds the right one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import uv

HOME = Path(__file__).resolve().parent.parent
TOOLS = HOME / ".tools"
VENV = HOME / ".venv"
WEB = HOME / "web"
APPS = ("apps/staff", "apps/portal")
NOT_SOURCES = {"node_modules", "dist", "look", "test-output"}


def main(wanted: list[str]) -> None:
    TOOLS.mkdir(exist_ok=True)
    with open(TOOLS / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two makes in one tree take turns
        for step in wanted:
            STEPS[step]()


def python() -> None:
    made_from = [HOME / "uv.lock", HOME / "pyproject.toml"]
    if not current("python", made_from, VENV / "bin/chairside"):
        with step("Python packages", "python", made_from):
            run([uv.bring(TOOLS), "sync", "--frozen", "--quiet"])


def packages() -> None:
    made_from = [WEB / "package-lock.json", *sorted(WEB.glob("**/package.json"))]
    made_from = [file for file in made_from if "node_modules" not in file.parts]
    if not current("packages", made_from, WEB / "node_modules/.package-lock.json"):
        with step("web packages", "packages", made_from):
            run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=WEB)


def web() -> None:
    packages()
    made_from = list(sources(WEB))
    if not all(current("web", made_from, WEB / app / "dist/index.html") for app in APPS):
        with step("web app", "web", made_from):
            for app in APPS:
                run(["npm", "run", "--silent", "build", "--workspace", app], cwd=WEB, quiet=True)


def browser() -> None:
    packages()
    run([str(VENV / "bin/python"), "-m", "tools.browser"])


STEPS: dict[str, Callable[[], None]] = {"python": python, "packages": packages, "web": web, "browser": browser}


def sources(folder: Path) -> Iterable[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and entry.name not in NOT_SOURCES:
            yield from sources(entry)
        elif entry.is_file() and ".gen." not in entry.name:
            yield entry


def current(name: str, made_from: Iterable[Path], made: Path) -> bool:
    stamp = TOOLS / "stamps" / name
    return made.exists() and stamp.exists() and stamp.read_text() == digest(made_from)


def digest(files: Iterable[Path]) -> str:
    """Of the files, and of what else decides the result: the place (environments hold absolute paths) and the machine."""
    seen = hashlib.sha256(f"{HOME} {platform.machine()} {platform.system()}".encode())
    for file in files:
        seen.update(str(file).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()


class step:
    """Says what is being done and how long it took; stamps it when it succeeded."""

    def __init__(self, title: str, name: str, made_from: Iterable[Path]) -> None:
        self.title, self.stamp, self.digest = title, TOOLS / "stamps" / name, digest(made_from)

    def __enter__(self) -> None:
        self.began = time.monotonic()
        print(f"  {self.title} ...", flush=True)
        self.stamp.parent.mkdir(exist_ok=True)
        if self.stamp.exists():
            self.stamp.unlink()

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.stamp.write_text(self.digest)
            print(f"  {self.title}: {time.monotonic() - self.began:.0f} s", flush=True)


def run(command: list[str], cwd: Path = HOME, quiet: bool = False) -> None:
    """With Node and everything else of the environment first on the path. A failure shows what the command said."""
    environment = {**os.environ, "PATH": "{}{}{}".format(VENV / "bin", os.pathsep, os.environ.get("PATH", ""))}
    environment["VIRTUAL_ENV"] = str(VENV)
    # A company's proxy is known to the system, not to what these programs carry with them.
    environment.setdefault("NODE_USE_SYSTEM_CA", "1")
    environment["npm_config_update_notifier"] = "false"
    if Path("/etc/ssl/certs/ca-certificates.crt").exists():
        environment.setdefault("UV_SYSTEM_CERTS", "true")
    command[0] = shutil.which(command[0], path=environment["PATH"]) or command[0]
    if quiet:
        environment["NO_COLOR"] = "1"
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} if quiet else {}
    done = subprocess.run(command, cwd=str(cwd), env=environment, stdin=subprocess.DEVNULL, text=True, **output)
    if done.returncode:
        sys.exit("{}{} failed.".format(done.stdout or "", " ".join(command)))


if __name__ == "__main__":
    main(sys.argv[1:])
