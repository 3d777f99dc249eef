"""The OpenAPI document, from the routes, where the web app's types are made from it.

python -m tools.openapi           writes web/packages/api/openapi.json
python -m tools.openapi --check   fails when it is stale
python -m tools.openapi --merge   keeps what the file has and the routes have not yet
"""

import json
import sys
from pathlib import Path
from typing import Any

from chairside.app import build
from chairside.kernel.http.openapi import document
from chairside.kernel.settings import Settings

HOME = Path(__file__).parents[1] / "web/packages/api/openapi.json"


def main(words: list[str]) -> int:
    made: dict[str, Any] = document(build(Settings()))
    if "--merge" in words and HOME.exists():
        old = json.loads(HOME.read_text())
        made["paths"] = old.get("paths", {}) | made["paths"]
        made["components"]["schemas"] = old.get("components", {}).get("schemas", {}) | made["components"]["schemas"]
    text = json.dumps(made, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if "--check" in words:
        if HOME.read_text() != text:
            print(f"{HOME.name} is stale: run  make openapi")
            return 1
        return 0
    HOME.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
