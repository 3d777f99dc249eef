"""The jobs alone: what is done after others' facts, and what returns by the clock.

Connects as chairside_app: CHAIRSIDE_APP_URL, or DATABASE_URL, or the data folder's database.
"""

import asyncio
import signal
from argparse import ArgumentParser, Namespace
from contextlib import suppress

from chairside.cli import reach
from chairside.kernel.settings import Settings


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)


def run(given: Namespace) -> None:
    with reach.app(given.data) as url:
        asyncio.run(_until_told(reach.settings(given.data, url)))


async def _until_told(settings: Settings) -> None:
    from chairside.kernel import log
    from chairside.worker import work

    log.configure(settings.log)
    working = asyncio.ensure_future(work(settings))
    for told in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(told, working.cancel)
    with suppress(asyncio.CancelledError):
        await working
