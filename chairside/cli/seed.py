"""The invented clinic, added when it is absent. For development only; its sign-in details are printed."""

from argparse import ArgumentParser, Namespace

from chairside.cli import reach
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)


def run(given: Namespace) -> None:
    if not Settings.from_environment().development:
        raise Stop("The invented clinic is for development only: unset CHAIRSIDE_ENVIRONMENT.")
    with reach.app(given.data) as url:
        plant(reach.settings(given.data, url))


def plant(settings: Settings) -> None:
    import asyncio

    from chairside import demo

    asyncio.run(demo.seed(settings))
