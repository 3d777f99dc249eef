"""uv, from PyPI, for this tree alone. By pip where there is one; some systems ship python3 without it."""

from __future__ import annotations

import hashlib
import io
import platform
import re
import subprocess
import sys
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

VERSION = "0.13.8"
INDEX = "https://pypi.org/simple/uv/"
PLATFORMS = {
    ("Linux", "x86_64"): "manylinux_2_17_x86_64",
    ("Linux", "aarch64"): "manylinux_2_17_aarch64",
    ("Darwin", "x86_64"): "macosx_10_12_x86_64",
    ("Darwin", "arm64"): "macosx_11_0_arm64",
}


def bring(tools: Path) -> str:
    """The path of uv in this version."""
    folder = tools / ("uv-" + VERSION)
    binary = folder / "bin/uv"
    if not binary.exists():
        print("  uv ...", flush=True)
        if not (by_environment(folder) and binary.exists()):
            download(binary)
    return str(binary)


def by_environment(folder: Path) -> bool:
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], stdin=subprocess.DEVNULL, capture_output=True)
    if made.returncode:
        return False
    install = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv==" + VERSION]
    return subprocess.run(install, stdin=subprocess.DEVNULL).returncode == 0


def download(binary: Path) -> None:
    """The wheel is an archive that holds the program; its digest stands in the index."""
    wanted = PLATFORMS.get((platform.system(), platform.machine()))
    with urllib.request.urlopen(INDEX) as answer:
        links = re.findall(rf'href="([^"#]*/uv-{re.escape(VERSION)}-[^"#]*)#sha256=([0-9a-f]+)"', answer.read().decode())
    address, digest = next(((address, digest) for address, digest in links if wanted and wanted in address), ("", ""))
    if not address:
        sys.exit(f"There is no uv {VERSION} for {platform.system()} {platform.machine()}.")
    with urllib.request.urlopen(urllib.parse.urljoin(INDEX, address)) as answer:
        archive = answer.read()
    if hashlib.sha256(archive).hexdigest() != digest:
        sys.exit("The downloaded uv is not the one that the index names.")
    member = f"uv-{VERSION}.data/scripts/uv"
    binary.parent.mkdir(parents=True, exist_ok=True)
    binary.write_bytes(zipfile.ZipFile(io.BytesIO(archive)).read(member))
    binary.chmod(0o755)
