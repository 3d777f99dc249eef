"""python -m bench [NAME ...]: those named, or all that need neither minutes of preparation nor a third of an hour's patience.

Also there: peers, search, growth, notes (docs/performance.md).
"""

import asyncio
import importlib
import sys

ALL = (
    "requests", "one_slot", "slots", "imports", "schedule", "streams", "tailer", "audit", "sign_in", "guards", "availability",
    "chart", "perio", "files",
)  # fmt: skip


def main() -> None:
    for name in sys.argv[1:] or ALL:
        module = importlib.import_module(f"bench.{name}")
        print(f"## {name}\n{(module.__doc__ or '').strip().splitlines()[0]}", flush=True)
        asyncio.run(module.main())


main()
