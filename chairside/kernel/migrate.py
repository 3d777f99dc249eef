"""Dated SQL, run in order by Alembic, as the owner, never waiting long for a lock.

A migration is a dated .sql in migrations/versions and a .py of the same name that says what it follows. Alembic is imported
only when there is something to run: a start on a current database asks one question.
"""

from collections.abc import Callable
from importlib import resources
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from chairside.kernel.shipped import shipped
from chairside.kernel.stop import Stop

HOME = shipped("migrations", "migrations")
GUARDS = "set role chairside_owner; set lock_timeout = '5s'; set statement_timeout = '60s'"
ONE_AT_A_TIME = "select pg_advisory_lock(7246001)"  # for the session: a second migrator waits and finds nothing to do
OLDEST_SERVER = 180000
BEGUN = "select to_regclass('public.alembic_version') is not null"
REVISION = "select version_num from public.alembic_version"
OWNED = """
    select pg_get_userbyid(datdba) = 'chairside_owner'
      from pg_database
     where datname = current_database()
"""


def sql_beside(script: str, *, after: Callable[[], str] | None = None) -> Callable[[], None]:
    """The `upgrade` of a migration whose statements stand in the .sql file next to it, after a library's own if need be."""

    def upgrade() -> None:
        from alembic import op

        for statements in [*([after()] if after else []), Path(script).with_suffix(".sql").read_text()]:
            # The driver's own cursor: several statements, and % means %.
            op.get_bind().connection.driver_connection.execute(statements)  # type: ignore[union-attr]

    return upgrade


def prepare(admin: str, database: str, app_password: str | None = None) -> None:
    """Roles and an empty database; safe to repeat. Needs an administrator: a superuser, or one who may create roles and
    databases. Without a password chairside_app keeps the one it has. Refuses Stop."""
    with _administrator(admin) as db:
        check_server(db)
        db.execute((resources.files(__package__) / "roles.sql").read_bytes())
        if app_password is not None:
            db.execute(sql.SQL("alter role chairside_app password {}").format(sql.Literal(app_password)))
        if not db.execute("select 1 from pg_database where datname = %s", [database]).fetchone():
            db.execute(sql.SQL("create database {} owner chairside_owner").format(sql.Identifier(database)))
            return
    with psycopg.connect(make_conninfo(admin, dbname=database), autocommit=True) as db:
        owned = db.execute(OWNED).fetchone()
        if owned != (True,):
            db.execute(sql.SQL("alter database {} owner to chairside_owner").format(sql.Identifier(database)))


def drop(admin: str, database: str) -> None:
    """Everything in it is lost; whoever was connected is cut off."""
    with psycopg.connect(make_conninfo(admin, dbname="postgres"), autocommit=True) as db:
        db.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))


def migrate(admin: str, database: str, *, report: Callable[[str], None] | None = None) -> None:
    """Brings the database to this release; tells `report` the name of each migration done. Refuses Stop."""
    conninfo = make_conninfo(admin, dbname=database)
    with psycopg.connect(conninfo) as db:
        if revision(db) == newest():
            return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HOME))
    config.attributes.update(conninfo=conninfo, report=report or (lambda name: None))
    command.upgrade(config, "head")


def newest() -> str:
    """The revision of this release: the date of the last migration."""
    return max(_revisions())


def revision(db: psycopg.Connection) -> str | None:
    """Where the database stands: none before the first migration. Refuses Stop when a newer release was there."""
    if db.execute(BEGUN).fetchone() != (True,):
        return None
    row = db.execute(REVISION).fetchone()
    if row and row[0] not in _revisions():
        raise Stop(f"The database was migrated to {row[0]} by a newer release; this one knows {newest()}.")
    return row[0] if row else None


def _revisions() -> set[str]:
    return {"".join(filter(str.isdigit, file.name[:15])) for file in (HOME / "versions").glob("*.sql")}


def check_server(db: psycopg.Connection) -> None:
    """Refuses Stop a server that is too old."""
    if db.info.server_version < OLDEST_SERVER:
        raise Stop(f"Chairside needs PostgreSQL 18 or newer; this server is {db.info.server_version // 10000}.")


def _administrator(admin: str) -> psycopg.Connection:
    """To the database named, or, before it exists, to `postgres`."""
    try:
        return psycopg.connect(admin, autocommit=True)
    except psycopg.OperationalError as error:
        if "does not exist" not in str(error) or conninfo_to_dict(admin).get("dbname") in (None, "postgres"):
            raise
        return psycopg.connect(make_conninfo(admin, dbname="postgres"), autocommit=True)
