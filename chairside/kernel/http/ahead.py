"""Which scripts the page at an address will ask for next, told with the page itself: on a slow line the browser need not read one
to learn of the other."""

import json
import re
from pathlib import Path
from typing import Any

PAGE = "index.html"
FRAME = "c.$clinic"
ROUTE = re.compile(r"src/routes/(.+)\.tsx\?tsr-split=component")


class Ahead:
    """From the manifest that the build leaves; nothing is told where there is none."""

    def __init__(self, root: Path) -> None:
        kept = root / ".vite/manifest.json"
        self.manifest: dict[str, Any] = json.loads(kept.read_text()) if kept.is_file() else {}
        known = self._needed(PAGE)  # the page names these itself
        screens = {found[1]: name for name in self.manifest if (found := ROUTE.fullmatch(name))}
        frame = self._needed(screens[FRAME]) if FRAME in screens else {}
        self.screens = [
            (_pattern(route), _said([*(frame if route.startswith(FRAME) else {}), *self._needed(name)], known))
            for route, name in sorted(screens.items(), key=lambda screen: screen[0].count("$"))
        ]

    def of(self, path: str) -> str:
        """The Link header of the page at this path, or nothing."""
        return next((said for pattern, said in self.screens if pattern.fullmatch(path)), "")

    def _needed(self, name: str, found: dict[str, None] | None = None) -> dict[str, None]:
        """A file and all that it cannot do without, in order."""
        found = {} if found is None else found
        if name in self.manifest and (file := self.manifest[name]["file"]) not in found:
            found[file] = None
            for one in self.manifest[name].get("imports", ()):
                self._needed(one, found)
        return found


def _pattern(route: str) -> re.Pattern[str]:
    """`c.$clinic.patients.$patient_.record` is the file of /c/{clinic}/patients/{patient}/record."""
    parts = [part.removesuffix("_") for part in route.split(".") if part != "index"]
    return re.compile("/" + "/".join("[^/]+" if part.startswith("$") else re.escape(part) for part in parts))


def _said(files: list[str], known: dict[str, None]) -> str:
    return ", ".join(f"</{file}>; rel=modulepreload" for file in dict.fromkeys(files) if file not in known)
