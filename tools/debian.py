"""Programs that tests run for real and that pip does not bring, out of Debian's packages: into .tools, never into the system.

apt works in folders of its own here, so it needs no rights and changes nothing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
FOLDER = HOME / ".tools/debian"
SYSTEM = ("/usr/sbin", "/usr/local/sbin", "/sbin")
SECONDS = 120


class Unavailable(Exception):
    """Neither installed nor to be had here; says why."""


def program(name: str) -> tuple[str, dict[str, str]]:
    """Its path, and what its environment needs besides: the installed one, or one brought from the package of the same name.
    Refuses Unavailable."""
    if found := shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *SYSTEM])):
        return found, {}
    root = FOLDER / name
    if not _inside(root, name):
        _bring(name, root)
    found = _inside(root, name)
    if not found:
        raise Unavailable(f"Debian's package {name} has no program of that name")
    libraries = [str(folder) for pattern in ("usr/lib/*-linux-gnu", "lib/*-linux-gnu") for folder in root.glob(pattern)]
    return found, {"LD_LIBRARY_PATH": os.pathsep.join(libraries)} if libraries else {}


def _inside(root: Path, name: str) -> str | None:
    return shutil.which(name, path=os.pathsep.join(str(root / folder) for folder in ("usr/bin", "usr/sbin")))


def _bring(name: str, root: Path) -> None:
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise Unavailable(f"{name} is not installed, and this is no Debian to bring it from")
    apt = FOLDER / "apt"
    for folder in ("lists/partial", f"archives-{name}/partial"):
        (apt / folder).mkdir(parents=True, exist_ok=True)
    options = [
        f"-oDir::State::Lists={apt / 'lists'}", f"-oDir::Cache={apt}", f"-oDir::Cache::Archives={apt / f'archives-{name}'}",
        "-oDebug::NoLocking=1", "-oAPT::Sandbox::User=", "-oAPT::Install-Recommends=0", "-qq",
    ]  # fmt: skip
    _run(name, ["apt-get", *options, "update"])
    _run(name, ["apt-get", *options, "--yes", "--download-only", "--no-install-recommends", "install", name])
    unfinished = root.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    for package in (apt / f"archives-{name}").glob("*.deb"):
        _run(name, ["dpkg-deb", "--extract", str(package), str(unfinished)])
    unfinished.replace(root)


def _run(name: str, words: list[str]) -> None:
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{name} is not installed, and Debian's registry does not answer") from None
    if done.returncode:
        raise Unavailable(f"{name} is not installed and could not be brought: {done.stderr.strip()[-300:]}")


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        print(*program(wanted))
