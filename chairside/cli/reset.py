"""The database anew: dropped, migrated, and with the invented clinic again. For development only: everything in it is lost."""

import os
from argparse import ArgumentParser, Namespace

from chairside.cli import reach, seed
from chairside.kernel import migrate
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)
    parser.add_argument("--empty", action="store_true", help="without the invented clinic")


def run(given: Namespace) -> None:
    if not Settings.from_environment().development:
        raise Stop("reset is for development only: it would lose what CHAIRSIDE_ENVIRONMENT says is real.")
    password = os.environ.get("CHAIRSIDE_APP_PASSWORD")
    with reach.administrator(given.data) as (admin, database):
        migrate.drop(admin, database)
        migrate.prepare(admin, database, password)
        migrate.migrate(admin, database, report=lambda name: print(f"  migration {name}", flush=True))
        if not given.empty:
            with reach.app(given.data) as url:
                seed.plant(reach.settings(given.data, url))
