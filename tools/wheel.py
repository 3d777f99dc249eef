"""What is installed works without the repo: its migrations, the built web app and the classification come along in the wheel."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = {
    "migrations": "chairside/shipped/migrations",
    "web/apps/staff/dist": "chairside/shipped/web",
    "web/apps/portal/dist": "chairside/shipped/portal",
    "docs/data-classification.toml": "chairside/shipped/docs/data-classification.toml",
}


class Shipped(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Not for an editable install, which has the repo; it comes before the web app is built."""
        if version == "standard":
            for here, there in SHIPPED.items():
                if not (Path(self.root) / here).exists():
                    raise SystemExit(f"{here} is not there: run `make setup` first.")
                build_data["force_include"][here] = there
