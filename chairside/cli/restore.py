"""A backup, back in its place. Chairside must not run on the database meanwhile.

Everything happens in a database beside it, which takes the place of the old one only when it is whole and at this
release. Whoever was signed in signs in again.
"""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from chairside.cli import reach
from chairside.cli.backup_verify import open_backup
from chairside.kernel.stop import Stop

if TYPE_CHECKING:
    import psycopg

AT_WORK = """
    select count(*) from pg_stat_activity
     where datname = %s and usename = 'chairside_app'
"""
TABLES = "select exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r')"
OURS = "select to_regclass('public.clinic') is not null"
CLINICS = "select exists (select from clinic)"


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--key", type=Path, required=True, metavar="FILE")
    parser.add_argument("--replace", action="store_true", help="take the place of a database that holds something: it is lost")


def run(given: Namespace) -> None:
    import psycopg
    from psycopg.conninfo import make_conninfo

    from chairside.cli import schema
    from chairside.kernel import dump, migrate, sealed

    key = sealed.read_key(given.key)
    with open_backup(given.file) as file:
        manifest, _ = dump.read_manifest(sealed.opened(file, key))  # before anything is touched
        file.seek(0)
        with reach.administrator(given.data) as (admin, database):
            migrate.prepare(admin, database, os.environ.get("CHAIRSIDE_APP_PASSWORD"))
            with psycopg.connect(make_conninfo(admin, dbname=database)) as db:
                if db.execute(AT_WORK, [database]).fetchone() != (0,):
                    raise Stop("Chairside works on this database: end it first (run, serve, worker).")
                if not given.replace and _holds_something(db):
                    raise Stop("The database holds something already: --replace would lose it.")
            beside = f"{database}_restored"
            migrate.drop(admin, beside)  # of a restore that was killed
            dump.read(admin, beside, sealed.opened(file, key))
            try:
                schema.bring(admin, beside, report=lambda name: print(f"  migration {name}", flush=True))
                dump.end_sessions(admin, beside)
            except BaseException:
                migrate.drop(admin, beside)
                raise
            dump.take_place(admin, beside, database)
    brought = "" if manifest["revision"] == migrate.newest() else f", brought to {migrate.newest()}"
    print(f"Restored: the database of {manifest['at']}, release {manifest['version']} at {manifest['revision']}{brought}.")
    print("What was recorded since is gone: `chairside audit restored`, once, says so in the second place; then start it.")


def _holds_something(db: "psycopg.Connection") -> bool:
    if db.execute(TABLES).fetchone() == (False,):
        return False
    return db.execute(OURS).fetchone() == (False,) or db.execute(CLINICS).fetchone() == (True,)
