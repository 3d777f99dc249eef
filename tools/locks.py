"""The locks match what they were made from, and name no host but the public registries."""

import re
import subprocess
import sys
from pathlib import Path

from tools import uv

HOME = Path(__file__).resolve().parent.parent
PUBLIC = {"pypi.org", "files.pythonhosted.org", "registry.npmjs.org"}
ADDRESS = re.compile(r'(?:"resolved":|\burl =|\bregistry =)\s*"(?:https?://([^/"]*)|([^"]*))')


def strangers(lock: str) -> set[str]:
    """Hosts, or whatever stands in the place of one, from which a lock would fetch."""
    return {host or other for host, other in ADDRESS.findall(lock)} - PUBLIC


def main() -> None:
    for name in ("uv.lock", "web/package-lock.json"):
        lock = HOME / name
        # npm writes "resolved" for our own workspaces too: folders, not hosts.
        if private := {place for place in strangers(lock.read_text()) if not (HOME / "web" / place).is_dir()}:
            sys.exit(f"{name} names {', '.join(sorted(private))}: make it again from the public registry.")
    sys.exit(subprocess.run([uv.bring(HOME / ".tools"), "lock", "--check", "--quiet"], cwd=HOME, check=False).returncode)


if __name__ == "__main__":
    main()
