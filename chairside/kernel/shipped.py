"""Files that are no Python: in the installed package, or where they stand in the repo."""

from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "shipped"
REPO = Path(__file__).parents[2]


def shipped(name: str, in_repo: str) -> Path:
    installed = PACKAGE / name
    return installed if installed.is_dir() else REPO / in_repo
