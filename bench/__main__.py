"""python -m bench [NAME ...]: all benchmarks, or those named."""

import asyncio
import importlib
import sys

ALL = ("requests", "one_slot", "imports", "streams", "tailer")


def main() -> None:
    for name in sys.argv[1:] or ALL:
        module = importlib.import_module(f"bench.{name}")
        print(f"## {name}\n{(module.__doc__ or '').strip().splitlines()[0]}", flush=True)
        asyncio.run(module.main())


main()
