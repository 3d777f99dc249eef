"""Run by Alembic: one connection, as the owner, alone."""

from typing import Any

import psycopg
from alembic import context
from sqlalchemy import create_engine, pool

from chairside.kernel.migrate import GUARDS, ONE_AT_A_TIME


def connect() -> psycopg.Connection:
    db = psycopg.connect(context.config.attributes["conninfo"], autocommit=True)
    db.execute(ONE_AT_A_TIME)
    db.execute(GUARDS)  # this connection is ours alone and closes with the run
    db.autocommit = False
    return db


def report(*, step: Any, **_: Any) -> None:
    context.config.attributes["report"](step.up_revision.module.__name__.removesuffix("_py"))


with create_engine("postgresql+psycopg://", creator=connect, poolclass=pool.NullPool).connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True, on_version_apply=report)
    with context.begin_transaction():
        context.run_migrations()
