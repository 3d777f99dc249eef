"""The database, brought to this release. Needs an administrator in DATABASE_URL, or the data folder.

Makes the roles and the database when they are absent. Gives chairside_app the password in CHAIRSIDE_APP_PASSWORD when set.
"""

import os
from argparse import ArgumentParser, Namespace

from psycopg import errors

from chairside.cli import reach, schema
from chairside.kernel import migrate
from chairside.kernel.stop import Stop


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)
    parser.add_argument("--quiet", action="store_true", help="say nothing when there is nothing to do")


def run(given: Namespace) -> None:
    done: list[str] = []

    def report(name: str) -> None:
        done.append(name)
        print(f"  migration {name}", flush=True)

    with reach.administrator(given.data) as (admin, database):
        try:
            migrate.prepare(admin, database, os.environ.get("CHAIRSIDE_APP_PASSWORD"))
            schema.bring(admin, database, report=report)
        except errors.InsufficientPrivilege as error:
            raise Stop(f"DATABASE_URL must be an administrator's: {error.diag.message_primary}.") from None
    if not given.quiet:
        print(f"The database is at {migrate.newest()}: {len(done)} migrations done.")
